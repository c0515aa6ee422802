"""Lists without a pager, at a crawl's end: one that is shorter than a page of its siblings is whole.

A template prints its pager where a list fills more than a page. So where lists of the same template on the same site show one,
a list with fewer rows than their pages hold, and without a pager, has no second page."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from db.readings import site_id_of
from db.recording.closing import Close, Settled, close_anew
from db.tables.crawl import CrawlRow, ReadingRow
from db.tables.site import ColumnRow, MailboxRow
from rules.dates.periods import BEGINNING
from rules.vocabulary.terms import Outcome, Witness

# The causes of readings of which nothing but the list's end is in doubt: no pager, or an empty place for one.
END_NOT_SHOWN, PAGER_EMPTY = "end_not_shown", "pager_empty"


def settle_short_lists(connection: Connection, site_key: str, crawl: int, as_of: date) -> list[Settled]:
    """Gives this crawl's readings whose end alone was in doubt their witness, where there is one. Returns how the readings
    of these columns and mailboxes (their keys) close now."""
    sizes = page_sizes(connection, site_key, as_of)
    return [
        (row.column, row.mailbox, close_anew(connection, row, _whole(sizes[row.template], as_of), as_of))
        for row in _in_doubt(connection, crawl)
        if row.row_count < sizes.get(row.template, 0)
    ]


def _whole(size: int, as_of: date) -> Close:
    return Close(
        Outcome.READ, Outcome.READ, covered_since=BEGINNING, read_through_on=as_of,
        witness=Witness.SHORT_LIST, page_size=size, withdraw=True,
    )  # fmt: skip


def page_sizes(connection: Connection, site_key: str, as_of: date) -> dict[str, int]:
    """Template → the fewest rows that a page of one of its lists held before a second one followed."""
    sizes = (
        select(ReadingRow.template, func.min(ReadingRow.page_size).label("size"))
        .join(CrawlRow, CrawlRow.id == ReadingRow.crawl_id)
        .where(CrawlRow.site_id == site_id_of(site_key), ReadingRow.as_of <= as_of)
        .where(ReadingRow.witness != Witness.SHORT_LIST, ReadingRow.page_size.is_not(None))
        .where(ReadingRow.template.is_not(None))
        .group_by(ReadingRow.template)
    )
    return {row.template: row.size for row in connection.execute(sizes)}


def _in_doubt(connection: Connection, crawl: int) -> list[Any]:
    rows = (
        select(ReadingRow.__table__, ColumnRow.key.label("column"), MailboxRow.key.label("mailbox"))
        .outerjoin(ColumnRow, ColumnRow.id == ReadingRow.column_id)
        .outerjoin(MailboxRow, MailboxRow.id == ReadingRow.mailbox_id)
        .where(
            ReadingRow.crawl_id == crawl,
            ReadingRow.cause.in_((END_NOT_SHOWN, PAGER_EMPTY)),
            ReadingRow.pages == 1,
        )
    )
    return list(connection.execute(rows))
