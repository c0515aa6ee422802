"""Turning the pages of one list: when to stop, what may be called whole, and which witness says so. Pure.

Nothing is whole by default. A list is known to its end where its last page is met and the stated total equals the different
rows seen, or where a recognised pager says that this is the last page; it is known from a day on where a row older
than that day is met in a list that shows itself newest first. Whatever else ends a walk leaves it partial."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Protocol

from crawler.crawling.list_order import newest_first, orders_of, pages_apart, reach_of
from crawler.page.budget import MOST_ROWS_OF_A_LIST, TOO_MANY_ROWS
from crawler.page.values import ListPage, PageRequest
from db.recording.short_lists import END_NOT_SHOWN
from rules.dates.periods import BEGINNING
from rules.vocabulary.terms import Outcome, Witness

DAY = timedelta(days=1)
# Pages: at a page a second a list may well change while so many are turned.
LONG_WALK = 10
# The list changed while its pages were turned.
LIST_MOVED = "list_moved"
# Doubts for which rows may stand anywhere, not only below what was seen: an older row then proves nothing.
NO_ORDER = frozenset({
    "tabs_unread", "rows_alike", "rows_hidden", LIST_MOVED, "guessed_address", "pages_apart", "days_unsure",
    "answer_failed", "broken_off", TOO_MANY_ROWS,
})  # fmt: skip
# Doubts that a stated total does not dispel: it counts a part, or another moment's list.
NO_TOTAL = frozenset({
    "tabs_unread", "rows_hidden", LIST_MOVED, "days_unsure", "year_choice", "rows_below_hidden", "totals_differ",
    "answer_failed", "more_stated", "pager_empty", TOO_MANY_ROWS,
})  # fmt: skip


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
    None: not at all), by this `witness`. `cause` says why it ended short, "" if it did not."""

    outcome: Outcome
    covered_since: date | None
    cause: str = ""
    witness: Witness = Witness.NONE


