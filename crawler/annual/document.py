"""The neutral document that every file format is read into: paragraphs, grids and pictures in reading order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_BLANK = re.compile(r"[\s\u200b\ufeff]+")


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell of a row. A cell merged across columns stands once; one merged down rows stands in each of its
    rows, `carried` in all but the first."""

    text: str
    carried: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, blanks squeezed. `head`: the format itself marks it as a heading or numbers it."""

    text: str
    head: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """One table."""

    rows: tuple[tuple[GridCell, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: what it shows cannot be read."""


Block = Paragraph | Grid | Picture


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read. `kind` is docx, html, pdf or txt; `title` and `published` only where the format has them."""

    kind: str
    blocks: tuple[Block, ...]
    title: str = ""
    published: date | None = None

    @property
    def paragraphs(self) -> Iterator[str]:
        return (block.text for block in self.blocks if isinstance(block, Paragraph))


def squeeze(text: str) -> str:
    """Runs of blanks, of whatever width, made one space."""
    return _BLANK.sub(" ", text).strip()
