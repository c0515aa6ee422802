"""Word files (.docx): paragraphs, tables with their merged cells, pictures, in reading order."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from itertools import islice

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree

from crawler.documents.document import (
    Block,
    Box,
    Document,
    Grid,
    Paragraph,
    Picture,
    collapse_blanks,
    take_apart,
)
from crawler.documents.office_archive import DAMAGED
from crawler.page.span_grid import MOST_COLUMNS, MOST_ROWS
from rules.errors import WrongInput

LONGEST_CELL = 2000  # characters of a cell; what is longer is a page of prose in a frame
_PARAGRAPH, _TABLE, _CONTROL, _CONTENT = qn("w:p"), qn("w:tbl"), qn("w:sdt"), qn("w:sdtContent")
_ROW, _CELL, _TEXT, _BREAK, _TAB = qn("w:tr"), qn("w:tc"), qn("w:t"), qn("w:br"), qn("w:tab")
_SPAN, _MERGE, _VALUE = qn("w:gridSpan"), qn("w:vMerge"), qn("w:val")
_SKIPPED, _PROPERTIES = qn("w:gridBefore"), qn("w:tcPr")
_NUMBER, _STYLE = qn("w:numPr"), qn("w:pStyle")
_PICTURES = (qn("w:drawing"), qn("w:pict"), qn("w:object"))
_DELETED = frozenset({qn("w:del"), qn("w:moveFrom"), qn("w:txbxContent")})


def read_word(body: bytes) -> Document:
    """A document of a .docx file that `office_kind` let pass. Raises WrongInput where it is broken."""
    try:
        opened = docx.Document(io.BytesIO(body))
        blocks = tuple(_blocks(opened.element.body))
        title = opened.core_properties.title or ""
    except (
        OpcError,
        zipfile.BadZipFile,
        etree.XMLSyntaxError,
        KeyError,
        ValueError,
        AttributeError,
    ) as error:
        raise WrongInput(DAMAGED) from error
    return Document("docx", blocks, collapse_blanks(title))


def _blocks(body: etree._Element) -> Iterator[Block]:
    for child in _opened(body):
        if child.tag == _PARAGRAPH:
            yield from _paragraph(child)
        elif child.tag == _TABLE:
            yield from _table(child)


def _opened(element: etree._Element) -> Iterator[etree._Element]:
    """The children, those inside content controls too."""
    for child in element:
        if child.tag != _CONTROL:
            yield child
        elif (content := next(child.iter(_CONTENT), None)) is not None:
            yield from _opened(content)


def _paragraph(element: etree._Element) -> Iterator[Block]:
    text = collapse_blanks(_words(element))
    if text:
        yield Paragraph(text, _marked_as_heading(element))
    if any(True for _ in element.iter(*_PICTURES)):
        yield Picture()


def _marked_as_heading(element: etree._Element) -> bool:
    """A heading's style or an automatic number, whose numeral is not in the text."""
    if next(element.iter(_NUMBER), None) is not None:
        return True
    style = next(element.iter(_STYLE), None)
    return style is not None and style.get(_VALUE, "").lower().startswith(("heading", "标题", "1", "2"))


def _table(element: etree._Element) -> Iterator[Block]:
    """Grids of data, and what stands in the rows that only frame it."""
    laid = (row for row in _opened(element) if row.tag == _ROW)
    rows = [[cell for cell in row if cell.tag == _CELL][:MOST_COLUMNS] for row in islice(laid, MOST_ROWS)]
    for piece in take_apart([[*_before(row), *map(_box, row)] for row in rows]):
        if isinstance(piece, Grid):
            yield piece
        else:
            for cell in rows[piece]:
                yield from _blocks(cell)


def _before(row: Sequence[etree._Element]) -> list[Box]:
    """The places that a row leaves out at its left (gridBefore)."""
    parent = row[0].getparent() if row else None
    skipped = next(parent.iter(_SKIPPED), None) if parent is not None else None
    return [Box("")] * _number(skipped) if skipped is not None else []


def _box(cell: etree._Element) -> Box:
    merge = next(cell.iterchildren(_PROPERTIES), etree.Element("none"))
    span, below = next(merge.iter(_SPAN), None), next(merge.iter(_MERGE), None)
    return Box(
        collapse_blanks(_words(cell)[:LONGEST_CELL]),
        width=1 if span is None else _number(span),
        continues=below is not None and below.get(_VALUE) in (None, "continue"),
        frame=next(cell.iter(_TABLE), None) is not None,
    )


def _number(element: etree._Element) -> int:
    value = element.get(_VALUE, "1")
    return min(int(value), MOST_COLUMNS) if value.isascii() and value.isdigit() and len(value) < 4 else 1


def _words(element: etree._Element) -> str:
    """The words of a paragraph or cell as they stand: without deleted text and text boxes."""
    words: list[str] = []
    waiting = [element]
    while waiting:
        node = waiting.pop()
        if node.tag == _TEXT:
            words.append(node.text or "")
        elif node.tag in (_BREAK, _TAB):
            words.append(" ")
        elif node.tag not in _DELETED:
            words += [" "] if node.tag == _PARAGRAPH else []
            waiting += reversed(node)
    return "".join(words)
