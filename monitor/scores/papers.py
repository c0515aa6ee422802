"""Printing a score sheet: a 简报 in Word, Excel, CSV, JSON and text, all from one composed value."""

import re
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from monitor.paper_files.data_files import pack, placed_in, write_csv
from monitor.paper_files.excel_cells import LEFT, MIDDLE, merge, put, put_boxed, row_height, set_up_page
from monitor.paper_files.inert import plain
from monitor.paper_files.json_text import json_text
from monitor.paper_files.paper_names import paper_name, place_of
from monitor.paper_files.templates import render_template
from monitor.paper_files.word_page import BODY_FACE, HEAD_FACE, TITLE_FACE
from monitor.scores.briefing import write_briefing
from monitor.scores.compose import MonthlySheet, ScoreRow, ScoreSheet, ScoreTable
from monitor.scores.earning import ComponentPoints
from monitor.scores.form import best_of, criticism, headings, praise, printed_rows, title, worst_of
from monitor.wording import tight, written_days
from rules.vocabulary.points import parse_points, show_points

FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
PROOF = "得分明细"
HEAD_HEIGHT = 36
NOTE = 3  # rows: the title, the headings, and its own, behind the units'
WIDE, NARROW = 26, 13
PROOF_WIDTHS = (28, 20, 68, 10)


def write_workbook(scores: ScoreSheet, path: Path) -> None:
    """Writes the workbook. Numbers are numbers; every other cell is text, whatever it begins with."""
    book = Workbook()
    book.remove(book.active)
    for table in scores.sheet.tables:
        _write_table(book.create_sheet(_sheet_name(book, table.group.name)), scores, table)
    _write_proof(book.create_sheet(_sheet_name(book, PROOF)), scores.sheet)
    book.save(path)
    pack(path, scores.as_of)


def _sheet_name(book: Any, name: str) -> str:
    """A name Excel takes, used once."""
    free = FORBIDDEN.sub("", plain(name))[:28] or "表"
    taken = set(book.sheetnames)
    return next(each for each in (free, *(f"{free}{n}" for n in range(2, 99))) if each not in taken)


def _write_table(page: Any, scores: ScoreSheet, table: ScoreTable) -> None:
    sheet = scores.sheet
    heads = headings(sheet)
    top = put(page, 1, 1, title(sheet, table))
    top.font, top.alignment = Font(name=TITLE_FACE, size=16), MIDDLE
    merge(page, 1, 1, 1, len(heads))
    for row, cells in enumerate([heads, *printed_rows(sheet, table)], start=2):
        font = Font(name=HEAD_FACE if row == 2 else BODY_FACE, size=12)
        for column, text in enumerate(cells, start=1):
            put_boxed(page, row, column, _number_or_text(text), font)
        widths = (WIDE, *[NARROW] * (len(heads) - 2), WIDE)
        page.row_dimensions[row].height = max(HEAD_HEIGHT if row == 2 else 0.0, row_height(cells, widths))
    page.row_dimensions[1].height = HEAD_HEIGHT
    if scores.reach:
        note = put(page, len(table.rows) + NOTE, 1, f"注：{tight(written_days(scores.reach))}")
        note.font, note.alignment = Font(name=BODY_FACE, size=11), LEFT
        merge(page, len(table.rows) + NOTE, 1, 1, len(heads))
        page.row_dimensions[len(table.rows) + NOTE].height = HEAD_HEIGHT
    _set_widths(page, [WIDE, *[NARROW] * (len(heads) - 2), WIDE])
    page.page_setup.orientation = "landscape"
    set_up_page(page, "B3", "1:2")


def _set_widths(page: Any, widths: Iterable[int]) -> None:
    for column, width in enumerate(widths, start=1):
        page.column_dimensions[get_column_letter(column)].width = width


def _write_proof(page: Any, sheet: MonthlySheet) -> None:
    rows = [["单位", "得分项", "依据", "分值"]]
    parts = [(row.unit, part) for table in sheet.tables for row in table.rows for part in row.parts]
    for unit, part in parts:
        name = part.component.name
        rows += [[unit, name, line.text, format(line.earned, "f")] for line in part.lines]
        rows += [[unit, name, note, ""] for note in part.unread]
    for number, cells in enumerate(rows, start=1):
        font = Font(name=HEAD_FACE if number == 1 else BODY_FACE, size=11)
        for column, text in enumerate(cells, start=1):
            put_boxed(page, number, column, _number_or_text(text), font)
        page.row_dimensions[number].height = row_height(cells, PROOF_WIDTHS)
        if number > 1:
            page.cell(number, 3).alignment = LEFT
    _set_widths(page, PROOF_WIDTHS)
    page.page_setup.orientation = "landscape"
    set_up_page(page, "A2", "1:1")


