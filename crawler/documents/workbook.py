"""Workbooks (.xlsx): one grid a sheet, numbers as they are stored, merged cells spread out. Sheets are read row by row: a
range that a file only claims (merged, linked, ruled) is never laid out before its size was asked."""

import io
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import openpyxl
from openpyxl.utils import range_boundaries

from crawler.documents.document import Block, Box, Document, Grid, collapse_blanks, lay
from crawler.documents.office_archive import DAMAGED
from rules.errors import WrongInput
from rules.vocabulary.points import show_points

MOST_CELLS = 200_000  # of a sheet: beyond any list that an office publishes
MOST_MERGED = 20_000  # areas
DIGITS = 9  # decimals kept: floats of sums end in noise behind the fifteenth figure
_MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^<>]{0,200}?ref\s*=\s*[\"']([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})[\"']"
)
Spot = tuple[int, int]
Texts = list[str | None]  # of a row; None where a cell has no value
Area = tuple[int, int, int, int]  # left, top, right, bottom: columns and rows, from 1


def read_workbook(body: bytes) -> Document:
    """Every visible sheet of a file that `office_kind` let pass. A formula that was never reckoned stands as its
    text, which is no number. Raises WrongInput where the file is broken or too large."""
    try:
        return Document("xlsx", tuple(_sheets(body)))
    except (MemoryError, WrongInput):
        raise
    except Exception as error:  # openpyxl raises whatever a broken file leads it to
        raise WrongInput(DAMAGED) from error


def words_of_workbook(body: bytes) -> Iterator[str]:
    """Every row of every sheet that holds something, its cells apart by tabs: for scanning. Raises whatever the parser
    does where the file is broken."""
    for sheet in _opened(body).worksheets:
        for row in sheet.iter_rows(values_only=True):
            if any(cell is not None for cell in row):
                yield "\t".join(_whole(cell) for cell in row if cell is not None)


def _opened(body: bytes, *, reckoned: bool = True) -> Any:
    """The workbook, its formulas as they were reckoned or as they are written."""
    book = openpyxl.load_workbook(io.BytesIO(body), read_only=True, data_only=reckoned)
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # exporters state wrong ones, and only what they state would be read
    return book


def _whole(value: object) -> str:
    """A long number is kept whole: a float would round an ID or a card."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _sheets(body: bytes) -> Iterator[Block]:
    shown = _opened(body)
    written: Any = None
    for sheet in shown.worksheets:
        if sheet.sheet_state != "visible":
            continue
        rows, blank = _rows(sheet)
        if blank:
            written = written or _opened(body, reckoned=False)
            _put_formulas(written[sheet.title], rows)
        yield Grid(tuple(lay(_boxes(rows, _merged(sheet), sheet.title))), sheet.title)


def _rows(sheet: Any) -> tuple[list[Texts], bool]:
    """The texts of a sheet's cells, rows as long as their last cell; and whether any cell is without a value."""
    rows: list[Texts] = []
    widest, last, blank = 1, 1, False
    for number, row in enumerate(sheet.iter_rows(), start=1):
        widest, last = max(widest, len(row)), number if row else last
        if last * widest > MOST_CELLS or number > MOST_CELLS:
            raise WrongInput(_too_large(sheet.title))
        rows.append([_text(cell) for cell in row])
        blank = blank or None in rows[-1]
    return rows[:last], blank


def _put_formulas(written: Any, rows: list[Texts]) -> None:
    """Formulas that were never reckoned, put where a cell has no value."""
    for texts, row in zip(rows, written.iter_rows(values_only=True), strict=False):
        for column, formula in enumerate(row[: len(texts)]):
            if texts[column] is None and isinstance(formula, str) and formula.startswith("="):
                texts[column] = f"（公式未计算）{formula}"


def _boxes(rows: list[Texts], areas: list[Area], title: str) -> list[list[Box]]:
    """Rows of equal length, merged cells as boxes that cover others."""
    widest = max([1, *map(len, rows), *(right for _, _, right, _ in areas)])
    height = max([1, len(rows), *(bottom for *_, bottom in areas)])
    if widest * height > MOST_CELLS:
        raise WrongInput(_too_large(title))
    covered, sizes = set[Spot](), dict[Spot, Spot]()
    for left, top, right, bottom in areas:
        sizes[top, left] = (right - left + 1, bottom - top + 1)
        covered |= {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)} - {(top, left)}
    return [
        [
            Box(
                (texts[column - 1] if column <= len(texts) else None) or "",
                *sizes.get((number, column), (1, 1)),
            )
            for column in range(1, widest + 1)
            if (number, column) not in covered
        ]
        for number in range(1, height + 1)
        for texts in (rows[number - 1] if number <= len(rows) else [],)
    ]


def _merged(sheet: Any) -> list[Area]:
    """The areas that a sheet merges, from its XML: openpyxl would make a cell for every place in them."""
    with sheet._get_source() as part:
        found = [match[1].decode() for match in _MERGED.finditer(part.read())]
    areas: list[Area] = [range_boundaries(one) for one in found]
    together = sum((right - left + 1) * (bottom - top + 1) for left, top, right, bottom in areas)
    if len(areas) > MOST_MERGED or together > MOST_CELLS:
        raise WrongInput(_too_large(sheet.title))
    return areas


def _too_large(title: str) -> str:
    return f"工作表“{title}”过大，没有读取。"


def _text(cell: Any) -> str | None:
    value = cell.value
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value.isoformat() if isinstance(value, datetime | date | time) else collapse_blanks(str(value))
    percent = "%" in str(cell.number_format)
    number = round(Decimal(repr(value)), DIGITS) if abs(value) < 10**15 else Decimal(repr(value))
    return f"{show_points(number * 100)}%" if percent else show_points(number)
