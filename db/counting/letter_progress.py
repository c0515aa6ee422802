"""How letters stand, written for those who read the database: SQL knows no working days and no word of 已办结."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, select

from db.readings import site_id_of
from db.tables.crawl import LetterRow
from db.tables.judgement import LetterProgressRow
from db.tables.site import MailboxRow
from db.upsert import upsert
from rules.cases import LetterCase
from rules.cases.letter_figures import days_taken

FACTS = ("as_of", "valid", "closed", "known", "working_days")


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
            "closed": letter.settled, "known": letter.settled or letter.known, "working_days": days_taken(letter),
        }
        for letter in letters
    ]  # fmt: skip
    if rows:
        upsert(connection, LetterProgressRow, ("letter_id",), FACTS, rows)
