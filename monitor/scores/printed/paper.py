"""A paper as printed: its paragraphs and its tables, whatever kind of file it came in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row. `number` is the row as its file counts (from 1). A cell covered by a merged one repeats its
    text and stands in `covered`. `lines` are the cells' lines where the file is text, else empty; `left` is how
    many columns of the file stand before it."""

    number: int
    cells: tuple[str, ...]
    covered: frozenset[int] = frozenset()
    lines: tuple[int, ...] = ()
    left: int = 0

    def text(self, column: int) -> str:
        """What the cell shows, covered or not; blank beyond the row's end."""
        return self.cells[column] if column < len(self.cells) else ""

    def own(self, column: int) -> str:
        """The cell's own text: blank where a merged cell covers it."""
        return "" if column in self.covered else self.text(column)

    @property
    def tokens(self) -> list[tuple[int, str]]:
        """(column, text) of the cells that say something themselves."""
        return [(n, cell) for n, cell in enumerate(self.cells) if cell.strip() and n not in self.covered]

    def cut(self, start: int, end: int) -> "GridRow":
        """The row from one column to before another."""
        covered = frozenset(n - start for n in self.covered if start <= n < end)
        return GridRow(self.number, self.cells[start:end], covered, self.lines[start:end], self.left + start)

    def line(self, column: int) -> int | None:
        return self.lines[column] if column < len(self.lines) else None


@dataclass(frozen=True, slots=True)
class Grid:
    """One table. `name` is how its file calls it (a sheet, 第 2 个表), `captions` the paragraphs right above."""

    name: str
    rows: tuple[GridRow, ...]
    captions: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return " ".join(self.captions) or self.name

    @property
    def width(self) -> int:
        return max((len(row.cells) for row in self.rows), default=0)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of prose. `line` is its line or its number in the file (from 1)."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything a file shows, tables apart. Captions are paragraphs too."""

    paragraphs: tuple[Paragraph, ...]
    grids: tuple[Grid, ...]

    def sentences(self) -> Iterator[tuple[Paragraph, str]]:
        """Every sentence with its paragraph."""
        for paragraph in self.paragraphs:
            parts = (part.strip() for part in re.split("[。！？；;]", paragraph.text))
            yield from ((paragraph, part) for part in parts if part)
