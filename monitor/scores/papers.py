"""Printing a score sheet: scores.xlsx, scores.csv, scores.json and scores.txt, all from one composed value."""

from pathlib import Path
from typing import Any

from monitor.paper_files.data_files import json_text, placed_in, write_csv
from monitor.scores.compose import ScoreSheet
from monitor.scores.earning import ComponentPoints
from monitor.scores.form import headings, printed_rows, proof, title
from monitor.scores.naming import best_of, criticism, praise, worst_of
from monitor.scores.sheet import MonthlySheet, ScoreRow, ScoreTable
from monitor.scores.workbook import write_workbook
from rules.vocabulary.points import show_points

PAPERS = ("scores.xlsx", "scores.csv", "scores.json", "scores.txt")


def write_scores(scores: ScoreSheet, folder: Path) -> list[Path]:
    """Writes the papers into a folder (made if need be) and returns their paths."""
    with placed_in(folder) as aside:
        write_workbook(scores, aside / "scores.xlsx")
        _write_csv(scores.sheet, aside / "scores.csv")
        (aside / "scores.json").write_text(json_text(as_json(scores)), encoding="utf-8")
        (aside / "scores.txt").write_text(as_text(scores), encoding="utf-8")
    return [folder / name for name in PAPERS]


def _write_csv(sheet: MonthlySheet, path: Path) -> None:
    tables = ((table.group.name, printed_rows(sheet, table)) for table in sheet.tables)
    rows = [[name, *row] for name, printed in tables for row in printed]
    write_csv(path, [["类别", *headings(sheet)], *rows], "utf-8-sig")


def as_text(scores: ScoreSheet) -> str:
    """The draft: the sentences that name the best and the worst, and the tables with tabs between cells."""
    sheet = scores.sheet
    lines = [f"{sheet.year}年{sheet.span}{sheet.scheme.title}通报（草稿）", ""]
    sentences = praise(sheet) + criticism(sheet)
    lines += [sentences or "没有可以点名的单位。", ""]
    for number, table in enumerate(sheet.tables, start=1):
        lines += [f"附件{number}", title(sheet, table), "", "\t".join(headings(sheet))]
        lines += ["\t".join(_flat(cell) for cell in row) for row in printed_rows(sheet, table)]
        lines += [""]
    return "\n".join([*lines, *_working_notes(scores)]) + "\n"


def _flat(text: str) -> str:
    return " ".join(text.split())


def _working_notes(scores: ScoreSheet) -> list[str]:
    """Below the draft: what was not read, and where every number comes from."""
    day = scores.as_of
    lines = [
        "———— 以下为工作底稿，不随通报印发 ————",
        "",
        f"数据截至 {day.year} 年 {day.month} 月 {day.day} 日。",
    ]
    unranked = [row for table in scores.sheet.tables for row in table.unranked]
    lines += ["未完整读取、未参加排名的单位（不计零，不据此点名）："]
    lines += [
        f"  {row.unit}：{'；'.join(row.notes)}；总分至少 {show_points(row.least)}" for row in unranked
    ] or ["  无"]
    lines += ["得分明细："]
    for table in scores.sheet.tables:
        for row in table.rows:
            lines += [f"  {row.unit}　{part.component.name}　{proof(part)}" for part in row.parts]
    return lines


def as_json(scores: ScoreSheet) -> dict[str, Any]:
    """The sheet for programs. Points are decimals as printed ("92.5"), null where not known."""
    sheet = scores.sheet
    return {
        "site": scores.site.key,
        "name": scores.site.name,
        "month": sheet.period.key,
        "as_of": scores.as_of.isoformat(),
        "title": sheet.scheme.title,
        "span": sheet.span,
        "carried": sheet.before or None,
        "components": [part.name for part in sheet.scheme.components],
        "praise": praise(sheet),
        "criticism": criticism(sheet),
        "tables": [_table(scores, table) for table in sheet.tables],
    }


def _table(scores: ScoreSheet, table: ScoreTable) -> dict[str, Any]:
    sheet = scores.sheet
    return {
        "group": table.group.name,
        "title": title(sheet, table),
        "best": [row.unit for row in best_of(sheet, table)],
        "worst": [row.unit for row in worst_of(sheet, table)],
        "rows": [_row(scores, row) for row in table.rows],
    }


def _row(scores: ScoreSheet, row: ScoreRow) -> dict[str, Any]:
    return {
        "key": scores.units[row.unit].key,
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