@dataclass(slots=True)
class Pagination:
    """One list being read from its first page on, until `since` is passed. `page_size`: rows in order on a first
    page that leads on to a second, without what is pinned."""

    since: date
    max_pages: int
    pages: int = 0
    stated_total: int | None = None
    stated_pages: int | None = None
    page_size: int | None = None
    seen: set[str] = field(default_factory=set)
    days: list[date] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    first_page: frozenset[str] = frozenset()
    undated: int = 0
    row_pushed_on: bool = False
    _on_first: int = 0
    _goes_on: bool = False
    _page_before: frozenset[str] = frozenset()
    _days_before: list[date] = field(default_factory=list)
    _last_row: str = ""
    _older_met: bool = False
    _guessed: bool = False

    def take(self, rows: Sequence[Row], page: ListPage[Any]) -> Stop | None:
        """Takes one page; None means: turn on to `page.next_page`."""
        met = frozenset(row.identity for row in rows)
        new = list({row.identity: row for row in rows if row.identity not in self.seen}.values())
        self.pages += 1
        self._note(page)
        if not new and self.pages > 1:
            return self._end_of_repeats(met)
        self.seen |= met
        self._page_before = met
        days = [row.order_day for row in new if row.order_day]
        if self._last_row in met:
            self.row_pushed_on = True
        elif self._may_hide_rows(days):
            self.doubts.append("pages_apart")
        self._last_row = rows[-1].identity if rows else ""
        self._days_before = days
        self.days += days
        self.undated += sum(not row.dated for row in new)
        self._on_first = len(days) if self.pages == 1 else self._on_first
        self._goes_on = page.next_page is not None
        if TOO_MANY_ROWS in self.doubts or len(self.seen) > MOST_ROWS_OF_A_LIST:
            return self.short(TOO_MANY_ROWS)
        if page.next_page is None:
            return self.ended(said=page.ended or self._last_is_short())
        if self.pages == 1:
            self.first_page = met
            self.page_size = _size_of(days, len(met))
        stop = self.short("page_limit")
        ends = stop.outcome is Outcome.READ and self._borne_out(page.next_page)
        return stop if ends or self.pages >= self.max_pages else None

    def _may_hide_rows(self, days: Sequence[date]) -> bool:
        """Whether rows of days that count may lie between this page and the one before, where no total vouches for them."""
        vouched = self.stated_total is not None or self._older_met
        return self.pages > 1 and not vouched and pages_apart(self._days_before, days)

    def _borne_out(self, turn: PageRequest) -> bool:
        """Whether the order that an older row relies on was seen to go on. A list may hold one category after another, or one year,
        each newest first: where nothing says how long it is, or nothing was met of the days that count and a zero would lean
        on that order alone, the page after the older row has to continue the days."""
        before, self._older_met = self._older_met, True
        bounded = self.stated_total is not None and any(day >= self.since for day in self.days)
        return before or bounded or turn.guessed

    def _note(self, page: ListPage[Any]) -> None:
        """What the page states and what speaks against it. A total that changes between pages: the list moved."""
        before, now = self.stated_total, page.stated_total
        moved = before is not None and now is not None and before != now
        self.stated_total = before if now is None else now
        self.stated_pages = self.stated_pages if page.stated_pages is None else page.stated_pages
        found = (*page.doubts, *([LIST_MOVED] * moved), *(["guessed_address"] * self._guessed))
        self.doubts += [doubt for doubt in found if doubt not in self.doubts]
        self._guessed = page.next_page is not None and page.next_page.guessed

    @property
    def moved(self) -> bool:
        """Whether the list changed while its pages were turned: rows may have slipped from one page to another."""
        return LIST_MOVED in self.doubts

    @property
    def is_to_be_confirmed(self) -> bool:
        """Whether the list may have changed unnoticed: its first page is then looked at again at the end."""
        return self.pages >= LONG_WALK or (self.row_pushed_on and self.stated_total is None)

    @property
    def first_page_tells(self) -> bool:
        """Whether what is new shows on the first page: there is no other, or the list runs newest-first and its
        first page shows more days than rows ever stood out of order. (Pinned rows may fill a first page.)"""
        if self.pages <= 1 and not self._goes_on:
            return True
        return bool(self.days) and all(
            slack <= self._shown_on_first(kept) for kept, slack in orders_of(self.days)
        )

    def _shown_on_first(self, kept: Sequence[int]) -> timedelta:
        """From the newest to the oldest day in order on the first page; less than nothing where none is."""
        days = [self.days[index] for index in kept if index < self._on_first]
        return days[0] - days[-1] if days else -DAY

    def not_confirmed(self, cause: str) -> Stop:
        """Asked again at the end, the first page shows other rows than it did, or cannot be read: `cause`. Rows may have
        slipped from one page to another, wherever they stand."""
        self.doubts.append(LIST_MOVED)
        return self.short(cause)

    def short(self, cause: str) -> Stop:
        """The list goes on, or may: what lies before its last row is still known. It is read as far as was asked where an
        older row was met; `cause` says why it is not, else."""
        covered = self.covered()
        if covered is None:
            return Stop(Outcome.PARTIAL, None, cause)
        if covered <= self.since:
            return Stop(Outcome.READ, covered, witness=Witness.OLDER_ROW)
        return Stop(Outcome.PARTIAL, covered, cause, Witness.OLDER_ROW)

    def covered(self) -> date | None:
        """The day from which on the list was seen whole, if it goes on as it has shown itself ordered."""
        if self.undated or not NO_ORDER.isdisjoint(self.doubts):
            return None
        reach = reach_of(self.days)
        return None if reach is None else reach + DAY

    def ended(self, *, said: bool) -> Stop:
        """No further page is known. `said`: the pager says so itself."""
        cause = self._cause_against_the_end()
        if cause:
            return self.short(cause)
        if self.stated_total is not None:
            return Stop(Outcome.READ, BEGINNING, witness=Witness.LAST_PAGE)
        if self.doubts:
            return self.short(self.doubts[0])
        return Stop(Outcome.READ, BEGINNING, witness=Witness.PAGER_END) if said else self.short(END_NOT_SHOWN)

    def _cause_against_the_end(self) -> str:
        """What is stated and was not met, or a doubt that no total dispels; "" if nothing."""
        rows = len(self.seen) - self.stated_total if self.stated_total is not None else 0
        if rows:
            return "rows_missing" if rows < 0 else "totals_differ"
        if self.stated_pages is not None and self.pages < self.stated_pages:
            return "pages_missing"
        return next((doubt for doubt in self.doubts if doubt in NO_TOTAL), "")

    def past_the_end(self, *, composed: bool) -> Stop:
        """The page asked for last shows nothing. Where the recipe of an endpoint `composed` its address, so does every page
        behind the last one; one that a page led to is the end where the page before it was shorter than the first."""
        if self.pages < 2 and not composed:
            # A list whose pager leads on from its only page does not show how long a page may be.
            self.page_size = None
        return self.ended(said=composed or self._last_is_short())

    def _last_is_short(self) -> bool:
        """Whether the page met last holds fewer rows than the first, which led on to it: a page that is not full is the last."""
        return self.page_size is not None and len(self._page_before) < self.page_size

    def _end_of_repeats(self, met: frozenset[str]) -> Stop:
        """A page that repeats what was seen: past the last page many sites show the last one again; but a
        second page equal to the first may as well mean that turning pages does not work."""
        if self.stated_total is not None and len(self.seen) == self.stated_total:
            return self.ended(said=True)
        stated = self.stated_total is not None or self.stated_pages is not None
        clamped = self.pages > 2 and not stated and met == self._page_before
        return self.ended(said=True) if clamped else self.short("page_repeats")


def _size_of(days: Sequence[date], rows: int) -> int:
    """How many rows a page holds without those pinned on top, where its order tells them apart."""
    in_order = newest_first(days)
    return in_order if in_order * 4 >= rows * 3 else rows
