"""A printed table as cells with their merged regions: what Word, Excel and HTML print. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """One printed cell, its top left corner at (row, column) counted from 0. A known number is an int. `link`: where on a web
    page it leads ("" nowhere)."""

    row: int
    column: int
    value: str | int
    rows: int = 1
    columns: int = 1
    link: str = ""

    @property
    def text(self) -> str:
        return f"{self.value}"


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table: `widths` are its columns' in millimetres, `height` counts all rows, `heads` those of headings. `blocks`:
    the first rows of what belongs together."""

    widths: tuple[int, ...]
    height: int
    cells: tuple[PrintedCell, ...]
    heads: int = 1
    blocks: tuple[int, ...] = ()

    @classmethod
    def of_rows(cls, widths: Sequence[int], rows: Sequence[Sequence[str]]) -> "PrintedTable":
        """A table without merged cells, one row of heads; its last rows belong together."""
        cells = [PrintedCell(r, c, text) for r, texts in enumerate(rows) for c, text in enumerate(texts)]
        return cls(tuple(widths), len(rows), tuple(cells), 1, tuple(range(1, max(2, len(rows) - 2))))

    @property
    def rows(self) -> list[list[PrintedCell]]:
        """The cells that begin in each row, from left to right."""
        cells = sorted(self.cells, key=lambda cell: (cell.row, cell.column))
        return [[cell for cell in cells if cell.row == row] for row in range(self.height)]

    @property
    def matrix(self) -> list[list[str]]:
        """Every place's text; a merged cell's stands at every place it covers."""
        table = [[""] * len(self.widths) for _ in range(self.height)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    table[row][column] = cell.text
        return table
