"""Everything the false county ever published, whatever the day: `County` shows as much as a day allows.

An archive is a frozen value. A script of events makes another archive from it with `add`, `hide` or
`dataclasses.replace`; nothing is changed in place.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class Unit:
    """单位, as the site file declares it."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    email: str


@dataclass(frozen=True, slots=True)
class Column:
    """栏目: one list of one owner. `path` is (field, level1, level2), "" where there is none; `nth` tells
    apart columns of one owner with one path; `url` begins with "/", or is None where the list is kept
    `elsewhere`; `says` is what the page prints when it has nothing."""

    no: int
    owners: tuple[str, ...]
    unit_ids: tuple[str, ...]
    path: tuple[str, str, str]
    nth: int
    url: str | None
    cms: str
    outside: bool = False
    elsewhere: str | None = None
    says: str = "暂无信息"

    @property
    def owner(self) -> str:
        return "、".join(self.owners)

    @property
    def key(self) -> tuple[str, str, str, str, int]:
        return (self.owner, *self.path, self.nth)

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(part for part in self.path if part)

    @property
    def name(self) -> str:
        return self.parts[-1]


@dataclass(frozen=True, slots=True)
class File:
    """附件: `title` is the text of its link, `name` the last part of its address."""

    title: str
    name: str
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Posting:
    """信息: one entry of column number `column`. It says `day`; it can be seen from `online` on, until the
    day before `gone`. An empty `body` is composed by `demo.prose`."""

    id: int
    column: int
    title: str
    day: date
    online: date
    source: str
    pinned: bool = False
    body: tuple[str, ...] = ()
    files: tuple[File, ...] = ()
    gone: date | None = None

    def stands(self, day: date) -> bool:
        """Whether a visitor of that day can see it."""
        return self.online <= day and (self.gone is None or day < self.gone)


@dataclass(frozen=True, slots=True)
class Letter:
    """信件 to the mailbox; `answered` is None while nobody has."""

    number: str
    received: date
    unit: str
    subject: str
    question: str
    answer: str
    answered: date | None = None


@dataclass(frozen=True, eq=False)
class Archive:
    """`postings` may stand in any order; a column's number is its place in `columns`."""

    name: str
    home: str
    units: tuple[Unit, ...]
    columns: tuple[Column, ...]
    postings: tuple[Posting, ...]
    letters: tuple[Letter, ...]

    def add(self, postings: Iterable[Posting]) -> "Archive":
        return replace(self, postings=(*self.postings, *postings))

    def hide(self, ids: Iterable[int]) -> "Archive":
        gone = frozenset(ids)
        return replace(self, postings=tuple(p for p in self.postings if p.id not in gone))

    def column(self, owner: str, *path: str, nth: int = 1) -> Column:
        """The column of an owner as printed (several joined by 、). Raises KeyError."""
        wanted = (owner, *(*path, "", "")[:3], nth)
        for column in self.columns:
            if column.key == wanted:
                return column
        raise KeyError(wanted)
