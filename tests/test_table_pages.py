"""Where annexes turn their pages: blocks whole or parted with their names said again, never a row alone, never past the foot."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.paper_files.printed_table import PrintedCell, PrintedTable
from monitor.paper_files.table_pages import FEWEST, SPARE, PagedTable, lines_of, paged

FIRST, ROOM, BELOW = 500.0, 640.0, 46.0


def annex(sizes: list[int], leaf: str = "办事指南") -> PrintedTable:
    """Blocks of so many rows: a number, a leaf a row, the unit; below them the sum."""
    cells, tops, row = (
        [PrintedCell(0, column, head) for column, head in enumerate(("序号", "栏目", "单位"))],
        [],
        1,
    )
    for number, size in enumerate(sizes, start=1):
        tops.append(row)
        cells += [PrintedCell(row, 0, number, size), PrintedCell(row, 2, f"第{number}局", size)]
        cells += [PrintedCell(each, 1, leaf) for each in range(row, row + size)]
        row += size
    cells += [PrintedCell(row, 0, "合计", columns=2), PrintedCell(row, 2, "9")]
    return PrintedTable((14, 60, 28), row + 1, tuple(cells), blocks=tuple(tops))


def pages(table: PagedTable) -> list[range]:
    return [range(*pair) for pair in pairwise([1, *table.starts, table.grid.height])]


LAYOUTS: dict[str, tuple[list[int], list[int]]] = {
    "all on one page": ([9, 9], []),
    "blocks stay whole, the page is stretched": ([9, 9, 9, 9], [19]),
    "where much of a page is left a block is parted": ([9, 20, 3], [22]),
    "never fewer than three rows of it below": ([15, 8, 2], [16]),
    "a block longer than two pages": ([70], [22, 49]),
    "the sum is not alone on a page": ([9, 9, 9, 9, 9, 3], [19, 46]),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_where_pages_turn(name: str) -> None:
    sizes, starts = LAYOUTS[name]
    assert list(paged(annex(sizes), FIRST, ROOM, BELOW).starts) == starts


@settings(max_examples=60, deadline=None)
@given(
    sizes=st.lists(st.integers(1, 60), min_size=1, max_size=25),
    leaf=st.sampled_from(["甲", "对就业困难人员（含建档立卡贫困劳动力）实施就业援助", "A" * 40]),
)
def test_whatever_the_blocks(sizes: list[int], leaf: str) -> None:
    grid = annex(sizes, leaf)
    table = paged(grid, FIRST, ROOM, BELOW)
    ends = [*grid.blocks[1:], grid.height - 1]
    heads = table.heights[0]
    for number, page in enumerate(pages(table)):
        room = (FIRST if number == 0 else ROOM) - heads
        taken = sum(table.heights[row] for row in page)
        last = page.stop == grid.height
        assert taken + (BELOW if last else 0) <= room
        assert last or taken >= room - SPARE - 0.1  # nothing of the next page's first row fits
    for top, end in zip(grid.blocks, ends, strict=True):
        cuts = [top, *(start for start in table.starts if top < start < end), end]
        assert all(below - above >= min(FEWEST, end - top) for above, below in pairwise(cuts))
    assert grid.matrix == table.grid.matrix
    began = {cell.row for cell in table.grid.cells if cell.column == 2}
    assert set(table.starts) <= began  # every page begins with a unit's name


@pytest.mark.parametrize(
    ("text", "lines"), [("", 1), ("办事指南", 1), ("办" * 10, 1), ("办" * 11, 2), ("2023-04", 1)]
)
def test_lines_of_a_cell(text: str, lines: int) -> None:
    assert lines_of(text, 120) == lines
