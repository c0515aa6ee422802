"""The false county as of one day: what a visitor of its website sees."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property
from itertools import islice

from demo import column_pages, portal_pages
from demo.answer import Answer
from demo.archive import Archive, Column, Letter, Posting
from demo.frame import Maker
from demo.writing import opened, rng_of

BULLETIN_DAY = date(2023, 7, 3)
HOT_DAYS = 75


class County:
    """`archive` on `day`: a posting can be seen from its `online` day on until it is gone, an answer to a
    letter from the day it was given. Pages are made when first asked for and kept; a county never changes: the next
    night is another county."""

    def __init__(self, day: date = BULLETIN_DAY, archive: Archive | None = None) -> None:
        self.day = day
        self.archive = archive or opened()
        self._kept: dict[str, Answer] = {}

    @property
    def columns(self) -> tuple[Column, ...]:
        """Every column declared, those kept elsewhere too."""
        return self.archive.columns

    def rows(self, column: Column) -> list[Posting]:
        """The column's list: pinned rows first, then newest first."""
        return self._lists.get(column.no, [])

    def counted(self, column: Column, first: date, last: date) -> int:
        """How many of the column's postings say a date from `first` to `last`, both included."""
        return sum(first <= posting.day <= last for posting in self.rows(column))

    def letters(self) -> list[Letter]:
        """Newest first; an answer of a later day is not there yet (see `answered`)."""
        seen = [letter for letter in self.archive.letters if letter.received <= self.day]
        return sorted(seen, key=lambda letter: letter.received, reverse=True)

    def answered(self, letter: Letter) -> date | None:
        return letter.answered if letter.answered and letter.answered <= self.day else None

    def made(self, column: Column) -> date:
        """The day a column's static pages were last made: when it got its newest posting or lost one, or
        on the first of the month, when the whole site is made anew."""
        days = [self.day.replace(day=1), *self._losses.get(column.no, [])]
        return max([*days, *(posting.online for posting in self.rows(column))])

    def latest(self, day: date, but: Column | None = None, limit: int = 6) -> list[Posting]:
        """The newest postings of the site as of `day`, without those of one column."""
        end = bisect_right(self._timeline, day, key=lambda posting: posting.online)
        backwards = (self._timeline[n] for n in range(end - 1, -1, -1))
        return list(islice((p for p in backwards if not but or p.column != but.no), limit))

    def hot(self, day: date, but: Column, limit: int = 6) -> list[Posting]:
        """热点: what other columns published in the last weeks, the same choice for a month."""
        first = day - timedelta(days=HOT_DAYS)
        near = [p for p in self._timeline if first <= p.online <= day and p.column != but.no]
        return rng_of(f"hot {but.no} {day:%Y%m}").sample(near, min(limit, len(near)))

    def answer(self, target: str) -> Answer | None:
        """The page at `target` (path and query), None where the site has none."""
        if target not in self.pages:
            target = target.removesuffix("index.html")
        if target in self.pages and target not in self._kept:
            self._kept[target] = self.pages[target]()
        return self._kept.get(target)

    @cached_property
    def pages(self) -> Mapping[str, Maker]:
        """Every address of the site with what makes its page."""
        return dict([*portal_pages.pages(self), *column_pages.pages(self)])

    @cached_property
    def _timeline(self) -> list[Posting]:
        seen = (posting for posting in self.archive.postings if posting.stands(self.day))
        return sorted(seen, key=lambda posting: (posting.online, posting.id))

    @cached_property
    def _losses(self) -> dict[int, list[date]]:
        losses: dict[int, list[date]] = defaultdict(list)
        for posting in self.archive.postings:
            if posting.gone and posting.gone <= self.day:
                losses[posting.column].append(posting.gone)
        return losses

    @cached_property
    def _lists(self) -> dict[int, list[Posting]]:
        lists: dict[int, list[Posting]] = defaultdict(list)
        for posting in sorted(self._timeline, key=lambda p: (p.pinned, p.day, p.id), reverse=True):
            lists[posting.column].append(posting)
        return dict(lists)
