"""Letters older than the site file keeps them are thinned to their figures: subject, question and answer go; days, unit, state
and how the letter stood stay, and with them every count."""

from datetime import date

from sqlalchemy import Connection, Engine, case, func, select, update

from db.readings import site_id_of
from db.tables.crawl import LetterRow
from db.tables.site import MailboxRow
from rules.dates.periods import months_after

# What is left of a text that was there. (None: none was ever read.)
GONE = ""


def thin_letters(connection: Connection, site_key: str, months: int, as_of: date) -> int:
    """Thins the site's letters received (else answered, else first seen) more than so many months ago; how many were."""
    boxes = select(MailboxRow.id).where(MailboxRow.site_id == site_id_of(site_key))
    day = func.coalesce(LetterRow.received, LetterRow.answered, LetterRow.first_seen)
    old = (
        LetterRow.mailbox_id.in_(boxes),
        LetterRow.thinned_on.is_(None),
        day < months_after(as_of, -months),
    )
    texts = {column: case((column.is_not(None), GONE)) for column in (LetterRow.question, LetterRow.answer)}
    thin = (
        update(LetterRow).where(*old).values({LetterRow.subject: GONE, LetterRow.thinned_on: as_of, **texts})
    )
    return connection.execute(thin, execution_options={"synchronize_session": False}).rowcount


def empty_journal(engine: Engine) -> None:
    """Empties SQLite's journal, which holds what was thinned until it is written over; whoever still reads from it puts that
    off to the next night. (In the database's file itself nothing is left: `secure_delete`.)"""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def thinned_letters(connection: Connection, mailbox_id: int) -> set[str]:
    """Identities of a mailbox's letters whose texts are gone, and are not to come back with the next page that shows them."""
    rows = connection.scalars(
        select(LetterRow.identity).where(
            LetterRow.mailbox_id == mailbox_id, LetterRow.thinned_on.is_not(None)
        )
    )
    return set(rows)
