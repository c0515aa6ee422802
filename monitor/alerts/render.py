"""Alerts in words: subject, text and HTML of one composed mail (names of pages and units are text only); and what whoever
runs the command is told: what would be sent, what was, and what became of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from db.tables.mail import DeliveryState, MailState
from monitor.alerts.gather import recipient_name
from monitor.alerts.sections import REASONS, AlertLine, Mail, merged
from monitor.paper_files.inert import plain
from monitor.paper_files.templates import render_template
from monitor.terminal import say, say_table
from rules.alerting import Mark
from rules.vocabulary.places import Site
from rules.vocabulary.terms import Scope

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
        "status": status, "deadline": deadline, "link": link, "title": column_title, "reach": reach(mail, day),
        "merged": merged, "since": since,
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
    """The last day to put it right, and how far off it is in working days."""
    if line.due is None:
        return "不设期限"
    left = f"还有 {line.left} 个工作日" if line.left > 0 else f"已超过 {-line.left} 个工作日"
    days = f"{left if line.left else '今日到期'}{line.due.doubt}"
    return f"{'立即，' if line.at_once else ''}{line.due.day:%Y-%m-%d}（{days}）"


def since(line: AlertLine) -> str:
    """Since when it stands, and for how many days."""
    if line.closed_on:
        return f"{line.opened_on:%Y-%m-%d} 首次认定，历时 {line.days} 天"
    return f"{line.opened_on:%Y-%m-%d} 首次认定{f'，已 {line.days} 天' if line.days else ''}"


# What stands in a column's place where a finding is about none.
PLACES = {
    Scope.UNIT: "单位各栏目",
    Scope.SITE: "全网站",
    Scope.FRAME: "网站页面",
    Scope.LETTER: "网上来信",
    Scope.LETTERS: "网上来信",
    Scope.ACCOUNT: "政务新媒体账号",
}


def link(line: AlertLine) -> str:
    """The page's address, if it is one that a browser may be sent to."""
    return line.url if line.url.startswith(("http://", "https://")) else ""


def column_title(line: AlertLine) -> str:
    """The column's path, or what the line is about instead."""
    whole = line.part_of or not line.path
    return PLACES.get(line.scope, "其他") if whole else "›".join(line.path)


def reach(mail: Mail, day: date) -> str:
    """截至 2023-07-03（最近读取 2023-07-02）."""
    read = f"（最近读取 {mail.read_on:%Y-%m-%d}）" if mail.read_on else ""
    return f"截至 {day:%Y-%m-%d}{read}"


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


# States of a mail whose words are in a later one: what became of each address matters no more.
REPLACED = (MailState.DROPPED.value, MailState.RESTATED.value)


def facts_of_outbox(rows: Sequence[Any]) -> list[dict[str, Any]]:
    """The mails as JSON holds them, each with its deliveries."""
    mails: dict[int, dict[str, Any]] = {}
    for row in rows:
        mail = mails.setdefault(row.id, {
            "id": row.id, "recipient": row.recipient, "day": row.day.isoformat(), "state": row.state,
            "message_id": row.message_id, "subject": row.subject, "attempts": row.attempt, "note": row.note,
            "deliveries": [],
        })  # fmt: skip
        mail["deliveries"].append({
            "address": row.address, "state": row.delivery, "code": row.code, "answer": row.answer,
            "at": row.at.isoformat(timespec="seconds") if row.at else None,
        })  # fmt: skip
    return list(mails.values())


def say_deliveries(site: Site, rows: Sequence[Any]) -> None:
    """The mails, an address a row, with the servers' answers."""
    if not rows:
        say(f"{site.name}：没有提醒邮件。")
        return
    cells = (
        (
            row.id,
            f"{row.day:%Y-%m-%d}",
            recipient_name(site, row.recipient),
            row.address,
            row.state if row.state in REPLACED else row.delivery,
            row.code,
            row.answer or row.note,
        )
        for row in rows
    )
    say_table(("编号", "日期", "收件单位", "邮箱", "结果", "代码", "说明"), cells, f"{site.name} 提醒邮件")


def say_mails(site: Site, mails: Sequence[Mail], day: date, text: bool) -> None:
    """The mails that are due, and with `text` their bodies."""
    rows = [(mail.name, "、".join(mail.to) or "（没有邮箱）", summary(mail)) for mail in mails]
    if not rows:
        say(f"{site.name} {day:%Y-%m-%d} 没有应发的提醒邮件。")
        return
    say_table(("单位", "邮箱", "内容"), rows, f"{site.name} {day:%Y-%m-%d} 应发 {len(mails)} 封")
    for mail in mails if text else ():
        rendered = render(mail, site, day)
        say(f"\n主题：{rendered.subject}\n\n{rendered.text}")


def facts_of_mail(mail: Mail, site: Site, day: date) -> dict[str, Any]:
    """A composed mail as JSON holds it."""
    rendered = render(mail, site, day)
    return {
        "recipient": mail.recipient, "name": mail.name, "to": list(mail.to), "subject": rendered.subject,
        "lines": [
            {"finding": line.finding, "unit": line.unit, "mark": line.mark.value, "sentence": line.sentence,
             "url": line.url, "since": line.opened_on.isoformat(), "days": line.days, "reminders": line.reminders,
             "remedy": line.remedy, "basis": line.basis,
             "due": line.due.day.isoformat() if line.due else None,
             "provisional": bool(line.due and line.due.provisional)}
            for line in mail.lines
        ],
        "notes": list(mail.notes), "text": rendered.text, "html": rendered.html,
    }  # fmt: skip


def doubts_of(site: Site, rows: Sequence[Any], troubles: Sequence[str], lost: Sequence[Mail]) -> list[str]:
    """What the operator must see to, as Chinese sentences."""
    doubts = [f"{why}；邮件仍在待发，下次运行时再发。" for why in dict.fromkeys(troubles)]
    doubts += [
        f"{_addressed(site, row)}是否送达不明，不会自动重发，仍然有效的内容由下一封邮件重述；"
        f"此前核实清楚的，请用 --settle {row.id}（已收到）或 --resend {row.id}（未收到，重发）。"
        for row in rows
        if row.delivery == DeliveryState.UNKNOWN.value
    ]
    doubts += [f"{mail.name}没有可用邮箱，{summary(mail)}无处可发，请在站点文件中填写。" for mail in lost]
    return doubts


def refusals_of(site: Site, rows: Sequence[Any]) -> list[str]:
    """Addresses that a server refused, as Chinese sentences."""
    refused = [row for row in rows if row.delivery == DeliveryState.REFUSED.value]
    return [f"{_addressed(site, row)}被拒收（{row.code} {row.answer}），请核对邮箱地址。" for row in refused]


def _addressed(site: Site, row: Any) -> str:
    return f"发给{recipient_name(site, row.recipient)}（{row.address}）的第 {row.id} 号邮件"
