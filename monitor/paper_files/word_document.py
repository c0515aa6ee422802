"""Word documents: begun in the layout of official documents, written line by line and table by table, saved as the
same bytes."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from monitor.paper_files.data_files import pack
from monitor.paper_files.inert import escaped, plain
from monitor.paper_files.printed_table import PrintedCell, PrintedTable
from monitor.paper_files.table_pages import LOWEST
from monitor.paper_files.title_lines import title_lines
from monitor.paper_files.word_language import set_language
from monitor.paper_files.word_page import TITLES, lay_out


def new_document(title: str = "") -> Document:
    """A document with the page and the styles of `word_page`."""
    document = docx.Document()
    lay_out(document)
    if title:
        document.core_properties.title = plain(title)
    return document


def write_line(document: Document, style: str, text: str) -> None:
    """Adds a paragraph of one of the styles. A title's lines end between words."""
    lines = title_lines(plain(text)) if style in TITLES else (plain(text),)
    document.add_paragraph(style=style).add_run("\n".join(lines))


def break_titles(document: Document) -> None:
    """Ends the lines of titles that a template was filled with between words, where nobody broke them."""
    for paragraph in document.paragraphs:
        titled = paragraph.style is not None and paragraph.style.name in TITLES
        if titled and len(paragraph.runs) == 1 and "\n" not in paragraph.text:
            paragraph.runs[0].text = "\n".join(title_lines(paragraph.text))


def save_document(document: Document, path: Path, author: str, day: date) -> None:
    """Writes the file as of a day: the same document gives the same bytes."""
    document.core_properties.author, document.core_properties.comments = plain(author), ""
    drop_leftovers(document)
    set_language(document)
    document.save(str(path))
    pack(path, day)


# Of the library's own template: styles once more, for Word 2007, in another language; a picture of its blank page.
LEFTOVERS = ("stylesWithEffects", "thumbnail")


def drop_leftovers(document: Document) -> None:
    for relations in (document.part.rels, document.part.package.rels):
        for key in [key for key, each in relations.items() if each.reltype.endswith(LEFTOVERS)]:
            relations.pop(key)


TWIPS = 1440 / 25.4  # in a millimetre
LAST = 3  # rows that never part at the end of a table
MARGIN, NARROW_MARGIN = 57, 28  # twips at either side of a cell
NARROW = 11  # millimetres: a column of fewer has the narrow margins, for two characters to stand on one line
EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


def append_table(
    document: Document, grid: PrintedTable, heights: Sequence[float] = (), whole: bool = False
) -> None:
    """Adds the grid as a table of fixed widths; `heights` are its rows' in points, by default one line's. Its last rows stay
    together, and where it is to be `whole`, all of them."""
    kept = range(0 if whole else max(grid.heads, grid.height - LAST), grid.height - 1)
    styles = {name: document.styles[name].style_id for name in ("表头文字", "表格文字")}
    places = {(cell.row, cell.column): cell for cell in grid.cells}
    rows = []
    for row in range(grid.height):
        style = styles["表头文字" if row < grid.heads else "表格文字"]
        height = heights[row] if heights else LOWEST
        properties = f'<w:pStyle w:val="{style}"/>{"<w:keepNext/>" if row in kept else ""}'
        rows.append(_row(grid, row, _covering(places, row, len(grid.widths)), properties, height))
    table = parse_xml(f"<w:tbl {nsdecls('w')}>{_frame(grid)}{''.join(rows)}</w:tbl>")
    _before_section(document, table)


def _covering(places: dict[tuple[int, int], PrintedCell], row: int, width: int) -> list[PrintedCell]:
    """The cells a row runs through, from left to right."""
    found, column = [], 0
    while column < width:
        cell = next(
            places[top, column]
            for top in range(row, -1, -1)
            if (top, column) in places and top + places[top, column].rows > row
        )
        found.append(cell)
        column += cell.columns
    return found


def _row(grid: PrintedTable, row: int, cells: list[PrintedCell], properties: str, height: float) -> str:
    head = "<w:tblHeader/>" if row < grid.heads else ""
    body = "".join(_cell(grid, cell, row, properties) for cell in cells)
    return f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{round(height * 20)}" w:hRule="atLeast"/>{head}</w:trPr>{body}</w:tr>'


def _cell(grid: PrintedTable, cell: PrintedCell, row: int, properties: str) -> str:
    width = _twips(sum(grid.widths[cell.column : cell.column + cell.columns]))
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    merge = ""
    if cell.rows > 1:
        merge = '<w:vMerge w:val="restart"/>' if row == cell.row else "<w:vMerge/>"
    text = f'<w:r><w:t xml:space="preserve">{escaped(cell.text)}</w:t></w:r>' if row == cell.row else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'
        f"<w:p><w:pPr>{properties}</w:pPr>{text}</w:p></w:tc>"
    )


def _frame(grid: PrintedTable) -> str:
    widths = [_twips(width) for width in grid.widths]
    edges = "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for edge in EDGES)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    margin = NARROW_MARGIN if min(grid.widths) < NARROW else MARGIN
    margins = "".join(f'<w:{side} w:w="{margin}" w:type="dxa"/>' for side in ("left", "right"))
    return (
        f'<w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>"
    )


def _twips(millimetres: int) -> int:
    return round(millimetres * TWIPS)


def _before_section(document: Document, element: Any) -> None:
    """The page's own properties stay the last thing in the body."""
    body = document.element.body
    body.insert(len(body) - 1, element)
