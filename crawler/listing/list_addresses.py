"""What in the addresses of one list names a posting, learnt from the rows seen: whether two addresses of one title and
day are one posting's."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from crawler.page.posting_address import (
    AddressKey,
    PostingAddress,
    for_small_screens,
    leading_parts,
    names_posting,
    names_way,
)
from crawler.page.values import DayKind
from rules.vocabulary.titles import same_title


class Told(NamedTuple):
    """What tells a posting besides its address: title, as `title_key` gives it, and the day that its row shows."""

    title: str
    day: date | None
    kind: DayKind


# So many different addresses must be left when a parameter is left out, before what is left may be said to tell postings
# apart; and so many postings must lie in both of two places before one is the other's copy.
LEAST_DIFFERENT, LEAST_COPIED = 3, 2


@dataclass(slots=True)
class AddressTable:
    """Rows by what is left of their addresses without certain parameters; `rows` of the list are in it."""

    postings: dict[AddressKey, set[Told]] = field(default_factory=lambda: defaultdict(set))
    rows: int = 0


@dataclass(slots=True)
class ListAddresses:
    """The rows of a list with an address, and tables of them that are made when asked for."""

    rows: list[tuple[Callable[[], PostingAddress], Told]] = field(default_factory=list)
    tables: dict[frozenset[str], AddressTable] = field(default_factory=dict)

    def note(self, address: Callable[[], PostingAddress], told: Told) -> None:
        """One row more; its address is taken apart only when it is needed."""
        self.rows.append((address, told))

    def same(self, one: PostingAddress, other: PostingAddress, told: Told) -> bool:
        """Whether two addresses under which this title and day stand are one posting's: they differ only in the place of
        a copy, and in parameters without which the list's postings are still told apart."""
        differing = one.differs(other)
        if one.file != other.file or any(map(names_posting, differing)):
            return False
        table = self._table(differing) if differing or one.place != other.place else None
        if one.place != other.place and not (table and _copied(one, other, table)):
            return False
        return not differing or all(_tells(each, differing, told, table) for each in (one, other))

    def _table(self, without: frozenset[str]) -> AddressTable:
        table = self.tables.setdefault(without, AddressTable())
        for address, told in self.rows[table.rows :]:
            table.postings[address().key(without, told.title)].add(told)
        table.rows = len(self.rows)
        return table


def alike(one: Told, other: Told) -> bool:
    """Whether titles and days may be one posting's: equal, or cut off, or not shown."""
    return same_title(one.title, other.title) and _same_day(one, other)


def _same_day(one: Told, other: Told) -> bool:
    if one.day is None or other.day is None or one.day == other.day:
        return True
    if DayKind.YEARLESS in (one.kind, other.kind):
        return (one.day.month, one.day.day) == (other.day.month, other.day.day)
    # A day of another kind, as 更新时间 beside the day of publication that an earlier night learnt, contradicts nothing.
    return one.kind is not other.kind


def _tells(address: PostingAddress, without: frozenset[str], told: Told, table: AddressTable | None) -> bool:
    """Whether what is left of an address belongs to this title and day alone, and might belong to others."""
    known = address.names_itself or all(map(names_way, without))
    if table is None or not (known or len(table.postings) >= LEAST_DIFFERENT):
        return False
    return all(alike(told, each) for each in table.postings[address.key(without, told.title)])


def _copied(one: PostingAddress, other: PostingAddress, table: AddressTable) -> bool:
    """Whether one of two places is a copy of the other: for small screens, or because half of the postings of the smaller
    lie in the other as well."""
    here, there = leading_parts(one, other)
    if for_small_screens(here, there):
        return True
    mine = [key for key in table.postings if key[0][: len(here)] == here]
    theirs = sum(key[0][: len(there)] == there for key in table.postings)
    copied = 0
    for place, *rest in mine:
        twin = table.postings.get(((*there, *place[len(here) :]), *rest))  # type: ignore[arg-type]
        copied += twin is not None and not twin.isdisjoint(table.postings[place, *rest])  # type: ignore[index]
    return copied >= max(LEAST_COPIED, min(len(mine), theirs) / 2)
