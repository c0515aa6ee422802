"""The nights on which a posting was not in its list, though its place there was in view: what shows that it came online
later than the day it bears.

That a reading went back to a posting's day and did not show it proves little by itself: rows slip between two pages that
the server keeps for different times, and the list may have been long before the first night. So one of three things must
hold: the reading met as many postings as the list states, some of them older; or the list was read within days of the posting's
day, when an honest one stood on top; or it was read before, and the postings older and newer by a day stood on one page, with
its place between them. What is older than all that a list showed may have been cut off, by an index being rebuilt."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, select

from db.readings import covered_since, site_id_of
from db.recording.closing import SUDDEN
from db.tables.crawl import PostingRow, ReadingRow, VisitRow
from db.tables.site import ColumnRow
from rules.vocabulary.terms import Witness

# So many days after its day a posting still stands on a list's first page.
ON_TOP = timedelta(days=7)
# Witnesses that every posting of the list was met, wherever it stood.
ALL_MET = frozenset({Witness.LAST_PAGE, Witness.SHORT_LIST, Witness.EMPTY})
# A posting's day, and the number of the page that it stood on.
Place = tuple[date, int]


@dataclass(frozen=True, slots=True)
class Look:
    """One witnessed reading of a list: known whole from the day `covered` on."""

    night: date
    covered: date
    witness: Witness
    crawl: int
    pages: int


@dataclass(frozen=True, slots=True)
class Absences:
    """Column key → the looks at its list, oldest first; (column key, crawl) → where the postings stood that this crawl saw
    for the first time."""

    looks: Mapping[str, Sequence[Look]] = field(default_factory=dict)
    places: Mapping[tuple[str, int], Sequence[Place]] = field(default_factory=dict)
    # Column key and night of the readings that were held back: what is first seen on one was perhaps renamed.
    held: Set[tuple[str, date]] = frozenset()

    def absent_on(self, row: Any) -> date | None:
        """The last night before a posting was first seen that proves it was not yet there; None where none does."""
        if (row.column, row.first_seen) in self.held:
            return None
        looks = self.before(row)
        if _on_top(looks, row.published):
            return looks[-1].night
        if not looks:
            return None
        whole = next((look for look in reversed(looks) if look.witness in ALL_MET), None)
        places = self.places.get((row.column, looks[0].crawl), ())
        if whole and whole.witness is Witness.EMPTY:
            return whole.night
        if not any(day < row.published for day, _ in places):
            return None
        if whole or looks[0].night <= row.published:
            return whole.night if whole else None
        return looks[0].night if in_view(places, row.published, looks[0]) else None

    def before(self, row: Any) -> Sequence[Look]:
        """The looks before a posting was first seen that went back to its day."""
        looks = self.looks.get(row.column, ())
        earlier = looks[: bisect_left(looks, row.first_seen, key=lambda look: look.night)]
        return [look for look in earlier if look.covered <= row.published]


def open_absences(connection: Connection, site_key: str, as_of: date, postings: Iterable[Any]) -> Absences:
    """What the readings up to a day tell of postings, rows with `column`, `published` and `first_seen`."""
    absences = Absences(_looks(connection, site_key, as_of), held=_held(connection, site_key))
    first = {
        (row.column, looks[0].crawl)
        for row in postings
        if (looks := absences.before(row)) and not _on_top(looks, row.published)
    }
    return replace(absences, places=_places(connection, site_key, first) if first else {})


def in_view(places: Sequence[Place], day: date, look: Look) -> bool:
    """Whether the place of a posting of this day lay within one page."""
    if look.pages == 1:
        return True
    newer = min((each for each, _ in places if each > day), default=None)
    older = max((each for each, _ in places if each < day), default=None)
    around = {page for each, page in places if each in (newer, day, older)}
    around |= {1} if newer is None else set()
    around |= {look.pages} if older is None else set()
    return len(around) == 1


def _on_top(looks: Sequence[Look], day: date) -> bool:
    return any(day < look.night <= day + ON_TOP for look in looks)


def _held(connection: Connection, site_key: str) -> set[tuple[str, date]]:
    rows = connection.execute(
        select(ColumnRow.key, ReadingRow.as_of)
        .join(ColumnRow, ColumnRow.id == ReadingRow.column_id)
        .where(ColumnRow.site_id == site_id_of(site_key), ReadingRow.cause.in_(SUDDEN))
    )
    return {(key, night) for key, night in rows}


def _looks(connection: Connection, site_key: str, as_of: date) -> dict[str, list[Look]]:
    rows = connection.execute(
        select(ColumnRow.key, ReadingRow.__table__)
        .join(ColumnRow, ColumnRow.id == ReadingRow.column_id)
        .where(ColumnRow.site_id == site_id_of(site_key), ReadingRow.as_of <= as_of)
        .where(ReadingRow.witness != Witness.NONE.value)
        .order_by(ReadingRow.as_of, ReadingRow.id)
    )
    looks: dict[str, list[Look]] = defaultdict(list)
    for row in rows:
        if covered := covered_since(row):
            looks[row.key].append(Look(row.as_of, covered, Witness(row.witness), row.crawl_id, row.pages))
    return looks


def _places(
    connection: Connection, site_key: str, wanted: set[tuple[str, int]]
) -> dict[tuple[str, int], list[Place]]:
    rows = connection.execute(
        select(ColumnRow.key, VisitRow.crawl_id, PostingRow.published, VisitRow.page_number)
        .join(ColumnRow, ColumnRow.id == PostingRow.column_id)
        .join(VisitRow, VisitRow.id == PostingRow.first_visit_id)
        .where(ColumnRow.site_id == site_id_of(site_key))
        .where(ColumnRow.key.in_({column for column, _ in wanted}))
        .where(VisitRow.crawl_id.in_({crawl for _, crawl in wanted}))
    )
    places: dict[tuple[str, int], list[Place]] = defaultdict(list)
    for column, crawl, day, page in rows:
        if day is not None:
            places[column, crawl].append((day, page))
    return places
