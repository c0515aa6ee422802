"""Printing the check of an annual report: to a terminal, and as JSON."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from monitor.annual.checks.examine import Examination
from monitor.annual.checks.findings import EquationResult
from monitor.annual.checks.forms import form_named
from monitor.terminal import say

MOST_SHOWN = 40  # lines of a list on the terminal; --json has all


def print_check(examination: Examination) -> None:
    """The whole check in words, findings first."""
    say(_headline(examination))
    for number, finding in enumerate(examination.findings, start=1):
        say(f"{number}. {finding.id}（{finding.severity.value}）　{finding.place}")
        say(f"   {finding.sentence}")
        say(f"   依据：{finding.basis}")
    _list("已核对相符", _held(examination))
    _list("未能核对", examination.unchecked)
    _list("正文数字有对应", (f"{tie.words}（{tie.place}）" for tie in examination.ties))
    _list("正文数字无从对应（不算问题）", (f"{each.words}（{each.place}）" for each in examination.unmatched))
    _list("与本系统统计比对", examination.notes)
    hints = len(examination.findings) - len(examination.weighty)
    say(f"共 {len(examination.weighty)} 个问题，{hints} 条提示。")


def facts_of(examination: Examination) -> dict[str, Any]:
    """The check for programs."""
    report = examination.report
    return {
        "title": report.title,
        "unit": report.unit,
        "year": report.year,
        "form": report.form,
        "kind": report.kind,
        "published": report.published.isoformat() if report.published else None,
        "sections": [
            {"section": h.section, "ordinal": h.ordinal, "words": h.words} for h in report.headings
        ],
        "findings": [asdict(finding) for finding in examination.findings],
        "checks": [asdict(check) for check in examination.checks],
        "unchecked": list(examination.unchecked),
        "ties": [asdict(tie) for tie in examination.ties],
        "untied": [asdict(number) for number in examination.unmatched],
        "own": list(examination.notes),
    }  # fmt: skip


def _headline(examination: Examination) -> str:
    report = examination.report
    year = f"{report.year} 年度" if report.year else "年度不明"
    form = form_named(report.form).name if report.form else "格式不明"
    return f"{report.unit or report.title or '（没有读到单位名称）'}，{year}，{form}"


def _held(examination: Examination) -> Iterator[str]:
    held = Counter(check.id for check in examination.checks if check.verdict is EquationResult.HOLDS)
    yield from (f"{id_}：{number} 处" for id_, number in sorted(held.items()))


def _list(title: str, sentences: Any) -> None:
    lines = list(sentences)
    if lines:
        say(f"{title}（{len(lines)}）：")
    for line in lines[:MOST_SHOWN]:
        say(f"  {line}")
    if len(lines) > MOST_SHOWN:
        say(f"  其余 {len(lines) - MOST_SHOWN} 条见 --json。")
