"""What findings are about and whose they are: between the keys that judging uses and the ids that are stored."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from db.readings import ids_by_key, site_id_of
from db.tables.crawl import LetterRow, PostingRow
from db.tables.judgement import FindingRow, FindingUnitRow
from db.tables.site import ColumnRow, DutyRow, MailboxRow, UnitRow
from rules.vocabulary.places import Reference


class SiteIds:
    """Ids of a site's columns, duties, mailboxes and units by their keys, looked up once."""

    def __init__(self, connection: Connection, site_key: str) -> None:
        self.columns = ids_by_key(connection, ColumnRow, site_key)
        self.mailboxes = ids_by_key(connection, MailboxRow, site_key)
        self.units = ids_by_key(connection, UnitRow, site_key)
        duties = select(DutyRow.column_id, DutyRow.key, DutyRow.id).where(
            DutyRow.column_id.in_(self.columns.values())
        )
        self.duties = {(row.column_id, row.key): row.id for row in connection.execute(duties)}

    def of(self, connection: Connection, about: Reference) -> dict[str, int | None]:
        """The references of a finding, as its row holds them."""
        column, mailbox = self.columns.get(about.column), self.mailboxes.get(about.mailbox)
        posting = (PostingRow.column_id == column) & (PostingRow.identity == about.identity)
        letter = (LetterRow.mailbox_id == mailbox) & (LetterRow.identity == about.identity)
        return {
            "column_id": column,
            "duty_id": self.duties.get((column, about.duty)) if column and about.duty else None,
            "posting_id": _id(connection, PostingRow, posting) if column and about.identity else None,
            "mailbox_id": mailbox,
            "letter_id": _id(connection, LetterRow, letter) if mailbox and about.identity else None,
        }


def findings_with_references(connection: Connection, *conditions: ColumnElement[bool]) -> list[Any]:
    """Rows of findings, with the keys of what they are about: `column`, `duty`, `mailbox`, `identity`."""
    keys = (ColumnRow.key.label("column"), DutyRow.key.label("duty"), MailboxRow.key.label("mailbox"))
    identities = (PostingRow.identity.label("posting"), LetterRow.identity.label("letter"))
    rows = connection.execute(
        select(FindingRow.__table__, *keys, *identities)
        .outerjoin(ColumnRow, ColumnRow.id == FindingRow.column_id)
        .outerjoin(DutyRow, DutyRow.id == FindingRow.duty_id)
        .outerjoin(MailboxRow, MailboxRow.id == FindingRow.mailbox_id)
        .outerjoin(PostingRow, PostingRow.id == FindingRow.posting_id)
        .outerjoin(LetterRow, LetterRow.id == FindingRow.letter_id)
        .where(*conditions)
        .order_by(FindingRow.id)
    )
    return list(rows)


def about_of(row: Any) -> Reference:
    """What one row of `findings_with_references` is about."""
    return Reference(row.column or "", row.duty or "", row.mailbox or "", row.posting or row.letter or "")


def units_of_findings(connection: Connection, site_key: str) -> dict[int, tuple[str, ...]]:
    """Finding's id → the keys of its units, in their order."""
    rows = connection.execute(
        select(FindingUnitRow.finding_id, UnitRow.key)
        .join(UnitRow, UnitRow.id == FindingUnitRow.unit_id)
        .where(UnitRow.site_id == site_id_of(site_key))
        .order_by(FindingUnitRow.finding_id, FindingUnitRow.position)
    )
    units: dict[int, tuple[str, ...]] = {}
    for finding, unit in rows:
        units[finding] = (*units.get(finding, ()), unit)
    return units


def set_units(connection: Connection, finding: int, units: Sequence[int]) -> None:
    """Makes these, by their ids, a finding's units."""
    connection.execute(delete(FindingUnitRow).where(FindingUnitRow.finding_id == finding))
    if units:
        rows = [{"finding_id": finding, "unit_id": unit, "position": n} for n, unit in enumerate(units)]
        connection.execute(insert(FindingUnitRow), rows)


def _id(
    connection: Connection, table: type[PostingRow | LetterRow], condition: ColumnElement[bool]
) -> int | None:
    return connection.scalar(select(table.id).where(condition))
