"""A scoring scheme (评分方案) as data: what is worth how many points. Every amount is in points (分)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from rules.vocabulary.terms import UnitKind

ZERO = Decimal(0)


class Ties(StrEnum):
    """并列: whether equal totals share a rank (1, 2, 2, 4) or stand one after the other (1, 2, 3, 4)."""

    SHARED = "shared"
    CONSECUTIVE = "consecutive"


class Joint(StrEnum):
    """共担: whether a joint duty scores for nobody, as in the counts, or in full for each of its units."""

    NOBODY = "nobody"
    EACH = "each"


@dataclass(frozen=True, slots=True)
class PostingPoints:
    """Points a posting under the columns whose path begins with `path`; `cap` limits what a month earns."""

    path: tuple[str, ...]
    points: Decimal
    cap: Decimal | None = None

    def covers(self, path: tuple[str, ...]) -> bool:
        return path[: len(self.path)] == self.path


@dataclass(frozen=True, slots=True)
class Bonus:
    """Points for what the office notes by hand (采用、领导访谈 …); counted at most `times` times a month."""

    item: str
    points: Decimal | None
    times: int | None = None
    cap: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Deduction:
    """Points off for each standing finding of a rule; `cap` limits what a month costs."""

    rule: str
    points: Decimal
    cap: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Component:
    """One column of the sheet (得分项). Never below zero, never above `cap`."""

    name: str
    fixed: Decimal = ZERO
    cap: Decimal | None = None
    postings: tuple[PostingPoints, ...] = ()
    bonuses: tuple[Bonus, ...] = ()
    deductions: tuple[Deduction, ...] = ()


@dataclass(frozen=True, slots=True)
class PeerGroup:
    """Units that are ranked among each other, in a table of their own."""

    name: str
    kinds: tuple[UnitKind, ...]


@dataclass(frozen=True, slots=True)
class Scheme:
    """The whole scheme. `carry`: last month's total is carried over, anew each year from month `first`.
    `best` and `worst`: how many units a group's prose names."""

    title: str
    components: tuple[Component, ...]
    groups: tuple[PeerGroup, ...]
    carry: bool = True
    first: int = 1
    ties: Ties = Ties.SHARED
    joint: Joint = Joint.NOBODY
    best: int = 2
    worst: int = 1

    def worth(self, path: tuple[str, ...]) -> tuple[Component, PostingPoints] | None:
        """The one component and amount a posting under a path scores for: the longest prefix that fits."""
        fits = [(c, p) for c, p in self.amounts if p.covers(path)]
        return max(fits, key=lambda pair: len(pair[1].path), default=None)

    @property
    def amounts(self) -> Iterator[tuple[Component, PostingPoints]]:
        return ((component, amount) for component in self.components for amount in component.postings)

    @property
    def items(self) -> dict[str, tuple[Component, Bonus]]:
        """Bonus item → its component and amount."""
        return {bonus.item: (part, bonus) for part in self.components for bonus in part.bonuses}
