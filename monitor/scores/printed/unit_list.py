"""The list of units itself: a unit that stands in it twice, a number (序号) that is left out or given twice."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from monitor.scores.printed.blocks import BlockTable
from monitor.scores.printed.discrepancies import Discrepancy, FilePlace, Kind, place_of
from monitor.scores.printed.headings import Role, role_of
from monitor.scores.printed.layout import Layout
from rules.vocabulary.points import parse_points
from rules.vocabulary.terms import Severity
from rules.vocabulary.unit_names import core_in_prose
from rules.vocabulary.white_space import squeeze

# One row in so many may be a mistake: a table with more is made so (a unit under each of its columns, codes for numbers).
ROWS_A_MISTAKE = 5
# A list that begins beyond goes on from another page.
BEGINNING = 3
FEWEST = 3
# A row's unit, its number as printed (None: none), and the places of both.
Listed = tuple[str, int | None, FilePlace, FilePlace]


def check_list(layout: Layout) -> Iterator[Discrepancy]:
    """Of a table with one unit a row."""
    serial = next((h for h in layout.headings if h.role is Role.SERIAL), None)
    name = next((h for h in layout.headings if h.role is Role.NAME), serial or layout.headings[0])
    rows = [
        (
            unit.name, _whole(unit.row.text(serial.column)) if serial else None,
            layout.place(unit.row, name), layout.place(unit.row, serial or name),
        )
        for unit in layout.units
    ]  # fmt: skip
    yield from _twice(rows, Severity.SCORE)
    yield from _gaps(rows)


def check_blocks_list(table: BlockTable) -> Iterator[Discrepancy]:
    """Of a table of blocks, where one unit may rightly stand under two fields: that is a hint. What it prints as ranks is
    checked as ranks."""
    rows = []
    for block in table.blocks:
        place = place_of(table.grid, block.start, 0)
        rows.append((block.unit, block.serial, place, place))
    yield from _twice(rows, Severity.NOTICE)
    if not any(role_of(word) is Role.RANK for word in table.headings):
        yield from _gaps(rows)


def _twice(rows: Sequence[Listed], severity: Severity) -> Iterator[Discrepancy]:
    found: dict[str, list[Listed]] = defaultdict(list)
    for row in rows:
        found[core_in_prose(row[0]) or squeeze(row[0])].append(row)
    again = [others for others in found.values() if len(others) > 1]
    if sum(len(others) - 1 for others in again) > max(1, len(rows) // ROWS_A_MISTAKE):
        return
    for (first, _, place, _), (second, _, where, _), *more in again:
        name = first if first == second else f"{first}（又写作{second}）"
        sentence = f"{name}在表中出现 {2 + len(more)} 次，首次在第 {place.row} 行。"
        yield Discrepancy(Kind.TWICE, where, sentence, second, severity=severity)


def _gaps(rows: Sequence[Listed]) -> Iterator[Discrepancy]:
    """Numbers that do not follow the one before by one, unless they begin again at 1."""
    numbered = [row for row in rows if row[1] is not None]
    if len(numbered) < max(FEWEST, len(rows) - 1):
        return
    breaks = []
    first = numbered[0][1] or 1
    before = 0 if first <= BEGINNING else first - 1
    for unit, number, _, place in numbered:
        if number not in (before + 1, 1) or (number == 1 and before == 1):
            breaks.append((unit, before, number, place))
        before = number or before
    if len(breaks) > max(2, len(rows) // ROWS_A_MISTAKE):
        return
    for unit, last, number, place in breaks:
        how = f"序号 {number} 重复" if number == last else f"序号由 {last} 到 {number}，不连续"
        yield Discrepancy(Kind.SERIAL, place, f"{unit}：{how}。", unit, f"{number}", f"{last + 1}")


def _whole(text: str) -> int | None:
    number = parse_points(text.strip().rstrip(".．、"))
    return int(number) if number is not None and number == int(number) else None
