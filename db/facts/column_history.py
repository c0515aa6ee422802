"""How one column was read lately, page by page, and which kept pages that left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, or_, select

from db.readings import site_id_of
from db.tables.articles import ArticleRow
from db.tables.crawl import CrawlRow, PostingRow, SnapshotRow, VisitRow
from db.tables.site import ColumnRow, MailboxRow
from rules.vocabulary.terms import Outcome


@dataclass(frozen=True, slots=True)
class ColumnVisit:
    """One page of a column, read in the crawl of a day. `snapshot_id`: the page kept (None: nothing new came)."""

    as_of: date
    fetched_at: datetime
    page_number: int
    url: str
    outcome: Outcome
    cause: str
    rows: int
    snapshot_id: int | None


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A kept page and what it was read for: keys of columns (of their lists, or of their postings' own pages), or a mailbox.
    `list_page`: it was read as a list."""

    id: int
    url: str
    path: str
    sha256: str
    file_sha256: str
    fetched_at: datetime
    columns: frozenset[str]
    mailbox: bool
    list_page: bool


def visits_of(connection: Connection, site_key: str, column: str, most: int) -> Sequence[ColumnVisit]:
    """The last visits to a column's pages, the newest first."""
    kept = SnapshotRow.id.label("kept")
    rows = connection.execute(
        select(VisitRow.__table__, CrawlRow.as_of, kept)
        .join(ColumnRow, ColumnRow.id == VisitRow.column_id)
        .join(CrawlRow, CrawlRow.id == VisitRow.crawl_id)
        .outerjoin(SnapshotRow, (SnapshotRow.id == VisitRow.snapshot_id) & SnapshotRow.pruned_on.is_(None))
        .where(ColumnRow.site_id == site_id_of(site_key), ColumnRow.key == column)
        .order_by(VisitRow.id.desc())
        .limit(most)
    )
    return [
        ColumnVisit(
            row.as_of, row.fetched_at, row.page_number, row.url, Outcome(row.outcome), row.cause, row.row_count,
            row.kept,
        )
        for row in rows
    ]  # fmt: skip


def kept_page(connection: Connection, site_key: str, number: int) -> KeptPage | None:
    """A page that is kept of a site; None where there is none of that number, or it was pruned."""
    row = connection.execute(
        select(SnapshotRow.__table__).where(SnapshotRow.id == number, SnapshotRow.pruned_on.is_(None))
    ).first()
    site = site_id_of(site_key)
    lists = (
        select(ColumnRow.key)
        .join(VisitRow, VisitRow.column_id == ColumnRow.id)
        .where(VisitRow.snapshot_id == number, ColumnRow.site_id == site)
    )
    own_pages = (
        select(ColumnRow.key)
        .join(PostingRow, PostingRow.column_id == ColumnRow.id)
        .outerjoin(ArticleRow, ArticleRow.posting_id == PostingRow.id)
        .where(or_(ArticleRow.snapshot_id == number, PostingRow.detail_snapshot_id == number))
        .where(ColumnRow.site_id == site)
    )
    box = (
        select(MailboxRow.id)
        .join(VisitRow, VisitRow.mailbox_id == MailboxRow.id)
        .where(VisitRow.snapshot_id == number, MailboxRow.site_id == site)
    )
    listed = frozenset(connection.scalars(lists))
    columns = listed | frozenset(connection.scalars(own_pages))
    mailbox = connection.scalar(box.limit(1)) is not None
    if row is None or not (columns or mailbox):
        return None
    return KeptPage(
        row.id, row.url, row.path, row.sha256, row.file_sha256, row.fetched_at, columns, mailbox, bool(listed)
    )
