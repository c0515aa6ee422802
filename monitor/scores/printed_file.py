"""Any file with score tables in it → a Paper. What cannot be read is refused with one Chinese sentence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from crawler.documents.document import Document, Grid, Paragraph, alone
from crawler.documents.files import read_document
from crawler.page.page import Page
from crawler.sites.office_files import read_bytes, read_text
from monitor.scores.printed import paper as printed
from monitor.scores.printed.headings import captions_of, head_of
from monitor.scores.printed.paper import GridRow, Paper
from rules.errors import WrongInput
from rules.vocabulary.white_space import squeeze


def paper_of(document: Document) -> Paper:
    """The paragraphs and tables of a document. Rows of tables that say one thing only are
    paragraphs too: titles and notes."""
    paragraphs, grids, above = list[printed.Paragraph](), list[printed.Grid](), list[str]()
    for block in document.blocks:
        if isinstance(block, Paragraph):
            paragraphs.append(printed.Paragraph(block.line or len(paragraphs) + 1, block.text))
            above.append(block.text)
        elif isinstance(block, Grid):
            said = ((row[0].line or n, alone(row)) for n, row in enumerate(block.rows, start=1) if row)
            paragraphs += [printed.Paragraph(line, text) for line, text in said if text]
            name = block.name or f"第 {len(grids) + 1} 个表"
            grids.append(printed.Grid(name, tuple(_rows(block)), captions_of(above)))
            above = []
    return Paper(tuple(paragraphs), tuple(grids))


def _rows(grid: Grid) -> Iterator[GridRow]:
    for number, row in enumerate(grid.rows, start=1):
        covered = frozenset(at for at, cell in enumerate(row) if cell.across or cell.carried)
        lines = tuple(cell.line for cell in row if cell.line is not None)
        yield GridRow(number, tuple(cell.text for cell in row), covered, lines)


# What stands at the head or foot of a page: its number.
PAGE_NUMBER = re.compile(r"[\s\d—–\-第页共/]*")


def joined(grids: Sequence[printed.Grid]) -> tuple[printed.Grid, ...]:
    """The tables of a paper that has pages: what goes on upon the next, under no caption of its own and the same headings or
    none, is one table, its rows counted through."""
    made: list[printed.Grid] = []
    for grid in grids:
        _, heads, body = head_of(grid)
        if made and not any(not PAGE_NUMBER.fullmatch(text) for text in grid.captions):
            last = made[-1]
            again = _words(heads) == _words(head_of(last)[1])
            if again or (not heads and grid.width == last.width):
                after = last.rows[-1].number
                below = tuple(replace(row, number=after + n) for n, row in enumerate(body, start=1))
                made[-1] = printed.Grid(last.name, last.rows + below, last.captions)
                continue
        made.append(grid)
    return tuple(made)


def _words(rows: Sequence[GridRow]) -> list[list[str]]:
    return [[squeeze(text) for _, text in row.tokens] for row in rows]


LARGEST = 20_000_000  # bytes
MOST_CELLS = 100_000  # places of all tables: each takes 30 microseconds to recheck
KINDS = (".xlsx", ".docx", ".pdf", ".csv", ".txt", ".tsv", ".html", ".htm")


def read_paper(path: Path) -> Paper:
    """The paragraphs and tables of a file. Raises WrongInput where it is missing, of another kind, too large,
    broken or locked."""
    if path.suffix.lower() not in KINDS:
        kinds = "、".join(KINDS)
        raise WrongInput(f"文件 {path} 不是能核对的类型，可用：{kinds}；旧的 .xls、.doc 请先另存。")
    paper = paper_of(_document(path))
    if path.suffix.lower() == ".pdf":
        paper = Paper(paper.paragraphs, joined(paper.grids))
    if sum(len(row.cells) for grid in paper.grids for row in grid.rows) > MOST_CELLS:
        raise WrongInput(f"文件 {path} 中的表格过大，没有读取。")
    return paper


def _document(path: Path) -> Document:
    """What the bytes of a packed file are counts, not its name."""
    body, suffix = read_bytes(path, most=LARGEST), path.suffix.lower()
    if suffix in (".xlsx", ".docx", ".pdf"):
        return read_document(Page(path.name, body), among=("xlsx", "docx", "pdf"))
    if suffix.startswith(".htm"):
        return read_document(Page("file:///", body), "html")
    return read_document(Page(path.name, read_text(path).encode()), "csv" if suffix == ".csv" else "txt")
