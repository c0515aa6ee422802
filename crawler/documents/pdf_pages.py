"""What pypdf sees on a page: words with their places, and the lines that are really painted."""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from pypdf import PageObject, PasswordType, PdfReader
from pypdf.errors import PyPdfError

from crawler.documents.document import Grid, Picture, collapse_blanks
from crawler.documents.ruled_tables import NEAR, SHORTEST, Chunk, Lattice, Segment, lattices, lines

MOST_PAGES = 60  # an annual report has about ten
# Times the size of the letters: official lines are set at most 28 points apart for 16 point letters, some at double.
FARTHEST = 3.5
_PAGE_NUMBER = re.compile(r"\s*(?:第\s?)?[-—–－·]{0,2}\s?\d{1,4}\s?[-—–－·]{0,2}(?:\s?页)?\s*|\s*")
_PAINT = frozenset({b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"})
Matrix = Sequence[float]


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line outside tables. `runs_on`: by its place on the page it goes on with the line above, which
    is full to the right margin."""

    text: str
    runs_on: bool = False


Piece = Line | Grid | Picture


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


def read_pages(body: bytes) -> tuple[str, list[Piece]]:
    """The title and the pieces of a PDF in reading order. Raises PyPdfError, ValueError and much else where it is
    broken."""
    reader = open_pdf(body)
    pieces = [piece for page in islice(reader.pages, MOST_PAGES) for piece in _pieces_of(page)]
    title = (reader.metadata.title if reader.metadata else None) or ""
    return collapse_blanks(str(title)), pieces


class Locked(PyPdfError):
    """A PDF that asks for a password to be read."""


def open_pdf(body: bytes) -> PdfReader:
    """The PDF, unlocked. Raises Locked, and whatever pypdf does where it is broken."""
    reader = PdfReader(io.BytesIO(body))
    # Most "encrypted" papers only forbid changes: the password for reading is empty.
    if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
        raise Locked
    return reader


def words_of_pdf(body: bytes) -> Iterator[str]:
    """The text of each page: for scanning."""
    return (page.extract_text() for page in open_pdf(body).pages)


def _pieces_of(page: PageObject) -> Iterator[Piece]:
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
    placed: list[tuple[float, Piece]] = [
        (table.top, table.grid(inside[at])) for at, table in enumerate(tables)
    ]
    placed += _lines(outside)
    yield from (piece for _, piece in sorted(placed, key=lambda one: -one[0]))


def _holds(table: Lattice, chunk: Chunk) -> bool:
    return table.cell_at(chunk.x + chunk.size / 4, chunk.y + chunk.size / 4) is not None


def _lines(chunks: Sequence[Chunk]) -> Iterator[tuple[float, Line]]:
    """Lines with their heights. One runs on where the line above goes to the right margin and it begins, close
    below, at the left one."""
    rows = [row for row in lines(chunks) if not _PAGE_NUMBER.fullmatch(_text(row))]
    left, right = min((row[0].x for row in rows), default=0.0), max(map(_end, rows), default=0.0)
    for above, row in zip([None, *rows], rows, strict=False):
        size = row[0].size
        full = above and _end(above) > right - 3 * size and above[0].y - row[0].y < FARTHEST * size
        yield row[0].y, Line(_text(row), bool(full) and row[0].x < left + 1.5 * size)


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
