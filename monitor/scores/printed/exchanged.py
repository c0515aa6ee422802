"""Two columns whose headings were exchanged: under 总分 stand the ranks, under 公共服务 the total."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from monitor.scores.printed.additions import find_additions
from monitor.scores.printed.discrepancies import Discrepancy, FilePlace, Kind
from monitor.scores.printed.headings import ColumnHeading, Role
from monitor.scores.printed.layout import Layout
from rules.vocabulary.points import parse_points

FEWEST = 3  # rows; of fewer any two columns may be anything
# Every pair is tried, and of each every run of columns; a table with more says less by its headings.
MOST_COLUMNS = 12
# Rows by which a pair is tried before all are looked at.
ROWS_TO_TRY = 20


def put_right(layout: Layout) -> tuple[Layout, tuple[Discrepancy, ...]]:
    """The table with the headings where they belong, and what is said of those that were exchanged; the table itself where
    none were, or where nothing proves it."""
    if len(layout.units) < FEWEST:
        return layout, ()
    for first, second in _suspected(layout):
        right = _exchanged(layout, first, second)
        if _explains(layout, right, first, second):
            return right, (_said(layout, first, second),)
    return layout, ()


def _suspected(layout: Layout) -> Iterator[tuple[ColumnHeading, ColumnHeading]]:
    """Pairs worth trying: a total with any other column of numbers, ranks first; and two that name full marks."""
    numbers = [h for h in layout.headings if _numeric(layout, h)]
    if len(numbers) > MOST_COLUMNS:
        return
    totals = [h for h in numbers if h.role is Role.TOTAL]
    for total in totals if not find_additions(layout.headings, layout.units) else ():
        for other in sorted(numbers, key=lambda h: h.role is not Role.RANK):
            if other.role not in (Role.TOTAL, Role.SERIAL, Role.NOTE):
                yield total, other
    yield from combinations([h for h in numbers if h.maximum is not None], 2)


def _numeric(layout: Layout, heading: ColumnHeading) -> bool:
    return all(parse_points(unit.row.text(heading.column)) is not None for unit in layout.units)


def _exchanged(layout: Layout, first: ColumnHeading, second: ColumnHeading) -> Layout:
    swapped = {first: replace(second, column=first.column), second: replace(first, column=second.column)}
    return replace(layout, headings=tuple(swapped.get(each, each) for each in layout.headings))


def _explains(layout: Layout, right: Layout, first: ColumnHeading, second: ColumnHeading) -> bool:
    """Whether the table makes sense with these two exchanged, and did not before."""
    if (
        first.maximum is not None
        and second.maximum is not None
        and Role.TOTAL not in (first.role, second.role)
    ):
        return _over(layout, first, second) and not _over(right, *right.headings)
    if second.role is Role.RANK and not (_ranks(layout, first.column) and not _ranks(layout, second.column)):
        return False
    additions = find_additions(right.headings, right.units[:ROWS_TO_TRY])
    if additions:
        # What stood under 总分 is a part of the total, else the total may well be made otherwise (weighted), and the other
        # column the sum of some parts.
        additions = find_additions(right.headings, right.units)
        parts = {heading.column for each in additions for heading, _ in each.addends}
        return all(each.tied == each.rows for each in additions) and (
            second.role is Role.RANK or first.column in parts
        )
    # Without parts: ranks under 总分, and under 名次 what they follow from.
    return second.role is Role.RANK and _follow(layout, first.column, second.column)


def _over(layout: Layout, *headings: ColumnHeading) -> bool:
    """Whether most rows pass the full marks of one of these columns."""
    return any(
        heading.maximum is not None
        and 2 * sum(unit.value(heading.column) > heading.maximum for unit in layout.units) > len(layout.units)
        for heading in headings
    )


def _ranks(layout: Layout, column: int) -> bool:
    """Whether a column holds what ranks of so many rows can be."""
    numbers = [unit.value(column) for unit in layout.units]
    return all(number == int(number) and 1 <= number <= len(numbers) for number in numbers) and 1 in numbers


def _follow(layout: Layout, ranks: int, totals: int) -> bool:
    rows = sorted(layout.units, key=lambda unit: unit.value(ranks))
    numbers = [unit.value(totals) for unit in rows]
    return numbers == sorted(numbers, reverse=True)


def _said(layout: Layout, first: ColumnHeading, second: ColumnHeading) -> Discrepancy:
    place = FilePlace(layout.grid.title, heading=first.text)
    sentence = f"“{first.text}”与“{second.text}”两列的表头似互换：互换后各行相符。以下按互换后核对。"
    return Discrepancy(Kind.HEADING, place, sentence, printed=first.text, reckoned=second.text)
