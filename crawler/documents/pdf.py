"""PDF files as paragraphs, tables and pictures."""

from collections.abc import Callable, Iterable, Iterator

from crawler.documents.document import Block, Document, Grid, Picture
from crawler.documents.pdf_pages import Line, Piece, read_pages
from crawler.documents.plain_text import read_text
from rules.errors import WrongInput

BROKEN = "这个 PDF 文件已损坏、加密或过于复杂，无法读取。"
SCANNED = "这个 PDF 里只有扫描图片，没有文字，无法核对，请提供 Word 版或文字版。"


def read_pdf(body: bytes, stands_alone: Callable[[str], bool] = lambda _: False) -> Document:
    """A document of a PDF. `stands_alone`: what is never joined with the lines around it, however full they are (a
    heading). Raises WrongInput where it is broken, locked or scanned."""
    try:
        title, pieces = read_pages(body)
    except MemoryError:
        raise
    except Exception as error:  # pypdf raises PyPdfError, and whatever else a broken file leads it to
        raise WrongInput(BROKEN) from error
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
