"""The score sheet as an Excel workbook: one sheet a group, and one that proves every number."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from monitor.scores.compose import ScoreSheet
from monitor.scores.form import headings, printed_rows, title
from monitor.scores.sheet import Sheet, Table
from rules.vocabulary.points import parse_points

FORMULA_LIKE = ("=", "+", "-", "@", "\t", "\r")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
THIN = Side(style="thin")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
PROOF = "得分明细"
HEAD_HEIGHT = 36
WIDE, NARROW = 26, 13


def write_workbook(scores: ScoreSheet, path: Path) -> None:
    """Writes the workbook. Numbers are numbers; every other cell is text, whatever it begins with."""
    book = Workbook()
    book.remove(book.active)
    for table in scores.sheet.tables:
        _write_table(book.create_sheet(_sheet_name(book, table.group.name)), scores.sheet, table)
    _write_proof(book.create_sheet(_sheet_name(book, PROOF)), scores.sheet)
    book.save(path)


def _sheet_name(book: Any, name: str) -> str:
    """A name Excel takes, used once."""
    plain = FORBIDDEN.sub("", CONTROL.sub("", name))[:28] or "表"
    taken = set(book.sheetnames)
    return next(each for each in (plain, *(f"{plain}{n}" for n in range(2, 99))) if each not in taken)


def _write_table(page: Any, sheet: Sheet, table: Table) -> None:
    heads = headings(sheet)
    top = _put(page, 1, 1, title(sheet, table))
    top.font, top.alignment = Font(name="方正小标宋简体", size=16), MIDDLE
    page.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(heads))
    for row, cells in enumerate([heads, *printed_rows(sheet, table)], start=2):
        for column, text in enumerate(cells, start=1):
            cell = _put(page, row, column, text)
            cell.border, cell.alignment = BOX, MIDDLE
            cell.font = Font(name="黑体" if row == 2 else "仿宋_GB2312", size=12)
        page.row_dimensions[row].height = HEAD_HEIGHT if row == 2 else None
    page.row_dimensions[1].height = HEAD_HEIGHT
    for column in range(1, len(heads) + 1):
        widths = {1: WIDE, len(heads): WIDE}
        page.column_dimensions[get_column_letter(column)].width = widths.get(column, NARROW)
    _set_up(page)


def _set_up(page: Any) -> None:
    page.freeze_panes = "B3"
    page.print_title_rows = "1:2"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_options.horizontalCentered = True


def _write_proof(page: Any, sheet: Sheet) -> None:
    rows = [["单位", "得分项", "依据", "分值"]]
    for table in sheet.tables:
        for row in table.rows:
            for part in row.parts:
                lines = [
                    [row.unit, part.component.name, line.text, format(line.earned, "f")]
                    for line in part.lines
                ]
                rows += lines + [[row.unit, part.component.name, note, ""] for note in part.unread]
    for number, cells in enumerate(rows, start=1):
        for column, text in enumerate(cells, start=1):
            _put(page, number, column, text)
    for column, width in enumerate((24, 20, 60, 10), start=1):
        page.column_dimensions[get_column_letter(column)].width = width


def _put(page: Any, row: int, column: int, text: str) -> Any:
    """A number as an exact number, anything else as inert text."""
    cell = page.cell(row, column)
    number = parse_points(text) if text[:1].isdigit() or text[:2].strip("-")[:1].isdigit() else None
    if number is not None and format(number, "f") == text:
        cell.value = Decimal(text)
        return cell
    plain = CONTROL.sub("", text)
    if not plain:
        return cell
    cell.value = plain
    cell.data_type = "s"
    if plain.startswith(FORMULA_LIKE):
        cell.quotePrefix = True
    return cell
