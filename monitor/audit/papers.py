"""Printing an audit: terminal, JSON, HTML and Word, all from one composed value."""

from datetime import date
from pathlib import Path
from typing import Any

from docx.shared import Pt

from monitor.audit.compose import Audit, AuditLine, ColumnState
from monitor.audit.problems import AuditProblem
from monitor.audit.sentences import (
    advice,
    conclusion,
    demands,
    letters,
    looked_at,
    opening,
    path_of,
    problem_text,
    problems,
    unseen,
)
from monitor.paper_files.data_files import placed_in
from monitor.paper_files.json_text import json_text
from monitor.paper_files.paper_names import paper_name
from monitor.paper_files.printed_table import PrintedTable
from monitor.paper_files.table_pages import paged
from monitor.paper_files.templates import render_template
from monitor.paper_files.word_document import append_table, new_document, save_document, write_line
from monitor.paper_files.word_page import TEXT_HEIGHT, height_of
from monitor.terminal import say, say_table
from monitor.wording import day_of, office_of, shown, tight, written_days
from rules.book import RULES
from rules.vocabulary.places import Unit

HEADS = ("栏目", "信息数", "最新发布", "距期限", "结论", "问题")
ENDINGS = (".json", ".html", ".docx")
LEAST = 0.2  # of a page: with less left, the table is reckoned to begin the next
WIDTHS = (41, 18, 40, 22, 24, 11)  # millimetres


def paper_names_of(unit: Unit, as_of: date) -> list[str]:
    """专项检查_区司法局_2023-07-04.docx …"""
    return [paper_name("专项检查", unit.name, f"{as_of}") + ending for ending in ENDINGS]


def write_audit(audit: Audit, folder: Path, overwrite: bool = False) -> list[Path]:
    """Writes JSON, HTML and Word into a folder and returns their paths. Raises WrongInput where others of their names
    stand there, unless `overwrite`."""
    names = paper_names_of(audit.unit, audit.judgement.as_of)
    with placed_in(folder, overwrite) as aside:
        data, page, word = (aside / name for name in names)
        data.write_text(json_text(as_json(audit)), encoding="utf-8")
        page.write_text(as_html(audit), encoding="utf-8")
        _write_word(audit, word)
    return [folder / name for name in names]


def print_audit(audit: Audit) -> None:
    """The audit on the terminal."""
    say_table(HEADS, [cells(line) for line in audit.lines], title_of(audit))
    for sentence in (*problems(audit), *letters(audit)):
        say(f"  {sentence}")
    for sentence in (*advice(audit), audit.reach):
        if sentence:
            say(sentence)


def title_of(audit: Audit) -> str:
    judgement = audit.judgement
    return f"{audit.unit.name} 政务公开专项检查（{judgement.period.title}，{judgement.as_of:%Y-%m-%d}）"


def cells(line: AuditLine) -> tuple[str, ...]:
    """One line as printed; its last cell holds the numbers of the list."""
    return (
        path_of(line), _number(line), line.newest.isoformat() if line.newest else "—",
        _days_left(line.days_left), line.state.value,
        "、".join(map(str, line.problems)) or "—",
    )  # fmt: skip


def _days_left(days: int | None) -> str:
    """还有 12 天, 已过 47 天."""
    if days is None:
        return "—"
    return f"还有 {days} 天" if days > 0 else f"已过 {-days} 天" if days else "今天到期"


def _number(line: AuditLine) -> str:
    """The number, and what was known before this look where that was another one."""
    if line.before is None or line.before.count is None or shown(line.before) == shown(line.count):
        return f"{shown(line.count)}"
    return f"{shown(line.count)}（此前 {shown(line.before)}）"


def as_json(audit: Audit) -> dict[str, Any]:
    judgement = audit.judgement
    return {
        "site": judgement.site.key,
        "unit": audit.unit.name,
        "period": judgement.period.key,
        "as_of": judgement.as_of,
        "verdict": audit.verdict.value,
        "total": audit.total.number,
        "exact": audit.total.exact,
        "columns": [_line_json(line) for line in audit.lines],
        "letters": [
            {
                "title": letter.title, "received": letter.received, "answered": letter.answered,
                "url": letter.url,
            }
            for letter in audit.letters
        ],
        "findings": [finding for problem in audit.problems for finding in _findings_json(problem)],
        "advice": advice(audit),
        "reach": audit.reach,
    }  # fmt: skip


