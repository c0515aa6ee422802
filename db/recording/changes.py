"""What became of a column's postings since the crawls before: gone, kept, new."""

from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from db.tables.crawl import PostingRow, VisitRow
from rules.dates.periods import BEGINNING
from rules.vocabulary.titles import same_title, title_key


@dataclass(frozen=True, slots=True)
class Change:
    """What a crawl met of the postings known before it. `gone` and `kept`: the days of those that lie in what its reading
    covers; `met`: how many it met of any day; `new`: the days of those that it met first. A day is None where none is known.
    `came`: how many it met that came after the first of those gone was last seen."""

    gone: tuple[date | None, ...]
    kept: tuple[date | None, ...]
    met: int
    new: tuple[date | None, ...]
    came: int = 0

    @property
    def shows_newest_only(self) -> bool:
        """Whether for each posting that came the oldest one left: the list shows so many, and no more."""
        gone, shown = _days(self.gone), _days(self.kept + self.new)
        return 0 < len(gone) == len(self.gone) == self.came and bool(shown) and max(gone) <= min(shown)

    @property
    def is_stale(self) -> bool:
        """Whether several are gone, the newest first, and nothing came: the page of an earlier day."""
        gone, kept = _days(self.gone), _days(self.kept)
        return len(gone) > 1 and bool(kept) and not self.new and min(gone) >= max(kept)

    def is_archive(self, new_year: date) -> bool:
        """Whether just the postings of the years before are gone, all of them."""
        gone, shown = _days(self.gone), _days(self.kept + self.new)
        return bool(gone) and max(gone) < new_year and all(day >= new_year for day in shown)


def change_of(connection: Connection, column: int, crawl: int, since: date) -> Change:
    """What a crawl met of a column's postings, in a reading that covers the days from `since` on. One that stands under
    another address now is still there, whether its title is printed in full or cut off."""
    known = (
        select(
            PostingRow.title, PostingRow.published, PostingRow.last_crawl_id, VisitRow.crawl_id.label("first")
        )
        .join(VisitRow, VisitRow.id == PostingRow.first_visit_id)
        .where(*known_since(column, BEGINNING))
    )
    rows = connection.execute(known).all()
    met: dict[date | None, set[str]] = defaultdict(set)
    for row in rows:
        if row.last_crawl_id == crawl:
            met[row.published].add(title_key(row.title))
    there: dict[bool, list[Any]] = {True: [], False: []}
    for row in rows:
        if row.first != crawl:
            there[_is_among(title_key(row.title), met[row.published])].append(row)
    gone, kept = ([row.published for row in there[each]] for each in (False, True))
    new = tuple(row.published for row in rows if row.first == crawl)
    seen = min((row.last_crawl_id for row in there[False]), default=crawl)
    came = sum(row.last_crawl_id == crawl and row.first > seen for row in rows)
    return Change(_since(since, gone), _since(since, kept), len(kept), new, came)


def known_since(column: int, since: date) -> tuple[ColumnElement[bool], ...]:
    """The conditions of a column's postings that stand on the site and are of a day from `since` on; BEGINNING: all, with those
    that bear no day."""
    inside = () if since == BEGINNING else (PostingRow.published >= since,)
    return (PostingRow.column_id == column, PostingRow.withdrawn_on.is_(None), *inside)


def _is_among(title: str, met: Set[str]) -> bool:
    """Whether the title was met, in full or cut off."""
    return title in met or any(same_title(title, one) for one in met)


def _since(since: date, days: Sequence[date | None]) -> tuple[date | None, ...]:
    return tuple(day for day in days if since == BEGINNING or (day is not None and day >= since))


def _days(days: Sequence[date | None]) -> list[date]:
    return [day for day in days if day is not None]
