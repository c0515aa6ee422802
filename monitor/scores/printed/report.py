"""Saying what the check of a printed table came to."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from monitor.scores.printed.discrepancies import Checked, Discrepancy, FilePlace
from monitor.scores.printed.recheck import Recheck
from rules.vocabulary.points import show_points
from rules.vocabulary.terms import Severity


def report_lines(checked: Recheck) -> Iterator[str]:
    """The report for people, a line each."""
    for table in checked.tables:
        if table.told:
            yield from _table_lines(table)
    for tie in checked.ties:
        yield f"正文数字 {tie['figure']} 与附表相符（{tie['equals']}）。"
    hints = [found.severity is Severity.NOTICE for found in checked.discrepancies]
    yield f"发现 {hints.count(False)} 处差错，{hints.count(True)} 处提示。"
    for number, (found, hint) in enumerate(zip(checked.discrepancies, hints, strict=True), start=1):
        yield f"{number}. {found.kind.label}{'（提示）' if hint else ''}　{place_words(found.place)}"
        yield f"   {found.sentence}"


def _table_lines(table: Checked) -> Iterator[str]:
    yield f"【{table.title}】"
    if table.form == "blocks":
        yield f"  {table.rows} 个单位，{table.equal} 个的小计与各栏相符。"
    elif table.formulas:
        yield f"  {table.rows} 行，{table.equal} 行各项之和与总分相符。"
    for formula in table.formulas:
        yield f"  {formula}"
    if table.grand is not None:
        yield f"  合计 {show_points(table.grand)}。"
    for sentence in table.unchecked:
        yield f"  未核对：{sentence}。"


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
    return any(discrepancy.severity is not Severity.NOTICE for discrepancy in checked.discrepancies)


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
