"""Tables and paragraphs of a .docx, in the order they stand."""

from pathlib import Path
from zipfile import BadZipFile

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.table import Table
from docx.text.paragraph import Paragraph as WordParagraph
from lxml.etree import LxmlError

from rules.errors import WrongInput
from rules.scores.printed import Grid, GridRow, Paper, Paragraph

CAPTIONS = 4
LONGEST_CAPTION = 60
MOST_CELLS = 400_000


def read_docx(path: Path) -> Paper:
    """Paragraphs numbered from 1; each table with the short paragraphs right above it as captions."""
    try:
        document = docx.Document(str(path))
    except (OpcError, BadZipFile, LxmlError, KeyError, ValueError, OSError):
        raise WrongInput(f"文件 {path} 无法作为 Word 文档读取，请在办公软件中另存后重试。") from None
    return _paper(document, path)


def _paper(document: Document, path: Path) -> Paper:
    paragraphs, grids, above = list[Paragraph](), list[Grid](), list[str]()
    number = 0
    for block in document.iter_inner_content():
        if isinstance(block, WordParagraph):
            number += 1
            text = block.text.strip()
            paragraphs.append(Paragraph(number, text))
            above = [*above, text] if text else above
            continue
        if len(block.rows) * len(block.columns) > MOST_CELLS:
            raise WrongInput(f"文件 {path} 中的表格过大，没有读取。")
        grids.append(Grid(f"第 {len(grids) + 1} 个表", _rows(block), captions_of(above)))
        above = []
    return Paper(tuple(paragraphs), tuple(grids))


def captions_of(above: list[str]) -> tuple[str, ...]:
    """The short paragraphs right above a table, back to 附件: no sentence is among them."""
    captions: list[str] = []
    for text in reversed(above[-CAPTIONS:]):
        if text.endswith(("。", "；", "！", "，")) or len(text) > LONGEST_CAPTION:
            break
        captions.insert(0, text)
        if text.startswith("附"):
            break
    return tuple(captions)


def _rows(table: Table) -> tuple[GridRow, ...]:
    """python-docx gives a merged cell once for every place it covers; the first place is its own."""
    seen: set[object] = set()
    rows = []
    for number, row in enumerate(table.rows, start=1):
        texts, covered = [""] * row.grid_cols_before, set()
        for cell in row.cells:
            if cell._tc in seen:
                covered.add(len(texts))
            seen.add(cell._tc)
            texts.append(cell.text.strip())
        rows.append(GridRow(number, tuple(texts), frozenset(covered)))
    return tuple(rows)
