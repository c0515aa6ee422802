"""PDF files, read in a process of their own with bounded time and memory: a hostile PDF can make any parser spin."""

import json
import subprocess
import sys
from typing import Any

from crawler.documents.document import Block, Document, Grid, GridCell, Paragraph, Picture
from rules.errors import WrongInput

LONGEST = 90.0
MOST_MEMORY = 2_000_000_000
BROKEN = "这个 PDF 文件已损坏、加密或过于复杂，无法读取。"
SCANNED = "这个 PDF 里只有扫描图片，没有文字，无法核对，请提供 Word 版或文字版。"


def read_pdf(body: bytes, longest: float = LONGEST) -> Document:
    """A document of a PDF. Raises WrongInput where it is broken, locked, scanned or takes too long."""
    command = [sys.executable, "-m", "crawler.documents.pdf"]
    try:
        done = subprocess.run(command, input=body, capture_output=True, timeout=longest, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise WrongInput(BROKEN) from None
    if done.returncode:
        raise WrongInput(BROKEN)
    document = unpack(json.loads(done.stdout))
    if all(isinstance(block, Picture) for block in document.blocks):
        raise WrongInput(SCANNED)
    return document


def pack(document: Document) -> dict[str, Any]:
    """A document as JSON takes it."""
    return {"kind": document.kind, "title": document.title, "blocks": [_packed(b) for b in document.blocks]}


def unpack(packed: dict[str, Any]) -> Document:
    """The document that was packed."""
    return Document(packed["kind"], tuple(_unpacked(each) for each in packed["blocks"]), packed["title"])


def _packed(block: Block) -> Any:
    if isinstance(block, Grid):
        return [[[cell.text, cell.carried, cell.across] for cell in row] for row in block.rows]
    return block.text if isinstance(block, Paragraph) else None


def _unpacked(packed: Any) -> Block:
    if isinstance(packed, list):
        return Grid(tuple(tuple(GridCell(*cell) for cell in row) for row in packed))
    return Picture() if packed is None else Paragraph(packed)


def _bound() -> None:
    """Limits of this process, where the system knows them."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (int(LONGEST), int(LONGEST)))


def _main() -> None:
    """The child: a PDF on standard input, its document as JSON on standard output."""
    from crawler.documents.pdf_pages import read_pages

    _bound()
    document = read_pages(sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(pack(document)).encode())


if __name__ == "__main__":
    _main()
