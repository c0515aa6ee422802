"""What pypdf sees on a page: words with their places, and the lines that are really painted."""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

from crawler.documents.document import Block, Document, Picture, squeeze
from crawler.documents.plain_text import read_text
from crawler.documents.ruled_tables import NEAR, SHORTEST, Chunk, Lattice, Segment, lattices, lines
from monitor.annual.reading.headings import heading_of

MOST_PAGES = 60
FARTHEST = 3.5
_PAGE_NUMBER = re.compile(r"\s*(?:第\s?)?[-—–－·]{0,2}\s?\d{1,4}\s?[-—–－·]{0,2}(?:\s?页)?\s*|\s*")
_PAINT = frozenset({b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"})
Matrix = Sequence[float]


@dataclass(slots=True)
class Pen:
    """Follows the drawing of a page. Paths count once they are painted, not where they only clip."""

    segments: list[Segment] = field(default_factory=list)
    chunks: list[Chunk] = field(default_factory=list)
    _path: list[Segment] = field(default_factory=list)
    _at: tuple[float, float] = (0.0, 0.0)

    def draw(self, operator: bytes, operands: Sequence[Any], cm: Matrix, _tm: Matrix) -> None:
        """One operator of the page's content, as pypdf passes it."""
        if operator in _PAINT:
            self.segments += self._path
            self._path = []
        elif operator == b"n":
            self._path = []
        elif operator in (b"m", b"l", b"re"):
            self._trace(operator, [float(value) for value in operands], cm)

    def _trace(self, operator: bytes, numbers: list[float], cm: Matrix) -> None:
        if operator == b"re" and len(numbers) == 4:
            x, y, width, height = numbers
            self._path += _edges(_placed(x, y, cm), _placed(x + width, y + height, cm))
        elif len(numbers) == 2:
            point = _placed(numbers[0], numbers[1], cm)
            if operator == b"l":
                self._path += _edges(self._at, point)[:1]
            self._at = point

    def write(self, text: str, cm: Matrix, tm: Matrix, _font: Any, size: float) -> None:
        """Some words of the page, as pypdf passes them."""
        if text.strip():
            x, y = _placed(tm[4], tm[5], cm)
            height = abs(size * (tm[3] or tm[1]) * (cm[3] or cm[1])) or 10.0
            self.chunks.append(Chunk(x, y, min(height, 60.0), text.strip("\n")))


def read_pages(body: bytes) -> Document:
    """A document of a PDF. Raises PyPdfError, ValueError and much else where it is broken."""
    reader = PdfReader(io.BytesIO(body))
    if reader.is_encrypted and not reader.decrypt(""):
        raise PyPdfError("encrypted")
    blocks: list[Block] = []
    for page in islice(reader.pages, MOST_PAGES):
        blocks += _blocks_of(page)
    title = (reader.metadata.title if reader.metadata else None) or ""
    return Document("pdf", tuple(blocks), squeeze(str(title)))


def _blocks_of(page: PageObject) -> Iterator[Block]:
    pen = Pen()
    plain = page.extract_text(visitor_text=pen.write, visitor_operand_before=pen.draw)
    if not plain.strip():
        yield Picture()
        return
    tables = list(lattices([one for one in pen.segments if one.high - one.low > SHORTEST]))
    inside: dict[int, list[Chunk]] = {at: [] for at in range(len(tables))}
    outside: list[Chunk] = []
    for chunk in pen.chunks:
        home = next((at for at, table in enumerate(tables) if _holds(table, chunk)), None)
        (outside if home is None else inside[home]).append(chunk)
    placed: list[tuple[float, Sequence[Block]]] = [
        (table.top, [table.grid(inside[at])]) for at, table in enumerate(tables)
    ]
    placed += [(height, read_text(text, "pdf").blocks) for height, text in _paragraphs(outside)]
    for _, blocks in sorted(placed, key=lambda one: -one[0]):
        yield from blocks


def _holds(table: Lattice, chunk: Chunk) -> bool:
    return table.cell_at(chunk.x + chunk.size / 4, chunk.y + chunk.size / 4) is not None


def _paragraphs(chunks: Sequence[Chunk]) -> Iterator[tuple[float, str]]:
    """Lines joined where one runs to the right margin and the next, close below, begins at the left one."""
    rows = [row for row in lines(chunks) if not _PAGE_NUMBER.fullmatch(_text(row))]
    if not rows:
        return
    left, right = min(row[0].x for row in rows), max(_end(row) for row in rows)
    height, text = rows[0][0].y, _text(rows[0])
    for above, row in pairwise(rows):
        size = row[0].size
        full = _end(above) > right - 3 * size and above[0].y - row[0].y < FARTHEST * size
        if full and row[0].x < left + 1.5 * size and not heading_of(text) and not heading_of(_text(row)):
            text += _text(row)
            continue
        yield height, text
        height, text = row[0].y, _text(row)
    yield height, text


def _text(row: Sequence[Chunk]) -> str:
    """A line, with a blank where a gap shows that words stand apart (numbers of a table without lines)."""
    text, end = "", row[0].x
    for chunk in row:
        text += ("  " if text and chunk.x - end > chunk.size else "") + chunk.text
        end = _end([chunk])
    return text


def _end(row: Sequence[Chunk]) -> float:
    """About where a line ends: an ideograph is as wide as it is high, anything else half."""
    last = row[-1]
    return last.x + sum(last.size if ord(letter) > 0x2E80 else last.size / 2 for letter in last.text)


def _placed(x: float, y: float, cm: Matrix) -> tuple[float, float]:
    return x * cm[0] + y * cm[2] + cm[4], x * cm[1] + y * cm[3] + cm[5]


def _edges(one: tuple[float, float], other: tuple[float, float]) -> list[Segment]:
    """The lines of a rectangle between two corners; a thin one, or a line, is a single segment."""
    (left, right), (low, high) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    if high - low <= NEAR:
        return [Segment(False, (low + high) / 2, left, right)]
    if right - left <= NEAR:
        return [Segment(True, (left + right) / 2, low, high)]
    level = [Segment(False, at, left, right) for at in (low, high)]
    return [*level, *(Segment(True, at, low, high) for at in (left, right))]