def _findings_json(problem: AuditProblem) -> list[dict[str, Any]]:
    return [
        {"number": problem.number, "rule": r.finding.rule, "severity": r.finding.severity.value,
         "sentence": r.finding.sentence, "url": r.finding.url, "waived": r.waived, "demand": problem.demand.value,
         "due": problem.due and problem.due.day, "remedy": RULES[r.finding.rule].remedy, "basis": RULES[r.finding.rule].basis}
        for r in problem.line.rulings
    ]  # fmt: skip


def _line_json(line: AuditLine) -> dict[str, Any]:
    return {
        **line.count.row, "verdict": line.state.value, "newest": line.newest, "days_left": line.days_left,
        "before": line.before.row["count"] if line.before else None, "changed": line.changed,
        "today": line.outcome.value if line.outcome else None, "cause": line.cause, "findings": list(line.problems),
    }  # fmt: skip


def as_html(audit: Audit) -> str:
    rows = [(line.count.column.url, tuple(map(written_days, cells(line)))) for line in audit.lines]
    listed = [(written_days(problem_text(each)), each.line.main.url) for each in audit.problems]
    return render_template(
        "monitor.audit", "audit.html.j2",
        title=written_days(title_of(audit)), unit=audit.unit.name, heads=HEADS, rows=rows, problems=listed,
        opening=written_days(opening(audit)), looked=[written_days(each) for each in _findings_of(audit)],
        letters=[written_days(each) for each in letters(audit)],
        demands=[written_days(each) for each in demands(audit)],
        reach=written_days(audit.reach), signature=(office_of(audit.judgement.site), day_of(audit.judgement.as_of)),
    )  # fmt: skip


def _findings_of(audit: Audit) -> list[str]:
    return [looked_at(audit), conclusion(audit), *unseen(audit)]


def _write_word(audit: Audit, path: Path) -> None:
    judgement = audit.judgement
    title = f"关于{audit.unit.name}政务公开专项检查情况的反馈"
    document = new_document(title)

    taken = 0.0  # of the first page

    def write(style: str, text: str) -> None:
        nonlocal taken
        words = tight(written_days(text))
        write_line(document, style, words)
        taken += height_of(style, words)

    write("公文标题", title)
    write("主送机关", f"{audit.unit.name}：")
    write("公文正文", opening(audit))
    write("一级标题", "一、检查情况")
    for sentence in (audit.reach + looked_at(audit), conclusion(audit), *unseen(audit)):
        write("公文正文", sentence)
    if audit.lines:
        rows = [tuple(tight(written_days(cell)) for cell in cells(line)) for line in audit.lines]
        left = TEXT_HEIGHT - taken % TEXT_HEIGHT
        first = left if left > LEAST * TEXT_HEIGHT else TEXT_HEIGHT
        grid = PrintedTable.of_rows(WIDTHS, [HEADS, *rows])
        laid = paged(grid, first, TEXT_HEIGHT, height_of("表注", _note(audit)))
        append_table(document, laid.grid, laid.heights)
        write("表注", _note(audit))
    for heading, sentences in (
        ("二、问题清单", problems(audit) or ["无。"]),
        ("三、留言办理情况", letters(audit)),
        ("四、整改要求", demands(audit)),
    ):
        write("一级标题", heading)
        for sentence in sentences:
            write("公文正文", sentence)
    write("成文日期", office_of(judgement.site))
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    write("成文日期", day_of(judgement.as_of))
    document.paragraphs[-1].paragraph_format.space_before = Pt(0)
    save_document(document, path, judgement.site.name, judgement.as_of)


def _note(audit: Audit) -> str:
    states = {line.state for line in audit.lines}
    waived = "“已豁免”的见清单中的理由；" if ColumnState.WAIVED in states else ""
    return (
        f"注：信息数为{audit.judgement.period.title}发布数；{waived}“问题”一列为问题清单的序号，“—”为没有。"
    )
