"""Saying what the check of a printed table came to."""

from collections.abc import Iterator
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
    serious = [each for each in checked.discrepancies if each.severity is not Severity.NOTICE]
    yield f"发现 {len(serious)} 处差错，{len(checked.discrepancies) - len(serious)} 处提示。"
    for number, discrepancy in enumerate(checked.discrepancies, start=1):
        hint = "（提示）" if discrepancy.severity is Severity.NOTICE else ""
        yield f"{number}. {discrepancy.kind.label}{hint}　{place_words(discrepancy.place)}"
        yield f"   {discrepancy.sentence}"


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


def _discrepancy(discrepancy: Discrepancy) -> dict[str, Any]:
    place = discrepancy.place
    return {
        "kind": discrepancy.kind.value,
        "severity": discrepancy.severity.value,
        "place": {
            "table": place.table or None,
            "row": place.row,
            "column": place.column,
            "heading": place.heading or None,
            "line": place.line,
        },
        "unit": discrepancy.unit or None,
        "printed": discrepancy.printed or None,
        "computed": discrepancy.reckoned or None,
        "rank": discrepancy.rank,
        "rank_due": discrepancy.rank_due,
        "due_there": list(discrepancy.due_there),
        "follows": list(discrepancy.follows),
        "sentence": discrepancy.sentence,
    }
