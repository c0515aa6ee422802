"""Cases of units: one unit among its peers, and what it copied."""

from dataclasses import dataclass
from datetime import date

from rules.cases.subjects import Case
from rules.dates.periods import Period
from rules.vocabulary.terms import UnitKind


@dataclass(frozen=True, slots=True)
class UnitCase(Case):
    """One unit among its peers in one period. `count` sums its own duties as the annex does (joint ones are no
    single unit's); `exact` when every one of them is. `owed`: its columns that are to be updated in such a period at
    all. `peers` holds the counts of all units of its kind that owe some, itself included, each at least so
    high, `peer_columns` how many columns each of them owes (empty: as many as it does). `everywhere` is what it
    posted in all its columns, joint and shared ones and those outside 基层政务公开 included; None unless every one of
    them was read exactly. `external` counts its columns that only jump to another site."""

    kind: UnitKind
    as_of: date
    period: Period
    count: int
    exact: bool
    peers: tuple[int, ...]
    everywhere: int | None = None
    columns: int = 0
    external: int = 0
    waived: int = 0
    owed: int = 1
    peer_columns: tuple[int, ...] = ()

    @property
    def rate(self) -> float:
        """Postings a column."""
        return self.count / self.owed if self.owed else 0.0

    @property
    def peer_rates(self) -> tuple[float, ...]:
        columns = self.peer_columns or (self.owed,) * len(self.peers)
        return tuple(count / owed for count, owed in zip(self.peers, columns, strict=True))


@dataclass(frozen=True, slots=True)
class PaddingCase(Case):
    """How many postings of a period remain: `raw` as counted, `distinct` after copies and near-duplicates
    are grouped, `own` of these without reposts from above. `copies` is in how many columns the most
    copied text (`copied_title`) appears. Postings whose text was not read count as distinct;
    `compared` says how many were read. Built by `rules.cases.posting_groups`."""

    as_of: date
    period: Period
    raw: int
    distinct: int
    own: int
    compared: int
    copies: int = 1
    copied_title: str = ""
    copied_columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comments:
    """How many comments citizens left on an account on one day, and how many of them were answered since."""

    day: date
    left: int
    answered: int


@dataclass(frozen=True, slots=True)
class AccountCase(Case):
    """One new-media account (政务新媒体) as imported. `updates` are the days of its posts (a day with two
    posts stands twice); they are known from `since` to `until`, both inside. `comments`: those left by citizens, as far as told;
    `interactive`: it can be written to (None: not told)."""

    platform: str
    name: str
    as_of: date
    updates: tuple[date, ...] = ()
    since: date | None = None
    until: date | None = None
    comments: tuple[Comments, ...] = ()
    interactive: bool | None = None
