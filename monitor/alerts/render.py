"""Rendering an alert: subject, text and HTML from one composed mail. Names of pages and units are text only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from monitor.alerts.compose import REASONS, AlertLine, Mail
from monitor.paper_files.inert import plain
from monitor.paper_files.templates import render_template
from rules.alerting import Mark
from rules.vocabulary.places import Site

MOST_LINES = 200  # of one mail; the rest is counted
HOOK_BYTES = 2000


@dataclass(frozen=True, slots=True)
class RenderedMail:
    """A mail in words."""

    subject: str
    text: str
    html: str


def render(mail: Mail, site: Site, day: date) -> RenderedMail:
    """The mail's subject and both its bodies, which say the same."""
    words = {
        "mail": mail, "site": site, "day": day, "summary": summary(mail), "most": MOST_LINES,
        "office": site.units[0], "answerable": bool(site.units[0].emails),
        "status": status, "deadline": deadline, "link": link, "title": column_title,
    }  # fmt: skip
    return RenderedMail(
        subject=plain(f"【政务公开监测】{site.name}：{mail.name} {summary(mail)}（{day:%Y-%m-%d}）"),
        text=render_template("monitor.alerts", "alert.txt.j2", **words),
        html=render_template("monitor.alerts", "alert.html.j2", **words),
    )


def summary(mail: Mail) -> str:
    """新增 2 项、提醒 1 项."""
    counts = mail.counts
    parts = [f"{mark.value} {counts[mark]} 项" for mark in REASONS if counts[mark]]
    if mail.notes:
        parts.append(f"运行事项 {len(mail.notes)} 项")
    return "、".join(parts)


def status(line: AlertLine) -> str:
    """The state of a finding, as its line prints it."""
    again = f"（{line.repeats:%Y-%m-%d} 的邮件是否送达不明，此处重述）" if line.repeats else ""
    return _standing(line) + again


def _standing(line: AlertLine) -> str:
    if line.mark is Mark.RECOVERED:
        return f"{line.closed_on:%Y-%m-%d} 恢复"
    if line.mark is Mark.NEW:
        return "新增"
    if line.mark is Mark.ESCALATED:
        reminded = f"，提醒 {line.reminders} 次" if line.reminders else ""
        return f"{line.told_on:%Y-%m-%d} 告知{reminded}，尚未整改"
    said = f"第 {line.reminders} 次提醒" if line.mark is Mark.REMINDED else f"{line.told_on:%Y-%m-%d} 已告知"
    return f"{said}，已报政务公开办" if line.reported else said


def deadline(line: AlertLine) -> str:
    """The last day to put it right, and how far off it is in working days; "" where none is set."""
    if line.due is None:
        return ""
    left = f"还有 {line.left} 个工作日" if line.left > 0 else f"已超过 {-line.left} 个工作日"
    doubt = "，放假安排尚未公布，日期暂定" if line.due.provisional else ""
    return f"{line.due.day:%Y-%m-%d}（{left if line.left else '今日到期'}{doubt}）"


def link(line: AlertLine) -> str:
    """The page's address, if it is one that a browser may be sent to."""
    return line.url if line.url.startswith(("http://", "https://")) else ""


def column_title(line: AlertLine) -> str:
    return "›".join(line.path)


def hook_text(site: Site, day: date, mails: Iterable[Mail]) -> str:
    """A day's mails in a few words, for the office's group."""
    units = [mail for mail in mails if list(mail.lines)]
    said = [f"【政务公开监测】{site.name} {day:%Y-%m-%d}：向 {len(units)} 个单位发出提醒邮件。"]
    said += [f"{mail.name}：{summary(mail)}" for mail in units]
    return cut("\n".join(plain(each) for each in said), HOOK_BYTES)


def cut(text: str, most: int) -> str:
    """At most so many bytes of UTF-8, with …… where something was left out."""
    whole = text.encode()
    return text if len(whole) <= most else whole[: most - 6].decode(errors="ignore") + "……"
