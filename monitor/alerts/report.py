"""Reporting alerts to whoever runs the command: what would be sent, what was, and what became of it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from db.tables.mail import DeliveryState, MailState
from monitor.alerts.compose import Mail
from monitor.alerts.gather import recipient_name
from monitor.alerts.render import render, summary
from monitor.terminal import say, say_table
from rules.vocabulary.places import Site

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
             "url": line.url, "days": line.days, "reminders": line.reminders,
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
