"""Printing an audit: terminal, JSON, HTML and Word, all from one composed value."""

import json
from pathlib import Path
from typing import Any

from docx import Document
from jinja2 import Environment, PackageLoader, StrictUndefined

from monitor.annexes import shown
from monitor.audit import Audit, AuditLine
from monitor.bulletin import status_label
from monitor.terminal import say, say_table
from monitor.word.inert import plain as inert_text

HEADS = ("栏目", "信息数", "上次", "最新发布", "剩余天数", "结论")


def write_audit(audit: Audit, folder: Path) -> list[Path]:
    """Writes audit.json, audit.html and audit.docx into a folder and returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    data = folder / "audit.json"
    data.write_text(json.dumps(as_json(audit), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    page = folder / "audit.html"
    page.write_text(as_html(audit), encoding="utf-8")
    paper = folder / "audit.docx"
    _write_word(audit, paper)
    return [data, page, paper]


def speak(audit: Audit) -> None:
    """The audit on the terminal."""
    say_table(HEADS, [cells(line) for line in audit.lines], title_of(audit))
    for ruling in audit.rulings:
        say(f"  {ruling.finding.sentence}" + (f"（已豁免：{ruling.waived}）" if ruling.waived else ""))
    for letter in audit.letters:
        answered = f"{letter.answered:%Y-%m-%d} 答复" if letter.answered else "未答复"
        say(f"  留言“{letter.title}”{letter.received or '收到日期不详'}，{answered}")
    for sentence in advice(audit):
        say(sentence)


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
    standing = [ruling for ruling in audit.rulings if ruling.stands]
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
        "as_of": judgement.as_of.isoformat(),
        "total": audit.total.number,
        "exact": audit.total.exact,
        "columns": [_line_json(line) for line in audit.lines],
        "letters": [
            {
                "title": letter.title, "received": _iso(letter.received), "answered": _iso(letter.answered),
                "url": letter.url,
            }
            for letter in audit.letters
        ],
        "findings": [
            {"rule": r.finding.rule, "sentence": r.finding.sentence, "url": r.finding.url, "waived": r.waived}
            for r in audit.rulings
        ],
        "correct_by": audit.correct_by.isoformat(),
        "advice": advice(audit),
    }  # fmt: skip


def as_html(audit: Audit) -> str:
    environment = Environment(loader=PackageLoader("monitor"), undefined=StrictUndefined, autoescape=True)
    rows = [(line, cells(line)) for line in audit.lines]
    return environment.get_template("audit.html.j2").render(
        a=audit, title=title_of(audit), heads=HEADS, rows=rows, advice=advice(audit)
    )


def _write_word(audit: Audit, path: Path) -> None:
    document = Document()
    document.add_heading(inert_text(title_of(audit)), level=1)
    table = document.add_table(rows=1, cols=len(HEADS))
    table.style = "Table Grid"
    for cell, head in zip(table.rows[0].cells, HEADS, strict=True):
        cell.text = head
    for line in audit.lines:
        for cell, text in zip(table.add_row().cells, cells(line), strict=True):
            cell.text = inert_text(text)
    for ruling in audit.rulings:
        document.add_paragraph(inert_text(ruling.finding.sentence), style="List Bullet")
    for sentence in advice(audit):
        document.add_paragraph(inert_text(sentence))
    document.save(str(path))


def _line_json(line: AuditLine) -> dict[str, Any]:
    return {
        **line.count.row, "verdict": line.verdict.value, "newest": _iso(line.newest), "days_left": line.days_left,
        "before": line.before.row["count"] if line.before else None, "changed": line.changed,
    }  # fmt: skip


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None
