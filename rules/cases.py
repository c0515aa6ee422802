"""Cases: what a rule may look at. Facts only, as of one day; whoever builds them has looked already."""

from dataclasses import dataclass
from datetime import date

from rules.periods import Period
from rules.terms import Exactness, Outcome, UnitKind


@dataclass(frozen=True, slots=True)
class ColumnCase:
    """One duty on one day. `outcome` is the standing of the column (None: never visited). `postings` is how
    many the column holds in all as far as seen, `newest` the newest date not after `as_of`. `count` and
    `exactness` speak of `period`; both None where nothing could be read. `whole`: the list was read to its
    very end, so that nothing can hide beyond."""

    subject: str
    units: tuple[str, ...]
    unit_names: str
    path: tuple[str, ...]
    as_of: date
    outcome: Outcome | None
    url: str = ""
    elsewhere: bool = False
    shared: bool = False
    whole: bool = False
    postings: int = 0
    newest: date | None = None
    undated: int = 0
    cycle: int | None = None
    period: Period | None = None
    count: int | None = None
    exactness: Exactness | None = None

    @property
    def title(self) -> str:
        return "›".join(self.path)

    @property
    def period_key(self) -> str:
        return self.period.key if self.period else ""


@dataclass(frozen=True, slots=True)
class UnitCase:
    """One unit among its peers in one period. `count` sums its own duties (joint ones belong to nobody
    alone); `exact` when every one of them is. `peers` holds the counts of all units of its kind, itself
    included, each at least so high."""

    subject: str
    units: tuple[str, ...]
    unit_names: str
    kind: UnitKind
    as_of: date
    period: Period
    count: int
    exact: bool
    peers: tuple[int, ...]

    @property
    def period_key(self) -> str:
        return self.period.key


@dataclass(frozen=True, slots=True)
class LetterCase:
    """One letter of a mailbox on one day. `reply_within` is in working days; `units` is empty where the
    page names nobody we know."""

    subject: str
    units: tuple[str, ...]
    unit_names: str
    mailbox: str
    title: str
    as_of: date
    reply_within: int
    number: str = ""
    received: date | None = None
    answered: date | None = None
    closed: bool = False
    url: str = ""

    @property
    def period_key(self) -> str:
        """A letter is judged by its own clock, in no period."""
        return ""


Case = ColumnCase | UnitCase | LetterCase
