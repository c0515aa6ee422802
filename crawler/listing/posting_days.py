"""The day of each posting of a list, page after page: what its row shows, and where that is not surely the day of
publication, what its own page tells. Pure.

Which pages are to be asked is decided here too, so that a crawl asks for few and a proof, which has only the kept ones,
comes to the same days.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from crawler.listing.unsure_days import Told, believed, contradicted, sample_to_ask, vouched
from crawler.listing.year_sequence import YearRow, settle_years, year_to_ask
from crawler.page.values import DayKind, Entry
from crawler.page.years import nearest_day

# Rows of a list whose own pages told nothing; with so many, more would tell as little.
MOST_SILENT = 5
# An article that differs by more from the month and day of its row speaks of another day.
NEAR = timedelta(days=31)


@dataclass(slots=True)
class PostingDays:
    """The days of one list while its pages are turned. `before`: the last day of the page before; `mistaken`: an article
    named another day than its row, which shows one that nothing names or 发布; `contradicted`: than one of 更新时间 and
    the like, or of a row doubted since."""

    as_of: date
    before: date | None = None
    mistaken: bool = False
    contradicted: bool = False

    def settle(self, rows: Sequence[Entry], told: Told) -> list[date | None]:
        """The days of the next page's rows, None where unknown. `told`: what their own pages tell, by row."""
        self.mistaken = self.mistaken or self._mistakes(rows, told)
        rows = _doubted(rows) if self.mistaken else rows
        self.contradicted = self.contradicted or contradicted(rows, told)
        days = settle_years(_year_rows(rows, told), self.before, self.as_of)
        trusted = vouched(rows) if self.contradicted else believed(rows, told)
        for at, row in enumerate(rows):
            if days[at] is None and (at in trusted or row.kind is DayKind.PUBLISHED):
                days[at] = row.date
            day = told.get(at)
            if row.absurd and day and day <= self.as_of:
                days[at] = day
        sound = [
            day for day, row in zip(days, rows, strict=True) if day and not (row.absurd and day == row.date)
        ]
        self.before = sound[-1] if sound else self.before
        return days

    def row_to_ask(self, rows: Sequence[Entry], told: Told, suspected: Collection[int]) -> int | None:
        """The row whose own page is to be asked next; None where no page would help. `suspected`: the rows whose day
        does not agree with what earlier nights saw."""
        rows = _doubted(rows) if self.mistaken or self._mistakes(rows, told) else rows
        each = self.contradicted or contradicted(rows, told)
        sound = vouched(rows)
        for at, row in enumerate(rows):
            alone = row.date is None or row.absurd or row.kind is DayKind.OTHER
            if at not in told and (alone or (each and row.kind is DayKind.UNSURE and at not in sound)):
                return at
        silent = {at for at, day in told.items() if _fitting(rows[at], day) is None}
        if sum(rows[at].kind in (DayKind.YEARLESS, DayKind.UNSURE) for at in silent) >= MOST_SILENT:
            return None
        sample = sample_to_ask(rows, told, suspected)
        years = _year_rows(rows, told)
        return year_to_ask(years, self.before, self.as_of, silent) if sample is None else sample

    def _mistakes(self, rows: Sequence[Entry], told: Told) -> bool:
        """A day in the future may be a slip of the pen, or all of the list's days are deadlines."""
        shown = ((row, told.get(at)) for at, row in enumerate(rows) if row.kind is DayKind.PUBLISHED)
        return any(day and row.date and day <= self.as_of and day != row.date for row, day in shown)


def _doubted(rows: Sequence[Entry]) -> list[Entry]:
    """The rows, where days that looked like those of publication have to be compared with articles first."""
    plain = (row.kind is DayKind.PUBLISHED and row.date is not None and not row.absurd for row in rows)
    return [
        replace(row, kind=DayKind.UNSURE) if doubt else row for row, doubt in zip(rows, plain, strict=True)
    ]


def _year_rows(rows: Sequence[Entry], told: Told) -> list[YearRow]:
    return [_year_row(row, told.get(at)) for at, row in enumerate(rows)]


def _year_row(row: Entry, told: date | None) -> YearRow:
    if row.kind is DayKind.PUBLISHED and row.date:
        return YearRow(None if row.absurd else row.date)
    shown = (row.date.month, row.date.day) if row.date and row.kind is DayKind.YEARLESS else None
    return YearRow(_fitting(row, told), shown)


def _fitting(row: Entry, told: date | None) -> date | None:
    """The day told, or for a row of month and day that with the year told; None where they do not fit."""
    if told is None or row.kind is not DayKind.YEARLESS or row.date is None:
        return told
    day = nearest_day((row.date.month, row.date.day), told)
    return day if day and abs(day - told) <= NEAR else None
