"""The neutral document that every file format is read into: paragraphs, grids and pictures in reading order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

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


def squeeze(text: str) -> str:
    """Runs of blanks, of whatever width, made one space."""
    return _BLANK.sub(" ", text).strip()
