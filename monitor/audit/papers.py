"""Printing an audit: terminal, JSON, HTML and Word, all from one composed value."""

from datetime import date
from pathlib import Path
from typing import Any

from monitor.audit.compose import Audit, AuditLine
from monitor.paper_files.data_files import placed_in
from monitor.paper_files.json_text import json_text
from monitor.paper_files.paper_names import paper_name
from monitor.paper_files.printed_table import PrintedTable
from monitor.paper_files.templates import render_template
from monitor.paper_files.word_document import append_table, new_document, save_document, write_line
from monitor.terminal import say, say_table
from monitor.wording import day_of, shown, status_label, tight
from rules.book import RULES
from rules.engine.rulings import Ruling
from rules.vocabulary.places import Unit

HEADS = ("栏目", "信息数", "上次", "最新发布", "剩余天数", "结论")
ENDINGS = (".json", ".html", ".docx")
WIDTHS = (43, 18, 18, 30, 21, 26)  # millimetres


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
    for sentence in advice(audit):
        say(sentence)


def problems(audit: Audit) -> list[str]:
    """What was found with what to do about it, or waived."""
    return [ruling.finding.sentence + _remedy(ruling) for ruling in audit.rulings]


def _remedy(ruling: Ruling) -> str:
    if ruling.waived:
        return f"（已豁免：{ruling.waived}）"
    rule = RULES[ruling.finding.rule]
    return (
        f"怎么办：{rule.remedy}"
        + (f"期限：{rule.deadline}。" if rule.deadline else "")
        + f"依据：{rule.basis}。"
    )


def letters(audit: Audit) -> list[str]:
    """The unit's letters, a line each."""
    return [
        f"留言“{letter.title}”{letter.received or '收到日期不详'}，"
        + (f"{letter.answered:%Y-%m-%d} 答复" if letter.answered else "未答复")
        for letter in audit.letters
    ]


def title_of(audit: Audit) -> str:
    judgement = audit.judgement
    return f"{audit.unit.name} 政务公开专项检查（{judgement.period.title}，{judgement.as_of:%Y-%m-%d}）"


def cells(line: AuditLine) -> tuple[str, ...]:
    """One line as printed."""
    before = "" if line.before is None else str(shown(line.before))
    return (
        "›".join(line.count.column.path), str(shown(line.count)), before,
        line.newest.isoformat() if line.newest else "—",
        "—" if line.days_left is None else str(line.days_left), line.verdict.value,
    )  # fmt: skip


def advice(audit: Audit) -> list[str]:
    """What to do, and what could not be checked."""
    standing = [ruling for ruling in audit.rulings if ruling.reported]
    said = [
        f"有 {len(standing)} 个问题，请于 {audit.correct_by:%Y-%m-%d}（7 个工作日内）前整改；确有原因的请向政务公开科报备。"
        if standing
        else "没有发现问题。"
    ]
    for line in audit.unread:
        path = "›".join(line.count.column.path)
        said.append(
            f"未能检查：{path}（{status_label(line.count.status)}），不计零，请核对 {line.count.column.url}"
        )
    return said


def as_json(audit: Audit) -> dict[str, Any]:
    judgement = audit.judgement
    return {
        "site": judgement.site.key,
        "unit": audit.unit.name,
        "period": judgement.period.key,
        "as_of": judgement.as_of,
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
        "findings": [
            {"rule": r.finding.rule, "sentence": r.finding.sentence, "url": r.finding.url, "waived": r.waived,
             "remedy": RULES[r.finding.rule].remedy, "basis": RULES[r.finding.rule].basis}
            for r in audit.rulings
        ],
        "correct_by": audit.correct_by,
        "advice": advice(audit),
    }  # fmt: skip


def as_html(audit: Audit) -> str:
    rows = [(line, cells(line)) for line in audit.lines]
    return render_template(
        "monitor.audit", "audit.html.j2",
        a=audit, title=title_of(audit), heads=HEADS, rows=rows, problems=problems(audit), advice=advice(audit),
    )  # fmt: skip


def _write_word(audit: Audit, path: Path) -> None:
    judgement = audit.judgement
    document = new_document(title_of(audit))
    write_line(document, "公文标题", tight(f"{audit.unit.name}政务公开专项检查情况"))
    write_line(document, "附件范围", tight(f"（{judgement.period.title}，截至{day_of(judgement.as_of)}）"))
    write_line(document, "一级标题", "一、栏目情况")
    append_table(document, PrintedTable.of_rows(WIDTHS, [HEADS, *(cells(line) for line in audit.lines)]))
    for heading, sentences in (
        ("二、发现的问题", _numbered(problems(audit))),
        ("三、留言办理", _numbered(letters(audit))),
        ("四、整改要求", advice(audit)),
    ):
        write_line(document, "一级标题", heading)
        for sentence in sentences or ["无。"]:
            write_line(document, "公文正文", sentence)
    save_document(document, path, judgement.site.name, judgement.as_of)


def _numbered(sentences: list[str]) -> list[str]:
    return [f"{number}. {sentence}" for number, sentence in enumerate(sentences, start=1)]


def _line_json(line: AuditLine) -> dict[str, Any]:
    return {
        **line.count.row, "verdict": line.verdict.value, "newest": line.newest, "days_left": line.days_left,
        "before": line.before.row["count"] if line.before else None, "changed": line.changed,
    }  # fmt: skip
