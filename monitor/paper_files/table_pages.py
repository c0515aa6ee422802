"""Where a long table turns its pages: rows that belong together stay together, or are parted with their names said again. Neither
Word nor LibreOffice can be asked for that, so that the rows' heights are reckoned here and said, generously, to both; a page
that ends early has its rows stretched to fill it. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from monitor.paper_files.printed_table import PrintedCell, PrintedTable

POINTS = 72 / 25.4  # in a millimetre
SIGN = 12.0  # points: a Chinese character of a table
NARROW = 0.65  # of it: a letter or a figure, in whatever face stands in
PITCH = 18.0
LOWEST = 22.0  # a row of one line
SIDES = 6.0  # margins of a cell
LOOSE = 1.06  # punctuation does not begin a line: what takes several is a little longer
SPARE = 11.0  # what is left free at the foot: less than a row, more than the lines between rows add up to
FEWEST = 3  # rows of a block that may stand alone at the foot or the head of a page
MOST_TRIES = 5  # to reckon where pages turn while labels that are said again make rows higher
WASTE = 0.3  # of a page: so much is not left free, the next block is parted instead


@dataclass(frozen=True, slots=True)
class PagedTable:
    """A table with its cells parted where pages turn, and each row's height in points; `starts` are the first rows of
    all pages but the first."""

    grid: PrintedTable
    heights: tuple[float, ...]
    starts: tuple[int, ...]


def paged(grid: PrintedTable, first: float, room: float, below: float = 0.0) -> PagedTable:
    """The table on pages of which the first has `first` points for it, the others `room`, all with the heads; `below`
    has to stand behind it on its last page."""
    needed = row_heights(grid)
    heads = sum(needed[: grid.heads])
    for _ in range(MOST_TRIES):
        starts = tuple(_page_starts(grid, needed, first - heads - SPARE, room - heads - SPARE, below))
        parted = replace(grid, cells=tuple(_parted(grid.cells, starts)))
        # A label that is said again may need more than the rows beside it do.
        grown = [max(pair) for pair in zip(needed, row_heights(parted), strict=True)]
        if grown == needed:
            break
        needed = grown
    heights, edges = list(needed), [grid.heads, *starts]
    for page, (top, end) in enumerate(zip(edges, starts, strict=False)):
        free = (room if page else first) - heads - SPARE - sum(needed[top:end])
        for row in range(top, end):
            heights[row] += max(0.0, free) * needed[row] / sum(needed[top:end])
    return PagedTable(parted, tuple(heights), starts)


def row_heights(grid: PrintedTable) -> list[float]:
    """How high each row must be for what is written in it."""
    heights = [LOWEST] * grid.height
    for cell in sorted(grid.cells, key=lambda cell: cell.rows):
        rows = range(cell.row, cell.row + cell.rows)
        width = sum(grid.widths[cell.column : cell.column + cell.columns]) * POINTS - SIDES
        missing = lines_of(cell.text, width) * PITCH + LOWEST - PITCH - sum(heights[row] for row in rows)
        for row in rows:
            heights[row] += max(0.0, missing) / cell.rows
    return heights


def lines_of(text: str, width: float, size: float = SIGN) -> int:
    """How many lines a text takes in so many points."""
    signs, places = sum(NARROW if sign.isascii() else 1 for sign in text), max(1, int(width / size))
    return max(1, ceil(signs * (LOOSE if signs > places else 1) / places))


def _page_starts(
    grid: PrintedTable, needed: Sequence[float], first: float, room: float, below: float
) -> Iterator[int]:
    ends = [*grid.blocks[1:], grid.height]
    free, page = first, first
    for start, end in zip(grid.blocks, ends, strict=True):
        top, extra = start, below if end == grid.height else 0.0
        while sum(needed[top:end]) + extra > free:
            cut = _cut(grid, needed, top, end, free) if free > WASTE * page or free == page else top
            if cut == top and free == page:  # few rows, higher than a page
                cut = max(top + 1, _first_beyond(needed, top, end, free))
            if cut >= end:
                break
            yield cut
            top, free, page = cut, room, room
        free -= sum(needed[top:end])


def _cut(grid: PrintedTable, needed: Sequence[float], top: int, end: int, free: float) -> int:
    """The row before which a block is parted, so that some of it stands above and below; `top` where it cannot be.
    Where a heading of columns ends not much earlier, there."""
    cut = min(
        _first_beyond(needed, top, end, free), end - FEWEST - (end == grid.height)
    )  # the sum is no unit's row
    if cut - top < FEWEST:
        return top
    inner = [
        cell for cell in grid.cells if cell.rows > 1 and top < cell.row <= cut and cell.row - top >= FEWEST
    ]
    headings = [cell.row for cell in inner if (cell.row - top) * 2 > cut - top]
    return max(headings, default=cut)


def _first_beyond(needed: Sequence[float], top: int, end: int, free: float) -> int:
    return next((row for row in range(top, end) if sum(needed[top : row + 1]) > free), end)


def _parted(cells: Sequence[PrintedCell], starts: Sequence[int]) -> Iterator[PrintedCell]:
    for cell in cells:
        edges = [cell.row, *(start for start in starts if cell.row < start < cell.row + cell.rows)]
        ends = [*edges[1:], cell.row + cell.rows]
        yield from (replace(cell, row=top, rows=end - top) for top, end in zip(edges, ends, strict=True))
