"""How a reading closes: what it may say, when it is held back for a night, and which postings it withdraws."""

from collections import defaultdict
from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, Connection, select, update

from db.tables.crawl import PostingRow, ReadingRow, VisitRow
from rules.dates.periods import BEGINNING
from rules.vocabulary.terms import Outcome, Witness
from rules.vocabulary.titles import same_title, title_key

# Causes for which a reading is held back: the next one that says the same is believed.
EMPTIED, FEWER = "suddenly_empty", "suddenly_fewer"
# Fewer than so many postings may go in a day by somebody's hand.
MOST_BY_HAND = 3


@dataclass(frozen=True, slots=True)
class Close:
    """How a column or mailbox ended in this crawl; see `db.tables.crawl.ReadingRow`. `proof_crawl_id` is this crawl
    unless the reading repeats an earlier one. `withdraw`: what this crawl did not meet from `covered_since`
    on is no longer on the site. `only`: the identities met when a list that moved was read a second time."""

    outcome: Outcome
    standing: Outcome
    cause: str = ""
    covered_since: date | None = None
    read_through_on: date | None = None
    stated_total: int | None = None
    pages: int = 1
    undated: int = 0
    etag: str | None = None
    last_modified: str | None = None
    fingerprint: str | None = None
    body_sha256: str | None = None
    proof_crawl_id: int | None = None
    witness: Witness = Witness.NONE
    row_count: int = 0
    page_size: int | None = None
    template: str | None = None
    withdraw: bool = False
    only: frozenset[str] | None = None


def held_back(connection: Connection, column: int, crawl: int, close: Close) -> Close:
    """The reading, held back where by it a column that held postings is suddenly empty, or has lost most of them: an index
    being rebuilt, an archive by year and a stale cache look so, and are over the next night. Believed where the
    reading before was held back for the same."""
    if close.covered_since is None or close.outcome not in (Outcome.READ, Outcome.EMPTY):
        return close
    gone, kept = _gone_and_kept(connection, column, crawl, close.covered_since)
    sudden = gone > 0 if close.outcome is Outcome.EMPTY else gone > max(kept, MOST_BY_HAND)
    cause = EMPTIED if close.outcome is Outcome.EMPTY else FEWER
    if not sudden or _cause_before(connection, column, crawl) == cause:
        return close
    outcome = Outcome.UNREADABLE if cause == EMPTIED else Outcome.PARTIAL
    return replace(
        close, outcome=outcome, standing=outcome, cause=cause, covered_since=None, read_through_on=None,
        witness=Witness.NONE, page_size=None, etag=None, last_modified=None, fingerprint=None, body_sha256=None,
        withdraw=False,
    )  # fmt: skip


def withdraw(
    connection: Connection,
    column: int,
    crawl: int,
    since: date,
    as_of: date,
    only: frozenset[str] | None = None,
) -> None:
    """What a crawl did not meet in a list that it knows whole from `since` on is no longer on the site. (A list that was
    seen to its end holds nothing else, not even what bears no day.) `only`: what it met the second time."""
    unmet = PostingRow.last_crawl_id != crawl
    if only is not None:
        unmet = unmet | PostingRow.identity.not_in(only)
    gone = update(PostingRow).where(*_known_since(column, since), unmet)
    connection.execute(gone.values(withdrawn_on=as_of))


def _gone_and_kept(connection: Connection, column: int, crawl: int, since: date) -> tuple[int, int]:
    """How many of the postings known before this crawl it did not meet, and how many it did. One that stands under
    another address now is still there, whether its title is printed in full or cut off."""
    known = (
        select(
            PostingRow.title, PostingRow.published, PostingRow.last_crawl_id, VisitRow.crawl_id.label("first")
        )
        .join(VisitRow, VisitRow.id == PostingRow.first_visit_id)
        .where(*_known_since(column, since))
    )
    rows = connection.execute(known).all()
    met: dict[date | None, set[str]] = defaultdict(set)
    for row in rows:
        if row.last_crawl_id == crawl:
            met[row.published].add(title_key(row.title))
    known_before = [row for row in rows if row.first != crawl]
    there = [_is_among(title_key(row.title), met[row.published]) for row in known_before]
    return there.count(False), there.count(True)


def _is_among(title: str, met: Set[str]) -> bool:
    """Whether the title was met, in full or cut off."""
    return title in met or any(same_title(title, one) for one in met)


def _known_since(column: int, since: date) -> tuple[ColumnElement[bool], ...]:
    inside = () if since == BEGINNING else (PostingRow.published >= since,)
    return (PostingRow.column_id == column, PostingRow.withdrawn_on.is_(None), *inside)


def _cause_before(connection: Connection, column: int, crawl: int) -> str:
    """The cause of the column's reading before this crawl's, blocked nights left out."""
    told = (ReadingRow.column_id == column, ReadingRow.crawl_id != crawl)
    saw = ReadingRow.standing.in_([Outcome.READ, Outcome.EMPTY, Outcome.PARTIAL]) | (
        ReadingRow.cause == EMPTIED
    )
    latest = (
        select(ReadingRow.cause).where(*told, saw).order_by(ReadingRow.as_of.desc(), ReadingRow.id.desc())
    )
    return connection.scalars(latest.limit(1)).first() or ""
