"""Workbooks (.xlsx): one grid a sheet, numbers as they are stored, merged cells spread out. Sheets are read row by row: a
range that a file only claims (merged, linked, ruled) is never laid out before its size was asked."""

import io
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from itertools import pairwise
from typing import Any

from openpyxl.cell.read_only import EMPTY_CELL, ReadOnlyCell
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import range_boundaries
from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from crawler.documents.document import Block, Box, Document, Grid, collapse_blanks, lay
from crawler.documents.office_archive import DAMAGED
from rules.errors import WrongInput
from rules.vocabulary.points import show_points

MOST_CELLS = 200_000  # of a sheet: beyond any list that an office publishes
MOST_MERGED = 20_000  # areas
LONGEST_NAMES = 200  # characters of sheets' names in a sentence
DIGITS = 9  # decimals kept: floats of sums end in noise behind the fifteenth figure
_LOST = "工作表“{}”在文件中缺失或不能识别，没有读取，请在办公软件中打开核对，另存为普通的 .xlsx 后重试。"
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
        for _, row in _numbered_rows(sheet):
            if any(cell.value is not None for cell in row):
                yield "\t".join(_whole(cell.value) for cell in row if cell.value is not None)


def _opened(body: bytes, *, reckoned: bool = True) -> Any:
    """The workbook, its formulas as they were reckoned or as they are written. Raises WrongInput where it names a sheet
    that is not there, or not in the form that is read here: openpyxl would leave it out without a word."""
    reader = ExcelReader(io.BytesIO(body), read_only=True, data_only=reckoned)
    reader.read()
    opened = [sheet.title for sheet in reader.wb._sheets]
    named = [sheet.name for sheet in reader.parser.sheets]
    empty = [sheet.title for sheet in reader.wb.worksheets if not _is_read(sheet)]
    if opened != named or empty:
        lost = [name for name in named if name not in opened] or empty or named
        raise WrongInput(_LOST.format("、".join(lost)[:LONGEST_NAMES]))
    return reader.wb


def _is_read(sheet: Any) -> bool:
    """Whether a sheet's part is what openpyxl finds rows in: Excel's “Strict Open XML” names everything otherwise."""
    with sheet._get_source() as part:
        _, root = next(iterparse(part, events=("start",)))
        return bool(root.tag == f"{{{SHEET_MAIN_NS}}}worksheet")


def _numbered_rows(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    """(number, cells from the first column to the last one written) of each row written. Raises WrongInput where rows or
    cells do not stand in order, or twice: openpyxl's own `iter_rows` would leave some out without a word."""
    book, above = sheet.parent, 0
    formats = {"date_formats": book._date_formats, "timedelta_formats": book._timedelta_formats}
    with sheet._get_source() as part:
        parser = WorkSheetParser(
            part, sheet._shared_strings, data_only=book.data_only, epoch=book.epoch, **formats
        )
        for number, cells in parser.parse():
            columns = [0, *(cell["column"] for cell in cells)]
            if number <= above or any(right <= left for left, right in pairwise(columns)):
                raise WrongInput(DAMAGED)
            above = number
            row = [EMPTY_CELL] * columns[-1]
            for cell in cells:
                row[cell["column"] - 1] = ReadOnlyCell(sheet, **cell)
            yield number, row


def _whole(value: object) -> str:
    """A long number is kept whole: a float would round an ID or a card."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _sheets(body: bytes) -> Iterator[Block]:
    shown = _opened(body)
    written: Any = None
    for at, sheet in enumerate(shown.worksheets):
        if sheet.sheet_state != "visible":
            continue
        rows, blank = _rows(sheet)
        if blank:
            written = written or _opened(body, reckoned=False)
            _put_formulas(written.worksheets[at], rows)
        yield Grid(tuple(lay(_boxes(rows, merged_areas(sheet), sheet.title))), sheet.title)


def _rows(sheet: Any) -> tuple[list[Texts], bool]:
    """The texts of a sheet's cells, rows as long as their last cell; and whether any cell is without a value."""
    rows: list[Texts] = []
    widest, last, blank = 1, 1, False
    for number, row in _numbered_rows(sheet):
        widest, last = max(widest, len(row)), number if row else last
        if last * widest > MOST_CELLS or number > MOST_CELLS:
            raise WrongInput(_too_large(sheet.title))
        rows += [[] for _ in range(len(rows) + 1, number)]
        rows.append([_text(cell) for cell in row])
        blank = blank or None in rows[-1]
    return rows[:last], blank


def _put_formulas(written: Any, rows: list[Texts]) -> None:
    """Formulas that were never reckoned, put where a cell has no value."""
    for number, row in _numbered_rows(written):
        texts = rows[number - 1] if number <= len(rows) else []
        for column, cell in enumerate(row[: len(texts)]):
            formula = cell.value
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


def merged_areas(sheet: Any) -> list[Area]:
    """The areas that a sheet (opened to be read only) merges, from its XML: openpyxl would make a cell for every place in them."""
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
