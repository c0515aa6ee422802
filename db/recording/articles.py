"""Which postings' pages to open, and what opening them and the home page showed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, or_, select

from db.readings import site_id_of
from db.recording.home_links import keep_home_links
from db.recording.pages import Snapshot, keep_snapshot
from db.tables.articles import ArticleRow, HomePageRow
from db.tables.crawl import PostingRow, ReadingRow
from db.tables.judgement import FindingRow
from db.tables.site import ColumnRow
from db.upsert import upsert
from rules.engine.hysteresis import Stage
from rules.scanners.masked_addresses import is_masked
from rules.vocabulary.terms import Outcome, Scope

TRY_AGAIN = timedelta(days=3)
# Outcomes of a page that was opened and looked through.
OPENED = (Outcome.READ.value, Outcome.PARTIAL.value)
DAYS_BACK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ArticleSeen:
    """A posting's page as opened; see `db.tables.articles.ArticleRow`."""

    posting_id: int
    outcome: Outcome
    cause: str = ""
    snapshot: Snapshot | None = None
    title: str | None = None
    published: date | None = None
    shown: date | None = None
    meta: date | None = None
    signed: date | None = None
    source: str | None = None
    document_number: str | None = None
    length: int = 0
    pictures: int = 0
    embedded: int = 0
    attachments: int = 0
    signature: bytes | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HomeSeen:
    """The home page as opened; see `db.tables.articles.HomePageRow`. `titles` are the identities of the postings that
    it may lead to, `links` the addresses that it links to, with their texts."""

    outcome: Outcome
    cause: str = ""
    snapshot: Snapshot | None = None
    newest: date | None = None
    identity: str = ""
    tags: Sequence[str] | None = None
    titles: Collection[str] = ()
    undated: Sequence[str] | None = None
    footer: Sequence[str] | None = None
    links: Sequence[tuple[str, str]] = ()


def to_open(
    connection: Connection, site_key: str, columns: Collection[str], since: date, as_of: date, most: int
) -> list[tuple[int, str]]:
    """Id and address of the postings whose page is to be opened: those whose page has an open finding, every night;
    then those dated from `since` on whose page was never read, newest first (see `_arrived`). One that could not be
    read, or not with all its files, is tried again after TRY_AGAIN."""
    accused = _is_accused()
    unread = (ArticleRow.outcome != Outcome.READ.value) & (ArticleRow.looked_on <= as_of - TRY_AGAIN)
    rows = connection.execute(
        select(PostingRow.id, PostingRow.url)
        .join(ColumnRow, ColumnRow.id == PostingRow.column_id)
        .outerjoin(ArticleRow, ArticleRow.posting_id == PostingRow.id)
        .where(ColumnRow.site_id == site_id_of(site_key), ColumnRow.key.in_(columns))
        .where(PostingRow.withdrawn_on.is_(None), PostingRow.url.is_not(None))
        .where(
            or_(
                (PostingRow.published >= since) & _arrived(as_of) & or_(ArticleRow.id.is_(None), unread),
                accused & (ArticleRow.looked_on < as_of),
            )
        )
        .order_by(accused.desc(), PostingRow.published.desc(), PostingRow.id)
        .limit(most)
    )
    return [(row.id, row.url) for row in rows if not is_masked(row.url)]  # what was masked leads nowhere


def _arrived(as_of: date) -> ColumnElement[bool]:
    """The posting came after its column's first night, or is a few days old: a county that is new to us is not
    asked for all its past at once."""
    first_night = (
        select(func.min(ReadingRow.as_of)).where(ReadingRow.column_id == ColumnRow.id).scalar_subquery()
    )
    return or_(
        first_night.is_(None), PostingRow.first_seen > first_night, PostingRow.published >= as_of - DAYS_BACK
    )


def _is_accused() -> ColumnElement[bool]:
    """The posting's page has an open finding, which only the page itself can show to be corrected."""
    return (
        select(FindingRow.id)
        .where(FindingRow.posting_id == PostingRow.id, FindingRow.scope == Scope.ARTICLE.value)
        .where(FindingRow.stage == Stage.OPEN.value)
        .exists()
    )


def save_article(connection: Connection, seen: ArticleSeen, as_of: date) -> None:
    """Enters what a posting's page showed, in place of an earlier look, unless that one saw more."""
    row = connection.execute(
        select(ArticleRow.outcome, ArticleRow.looked_on, ArticleRow.facts).where(
            ArticleRow.posting_id == seen.posting_id
        )
    ).first()
    if seen.outcome is not Outcome.READ and row is not None and row.outcome == Outcome.READ.value:
        return
    values = {name: getattr(seen, name) for name in ArticleSeen.__slots__ if name != "snapshot"}
    values |= {
        "outcome": seen.outcome.value, "looked_on": as_of, "facts": _with_nights(seen.facts, row, as_of),
        "snapshot_id": keep_snapshot(connection, seen.snapshot) if seen.snapshot else None,
    }  # fmt: skip
    moved = tuple(name for name in values if name != "posting_id")
    upsert(connection, ArticleRow, ("posting_id",), moved, [values])


def _with_nights(facts: Mapping[str, Any], before: Any, as_of: date) -> dict[str, Any]:
    """The facts, with the number of different nights running on which each address that is gone was not there."""
    if "gone" not in facts:
        return dict(facts)
    earlier = before.facts.get("gone", {}) if before is not None else {}
    more = int(before is not None and before.looked_on < as_of)
    gone = {
        url: {**said, "nights": earlier[url]["nights"] + more if url in earlier else 1}
        for url, said in facts["gone"].items()
    }
    return {**facts, "gone": gone}


def save_home(connection: Connection, site_key: str, crawl_id: int, seen: HomeSeen, as_of: date) -> None:
    """Enters the home page of a crawl. A posting that it leads to is as new as the column says, whether or not a day stands
    beside it on the home page."""
    days = [day for day in (seen.newest, _newest_of(connection, site_key, seen.titles, as_of)) if day]
    connection.execute(
        insert(HomePageRow).values(
            crawl_id=crawl_id, site_id=site_id_of(site_key), as_of=as_of, outcome=seen.outcome.value,
            cause=seen.cause, newest=max(days, default=None), identity=seen.identity,
            meta_names=None if seen.tags is None else list(seen.tags),
            undated=None if seen.undated is None else list(seen.undated),
            footer=None if seen.footer is None else list(seen.footer),
            snapshot_id=keep_snapshot(connection, seen.snapshot) if seen.snapshot else None,
        )
    )  # fmt: skip
    keep_home_links(connection, site_key, seen.links, as_of)


def _newest_of(
    connection: Connection, site_key: str, identities: Collection[str], as_of: date
) -> date | None:
    return connection.scalar(
        select(func.max(PostingRow.published))
        .join(ColumnRow, ColumnRow.id == PostingRow.column_id)
        .where(ColumnRow.site_id == site_id_of(site_key), PostingRow.identity.in_(identities))
        .where(PostingRow.withdrawn_on.is_(None), PostingRow.published <= as_of)
    )
