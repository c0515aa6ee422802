"""The facts that rules look at: cases built from what was seen, and nothing judged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, case, func, select

from db.counting import Count, Standing, column_standings, standing_on
from db.declared import ColumnRow, MailboxRow, UnitRow
from db.readings import site_id_of
from db.seen import LetterRow, PostingRow
from rules.cases import ColumnCase, LetterCase
from rules.periods import Period
from rules.places import Mailbox, Site, Unit
from rules.terms import Outcome

CLOSED = ("办结", "回复", "答复", "已办", "完结", "结束")
OPEN = ("未", "待", "正在", "办理中", "处理中")


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a column holds: postings in all, the newest day not in the future, how many show no day."""

    postings: int = 0
    newest: date | None = None
    undated: int = 0


def column_cases(
    connection: Connection, site: Site, as_of: date, period: Period, counts: Sequence[Count]
) -> list[ColumnCase]:
    """One case a duty that has a page of its own, in the site file's order."""
    standings = column_standings(connection, site.key, as_of)
    holdings = _holdings(connection, site.key, as_of)
    return [
        _column_case(
            count,
            standings.get(count.column.key, Standing()),
            holdings.get(count.column.key, Holdings()),
            as_of,
            period,
        )
        for count in counts
        if count.duty.units
    ]


def letter_cases(connection: Connection, site: Site, as_of: date) -> list[LetterCase]:
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
        _letter_case(row, boxes[row.mailbox], units.get(row.unit), as_of)
        for row in rows
        if row.mailbox in boxes
    ]


def _column_case(count: Count, standing: Standing, held: Holdings, as_of: date, period: Period) -> ColumnCase:
    latest = standing.latest
    return ColumnCase(
        subject=subject_of(count),
        units=count.duty.units,
        unit_names=count.duty.label,
        path=count.column.path,
        as_of=as_of,
        outcome=Outcome(latest.standing) if latest is not None else None,
        url=count.column.url or "",
        elsewhere=count.column.elsewhere is not None,
        shared=count.column.shared,
        whole=latest is not None and latest.covered_since == date.min,
        postings=held.postings,
        newest=held.newest,
        undated=held.undated,
        cycle=count.column.cycle,
        period=period,
        count=count.count,
        exactness=count.exactness,
    )


def subject_of(count: Count) -> str:
    """A duty's name in findings: its column's key and its units'."""
    return f"{count.column.key} {count.duty.key}"


def _holdings(connection: Connection, site_key: str, as_of: date) -> dict[str, Holdings]:
    past = case((PostingRow.published <= as_of, PostingRow.published))
    undated = func.count().filter(PostingRow.published.is_(None))
    rows = connection.execute(
        select(ColumnRow.key, func.count(), func.max(past), undated)
        .join(PostingRow, PostingRow.column_id == ColumnRow.id)
        .where(ColumnRow.site_id == site_id_of(site_key), standing_on(as_of))
        .group_by(ColumnRow.key)
    )
    return {key: Holdings(postings, newest, blank) for key, postings, newest, blank in rows}


def _letter_case(row: Any, box: Mailbox, unit: Unit | None, as_of: date) -> LetterCase:
    answered = row.answered if row.answered and row.answered <= as_of else None
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
        closed=answered is not None or _is_closed(row.status),
        url=row.url or "",
    )


def _name(unit: Unit | None, printed: str) -> str:
    """The unit as the letter names it, if that is one of its names."""
    return printed if unit is None or printed in unit.names else unit.name


def _is_closed(status: str | None) -> bool:
    text = status or ""
    return any(word in text for word in CLOSED) and not any(word in text for word in OPEN)
