"""Pages in stock (存量): postings' own pages that no night has opened because they are older than what nights open anyway.
Each night opens a few, the oldest first, each address once, until all were; a page that could not be read is tried again a
month later, after all that were never asked for."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, Select, case, func, or_, select

from db.readings import site_id_of
from db.recording.articles import OPENED
from db.tables.articles import ArticleRow
from db.tables.crawl import CrawlRow, PostingRow
from db.tables.site import ColumnRow
from rules.scanners.masked_addresses import is_masked

TRY_AGAIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class StockProgress:
    """Of `pages` different addresses of postings that stand on the site, `scanned` were opened and looked through and
    `failed` were asked for and not read."""

    pages: int
    scanned: int
    failed: int

    @property
    def left(self) -> int:
        """Those that were never asked for."""
        return self.pages - self.scanned - self.failed


def stock_to_open(
    connection: Connection, site_key: str, columns: Collection[str], as_of: date, most: int
) -> list[tuple[int, str]]:
    """Id and address of at most so many pages in stock. None on a site's first night: a county that is new to us is not asked
    for its past on top of all its lists."""
    if most <= 0 or not _known_before(connection, site_key, as_of):
        return []
    asked, seen = _asked(), _seen()
    again = (seen == 0) & (func.max(ArticleRow.looked_on) <= as_of - TRY_AGAIN)
    rows = connection.execute(
        _addresses(site_key)
        .add_columns(func.min(PostingRow.id).label("id"))
        .where(ColumnRow.key.in_(columns), PostingRow.first_seen < as_of)
        .having(or_(asked == 0, again))
        .order_by(
            asked > 0,
            func.min(func.coalesce(PostingRow.published, PostingRow.first_seen)),
            func.min(PostingRow.id),
        )
        .limit(most)
    )
    return [(row.id, row.url) for row in rows if not is_masked(row.url)]  # what was masked leads nowhere


def stock_progress(connection: Connection, site_key: str) -> StockProgress:
    """How far the nights have come with all pages of the site, those that they open anyway included."""
    each = _addresses(site_key).add_columns(_asked().label("asked"), _seen().label("seen")).subquery()
    row = connection.execute(
        select(
            func.count().label("pages"),
            func.coalesce(func.sum(case((each.c.seen > 0, 1), else_=0)), 0).label("scanned"),
            func.coalesce(func.sum(case(((each.c.seen == 0) & (each.c.asked > 0), 1), else_=0)), 0).label(
                "failed"
            ),
        ).select_from(each)
    ).one()
    return StockProgress(row.pages, row.scanned, row.failed)


def _addresses(site_key: str) -> Select[str | None]:
    """The addresses of the postings that stand on the site, each once."""
    return (
        select(PostingRow.url)
        .join(ColumnRow, ColumnRow.id == PostingRow.column_id)
        .outerjoin(ArticleRow, ArticleRow.posting_id == PostingRow.id)
        .where(ColumnRow.site_id == site_id_of(site_key), ColumnRow.active)
        .where(PostingRow.withdrawn_on.is_(None), PostingRow.url.is_not(None))
        .group_by(PostingRow.url)
    )


def _asked() -> ColumnElement[int]:
    return func.count(ArticleRow.id)


def _seen() -> ColumnElement[int]:
    return func.coalesce(func.sum(case((ArticleRow.outcome.in_(OPENED), 1), else_=0)), 0)


def _known_before(connection: Connection, site_key: str, as_of: date) -> bool:
    earlier = select(CrawlRow.id).where(CrawlRow.site_id == site_id_of(site_key), CrawlRow.as_of < as_of)
    return connection.execute(earlier.where(CrawlRow.finished_at.is_not(None)).limit(1)).first() is not None
