"""What one unit earns for one component in one month, line by line, so that every number can be proved."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from monitor.scores.scheme import Bonus, Component, PostingPoints, Scheme
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
    mine = [(p, amount) for p in facts.posted for amount in _amounts(scheme, component, p)]
    unread = tuple(f"{p.title}未完整读取（{p.why}）" for p, _ in mine if p.count is None or not p.exact)
    lines = (
        *([PointsLine(f"固定分 {show_points(component.fixed)}", component.fixed)] if component.fixed else []),
        *_posting_lines(component, mine),
        *_bonus_lines(component, facts),
        *_deduction_lines(component, facts),
    )
    least = _within(component, add(line.earned for line in lines))
    # At the cap nothing that was not read could add to it.
    whole = not unread or least == component.cap
    return ComponentPoints(component, least if whole else None, least, lines, () if whole else unread)


def _amounts(scheme: Scheme, component: Component, posted: Posted) -> Iterator[PostingPoints]:
    worth = scheme.worth(posted.path)
    if worth and worth[0] is component and worth[1].points:
        yield worth[1]


def _posting_lines(component: Component, mine: list[tuple[Posted, PostingPoints]]) -> Iterator[PointsLine]:
    for amount in component.postings:
        lines = [_posting_line(posted, amount) for posted, fits in mine if fits is amount and posted.count]
        yield from lines
        yield from _cap_line("／".join(amount.path) or "信息发布", lines, amount.cap)


def _posting_line(posted: Posted, amount: PostingPoints) -> PointsLine:
    count = posted.count or 0
    earned = count * amount.points
    sign = "" if posted.exact else "至少 "
    reckoning = f"{sign}{count} 条 × {show_points(amount.points)} = {show_points(earned)}"
    return PointsLine(f"{posted.title}：{reckoning}", earned)


def _bonus_lines(component: Component, facts: UnitFacts) -> Iterator[PointsLine]:
    for bonus in component.bonuses:
        lines = [_bonus_line(bonus, noted) for noted in _counted(bonus, facts.noted.get(bonus.item, ()))]
        yield from lines
        yield from _cap_line(bonus.item, lines, bonus.cap)


def _counted(bonus: Bonus, noted: Sequence[Noted]) -> Iterator[Noted]:
    """The notes with no more times than the scheme counts in a month."""
    left = bonus.times
    for note in noted:
        if note.times is None or left is None:
            yield note
            continue
        yield Noted(min(note.times, left))
        left -= min(note.times, left)


def _bonus_line(bonus: Bonus, noted: Noted) -> PointsLine:
    if noted.points is not None:
        return PointsLine(f"{bonus.item}：{show_points(noted.points)}", noted.points)
    each, times = bonus.points or ZERO, noted.times or 0
    return PointsLine(
        f"{bonus.item}：{times} 次 × {show_points(each)} = {show_points(times * each)}", times * each
    )


def _deduction_lines(component: Component, facts: UnitFacts) -> Iterator[PointsLine]:
    for deduction in component.deductions:
        number = facts.findings.get(deduction.rule, 0)
        if not number:
            continue
        off = -number * deduction.points
        name = RULE_NAMES.get(deduction.rule, deduction.rule)
        line = PointsLine(
            f"{name}：{number} 个问题 × -{show_points(deduction.points)} = {show_points(off)}", off
        )
        yield line
        yield from _cap_line(name, [line], deduction.cap)


def _cap_line(what: str, lines: list[PointsLine], cap: Decimal | None) -> Iterator[PointsLine]:
    """The correction where lines together pass a cap."""
    if cap is None:
        return
    total = add(line.earned for line in lines)
    if abs(total) > cap:
        over = (cap if total > 0 else -cap) - total
        yield PointsLine(f"{what}：以 {show_points(cap)} 分为限，调整 {show_points(over)}", over)


def _within(component: Component, total: Decimal) -> Decimal:
    floored = max(total, ZERO)
    return floored if component.cap is None else min(floored, component.cap)
