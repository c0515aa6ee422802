"""Workbooks (.xlsx): one grid a sheet, numbers as they are stored, merged cells spread out."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import openpyxl

from crawler.documents.document import Block, Box, Document, Grid, collapse_blanks, lay
from crawler.documents.office_archive import DAMAGED
from rules.errors import WrongInput
from rules.vocabulary.points import show_points

MOST_CELLS = 400_000  # of a sheet: beyond any list that an office publishes
DIGITS = 9  # decimals kept: floats of sums end in noise behind the fifteenth figure
Spot = tuple[int, int]


def read_workbook(body: bytes) -> Document:
    """Every visible sheet of a file that `office_kind` let pass. A formula that was never reckoned stands as its
    text, which is no number. Raises WrongInput where the file is broken or too large."""
    try:
        shown = openpyxl.load_workbook(io.BytesIO(body), data_only=True)
        written = openpyxl.load_workbook(io.BytesIO(body))
    except (KeyError, ValueError, TypeError, OSError, SyntaxError, AttributeError, IndexError) as error:
        raise WrongInput(DAMAGED) from error
    sheets = [sheet for sheet in shown.worksheets if sheet.sheet_state == "visible"]
    return Document("xlsx", tuple(block for sheet in sheets for block in _sheet(sheet, written[sheet.title])))


def words_of_workbook(body: bytes) -> Iterator[str]:
    """Every row of every sheet, its cells apart by tabs: for scanning. Raises whatever the parser does where the
    file is broken."""
    book = openpyxl.load_workbook(io.BytesIO(body), read_only=True, data_only=True)
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # exporters state wrong ones, and only what they state would be read
        for row in sheet.iter_rows(values_only=True):
            yield "\t".join(_whole(cell) for cell in row if cell is not None)


def _whole(value: object) -> str:
    """A long number is kept whole: a float would round an ID or a card."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _sheet(sheet: Any, written: Any) -> Iterator[Block]:
    if sheet.max_row * sheet.max_column > MOST_CELLS:
        raise WrongInput(f"工作表“{sheet.title}”过大，没有读取。")
    covered, sizes = _merged(sheet)
    rows = [
        [
            Box(_text(sheet, written, spot), *sizes.get(spot, (1, 1)))
            for column in range(1, sheet.max_column + 1)
            if (spot := (number, column)) not in covered
        ]
        for number in range(1, sheet.max_row + 1)
    ]
    yield Grid(tuple(lay(rows)), sheet.title)


def _merged(sheet: Any) -> tuple[set[Spot], dict[Spot, Spot]]:
    """The (row, column) that merged cells cover, and how many columns and rows each of them takes."""
    covered, sizes = set[Spot](), dict[Spot, Spot]()
    for area in sheet.merged_cells.ranges:
        right, bottom = min(area.max_col, sheet.max_column), min(area.max_row, sheet.max_row)
        first = (area.min_row, area.min_col)
        sizes[first] = (right - area.min_col + 1, bottom - area.min_row + 1)
        covered |= {(r, c) for r in range(first[0], bottom + 1) for c in range(first[1], right + 1)} - {first}
    return covered, sizes


def _text(sheet: Any, written: Any, spot: Spot) -> str:
    cell = sheet.cell(*spot)
    value = cell.value
    if value is None:
        formula = written.cell(*spot).value
        return f"（公式未计算）{formula}" if isinstance(formula, str) and formula.startswith("=") else ""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value.isoformat() if isinstance(value, datetime | date | time) else collapse_blanks(str(value))
    percent = "%" in str(cell.number_format)
    number = round(Decimal(repr(value)), DIGITS) if abs(value) < 10**15 else Decimal(repr(value))
    return f"{show_points(number * 100)}%" if percent else show_points(number)
