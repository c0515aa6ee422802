"""The neutral document that every file format is read into: paragraphs, grids and pictures in reading order; and how
the cells that a file writes become the places of a grid: merged cells spread out, frames taken apart."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from crawler.page.span_grid import Spanning, spread

_BLANK = re.compile(r"[\s\u200b\ufeff]+")


@dataclass(frozen=True, slots=True)
class GridCell:
    """One place of a row. Places that a merged cell covers repeat its text: `across` where it comes from the left,
    `carried` where it comes from above. `line` (from 1) only in files of text."""

    text: str
    carried: bool = False
    across: bool = False
    line: int | None = None


Row = tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, blanks squeezed. `head`: the format itself marks it as a heading or numbers it."""

    text: str
    head: bool = False
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """One table. `name` where its file has one for it (a sheet)."""

    rows: tuple[Row, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: what it shows cannot be read."""


Block = Paragraph | Grid | Picture


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read. `kind` is docx, xlsx, html, pdf, csv or txt; `title` and `published` only where the format
    has them."""

    kind: str
    blocks: tuple[Block, ...]
    title: str = ""
    published: date | None = None

    @property
    def paragraphs(self) -> Iterator[str]:
        return (block.text for block in self.blocks if isinstance(block, Paragraph))


def alone(row: Row) -> str:
    """The text of a row that says one thing only, in one cell or in one merged over all; else nothing."""
    said = [cell.text for cell in row if cell.text and not cell.across and not cell.carried]
    return said[0] if len(said) == 1 and all(cell.text in ("", said[0]) for cell in row) else ""


def collapse_blanks(text: str) -> str:
    """Runs of blanks, of whatever width, made one space."""
    return _BLANK.sub(" ", text).strip()


# Characters: the longest label of the annual form has 40; a cell with more is a page of prose.
LONGEST_LABEL = 300


@dataclass(frozen=True, slots=True)
class Box:
    """One cell as a file writes it: its text, how many columns and rows it covers; `continues` the cell above;
    `frame`: it only holds a table together."""

    text: str
    width: int = 1
    height: int = 1
    continues: bool = False
    frame: bool = False


def take_apart(rows: Sequence[Sequence[Box]]) -> Iterator[Grid | int]:
    """The tables of data that a table holds, and the numbers (from 0) of the rows that only frame what stands
    in them: another table, a page of prose, or never two cells side by side."""
    lone = all(len(row) < 2 for row in rows)
    gathered: list[Row] = []
    for at, laid in enumerate(lay(rows)):
        if not lone and not any(box.frame or len(box.text) > LONGEST_LABEL for box in rows[at]):
            gathered.append(laid)
            continue
        if gathered:
            yield Grid(tuple(gathered))
            gathered = []
        yield at
    if gathered:
        yield Grid(tuple(gathered))


def lay(rows: Iterable[Sequence[Box]]) -> Iterator[Row]:
    """Rows of places. Never raises, whatever the widths and heights say."""
    above: dict[int, str] = {}
    for places in spread([Spanning(box, box.width, box.height) for box in boxes] for boxes in rows):
        cells: list[GridCell] = []
        for column, place in enumerate(places):
            box = place.cell
            if box is None:
                cells.append(GridCell(""))
            elif place.across:
                cells.append(GridCell(cells[-1].text, cells[-1].carried, across=True))
            else:
                continues = box.continues and not place.carried
                text = above[column] = above.get(column, "") if continues else box.text
                cells.append(GridCell(text, place.carried or continues))
        yield tuple(cells)
