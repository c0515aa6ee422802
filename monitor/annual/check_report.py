"""The check of an annual report for people, as text, and for programs, as JSON."""

from collections import Counter
from dataclasses import asdict
from typing import Any

from monitor.annual.checks.examine import Examination
from monitor.annual.checks.findings import EquationResult
from monitor.annual.checks.forms import form_named
from monitor.paper_files.templates import render_template

MOST_SHOWN = 40  # lines of a list on the terminal; --json has all


def check_text(examination: Examination) -> str:
    """The whole check in words, findings first."""
    held = Counter(check.id for check in examination.checks if check.verdict is EquationResult.HOLDS)
    report = examination.report
    lists = {
        "已核对相符": [f"{id_}：{number} 处" for id_, number in sorted(held.items())],
        "未能核对": examination.unchecked,
        "正文数字有对应": [f"{each.words}（{each.place}）" for each in examination.ties],
        "正文数字无从对应（不算问题）": [f"{each.words}（{each.place}）" for each in examination.unmatched],
        "与本系统统计比对": examination.notes,
    }
    return render_template(
        "monitor.annual", "check.txt.j2", examination=examination, report=report, lists=list(lists.items()),
        form=form_named(report.form).name if report.form else "格式不明", most=MOST_SHOWN,
    )  # fmt: skip


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
