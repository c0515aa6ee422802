"""PDF files, read in a process of their own with bounded time and memory: a hostile PDF can make any parser spin."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from crawler.documents.document import Block, Document, Grid, GridCell, Picture
from crawler.documents.plain_text import read_text
from rules.errors import WrongInput

LONGEST = 90.0  # seconds, of the clock for the parent and of the processor for the child
BROKEN = "这个 PDF 文件已损坏、加密或过于复杂，无法读取。"
SCANNED = "这个 PDF 里只有扫描图片，没有文字，无法核对，请提供 Word 版或文字版。"


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line outside tables. `runs_on`: by its place on the page it goes on with the line above, which
    is full to the right margin."""

    text: str
    runs_on: bool = False


Piece = Line | Grid | Picture


def read_pdf(
    body: bytes, stands_alone: Callable[[str], bool] = lambda _: False, longest: float = LONGEST
) -> Document:
    """A document of a PDF. `stands_alone`: what is never joined with the lines around it, however full they are (a
    heading). Raises WrongInput where it is broken, locked, scanned or takes too long."""
    command = [sys.executable, "-m", "crawler.documents.pdf_pages"]
    try:
        done = subprocess.run(command, input=body, capture_output=True, timeout=longest, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise WrongInput(BROKEN) from None
    if done.returncode:
        raise WrongInput(BROKEN)
    title, pieces = from_json(json.loads(done.stdout))
    blocks = tuple(_blocks(pieces, stands_alone))
    if all(isinstance(block, Picture) for block in blocks):
        raise WrongInput(SCANNED)
    return Document("pdf", blocks, title)


def _blocks(pieces: Iterable[Piece], stands_alone: Callable[[str], bool]) -> Iterator[Block]:
    """Grids and pictures as they are; lines that run on put together, and read as any flattened text is."""
    joined: list[str | Grid | Picture] = []
    last = 0  # where the paragraph stands that a line may go on with: a table may come between the two
    for piece in pieces:
        if not isinstance(piece, Line):
            joined.append(piece)
            continue
        above = joined[last] if piece.runs_on else None
        if isinstance(above, str) and not stands_alone(above) and not stands_alone(piece.text):
            joined[last] = above + piece.text
        else:
            last = len(joined)
            joined.append(piece.text)
    for part in joined:
        yield from read_text(part, "pdf").blocks if isinstance(part, str) else (part,)


def to_json(title: str, pieces: Iterable[Piece]) -> dict[str, Any]:
    """What the child saw, as JSON takes it."""
    return {"title": title, "pieces": [_piece_to_json(piece) for piece in pieces]}


def from_json(packed: dict[str, Any]) -> tuple[str, list[Piece]]:
    """The title and the pieces that were packed."""
    return packed["title"], [_piece_from_json(each) for each in packed["pieces"]]


def _piece_to_json(piece: Piece) -> Any:
    if isinstance(piece, Grid):
        return [[[cell.text, cell.carried, cell.across] for cell in row] for row in piece.rows]
    return {"text": piece.text, "runs_on": piece.runs_on} if isinstance(piece, Line) else None


def _piece_from_json(packed: Any) -> Piece:
    if isinstance(packed, list):
        return Grid(tuple(tuple(GridCell(*cell) for cell in row) for row in packed))
    return Picture() if packed is None else Line(**packed)
