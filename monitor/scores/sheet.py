"""Composing a score sheet (得分表): units by components, the month, what is carried over, total and rank.

A component that could not be read whole has no value. Its unit is listed and marked, and not ranked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from monitor.scores.earning import ComponentPoints, UnitFacts, earn
from monitor.scores.ranks import rank_all
from monitor.scores.scheme import PeerGroup, Scheme
from rules.dates.periods import Period
from rules.vocabulary.points import add, show_points

IDLE = "没有单独负责的计分栏目"


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One unit's row. None is not known: a part that could not be read, a carry-over nobody gave. `least`
    is what the total is at the least. `rank` is among the units that are wholly known. `idle`: it has no column of
    its own that the scheme counts, so its points say nothing of its work."""

    unit: str
    parts: tuple[ComponentPoints, ...]
    carry: Decimal | None
    rank: int | None = None
    notes: tuple[str, ...] = ()
    idle: bool = False

    @property
    def month(self) -> Decimal | None:
        values = [part.value for part in self.parts]
        return None if None in values else add(value for value in values if value is not None)

    @property
    def total(self) -> Decimal | None:
        return None if self.month is None or self.carry is None else self.month + self.carry

    @property
    def least(self) -> Decimal:
        return add(part.least for part in self.parts) + (self.carry or 0)


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """One group's rows: ranked ones first, best first; then those not ranked, in the site file's order."""

    group: PeerGroup
    rows: tuple[ScoreRow, ...]

    @property
    def ranked(self) -> tuple[ScoreRow, ...]:
        return tuple(row for row in self.rows if row.rank is not None)

    @property
    def unranked(self) -> tuple[ScoreRow, ...]:
        return tuple(row for row in self.rows if row.rank is None)


@dataclass(frozen=True, slots=True)
class MonthlySheet:
    """The sheet of one month."""

    scheme: Scheme
    period: Period
    tables: tuple[ScoreTable, ...]

    @property
    def carried(self) -> bool:
        """A total of earlier months is carried over into this one."""
        return self.scheme.carry and self.period.start.month != self.scheme.first

    @property
    def before(self) -> str:
        """The months carried over, as the heading says: 1月, 1—2月; blank where there are none."""
        month = self.period.start.month
        return _months(self.scheme.first, 12 if month == 1 else month - 1) if self.carried else ""

    @property
    def span(self) -> str:
        """The months of the total: 1—3月."""
        month = self.period.start.month
        return _months(self.scheme.first, month) if self.carried else f"{month}月"

    @property
    def year(self) -> int:
        """The year the span began in."""
        start = self.period.start
        return start.year - (self.carried and start.month < self.scheme.first)


def compose_sheet(scheme: Scheme, period: Period, units: Sequence[UnitFacts]) -> MonthlySheet:
    """The sheet of the units' facts; a unit of no group is left out."""
    empty = MonthlySheet(scheme, period, ())
    tables = []
    for group in scheme.groups:
        rows = [_row(scheme, facts, empty) for facts in units if facts.kind in group.kinds]
        if rows:
            tables.append(ScoreTable(group, _ranked(scheme, rows)))
    return replace(empty, tables=tuple(tables))


def _row(scheme: Scheme, facts: UnitFacts, sheet: MonthlySheet) -> ScoreRow:
    parts = tuple(earn(scheme, component, facts) for component in scheme.components)
    carry = facts.carry if sheet.carried else Decimal(0)
    notes = [note for part in parts for note in part.unread]
    if carry is None:
        notes.append(f"{sheet.before}得分未知")
    idle = any(True for _ in scheme.amounts) and not any(scheme.worth(p.path) for p in facts.posted)
    notes += [IDLE] if idle else []
    return ScoreRow(facts.name, parts, carry, None, tuple(notes), idle)


def _ranked(scheme: Scheme, rows: list[ScoreRow]) -> tuple[ScoreRow, ...]:
    known = [(row, row.total) for row in rows if row.total is not None]
    known.sort(key=lambda pair: -pair[1])
    ranks = rank_all([total for _, total in known], scheme.ties)
    ranked = [replace(row, rank=rank) for (row, _), rank in zip(known, ranks, strict=True)]
    return (*ranked, *(row for row in rows if row.total is None))


def _months(first: int, last: int) -> str:
    return f"{first}月" if first == last else f"{first}—{last}月"


def show(value: Decimal | None) -> str:
    """A number as printed; 未知 where there is none."""
    return "未知" if value is None else show_points(value)
