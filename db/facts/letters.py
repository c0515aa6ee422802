"""Cases of letters; and how they stand, written for those who read the database: SQL knows no working days and no word of
已办结."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from db.readings import site_id_of
from db.tables.crawl import LetterRow
from db.tables.judgement import LetterProgressRow
from db.tables.site import MailboxRow, UnitRow
from db.upsert import upsert
from rules.cases import LetterCase
from rules.cases.letter_days import LetterDays, sound_days
from rules.cases.letter_figures import days_taken
from rules.cases.letter_limits import limit_and_source
from rules.dates.workdays import Calendar
from rules.scanners.letter_status import LetterStatus, read_status
from rules.vocabulary.places import Mailbox, Reference, Site, Unit

# What papers print for the subject of a letter whose texts are gone.
THINNED = "（内容已过保存期限）"


def letter_cases(connection: Connection, site: Site, as_of: date, calendar: Calendar) -> list[LetterCase]:
    """One case a letter known by `as_of`, mailbox by mailbox, oldest first."""
    units = {unit.key: unit for unit in site.units}
    boxes = {box.key: box for box in site.mailboxes}
    rows = connection.execute(
        select(MailboxRow.key.label("mailbox"), UnitRow.key.label("unit"), LetterRow.__table__)
        .join(MailboxRow, MailboxRow.id == LetterRow.mailbox_id)
        .outerjoin(UnitRow, UnitRow.id == LetterRow.unit_id)
        .where(MailboxRow.site_id == site_id_of(site.key), LetterRow.first_seen <= as_of)
        .order_by(MailboxRow.id, LetterRow.received, LetterRow.id)
    )
    return [
        _case(row, boxes[row.mailbox], units.get(row.unit), as_of, calendar)
        for row in rows
        if row.mailbox in boxes
    ]


def _case(row: Any, box: Mailbox, unit: Unit | None, as_of: date, calendar: Calendar) -> LetterCase:
    """Whether it is answered is known where an answer was read, the status says so, or a page showed that there is
    none. An answer without a day counts from the beginning: nobody waits for what is there. It is not known where an
    answer may stand that is not read, or where the state is no longer understood (转其他平台办理)."""
    printed = LetterDays(row.received, row.accepted, row.answered)
    days = sound_days(printed, row.first_seen, row.unanswered_on)
    later = days.answered is not None and days.answered > as_of
    standing = read_status(row.status or "")
    # An answer that was read is known to have been there though its text is gone.
    gone = row.thinned_on is not None
    closed = not later and (
        row.answered is not None or standing is LetterStatus.CLOSED or (gone and row.answer is not None)
    )
    answer = "" if later else row.answer or ""
    seen_open = as_of if later else row.unanswered_on and min(row.unanswered_on, as_of)
    limit, promised = limit_and_source(
        box, row.kind, row.deadline or "", days, row.extended_on is not None, calendar
    )
    unclear = row.answer_unread or not days.sound or (bool(row.status) and standing is None)
    return LetterCase(
        subject=f"{box.key} {row.identity}",
        units=(unit.key,) if unit else (),
        unit_names=_name(unit, row.unit_name or ""),
        mailbox=box.name,
        title=THINNED if gone else row.subject,
        as_of=as_of,
        reply_within=limit,
        number=row.number or "",
        received=days.received,
        accepted=days.accepted,
        answered=None if later else days.answered,
        closed=closed,
        url=row.url or "",
        question=row.question or "",
        answer=answer,
        answer_unread=bool(row.answer_unread),
        valid=standing is not LetterStatus.INVALID,
        known=closed or bool(answer) or (seen_open is not None and (later or not unclear)),
        seen_open=seen_open,
        letter_kind=row.kind or "",
        promised=promised,
        corrects=box.corrects,
        extended=row.extended_on is not None,
        suspended_on=row.suspended_on and min(row.suspended_on, as_of),
        calendar=calendar,
        about=Reference(mailbox=box.key, identity=row.identity),
    )


def _name(unit: Unit | None, printed: str) -> str:
    """The unit as the letter names it, if that is one of its names."""
    return printed if unit is None or printed in unit.names else unit.name


FACTS = ("as_of", "valid", "closed", "known", "reply_within", "working_days")


def write_letter_progress(
    connection: Connection, site_key: str, letters: Iterable[LetterCase], as_of: date
) -> None:
    """Brings letter_progress to the cases of a day."""
    identities = connection.execute(
        select(LetterRow.id, MailboxRow.key, LetterRow.identity)
        .join(MailboxRow, MailboxRow.id == LetterRow.mailbox_id)
        .where(MailboxRow.site_id == site_id_of(site_key))
    )
    ids = {(row.key, row.identity): row.id for row in identities}
    rows = [
        {
            "letter_id": ids[letter.about.mailbox, letter.about.identity], "as_of": as_of, "valid": letter.valid,
            "closed": letter.settled, "known": letter.settled or letter.known, "reply_within": letter.reply_within,
            "working_days": days_taken(letter),
        }
        for letter in letters
    ]  # fmt: skip
    if rows:
        upsert(connection, LetterProgressRow, ("letter_id",), FACTS, rows)
