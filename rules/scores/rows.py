"""Re-adding and re-ranking tables with one unit a row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rules.scores.additions import Addition
from rules.scores.headings import Heading, Role
from rules.scores.layout import Layout, Section, UnitRow
from rules.scores.points import add, parse_points, places, rounded, show_points
from rules.scores.slips import Kind, Slip, place_of
from rules.terms import Severity

HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Readded:
    """A unit's row re-added: its slips, its numbers with every wrong total put right, and whether the row
    could be checked at all."""

    unit: UnitRow
    slips: tuple[Slip, ...]
    due: Mapping[int, Decimal]
    readable: bool = True


def readd(layout: Layout, unit: UnitRow, additions: Sequence[Addition]) -> Readded:
    """One row against what its totals should be. A total wrong only because one before it is wrong is put
    right without a slip of its own."""
    due = dict(unit.values)
    slips: list[Slip] = []
    readable = True
    for addition in _inner_first(additions):
        column = addition.total.column
        printed = unit.values.get(column)
        as_printed, right = addition.reckon(unit.values), addition.reckon(due)
        if any(heading.column in unit.unread for heading, _ in addition.addends) or printed is None:
            readable = readable and printed is not None and addition.explains(as_printed, printed)
            continue
        if not any(addition.explains(sum_, printed) for sum_ in (as_printed, right)):
            slips.append(_slip(layout, unit, addition, printed, as_printed))
        if not addition.explains(right, printed):
            due[column] = right
    return Readded(unit, tuple(slips), due, readable)


def _inner_first(additions: Sequence[Addition]) -> list[Addition]:
    """Totals that others are made of come before them."""
    made_of = {a.total.column: {heading.column for heading, _ in a.addends} for a in additions}
    return sorted(additions, key=lambda a: sum(other in made_of[a.total.column] for other in made_of))


def _slip(layout: Layout, unit: UnitRow, addition: Addition, printed: Decimal, reckoned: Decimal) -> Slip:
    off = printed - reckoned
    more = f"{'多' if off > 0 else '少'} {show_points(abs(off))}"
    rounding = rounded(reckoned, addition.digits) == printed or _may_be_rounding(unit, addition, off)
    doubt = "（可能由四舍五入造成）" if rounding else ""
    heading = addition.total.text or "总分"
    return Slip(
        Kind.ROW,
        place_of(layout.grid, unit.row, addition.total.column, addition.total.text),
        f"{unit.name}：{formula(addition, unit)}={show_points(reckoned)}，表中“{heading}”为"
        f" {show_points(printed)}，{more}{doubt}。",
        unit=unit.name,
        printed=show_points(printed),
        reckoned=show_points(reckoned),
        severity=Severity.NOTICE if rounding else Severity.SCORE,
    )


def formula(addition: Addition, unit: UnitRow) -> str:
    """4+2+13+13+50.5 as the row says it."""
    parts = [show_points(addition.base)] if addition.base else []
    text = "".join(parts)
    for heading, sign in addition.addends:
        value = sign * unit.value(heading.column)
        text += f"-{show_points(-value)}" if value < 0 else f"{'+' if text else ''}{show_points(value)}"
    return text


def _may_be_rounding(unit: UnitRow, addition: Addition, off: Decimal) -> bool:
    """Measured decimals (not halves) may each have been rounded before they were printed."""
    values = [unit.value(heading.column) for heading, _ in addition.addends]
    if all(value % HALF == 0 for value in values):
        return False
    digits = max(places(value) for value in values)
    return abs(off) <= (len(values) + 1) * Decimal(1).scaleb(-digits) / 2


def over_maximum(layout: Layout) -> Iterator[Slip]:
    """Numbers above the full marks their headings name; where many are, the heading names no such thing."""
    for heading in layout.headings:
        most = heading.maximum
        over = [u for u in layout.units if most is not None and u.value(heading.column) > most]
        if most is None or len(over) * 5 > len(layout.units):
            continue
        for unit in over:
            value = show_points(unit.value(heading.column))
            yield Slip(
                Kind.MAXIMUM,
                place_of(layout.grid, unit.row, heading.column, heading.text),
                f"{unit.name}：“{heading.text}”为 {value}，超过满分 {show_points(most)}。",
                unit=unit.name,
                printed=value,
                reckoned=show_points(most),
            )


def check_sums(
    layout: Layout, section: Section, own: Sequence[Readded], everyone: Sequence[Readded]
) -> Iterator[Slip]:
    """The one row of sums below a section against its units, or against all units of the table."""
    if len(section.sums) != 1:
        return
    row = section.sums[0]
    for heading in layout.headings:
        printed = parse_points(row.own(heading.column))
        if printed is None or heading.role in (Role.RANK, Role.SERIAL):
            continue
        sums = [_column_sum(heading, rows, right) for rows in (own, everyone) for right in (False, True)]
        if None in sums or printed in sums:
            continue
        reckoned = show_points(sums[0] or Decimal(0))
        yield Slip(
            Kind.SUMS,
            place_of(layout.grid, row, heading.column, heading.text),
            f"合计行“{heading.text}”为 {show_points(printed)}，各行相加为 {reckoned}。",
            printed=show_points(printed),
            reckoned=reckoned,
        )


def _column_sum(heading: Heading, rows: Sequence[Readded], right: bool) -> Decimal | None:
    """Of the numbers as printed or put right; None where a cell could not be read as a number."""
    if any(heading.column in each.unit.unread for each in rows):
        return None
    return add((each.due if right else each.unit.values).get(heading.column, Decimal(0)) for each in rows)
