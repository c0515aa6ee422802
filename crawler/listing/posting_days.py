"""The day of each posting of a list, page after page: what its row shows, and where that is not surely the day of
publication, what its own page tells. Pure.

Which pages are to be asked is decided here too, so that a crawl asks for few and a proof, which has only the kept ones,
comes to the same days.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from crawler.listing.year_sequence import YearRow, settle_years, year_to_ask
from crawler.page.addresses import split
from crawler.page.dates import find_compact, find_date
from crawler.page.values import DayKind, Entry
from crawler.page.years import nearest_day

# Articles that must agree with a list before a word like 更新时间 is taken for its day of publication.
ENOUGH = 2
# A day that so many rows share may be that of an edit or of a move of the whole site.
REPEATED = 3
# Rows of a list whose own pages told nothing; with so many, more would tell as little.
MOST_SILENT = 5
# An article that differs by more from the month and day of its row speaks of another day.
NEAR = timedelta(days=31)


@dataclass(slots=True)
class PostingDays:
    """The days of one list while its pages are turned. `before`: the last day of the page before; `contradicted`:
    an article named another day than its row."""

    as_of: date
    before: date | None = None
    contradicted: bool = False

    def settle(self, rows: Sequence[Entry], told: Mapping[int, date | None]) -> list[date | None]:
        """The days of the next page's rows, None where unknown. `told`: what their own pages tell, by row."""
        self.contradicted = self._contradicted(rows, told)
        days = settle_years(self._year_rows(rows, told), self.before, self.as_of)
        trusted = not self.contradicted and not _lacking(rows, told)
        for at, row in enumerate(rows):
            believed = row.kind is DayKind.UNSURE and (trusted or _in_address(row) == row.date)
            if days[at] is None and (believed or row.kind is DayKind.PUBLISHED):
                days[at] = row.date
        sound = [day for day, row in zip(days, rows, strict=True) if day and not row.absurd]
        self.before = sound[-1] if sound else self.before
        return days

    def row_to_ask(
        self, rows: Sequence[Entry], told: Mapping[int, date | None], remembered: Mapping[int, date]
    ) -> int | None:
        """The row whose own page is to be asked next; None where no page would help. `remembered`: the days under
        which earlier nights saw the rows."""
        silent = {at for at, day in told.items() if self._fitting(rows[at], day) is None}
        for at, row in enumerate(rows):
            alone = row.date is None or row.kind is DayKind.OTHER
            if at not in told and (alone or (row.kind is DayKind.UNSURE and self._contradicted(rows, told))):
                return at
        if sum(rows[at].kind in (DayKind.YEARLESS, DayKind.UNSURE) for at in silent) >= MOST_SILENT:
            return None
        sample = _sample(rows, told, remembered)
        years = self._year_rows(rows, told)
        return year_to_ask(years, self.before, self.as_of, silent) if sample is None else sample

    def _contradicted(self, rows: Sequence[Entry], told: Mapping[int, date | None]) -> bool:
        unsure = ((rows[at], day) for at, day in told.items() if rows[at].kind is DayKind.UNSURE)
        return self.contradicted or any(day and day != row.date for row, day in unsure)

    def _year_rows(self, rows: Sequence[Entry], told: Mapping[int, date | None]) -> list[YearRow]:
        return [self._year_row(row, told.get(at)) for at, row in enumerate(rows)]

    def _year_row(self, row: Entry, told: date | None) -> YearRow:
        if row.kind is DayKind.PUBLISHED and row.date:
            return YearRow(None if row.absurd else row.date)
        shown = (row.date.month, row.date.day) if row.date and row.kind is DayKind.YEARLESS else None
        return YearRow(self._fitting(row, told), shown)

    def _fitting(self, row: Entry, told: date | None) -> date | None:
        """The day told, or for a row of month and day that with the year told; None where they do not fit."""
        if told is None or row.kind is not DayKind.YEARLESS or row.date is None:
            return told
        day = nearest_day((row.date.month, row.date.day), told)
        return day if day and abs(day - told) <= NEAR else None


def _in_address(row: Entry) -> date | None:
    """The whole day that the row's address carries."""
    path = split(row.url).path if row.url else ""
    return find_date(path) or find_compact(path)


def _agreeing(rows: Sequence[Entry], told: Mapping[int, date | None]) -> int:
    return sum(day == rows[at].date for at, day in told.items() if rows[at].kind is DayKind.UNSURE)


def _lacking(rows: Sequence[Entry], told: Mapping[int, date | None]) -> int:
    """How many articles must still agree before the page's unsure days may be believed."""
    unsure = [row for row in rows if row.kind is DayKind.UNSURE and _in_address(row) != row.date]
    return max(0, min(ENOUGH, len(unsure)) - _agreeing(rows, told))


def _sample(
    rows: Sequence[Entry], told: Mapping[int, date | None], remembered: Mapping[int, date]
) -> int | None:
    """The next article to compare with its row: one whose address or whose past names another day, one of the
    days that many rows share, then from the oldest on."""
    unsure = [at for at, row in enumerate(rows) if row.kind is DayKind.UNSURE]
    days = Counter(rows[at].date for at in unsure)
    doubtful = [at for at in unsure if _doubted(rows[at], remembered.get(at))]
    shared = [at for at in reversed(unsure) if days[rows[at].date] >= REPEATED]
    for some in (doubtful, shared[:1]):
        if some and not any(at in told for at in some):
            return some[0]
    unasked = (at for at in reversed(unsure) if at not in told and _in_address(rows[at]) != rows[at].date)
    return next(unasked, None) if _lacking(rows, told) else None


def _doubted(row: Entry, remembered: date | None) -> bool:
    return any(day is not None and day != row.date for day in (_in_address(row), remembered))
