"""What one unit earns for one component in one month, line by line, so that every number can be proved."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from monitor.scores.scheme import Component, PostingPoints, Scheme
from rules.book import BOOK
from rules.vocabulary.points import add, show_points
from rules.vocabulary.terms import UnitKind

ZERO = Decimal(0)
RULE_NAMES = {rule.id: rule.name for rule in BOOK}


@dataclass(frozen=True, slots=True)
class Posted:
    """A duty's postings in the month. `count` is None where nothing could be read, a lower bound unless
    `exact`; `why` then says what happened."""

    path: tuple[str, ...]
    count: int | None
    exact: bool = True
    why: str = ""

    @property
    def title(self) -> str:
        return "›".join(self.path)


@dataclass(frozen=True, slots=True)
class Noted:
    """What the office noted: so many times an item, or so many points for it."""

    times: int | None = None
    points: Decimal | None = None


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """A unit's month. `findings`: rule id → standing findings; `carry`: last month's total, None unknown."""

    name: str
    kind: UnitKind
    posted: Sequence[Posted] = ()
    findings: Mapping[str, int] = field(default_factory=dict)
    noted: Mapping[str, Sequence[Noted]] = field(default_factory=dict)
    carry: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PointsLine:
    """One reason for points: `text` shows the reckoning, `earned` may be negative."""

    text: str
    earned: Decimal


@dataclass(frozen=True, slots=True)
class ComponentPoints:
    """A component's points. `value` is None where a column of it was not read whole (`unread` says which);
    `least` is what is proved all the same."""

    component: Component
    value: Decimal | None
    least: Decimal
    lines: tuple[PointsLine, ...] = ()
    unread: tuple[str, ...] = ()


def earn(scheme: Scheme, component: Component, facts: UnitFacts) -> ComponentPoints:
    """The part of a component in a unit's month."""
    worths = [(posted, scheme.worth(posted.path)) for posted in facts.posted]
    mine = [(p, worth[1]) for p, worth in worths if worth and worth[0] is component and worth[1].points]
    unread = tuple(f"{p.title}未完整读取（{p.why}）" for p, _ in mine if p.count is None or not p.exact)
    lines = (
        *([PointsLine(f"固定分 {show_points(component.fixed)}", component.fixed)] if component.fixed else []),
        *_posting_lines(component, mine),
        *_bonus_lines(component, facts),
        *_deduction_lines(component, facts),
    )
    total = max(add(line.earned for line in lines), ZERO)
    least = total if component.cap is None else min(total, component.cap)
    # At the cap nothing that was not read could add to it.
    whole = not unread or least == component.cap
    return ComponentPoints(component, least if whole else None, least, lines, () if whole else unread)


def _posting_lines(component: Component, mine: list[tuple[Posted, PostingPoints]]) -> Iterator[PointsLine]:
    for amount in component.postings:
        lines = [
            _line(
                f"{posted.title}：{'' if posted.exact else '至少 '}{posted.count} 条",
                posted.count,
                amount.points,
            )
            for posted, fits in mine
            if fits is amount and posted.count
        ]
        yield from _capped("／".join(amount.path) or "信息发布", lines, amount.cap)


def _bonus_lines(component: Component, facts: UnitFacts) -> Iterator[PointsLine]:
    """Of what was noted so many times no more is counted than the scheme counts in a month."""
    for bonus in component.bonuses:
        lines, left = list[PointsLine](), bonus.times
        for note in facts.noted.get(bonus.item, ()):
            if note.points is not None:
                lines.append(PointsLine(f"{bonus.item}：{show_points(note.points)}", note.points))
                continue
            times = note.times or 0
            if left is not None:
                times = min(times, left)
                left -= times
            lines.append(_line(f"{bonus.item}：{times} 次", times, bonus.points or ZERO))
        yield from _capped(bonus.item, lines, bonus.cap)


def _deduction_lines(component: Component, facts: UnitFacts) -> Iterator[PointsLine]:
    for deduction in component.deductions:
        number = facts.findings.get(deduction.rule, 0)
        name = RULE_NAMES.get(deduction.rule, deduction.rule)
        lines = [_line(f"{name}：{number} 个问题", number, -deduction.points)] if number else []
        yield from _capped(name, lines, deduction.cap)


def _line(what: str, number: int, points: Decimal) -> PointsLine:
    earned = number * points
    return PointsLine(f"{what} × {show_points(points)} = {show_points(earned)}", earned)


def _capped(what: str, lines: list[PointsLine], cap: Decimal | None) -> Iterator[PointsLine]:
    """The lines, and the correction where together they pass a cap."""
    yield from lines
    total = add(line.earned for line in lines)
    if cap is not None and abs(total) > cap:
        over = (cap if total > 0 else -cap) - total
        yield PointsLine(f"{what}：以 {show_points(cap)} 分为限，调整 {show_points(over)}", over)
