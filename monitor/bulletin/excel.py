"""The bulletin's annexes as an Excel workbook: numbers are numbers, everything else is inert text."""

from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from monitor.bulletin.annexes import Annex, annexes_of
from monitor.bulletin.compose import Bulletin
from monitor.word.grid import Cell, Grid
from monitor.word.inert import plain
from monitor.word.packing import pack
from monitor.word.page import BODY_FACE, HEAD_FACE, KAI_FACE, TITLE_FACE

THIN = Side(style="thin")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
FORMULA_LIKE = ("=", "+", "-", "@")
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
    pack(path, datetime.combine(bulletin.as_of, time(), UTC))


def first_row(annex_row: int) -> int:
    """The sheet's row, from 1, where a grid's row stands."""
    return annex_row + ABOVE + 1


def _write_annex(page: Any, annex: Annex, mark: str) -> None:
    width = len(annex.grid.widths)
    heads = ((f"{annex.label}　{mark}".strip(), HEAD_FACE, 14), (annex.title, TITLE_FACE, 18))
    for row, (text, face, size) in enumerate((*heads, (f"（{annex.scope}）", KAI_FACE, 14)), start=1):
        _spread(page, row, width, text, face, size, "left" if row == 1 else "center")
    for cell in annex.grid.cells:
        _write_cell(page, cell, HEAD_FACE if cell.row < annex.grid.heads else BODY_FACE)
    _spread(page, first_row(annex.grid.height), width, annex.note, BODY_FACE, 11, "left")
    for column, millimetres in enumerate(annex.grid.widths, start=1):
        page.column_dimensions[get_column_letter(column)].width = millimetres / MM_A_CHARACTER + 1
    for row, height in enumerate(_heights(annex.grid)):
        page.row_dimensions[first_row(row)].height = height
    _set_up(page, annex)


def _heights(grid: Grid) -> list[float]:
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
    page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
    page.row_dimensions[row].height = size * 2


def _write_cell(page: Any, cell: Cell, face: str) -> None:
    top, left = first_row(cell.row), cell.column + 1
    written = put(page, top, left, cell.value)
    written.font, written.alignment, written.border = Font(name=face, size=11), MIDDLE, BOX
    if cell.rows > 1 or cell.columns > 1:
        bottom, right = top + cell.rows - 1, left + cell.columns - 1
        page.merge_cells(start_row=top, end_row=bottom, start_column=left, end_column=right)


def _set_up(page: Any, annex: Annex) -> None:
    page.freeze_panes = page.cell(first_row(annex.grid.heads), 1)
    page.print_title_rows = f"{first_row(0)}:{first_row(annex.grid.heads - 1)}"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_options.horizontalCentered = True
    page.oddFooter.center.text = "— &P —"


def put(page: Any, row: int, column: int, value: str | int) -> Any:
    """A number as a number; text as text, whatever it begins with."""
    cell = page.cell(row, column)
    if isinstance(value, int):
        cell.value = value
        return cell
    cell.value = plain(value)
    cell.data_type = "s"
    if value.startswith(FORMULA_LIKE):
        cell.quotePrefix = True
    return cell
