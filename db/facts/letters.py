"""Cases of letters."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from db.declared import MailboxRow, UnitRow
from db.readings import site_id_of
from db.seen import LetterRow
from rules.cases import LetterCase
from rules.places import Mailbox, Site, Unit
from rules.workdays import OFFICIAL, Calendar

CLOSED = ("办结", "回复", "答复", "已办", "完结", "结束")
OPEN = ("未", "待", "正在", "办理中", "处理中")
INVALID = ("无效", "重复", "不予受理", "退回")


def letter_cases(
    connection: Connection, site: Site, as_of: date, calendar: Calendar = OFFICIAL
) -> list[LetterCase]:
    """One case a letter known by `as_of`, mailbox by mailbox, oldest first."""
    units = {unit.key: unit for unit in site.units}
    boxes = {box.key: box for box in site.mailboxes}
    rows = connection.execute(
        select(MailboxRow.key.label("mailbox"), UnitRow.key.label("unit"), LetterRow.__table__)
        .join(MailboxRow, MailboxRow.id == LetterRow.mailbox_id)
        .outerjoin(UnitRow, UnitRow.id == LetterRow.unit_id)
        .where(MailboxRow.site_id == site_id_of(site.key), MailboxRow.active, LetterRow.first_seen <= as_of)
        .order_by(MailboxRow.id, LetterRow.received, LetterRow.id)
    )
    return [
        _case(row, boxes[row.mailbox], units.get(row.unit), as_of, calendar)
        for row in rows
        if row.mailbox in boxes
    ]


def _case(row: Any, box: Mailbox, unit: Unit | None, as_of: date, calendar: Calendar) -> LetterCase:
    answered = row.answered if row.answered and row.answered <= as_of else None
    status = row.status or ""
    return LetterCase(
        subject=f"{box.key} {row.identity}",
        units=(unit.key,) if unit else (),
        unit_names=_name(unit, row.unit_name or ""),
        mailbox=box.name,
        title=row.subject,
        as_of=as_of,
        reply_within=box.reply_within,
        number=row.number or "",
        received=row.received,
        answered=answered,
        closed=answered is not None or _is_closed(status),
        url=row.url or "",
        question=row.question or "",
        answer=(row.answer or "") if answered else "",
        valid=not any(word in status for word in INVALID),
        seen_open=min(row.last_seen, as_of),
        calendar=calendar,
    )


def _name(unit: Unit | None, printed: str) -> str:
    """The unit as the letter names it, if that is one of its names."""
    return printed if unit is None or printed in unit.names else unit.name


def _is_closed(status: str) -> bool:
    return any(word in status for word in CLOSED) and not any(word in status for word in OPEN)
