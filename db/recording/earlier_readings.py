"""What a crawl may remember of the nights before: enough to ask for less, never enough to guess."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from db.readings import SEEN, covered_since, latest_readings, site_id_of
from db.recording.pages import Sighting
from db.tables.crawl import LetterRow, PostingRow, ReadingRow
from db.tables.site import ColumnRow, MailboxRow
from rules.vocabulary.terms import Outcome, Witness


@dataclass(frozen=True, slots=True)
class Memory:
    """The latest reading of a column that may be relied on; see `db.tables.crawl.ReadingRow`."""

    standing: Outcome
    covered_since: date | None
    read_through_on: date | None
    proof_crawl_id: int | None
    stated_total: int | None
    undated: int
    etag: str | None
    last_modified: str | None
    fingerprint: str | None
    body_sha256: str | None
    pages: int
    witness: Witness
    row_count: int
    page_size: int | None
    template: str | None


def column_memories(connection: Connection, site_key: str, as_of: date) -> dict[str, Memory]:
    """Column key → its latest reading not after `as_of` that saw anything."""
    seen = (ReadingRow.as_of <= as_of, ReadingRow.standing.in_(SEEN))
    rows = latest_readings(connection, site_key, ColumnRow, *seen)
    return {key: _memory(row) for key, row in rows.items()}


def known_postings(connection: Connection, site_key: str, column: str) -> dict[str, Sighting]:
    """Identity → a column's postings as the nights before saw them: their own pages need not be asked again."""
    rows = connection.execute(
        select(
            PostingRow.identity,
            PostingRow.title,
            PostingRow.url,
            PostingRow.published,
            PostingRow.source,
            PostingRow.detail_snapshot_id,
        )
        .join(ColumnRow, ColumnRow.id == PostingRow.column_id)
        .where(ColumnRow.site_id == site_id_of(site_key), ColumnRow.key == column)
    )
    return {row.identity: Sighting(*row[:5], told=row.detail_snapshot_id is not None) for row in rows}


def answered_letters(connection: Connection, site_key: str, mailbox: str) -> set[str]:
    """Identities of a mailbox's letters whose answer was read, so that they need not be opened again."""
    rows = connection.scalars(
        select(LetterRow.identity)
        .join(MailboxRow, MailboxRow.id == LetterRow.mailbox_id)
        .where(MailboxRow.site_id == site_id_of(site_key), MailboxRow.key == mailbox)
        .where(LetterRow.answered.is_not(None), LetterRow.answer.is_not(None))
    )
    return set(rows)


def _memory(row: Any) -> Memory:
    values = {name: getattr(row, name) for name in Memory.__slots__}
    told = {
        "standing": Outcome(row.standing),
        "witness": Witness(row.witness),
        "covered_since": covered_since(row),
    }
    return Memory(**{**values, **told})
