"""How a reading closes: what it may say, when it is held back for a night, and which postings it withdraws."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, select, update

from db.recording.changes import Change, change_of, known_since
from db.recording.redated import MOST_BY_HAND, Redating
from db.tables.crawl import PostingRow, ReadingRow, VisitRow
from rules.dates.periods import BEGINNING
from rules.vocabulary.terms import Outcome, Witness

# Causes for which a reading is held back: the next one that says the same is believed.
EMPTIED, FEWER, OTHERS = "suddenly_empty", "suddenly_fewer", "suddenly_others"
REDATED = "suddenly_redated"
SUDDEN = (EMPTIED, FEWER, OTHERS, REDATED)


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


# Key of a column or of a mailbox, and how its reading closes when a crawl ends.
Settled = tuple[str | None, str | None, Close]


def held_back(connection: Connection, column: int, crawl: int, close: Close, as_of: date) -> Close:
    """The reading, held back where by it a column that held postings is suddenly empty, has lost most of them or the newest,
    or shows none but others: an index being rebuilt, a stale cache and another column's answer look so, and are
    over the next night. Believed where the reading before was held back for the same. A list from which just the postings of
    earlier years are gone shows the running year: it is known from that year's first day on."""
    if close.outcome not in (Outcome.READ, Outcome.EMPTY, Outcome.PARTIAL):
        return close
    change = change_of(connection, column, crawl, close.covered_since or BEGINNING)
    new_year = date(as_of.year, 1, 1)
    if change.is_archive(new_year) and close.outcome is Outcome.READ and close.covered_since is not None:
        return replace(close, covered_since=max(close.covered_since, new_year))
    cause = _sudden(change, close)
    at_the_turn = cause == EMPTIED and as_of.month == 1 and change.is_archive(new_year)
    before = _reading_before(connection, column, crawl)
    if not cause or (before is not None and before.cause == cause and not at_the_turn):
        return close
    if cause == OTHERS:
        _leave_out(connection, column, crawl, as_of)
    return _held(close, cause, Outcome.PARTIAL if cause == FEWER else Outcome.UNREADABLE)


def with_days(
    connection: Connection, column: int, crawl: int, close: Close, redating: Redating, as_of: date
) -> Close:
    """The reading, with the days that its rows show. Where most of those known before suddenly bear others it is held back, leans
    on the pages of the reading before, and the old days stand until a second night shows the same."""
    before = _reading_before(connection, column, crawl) if redating.is_sudden else None
    if before is None or close.outcome is Outcome.UNCHANGED:
        redating.take_over(connection, column)
        return close
    redating.doubt(connection, column)
    if close.cause in SUDDEN:
        return close
    _leave_out(connection, column, crawl, as_of)
    return replace(_held(close, REDATED, Outcome.PARTIAL), proof_crawl_id=before.proof_crawl_id)


def _held(close: Close, cause: str, outcome: Outcome) -> Close:
    return replace(
        close, outcome=outcome, standing=outcome, cause=cause, covered_since=None, read_through_on=None,
        witness=Witness.NONE, page_size=None, etag=None, last_modified=None, fingerprint=None, body_sha256=None,
        withdraw=False,
    )  # fmt: skip


def _sudden(change: Change, close: Close) -> str:
    """The cause for which a reading is held back; "" if nothing sudden happened. What a list read in part does not show may
    stand further on: it only tells whether its rows are others."""
    gone, kept = len(change.gone), len(change.kept)
    if close.outcome is Outcome.EMPTY:
        return EMPTIED if gone else ""
    if gone and change.new and not change.met and max(gone, len(change.new)) > 1:
        return OTHERS
    if close.outcome is Outcome.READ and close.covered_since is not None:
        return FEWER if gone > max(kept, MOST_BY_HAND) or change.is_stale else ""
    return ""


def values_of(close: Close) -> dict[str, Any]:
    """How a reading ended, as its row holds it."""
    whole = close.covered_since == BEGINNING
    return {
        "outcome": close.outcome.value, "standing": close.standing.value, "cause": close.cause,
        "witness": close.witness.value, "read_through_on": close.read_through_on, "page_size": close.page_size,
        "covered_whole": whole, "covered_since": None if whole else close.covered_since,
    }  # fmt: skip


def close_anew(connection: Connection, reading: Any, close: Close, as_of: date) -> Close:
    """Closes a reading (its row) once more, by what the other lists of its crawl have shown meanwhile. Returns how it was
    entered: held back, where it is sudden."""
    column, crawl = reading.column_id, reading.crawl_id
    if column is not None:
        close = held_back(connection, column, crawl, close, as_of)
    connection.execute(update(ReadingRow).where(ReadingRow.id == reading.id).values(**values_of(close)))
    if close.withdraw and column is not None and close.covered_since is not None:
        withdraw(connection, column, crawl, close.covered_since, as_of)
    return close


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
    gone = update(PostingRow).where(*known_since(column, since), unmet)
    connection.execute(gone.values(withdrawn_on=as_of))


def _leave_out(connection: Connection, column: int, crawl: int, as_of: date) -> None:
    """Rows that seem to be another list's count for nothing, unless they are met again."""
    visits = select(VisitRow.id).where(VisitRow.crawl_id == crawl)
    mine = (PostingRow.column_id == column, PostingRow.first_visit_id.in_(visits))
    connection.execute(update(PostingRow).where(*mine).values(withdrawn_on=as_of))


def _reading_before(connection: Connection, column: int, crawl: int) -> Any | None:
    """Cause and proving crawl of the column's reading before this crawl's, blocked nights left out; None where there is none."""
    told = (ReadingRow.column_id == column, ReadingRow.crawl_id != crawl)
    saw = ReadingRow.standing.in_([Outcome.READ, Outcome.EMPTY, Outcome.PARTIAL]) | (
        ReadingRow.cause.in_([EMPTIED, OTHERS])
    )
    latest = select(ReadingRow.cause, ReadingRow.proof_crawl_id).where(*told, saw)
    return connection.execute(latest.order_by(ReadingRow.as_of.desc(), ReadingRow.id.desc()).limit(1)).first()
