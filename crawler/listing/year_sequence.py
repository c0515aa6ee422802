"""The years of rows that show a month and a day, from the rows around whose days are sure. Pure.

A row lies between the nearest sure days above and below it in its list; where only one year puts it there, that is its
year. Two sure days less than a year apart so settle every row between them, and a gap of years between two rows, a
pinned row or a list that runs upwards is found by asking for the day of a row more.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from crawler.page.dates import make_date
from crawler.page.longest_run import longest_run
from crawler.page.years import MonthDay

# Rows stand out of order by so much: entered late, approved late.
SLACK = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class YearRow:
    """A row of a list: its day where that is sure, else the month and day that it shows (None: nothing)."""

    sure: date | None
    shown: MonthDay | None = None

    @property
    def month_day(self) -> MonthDay | None:
        return (self.sure.month, self.sure.day) if self.sure else self.shown


def settle_years(rows: Sequence[YearRow], before: date | None, as_of: date) -> list[date | None]:
    """The rows' days, None where no year or more than one is possible. `before` is the last day of the list's page
    before; `as_of`, the day of reading: no row is newer."""
    if _runs_up(rows):
        return _settle(rows[::-1], None, before, as_of)[::-1]
    return _settle(rows, before, None, as_of)


def year_to_ask(
    rows: Sequence[YearRow], before: date | None, as_of: date, silent: Collection[int]
) -> int | None:
    """The row whose own page is to be asked next so that all may be settled; None where nothing is left to ask.
    `silent` are the rows whose page told nothing."""
    if _runs_up(rows):
        mirrored = {len(rows) - 1 - i for i in silent}
        found = _to_ask(rows[::-1], None, before, as_of, mirrored)
        return None if found is None else len(rows) - 1 - found
    return _to_ask(rows, before, None, as_of, silent)


def _runs_up(rows: Sequence[YearRow]) -> bool:
    shown = [day for row in rows if (day := row.month_day)]
    return sum(a < b for a, b in pairwise(shown)) > sum(a > b for a, b in pairwise(shown))


def _settle(
    rows: Sequence[YearRow], newest: date | None, oldest: date | None, as_of: date
) -> list[date | None]:
    """Rows from new to old. `newest` and `oldest` are sure days beyond the two ends."""
    spine = _spine(rows, newest, oldest)
    days: list[date | None] = []
    for at, row in enumerate(rows):
        above = next((day for place, day in reversed(spine) if place < at), as_of)
        below = next((day for place, day in spine if place > at), None)
        day = _between(row.shown, below, min(above + SLACK, as_of)) if row.shown and below else None
        days.append(row.sure or day)
    return days


def _to_ask(
    rows: Sequence[YearRow], newest: date | None, oldest: date | None, as_of: date, silent: Collection[int]
) -> int | None:
    """First the last row, which bounds all others; then the first ones, until one stands in the list's order: what
    is pinned stands above it; then the middle of what is still open."""
    spine = _spine(rows, newest, oldest)
    days = _settle(rows, newest, oldest, as_of)
    unasked = [at for at, row in enumerate(rows) if row.shown and not row.sure and at not in silent]
    still_open = [at for at in unasked if days[at] is None]
    if still_open and not any(place > still_open[-1] for place, _ in spine):
        return still_open[-1]
    head = [at for at in unasked if spine and at < spine[0][0]]
    return head[0] if head else still_open[len(still_open) // 2] if still_open else None


def _between(shown: MonthDay, below: date, above: date) -> date | None:
    """The only such day in the span (a month's slack below it), None where there are two or none."""
    years = range(below.year - 1, above.year + 1)
    days = [day for year in years if (day := make_date(year, *shown)) and below - SLACK <= day <= above]
    return days[0] if len(days) == 1 else None


def _spine(rows: Sequence[YearRow], newest: date | None, oldest: date | None) -> list[tuple[int, date]]:
    """Place and day of the sure rows that stand in order: the fewest are left out, and of two the older one, for
    that is how pinned rows stand."""
    sure = [(at, row.sure) for at, row in enumerate(rows) if row.sure]
    known = [*([(-1, newest)] if newest else []), *sure, *([(len(rows), oldest)] if oldest else [])]
    return [known[index] for index in longest_run([-day.toordinal() for _, day in known])]
