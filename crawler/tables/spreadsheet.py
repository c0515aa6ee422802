"""Tables of an .xlsx: one Grid a sheet, numbers as they are stored, merged cells marked."""

from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from rules.errors import WrongInput
from rules.scores.points import show_points
from rules.scores.printed import Grid, GridRow, Paper, Paragraph

MOST_CELLS = 400_000
DIGITS = 9


def read_xlsx(path: Path) -> Paper:
    """Every visible sheet. A formula that was never reckoned stands as its text, which is no number."""
    try:
        shown = openpyxl.load_workbook(path, data_only=True)
        written = openpyxl.load_workbook(path)
    except (
        InvalidFileException,
        KeyError,
        ValueError,
        TypeError,
        OSError,
        SyntaxError,
        AttributeError,
        IndexError,
    ):
        raise WrongInput(f"文件 {path} 无法作为 Excel 工作簿读取，请在办公软件中另存后重试。") from None
    grids, paragraphs = list[Grid](), list[Paragraph]()
    for sheet in shown.worksheets:
        if sheet.sheet_state != "visible":
            continue
        if sheet.max_row * sheet.max_column > MOST_CELLS:
            raise WrongInput(f"文件 {path} 的工作表“{sheet.title}”过大，没有读取。")
        rows = _rows(sheet, written[sheet.title])
        grids.append(Grid(sheet.title, rows))
        paragraphs += [Paragraph(row.number, row.tokens[0][1]) for row in rows if len(row.tokens) == 1]
    return Paper(tuple(paragraphs), tuple(grids))


def _rows(sheet: Any, written: Any) -> tuple[GridRow, ...]:
    covers = _covers(sheet)
    rows = []
    for number in range(1, sheet.max_row + 1):
        cells, covered = [], set()
        for column in range(1, sheet.max_column + 1):
            over = covers.get((number, column))
            if over:
                covered.add(column - 1)
            cells.append(_text(sheet, written, *(over or (number, column))))
        rows.append(GridRow(number, tuple(cells), frozenset(covered)))
    return tuple(rows)


def _covers(sheet: Any) -> dict[tuple[int, int], tuple[int, int]]:
    """(row, column) covered by a merged cell → that cell."""
    return {
        (row, column): (area.min_row, area.min_col)
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, min(area.max_row, sheet.max_row) + 1)
        for column in range(area.min_col, min(area.max_col, sheet.max_column) + 1)
        if (row, column) != (area.min_row, area.min_col)
    }


def _text(sheet: Any, written: Any, row: int, column: int) -> str:
    cell = sheet.cell(row, column)
    value = cell.value
    if value is None:
        formula = written.cell(row, column).value
        return f"（公式未计算）{formula}" if isinstance(formula, str) and formula.startswith("=") else ""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return _words(value)
    percent = "%" in str(cell.number_format)
    number = round(Decimal(repr(value)), DIGITS) if abs(value) < 10**15 else Decimal(repr(value))
    return f"{show_points(number * 100)}%" if percent else show_points(number)


def _words(value: object) -> str:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value)