def _number_or_text(text: str) -> str | Decimal | None:
    """A number as printed stays an exact number; nothing is no text."""
    number = parse_points(text) if text.removeprefix("-")[:1].isdigit() else None
    return number if number is not None and format(number, "f") == text else text or None


ENDINGS = (".xlsx", ".csv", ".json", ".txt")
BRIEFING = "简报"


def write_scores(scores: ScoreSheet, folder: Path, overwrite: bool = False) -> list[Path]:
    """Writes the papers (简报_2022-02_偃师区.docx, 得分表_2022-02_偃师区.xlsx …) into a folder, made if need be, and returns
    their paths. Raises WrongInput where others of their names stand there, unless `overwrite`."""
    month, place = scores.sheet.period.key, place_of(scores.site)
    stem, briefing = paper_name("得分表", month, place), f"{paper_name(BRIEFING, month, place)}.docx"
    with placed_in(folder, overwrite) as aside:
        write_workbook(scores, aside / f"{stem}.xlsx")
        write_csv(aside / f"{stem}.csv", _csv_rows(scores.sheet), "utf-8-sig")
        (aside / f"{stem}.json").write_text(json_text(as_json(scores)), encoding="utf-8")
        write_briefing(scores, aside / briefing)
        (aside / f"{stem}.txt").write_text(as_text(scores), encoding="utf-8")
    return [folder / briefing, *(folder / f"{stem}{ending}" for ending in ENDINGS)]


def _csv_rows(sheet: MonthlySheet) -> list[list[str]]:
    rows = [[table.group.name, *row] for table in sheet.tables for row in printed_rows(sheet, table)]
    return [["类别", *headings(sheet)], *rows]


def as_text(scores: ScoreSheet) -> str:
    """The draft: the sentences that name the best and the worst, the tables, and below them what was not read and where
    every number comes from."""
    sheet = scores.sheet
    return render_template(
        "monitor.scores", "scores.txt.j2", sheet=sheet, reach=scores.reach,
        sentences=praise(sheet) + criticism(sheet), title=title, headings=headings, printed_rows=printed_rows,
        unranked=[row for table in sheet.tables for row in table.unranked],
        rows=[row for table in sheet.tables for row in table.rows], show_points=show_points,
    )  # fmt: skip


def as_json(scores: ScoreSheet) -> dict[str, Any]:
    """The sheet for programs. Points are decimals as printed ("92.5"), null where not known."""
    sheet, keys = scores.sheet, {unit.name: unit.key for unit in scores.site.units[1:]}
    return {
        "site": scores.site.key,
        "name": scores.site.name,
        "month": sheet.period.key,
        "as_of": scores.as_of.isoformat(),
        "reach": scores.reach,
        "title": sheet.scheme.title,
        "span": sheet.span,
        "carried": sheet.before or None,
        "components": [part.name for part in sheet.scheme.components],
        "praise": praise(sheet),
        "criticism": criticism(sheet),
        "tables": [
            {
                "group": table.group.name,
                "title": title(sheet, table),
                "best": [row.unit for row in best_of(sheet, table)],
                "worst": [row.unit for row in worst_of(sheet, table)],
                "rows": [_row(row, keys[row.unit]) for row in table.rows],
            }
            for table in sheet.tables
        ],
    }


def _row(row: ScoreRow, key: str) -> dict[str, Any]:
    return {
        "key": key,
        "unit": row.unit,
        "parts": {part.component.name: _part(part) for part in row.parts},
        "month": _number(row.month),
        "carry": _number(row.carry),
        "total": _number(row.total),
        "at_least": show_points(row.least),
        "rank": row.rank,
        "notes": list(row.notes),
    }


def _part(part: ComponentPoints) -> dict[str, Any]:
    lines = [{"text": line.text, "points": show_points(line.earned)} for line in part.lines]
    return {"points": _number(part.value), "at_least": show_points(part.least), "lines": lines}


def _number(value: Any) -> str | None:
    return None if value is None else show_points(value)
