"""Re-adding and re-ranking tables with one unit a row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from monitor.scores.printed.additions import Addition
from monitor.scores.printed.discrepancies import Discrepancy, Kind
from monitor.scores.printed.headings import ColumnHeading, Role
from monitor.scores.printed.layout import Layout, UnitRow, UnitSection
from rules.vocabulary.points import add, parse_points, places, rounded, same_printed, show_points
from rules.vocabulary.terms import Severity

HALF = Decimal("0.5")  # points are given in halves
MOST_DIGITS = 6  # decimals printed of a mean
ZERO = Decimal(0)
FEWEST = 3  # rows: with fewer nothing tells a heading's maximum from a mistake


@dataclass(frozen=True, slots=True)
class Readded:
    """A unit's row re-added: its discrepancies, its numbers with every wrong total put right, and whether the row
    could be checked at all."""

    unit: UnitRow
    discrepancies: tuple[Discrepancy, ...]
    due: Mapping[int, Decimal]
    readable: bool = True


def readd(layout: Layout, unit: UnitRow, additions: Sequence[Addition]) -> Readded:
    """One row against what its totals should be. A total wrong only because one before it is wrong is put
    right without a discrepancy of its own."""
    due = dict(unit.values)
    discrepancies: list[Discrepancy] = []
    readable = True
    for addition in _inner_first(additions):
        column = addition.total.column
        printed = unit.values.get(column)
        as_printed, right = addition.reckon(unit.values), addition.reckon(due)
        if addition.unknown(unit) or printed is None:
            readable = readable and printed is not None and addition.explains(as_printed, printed)
            continue
        if not any(addition.explains(sum_, printed) for sum_ in (as_printed, right)):
            discrepancies.append(_discrepancy(layout, unit, addition, printed, as_printed))
        if not addition.explains(right, printed):
            due[column] = right
    return Readded(unit, tuple(discrepancies), due, readable)


def _inner_first(additions: Sequence[Addition]) -> list[Addition]:
    """Totals that others are made of come before them."""
    made_of = {a.total.column: {heading.column for heading, _ in a.addends} for a in additions}
    return sorted(additions, key=lambda a: sum(other in made_of[a.total.column] for other in made_of))


def _discrepancy(
    layout: Layout, unit: UnitRow, addition: Addition, printed: Decimal, reckoned: Decimal
) -> Discrepancy:
    off = printed - reckoned
    more = f"{'多' if off > 0 else '少'} {show_points(_short(abs(off)))}"
    rounding = rounded(reckoned, addition.digits) == printed or _may_be_rounding(unit, addition, off)
    doubt = "（可能由四舍五入造成）" if rounding else ""
    shown = f"{addition.shown(unit)}={show_points(_short(reckoned))}"
    sentence = f"{unit.name}：{shown}，表中“{addition.total.text or '总分'}”为 {show_points(printed)}，{more}{doubt}。"
    return Discrepancy(
        Kind.ROW,
        layout.place(unit.row, addition.total),
        sentence,
        unit.name,
        show_points(printed),
        show_points(_short(reckoned)),
        Severity.NOTICE if rounding else Severity.SCORE,
    )


def _short(value: Decimal) -> Decimal:
    """A mean does not end: as many decimals as anyone reads."""
    return rounded(value, MOST_DIGITS) if places(value) > MOST_DIGITS else value


def _may_be_rounding(unit: UnitRow, addition: Addition, off: Decimal) -> bool:
    """Measured decimals (not halves) may each have been rounded before they were printed."""
    values = [unit.value(heading.column) for heading, _ in addition.addends]
    if all(value % HALF == 0 for value in values):
        return False
    digits = max(places(value) for value in values)
    return abs(off) <= (len(values) + 1) * Decimal(1).scaleb(-digits) / 2


def over_maximum(layout: Layout) -> Iterator[Discrepancy]:
    """Numbers above the full marks their headings name; where many are, the heading names no such thing."""
    for heading in layout.headings:
        most = heading.maximum
        over = [u for u in layout.units if most is not None and u.value(heading.column) > most]
        if most is None or len(over) > max(1, len(layout.units) // 5) or len(layout.units) < FEWEST:
            continue
        for unit in over:
            value, limit = show_points(unit.value(heading.column)), show_points(most)
            sentence = f"{unit.name}：“{heading.text}”为 {value}，超过满分 {limit}。"
            yield Discrepancy(
                Kind.MAXIMUM, layout.place(unit.row, heading), sentence, unit.name, value, limit
            )


def check_sums(
    layout: Layout, section: UnitSection, own: Sequence[Readded], everyone: Sequence[Readded]
) -> Iterator[Discrepancy]:
    """The one row of 小计 below a section against its units; the one of sums and the one of means against them or
    all units of the table."""
    folds = ((Kind.SUMS, section.parts, (own,)), (Kind.SUMS, section.sums, (own, everyone)),
             (Kind.MEAN, section.means, (own, everyone)))  # fmt: skip
    for kind, rows, whose in folds:
        for heading in layout.headings if len(rows) == 1 else ():
            printed = parse_points(rows[0].own(heading.column))
            if printed is None or heading.role in (Role.RANK, Role.SERIAL):
                continue
            due = [_folded(kind, heading, units, right) for units in whose for right in (False, True)]
            fits = any(each is not None and _same(kind, each, printed) for each in due)
            if None not in due and not fits:
                said, how = ("合计", "相加") if kind is Kind.SUMS else ("平均", "平均")
                shown, reckoned = show_points(printed), show_points(_short(due[0] or ZERO))
                sentence = f"{said}行“{heading.text}”为 {shown}，各行{how}为 {reckoned}。"
                yield Discrepancy(kind, layout.place(rows[0], heading), sentence, "", shown, reckoned)


def _same(kind: Kind, due: Decimal, printed: Decimal) -> bool:
    return due == printed or (kind is Kind.MEAN and same_printed(due, printed, places(printed)))


def _folded(kind: Kind, heading: ColumnHeading, rows: Sequence[Readded], right: bool) -> Decimal | None:
    """The sum or mean of the numbers as printed or put right; None where a cell could not be read as a number, or
    for a mean was blank."""
    column = heading.column
    blank = kind is Kind.MEAN and any(column not in each.unit.values for each in rows)
    if blank or any(column in each.unit.unread for each in rows):
        return None
    whole = add((each.due if right else each.unit.values).get(column, ZERO) for each in rows)
    return whole / len(rows) if kind is Kind.MEAN and rows else whole
