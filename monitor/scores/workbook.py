"""The score sheet as an Excel workbook: one sheet a group, and one that proves every number."""

import re
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from monitor.paper_files.excel_cells import MIDDLE, merge, put, put_boxed, set_up_page
from monitor.paper_files.inert import plain
from monitor.paper_files.packing import pack
from monitor.paper_files.word_page import BODY_FACE, HEAD_FACE, TITLE_FACE
from monitor.scores.compose import ScoreSheet
from monitor.scores.form import headings, printed_rows, title
from monitor.scores.sheet import MonthlySheet, ScoreTable
from rules.vocabulary.points import parse_points

FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
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
    pack(path, scores.as_of)


def _sheet_name(book: Any, name: str) -> str:
    """A name Excel takes, used once."""
    free = FORBIDDEN.sub("", plain(name))[:28] or "表"
    taken = set(book.sheetnames)
    return next(each for each in (free, *(f"{free}{n}" for n in range(2, 99))) if each not in taken)


def _write_table(page: Any, sheet: MonthlySheet, table: ScoreTable) -> None:
    heads = headings(sheet)
    top = put(page, 1, 1, title(sheet, table))
    top.font, top.alignment = Font(name=TITLE_FACE, size=16), MIDDLE
    merge(page, 1, 1, 1, len(heads))
    for row, cells in enumerate([heads, *printed_rows(sheet, table)], start=2):
        font = Font(name=HEAD_FACE if row == 2 else BODY_FACE, size=12)
        for column, text in enumerate(cells, start=1):
            put_boxed(page, row, column, _number_or_text(text), font)
        page.row_dimensions[row].height = HEAD_HEIGHT if row == 2 else None
    page.row_dimensions[1].height = HEAD_HEIGHT
    _set_widths(page, [WIDE, *[NARROW] * (len(heads) - 2), WIDE])
    page.page_setup.orientation = "landscape"
    set_up_page(page, "B3", "1:2")


def _set_widths(page: Any, widths: Iterable[int]) -> None:
    for column, width in enumerate(widths, start=1):
        page.column_dimensions[get_column_letter(column)].width = width


def _write_proof(page: Any, sheet: MonthlySheet) -> None:
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
            put(page, number, column, _number_or_text(text))
    _set_widths(page, (24, 20, 60, 10))


def _number_or_text(text: str) -> str | Decimal | None:
    """A number as printed stays an exact number; nothing is no text."""
    number = parse_points(text) if text.removeprefix("-")[:1].isdigit() else None
    return number if number is not None and format(number, "f") == text else text or None
