"""Turning the pages of one list: when to stop, and from which day on nothing can have been missed. Pure."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Protocol

from rules.dates.periods import BEGINNING
from rules.vocabulary.terms import Outcome

DAY = timedelta(days=1)


class Row(Protocol):
    """What turning pages needs of a row: who it is, the day by which it stands in its list where that can be
    trusted, and whether it shows one at all (an absurd day is shown, but orders nothing)."""

    @property
    def identity(self) -> str: ...

    @property
    def order_day(self) -> date | None: ...

    @property
    def dated(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Stop:
    """The end of turning pages. The list is known whole from `covered_since` on (BEGINNING: to its very end,
    None: not at all). `cause` says why it ended short, "" if it did not."""

    outcome: Outcome
    covered_since: date | None
    cause: str = ""


@dataclass(slots=True)
class Pagination:
    """One list being read from its newest page on, until `since` is passed."""

    since: date
    max_pages: int
    pages: int = 0
    rows: int = 0
    stated_total: int | None = None
    stated_pages: int | None = None
    seen: set[str] = field(default_factory=set)
    days: list[date] = field(default_factory=list)
    undated: int = 0
    on_first: int = 0
    goes_on: bool = False

    def take(self, rows: Sequence[Row], *, more: bool, total: int | None, pages: int | None) -> Stop | None:
        """Takes one page; None means: turn on. `more`: the page knows a following page."""
        new = [row for row in rows if row.identity not in self.seen]
        self.pages += 1
        self.stated_total = self.stated_total if total is None else total
        self.stated_pages = self.stated_pages if pages is None else pages
        if not new and self.pages > 1:
            return self._end_of_repeats()
        self.rows += len(rows)
        self.seen.update(row.identity for row in new)
        self.days += [row.order_day for row in new if row.order_day]
        self.undated += sum(not row.dated for row in new)
        self.on_first = len(self.days) if self.pages == 1 else self.on_first
        self.goes_on = more
        if not more:
            return self.ended()
        if self._passed():
            return Stop(Outcome.READ, self.covered())
        if self.pages >= self.max_pages:
            return self.short("page_limit")
        return None

    @property
    def first_page_tells(self) -> bool:
        """Whether what is new shows on the first page: there is no other, or the list runs newest-first and its
        first page shows more days than rows ever stood out of order. (Pinned rows may fill a first page.)"""
        if self.pages <= 1 and not self.goes_on:
            return True
        return bool(self.days) and all(
            slack <= self._shown_on_first(kept) for kept, slack in _orders(self.days)
        )

    def _shown_on_first(self, kept: Sequence[int]) -> timedelta:
        """From the newest to the oldest day in order on the first page; less than nothing where none is."""
        days = [self.days[index] for index in kept if index < self.on_first]
        return days[0] - days[-1] if days else -DAY

    def short(self, cause: str) -> Stop:
        """The list goes on, but could not be followed: what lies before its last row is still known."""
        if self._passed():
            return Stop(Outcome.READ, self.covered())
        return Stop(Outcome.PARTIAL, self.covered(), cause)

    def covered(self) -> date | None:
        """The day from which on the list was seen whole, if it goes on as it has shown itself ordered."""
        if not self.days or self.undated:
            return None
        return reach_of(self.days) + DAY

    def _passed(self) -> bool:
        covered = self.covered()
        return covered is not None and covered <= self.since

    def ended(self) -> Stop:
        """The list has no further page: whole, unless it states more than was met."""
        rows_short = self.stated_total is not None and self.rows < self.stated_total
        pages_short = self.stated_pages is not None and self.pages < self.stated_pages
        if rows_short or pages_short:
            return self.short("rows_missing" if rows_short else "pages_missing")
        return Stop(Outcome.READ, BEGINNING)

    def _end_of_repeats(self) -> Stop:
        """A page that repeats what was seen: past the last page many sites show the last one again; but a
        second page equal to the first may as well mean that turning pages does not work."""
        complete = self.stated_total is not None and self.rows >= self.stated_total
        if complete or (self.pages > 2 and self.stated_total is None):
            return Stop(Outcome.READ, BEGINNING)
        return self.short("page_repeats")


def reach_of(days: Sequence[date]) -> date:
    """The newest day that may still hide below the last row of a newest-first list: its oldest day in order,
    plus as much as a row ever stood below an older one.

    Rows out of place are the fewest whose removal leaves the rest in order. A pinned or backdated one (older
    than what follows) is harmless, a newer one among older ones is not; where both readings are possible, the
    harmful one counts."""
    return max(days[kept[-1]] + slack for kept, slack in _orders(days))


def _orders(days: Sequence[date]) -> list[tuple[Sequence[int], timedelta]]:
    """Both readings of a list's order: the indices of the rows in order, and how many days newer a row ever stood
    below an older one."""
    forward = _longest_run([-day.toordinal() for day in days])
    backward = [len(days) - 1 - n for n in _longest_run([day.toordinal() for day in reversed(days)])][::-1]
    return [(kept, _slack(days, kept)) for kept in (forward, backward)]


def _slack(days: Sequence[date], kept: Sequence[int]) -> timedelta:
    slack = timedelta(0)
    order, above = set(kept), date.max
    for index, day in enumerate(days):
        if index in order:
            above = day
        elif day > above:
            slack = max(slack, day - above)
    return slack


def _longest_run(values: Sequence[int]) -> list[int]:
    """Indices of a longest run of values that never falls (patience sorting, n log n)."""
    tails: list[int] = []
    tops: list[int] = []
    before: list[int] = []
    for index, value in enumerate(values):
        place = bisect_right(tops, value)
        before.append(tails[place - 1] if place else -1)
        tails[place : place + 1] = [index]
        tops[place : place + 1] = [value]
    run = [tails[-1]]
    while before[run[-1]] >= 0:
        run.append(before[run[-1]])
    return run[::-1]
