"""Saying what the check of a printed table came to."""

from dataclasses import asdict
from typing import Any

from monitor.paper_files.templates import render_template
from monitor.scores.printed.discrepancies import Checked, Discrepancy, FilePlace
from monitor.scores.printed.recheck import Recheck
from rules.vocabulary.points import show_points
from rules.vocabulary.terms import Severity


def report_text(checked: Recheck) -> str:
    """The report for people."""
    return render_template(
        "monitor.scores.printed", "check.txt.j2", checked=checked, faults=len(_faults(checked)),
        notice=Severity.NOTICE, place_words=place_words, show_points=show_points,
    )  # fmt: skip


def _faults(checked: Recheck) -> list[Discrepancy]:
    """What is more than a hint."""
    return [found for found in checked.discrepancies if found.severity is not Severity.NOTICE]


def place_words(place: FilePlace) -> str:
    """The place of a discrepancy in words; a paragraph of a text file is its line."""
    if place.row is None and place.line is None:
        return f"{place.table}“{place.heading}”列".strip()
    if place.row is None:
        return f"正文第 {place.line} 行（段）"
    line = f"（文件第 {place.line} 行）" if place.line else ""
    return f"{place.table} 第 {place.row} 行第 {place.column} 列{line}".strip()


def worth_failing(checked: Recheck) -> bool:
    """Whether anything more than a hint was found."""
    return bool(_faults(checked))


def rechecked_json(checked: Recheck, file: str) -> dict[str, Any]:
    """The check for programs. Numbers are decimals as printed; row and column count from 1."""
    return {
        "file": file,
        "tables": [_table(table) for table in checked.tables if table.told],
        "findings": [_discrepancy(discrepancy) for discrepancy in checked.discrepancies],
        "ties": list(checked.ties),
    }


def _table(table: Checked) -> dict[str, Any]:
    return {
        "table": table.title,
        "form": table.form,
        "rows": table.rows,
        "equal": table.equal,
        "formulas": list(table.formulas),
        "shares": list(table.shares),
        "ranks_checked": table.ranked,
        "sum": None if table.grand is None else show_points(table.grand),
        "unchecked": list(table.unchecked),
    }


def _discrepancy(found: Discrepancy) -> dict[str, Any]:
    return {
        "kind": found.kind.value,
        "severity": found.severity.value,
        "place": {name: value or None for name, value in asdict(found.place).items()},
        "unit": found.unit or None,
        "printed": found.printed or None,
        "computed": found.reckoned or None,
        "rank": found.rank,
        "rank_due": found.rank_due,
        "due_there": list(found.due_there),
        "follows": list(found.follows),
        "sentence": found.sentence,
    }
