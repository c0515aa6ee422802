"""The bulletin's annexes as an Excel workbook: numbers are numbers, everything else is inert text."""

from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from monitor.bulletin.annexes import Annex, annexes_of
from monitor.bulletin.compose import Bulletin
from monitor.paper_files.data_files import pack
from monitor.paper_files.excel_cells import merge, put, put_boxed, set_up_page
from monitor.paper_files.posting_rows import write_posting_sheet
from monitor.paper_files.printed_table import PrintedTable
from monitor.paper_files.word_page import BODY_FACE, HEAD_FACE, KAI_FACE, TITLE_FACE
from monitor.wording import shown_total, tight

ABOVE = 3  # rows before the grid: label, title, scope
MM_A_CHARACTER = 2.0  # of a column's width
MM_A_SIGN = 4.2  # of a Chinese one as printed
LINE = 15.0  # points
ROW = 18.0


def write_excel(bulletin: Bulletin, path: Path, mark: str = "") -> None:
    """Writes a sheet an annex; `mark` stands beside each label where the papers are a draft."""
    book = Workbook()
    book.remove(book.active)
    for annex in annexes_of(bulletin):
        _write_annex(book.create_sheet(annex.label), annex, mark)
    if not book.sheetnames:
        book.create_sheet("附件")
    book.save(path)
    pack(path, bulletin.as_of)


def write_postings(bulletin: Bulletin, path: Path) -> None:
    """Writes the working copy's sheet: every posting of the period, behind its count."""
    judgement, book = bulletin.judgement, Workbook()
    title = f"{judgement.site.name}{tight(judgement.period.title)}信息清单（工作底稿，不随通报印发）"
    note = f"{bulletin.reach}，共 {shown_total(bulletin.total)} 条；写有撤下日期的不计。"
    write_posting_sheet(book.active, title, note, bulletin.lists)
    book.save(path)
    pack(path, bulletin.as_of)


def first_row(annex_row: int) -> int:
    """The sheet's row, from 1, where a grid's row stands."""
    return annex_row + ABOVE + 1


def _write_annex(page: Any, annex: Annex, mark: str) -> None:
    width = len(annex.grid.widths)
    heads = ((f"{annex.label}　{mark}".strip(), HEAD_FACE, 14), (annex.title, TITLE_FACE, 18))
    for row, (text, face, size) in enumerate((*heads, (f"（{annex.scope}）", KAI_FACE, 14)), start=1):
        _spread(page, row, width, text, face, size, "left" if row == 1 else "center")
    for cell in annex.grid.cells:
        font = Font(name=HEAD_FACE if cell.row < annex.grid.heads else BODY_FACE, size=11)
        put_boxed(page, first_row(cell.row), cell.column + 1, cell.value, font)
        merge(page, first_row(cell.row), cell.column + 1, cell.rows, cell.columns)
    _spread(page, first_row(annex.grid.height), width, annex.note, BODY_FACE, 11, "left")
    for column, millimetres in enumerate(annex.grid.widths, start=1):
        page.column_dimensions[get_column_letter(column)].width = millimetres / MM_A_CHARACTER + 1
    for row, height in enumerate(_heights(annex.grid)):
        page.row_dimensions[first_row(row)].height = height
    below = first_row(annex.grid.heads)
    set_up_page(page, f"A{below}", f"{first_row(0)}:{below - 1}")
    page.oddFooter.center.text = "— &P —"


def _heights(grid: PrintedTable) -> list[float]:
    """How high each row must be for what is written in it: Excel does not see to merged cells."""
    heights = [ROW] * grid.height
    for cell in sorted(grid.cells, key=lambda cell: cell.rows):
        width = sum(grid.widths[cell.column : cell.column + cell.columns])
        lines = -(-len(cell.text) // max(1, int(width / MM_A_SIGN)))
        missing = lines * LINE + ROW - LINE - sum(heights[cell.row : cell.row + cell.rows])
        for row in range(cell.row, cell.row + cell.rows):
            heights[row] += max(0.0, missing) / cell.rows
    return heights


def _spread(page: Any, row: int, width: int, text: str, face: str, size: int, side: str) -> None:
    cell = put(page, row, 1, text)
    cell.font, cell.alignment = Font(name=face, size=size), Alignment(horizontal=side, vertical="center")
    merge(page, row, 1, 1, width)
    page.row_dimensions[row].height = size * 2
