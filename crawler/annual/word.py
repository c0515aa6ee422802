"""Word files (.docx): paragraphs, tables with their merged cells, pictures, in reading order."""

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree

from crawler.annual.document import Block, Document, Grid, GridCell, Paragraph, Picture, squeeze
from rules.errors import WrongInput

MOST_XML = 20_000_000
MOST_UNPACKED = 400_000_000
MOST_PARTS = 5_000
MOST_ROWS = 400
MOST_COLUMNS = 60
LONGEST_CELL = 2000
_PARAGRAPH, _TABLE, _CONTROL, _CONTENT = qn("w:p"), qn("w:tbl"), qn("w:sdt"), qn("w:sdtContent")
_ROW, _CELL, _TEXT, _BREAK, _TAB = qn("w:tr"), qn("w:tc"), qn("w:t"), qn("w:br"), qn("w:tab")
_SPAN, _MERGE, _VALUE = qn("w:gridSpan"), qn("w:vMerge"), qn("w:val")
_NUMBER, _STYLE = qn("w:numPr"), qn("w:pStyle")
_PICTURES = (qn("w:drawing"), qn("w:pict"), qn("w:object"))
_DELETED = frozenset({qn("w:del"), qn("w:moveFrom"), qn("w:txbxContent")})


def read_word(body: bytes) -> Document:
    """A document of a .docx file. Raises WrongInput where it is broken, too large or packed to deceive."""
    _guard(body)
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
        raise WrongInput("这个 Word 文件已损坏，无法读取，请用 Word 另存一份再试。") from error
    return Document("docx", blocks, squeeze(title))


def _guard(body: bytes) -> None:
    """Refuses archives that would unpack to far more than they are: sizes are what the archive declares, and
    zipfile never unpacks more than that."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise WrongInput("这个 Word 文件已损坏，无法读取，请用 Word 另存一份再试。") from error
    unpacked = sum(part.file_size for part in parts)
    xml = max((part.file_size for part in parts if part.filename.endswith((".xml", ".rels"))), default=0)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or xml > MOST_XML:
        raise WrongInput("这个 Word 文件解压后过大，拒绝读取。")


def _blocks(body: etree._Element) -> Iterator[Block]:
    for child in body:
        if child.tag == _PARAGRAPH:
            yield from _paragraph(child)
        elif child.tag == _TABLE:
            yield from _table(child)
        elif child.tag == _CONTROL:
            for content in child.iter(_CONTENT):
                yield from _blocks(content)
                break


def _paragraph(element: etree._Element) -> Iterator[Block]:
    text = squeeze(_words(element))
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
    """A grid; the paragraphs and tables inside where the table is only a frame around them."""
    rows = [[cell for cell in row if cell.tag == _CELL] for row in _rows(element)]
    nested = any(True for cell in element.iter(_CELL) for _ in cell.iter(_TABLE))
    if nested or all(len(row) < 2 for row in rows):
        for row in rows[:MOST_ROWS]:
            for cell in row:
                yield from _blocks(cell)
        return
    yield Grid(tuple(_merged(rows[:MOST_ROWS])))


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """Rows of a table itself, also those inside content controls."""
    for child in table:
        if child.tag == _ROW:
            yield child
        elif child.tag == _CONTROL:
            for content in child.iter(_CONTENT):
                yield from _rows(content)
                break


def _merged(rows: list[list[etree._Element]]) -> Iterator[tuple[GridCell, ...]]:
    above: dict[int, str] = {}
    for row in rows:
        cells, column = [], 0
        for cell in row[:MOST_COLUMNS]:
            carried = _continues(cell)
            text = above.get(column, "") if carried else squeeze(_words(cell)[:LONGEST_CELL])
            above[column] = text
            cells.append(GridCell(text, carried))
            column += _width(cell)
        yield tuple(cells)


def _continues(cell: etree._Element) -> bool:
    """Whether a cell continues the one above it (vMerge without restart)."""
    merge = next(cell.iter(_MERGE), None)
    return merge is not None and merge.get(_VALUE) in (None, "continue")


def _width(cell: etree._Element) -> int:
    span = next(cell.iter(_SPAN), None)
    value = span.get(_VALUE, "1") if span is not None else "1"
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
