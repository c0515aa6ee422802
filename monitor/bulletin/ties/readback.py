"""Reading papers back from their files, as anybody who opens them would: prose, headings, tables, notes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docx
from docx.oxml.simpletypes import ST_Merge
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from lxml import html
from openpyxl import load_workbook

from crawler.documents.workbook import merged_areas

Matrix = list[list[str | int]]


@dataclass(slots=True)
class AnnexRead:
    """One annex as read: the lines around its table, and every place of the table (a merged cell's text at every
    place it covers)."""

    lines: list[str] = field(default_factory=list)
    rows: Matrix = field(default_factory=list)


@dataclass(slots=True)
class PaperRead:
    """A paper as read: its prose, paragraph by paragraph, and its annexes."""

    prose: list[str] = field(default_factory=list)
    annexes: list[AnnexRead] = field(default_factory=list)


def read_word(path: Path) -> PaperRead:
    """A Word paper: an annex begins at a paragraph 附件标号."""
    paper = PaperRead()
    for block in docx.Document(str(path)).iter_inner_content():
        if isinstance(block, Table):
            (paper.annexes[-1].rows if paper.annexes else []).extend(word_rows(block))
            continue
        _read_paragraph(paper, block)
    return paper


def word_tables(path: Path) -> list[Matrix]:
    """Every table of a Word paper."""
    return [word_rows(table) for table in docx.Document(str(path)).tables]


def word_rows(table: Table) -> Matrix:
    """Every place of a table: a cell that goes on downwards stands in each row it covers. (`row.cells` says the same, and
    walks up through the rows above for every such cell.)"""
    rows: Matrix = []
    for line in table._tbl.tr_lst:
        row: list[str | int] = []
        for cell in line.tc_lst:
            goes_on = cell.vMerge == ST_Merge.CONTINUE
            row += [rows[-1][len(row)] if goes_on else _Cell(cell, table).text] * cell.grid_span
        rows.append(row)
    return rows


def _read_paragraph(paper: PaperRead, paragraph: Paragraph) -> None:
    style = paragraph.style.name if paragraph.style is not None else ""
    text = "".join(paragraph.text.split("\n")).strip()
    if style == "附件标号":
        paper.annexes.append(AnnexRead())
    if not text or style in ("草稿标记", "版记"):
        return
    (paper.annexes[-1].lines if paper.annexes else paper.prose).append(text)


def read_excel(path: Path) -> PaperRead:
    """A workbook: one annex a sheet. Numbers are ints."""
    book = load_workbook(path, read_only=True)
    try:
        return PaperRead([], [_read_sheet(book[name]) for name in book.sheetnames])
    finally:
        book.close()


def _read_sheet(page: Any) -> AnnexRead:
    rows: Matrix = [
        ["" if value is None else value for value in row] for row in page.iter_rows(values_only=True)
    ]
    lines = []
    for left, top, right, bottom in merged_areas(page):
        for row in rows[top - 1 : bottom]:
            row[left - 1 : right] = [rows[top - 1][left - 1]] * (right - left + 1)
    while rows and len(set(rows[0])) == 1:
        lines.append(f"{rows.pop(0)[0]}")
    while rows and len(set(rows[-1])) == 1:
        lines.append(f"{rows.pop()[0]}")
    return AnnexRead([line for line in lines if line], rows)


def read_page(path: Path) -> PaperRead:
    """The HTML page: the prose is its article, each annex a section."""
    page: Any = html.fromstring(path.read_bytes().decode("utf-8"))
    prose = [_text(each) for each in page.xpath("//article/*")]
    return PaperRead(prose, [_read_section(each) for each in page.xpath("//section")])


def _read_section(section: Any) -> AnnexRead:
    lines = [_text(each) for each in section.xpath("./p|./h1")]
    places: dict[tuple[int, int], str] = {}
    for row, line in enumerate(section.xpath(".//tr")):
        for cell in line.xpath("./td|./th"):
            column = next(each for each in range(99) if (row, each) not in places)
            for place in _covered(row, column, cell):
                places[place] = _text(cell)
    width = 1 + max((column for _row, column in places), default=-1)
    height = 1 + max((row for row, _column in places), default=-1)
    return AnnexRead(lines, [[places.get((r, c), "") for c in range(width)] for r in range(height)])


def _covered(row: int, column: int, cell: Any) -> Iterator[tuple[int, int]]:
    for down in range(int(cell.get("rowspan", 1))):
        for right in range(int(cell.get("colspan", 1))):
            yield row + down, column + right


def _text(element: Any) -> str:
    return "".join(element.itertext()).strip()
