"""Lists without a pager, at a crawl's end: one that is shorter than a page of its siblings is whole.

A template prints its pager where a list fills more than a page. So where lists of the same template on the same site show one,
a list with fewer rows than their pages hold, and without a pager, has no second page.

A list that an editor or a module cuts off at fewer rows looks the same. Two things give it away: several of the template that end
at the same number, and none goes beyond it; and, from night to night, the oldest row that leaves for each one that comes. A
single list that is cut off and stays as it is looks like a short one, and is taken for it."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from db.readings import site_id_of
from db.recording.changes import change_of
from db.recording.closing import Close, Settled, close_anew
from db.tables.crawl import CrawlRow, ReadingRow
from db.tables.site import ColumnRow, MailboxRow
from rules.dates.periods import BEGINNING
from rules.vocabulary.terms import Outcome, Witness

# The causes of readings of which nothing but the list's end is in doubt: no pager, or an empty place for one.
END_NOT_SHOWN, PAGER_EMPTY = "end_not_shown", "pager_empty"
IN_DOUBT = (END_NOT_SHOWN, PAGER_EMPTY)
# Nobody cuts a list off at fewer rows; people who do like multiples of five.
LEAST_LIMIT = 5
# So many lists that end at one number make a limit; where it is a round one, so many.
LIKE, LIKE_ROUND = 3, 2


def settle_short_lists(connection: Connection, site_key: str, crawl: int, as_of: date) -> list[Settled]:
    """Gives this crawl's readings whose end alone was in doubt their witness, where there is one. Returns how the readings
    of these columns and mailboxes (their keys) close now."""
    sizes = page_sizes(connection, site_key, as_of)
    short = [row for row in _without_pager(connection, crawl) if row.row_count < sizes.get(row.template, 0)]
    limits = _limits((row.template, row.row_count) for row in short)
    return [
        (row.column, row.mailbox, close_anew(connection, row, _whole(sizes[row.template], as_of), as_of))
        for row in short
        if row.cause in IN_DOUBT
        and row.row_count != limits.get(row.template)
        and not _is_window(connection, row)
    ]


def _limits(lists: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Template → the number of rows at which its lists seem to be cut off. (Of lists that grow each in its time, hardly ever
    several are the longest with as many rows.)"""
    number = Counter(lists)
    longest: dict[str, int] = {}
    for template, rows in number:
        longest[template] = max(rows, longest.get(template, 0))
    return {
        template: rows
        for template, rows in longest.items()
        if rows >= LEAST_LIMIT and number[template, rows] >= (LIKE_ROUND if rows % LEAST_LIMIT == 0 else LIKE)
    }


def _is_window(connection: Connection, reading: Any) -> bool:
    """Whether the column was seen to lose its oldest posting for each one that came."""
    if reading.column_id is None:
        return False
    return change_of(connection, reading.column_id, reading.crawl_id, BEGINNING).shows_newest_only


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


def _without_pager(connection: Connection, crawl: int) -> list[Any]:
    """A crawl's readings of lists without a pager: those in doubt, and those that repeat one that was settled."""
    settled = ReadingRow.witness == Witness.SHORT_LIST.value
    rows = (
        select(ReadingRow.__table__, ColumnRow.key.label("column"), MailboxRow.key.label("mailbox"))
        .outerjoin(ColumnRow, ColumnRow.id == ReadingRow.column_id)
        .outerjoin(MailboxRow, MailboxRow.id == ReadingRow.mailbox_id)
        .where(ReadingRow.crawl_id == crawl, ReadingRow.cause.in_(IN_DOUBT) | settled, ReadingRow.pages == 1)
    )
    return list(connection.execute(rows))
