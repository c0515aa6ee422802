"""Empty places with one witness, at a crawl's end: where lists of the same template have rows that the server wrote, this one
has none.

What a page without rows prints may be replaced by its scripts. But where another page of the site, with the same scripts,
carries its rows in the same place, no script brings them; then an empty place is the second witness."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, select, update

from db.readings import site_id_of
from db.recording.closing import Close, held_back, withdraw
from db.tables.crawl import CrawlRow, ReadingRow
from db.tables.site import ColumnRow
from rules.dates.periods import BEGINNING
from rules.vocabulary.terms import Outcome, Witness

# The cause of a reading that only lacks the second witness.
ONE_WITNESS = "empty_unproved"


def settle_empty_places(connection: Connection, site_key: str, crawl: int, as_of: date) -> dict[str, Close]:
    """Gives this crawl's columns with an empty place their second witness, where there is one. Column key → how its reading
    closes now."""
    written = written_places(connection, site_key, as_of)
    settled = {}
    for row in _in_doubt(connection, crawl):
        if lies_in(row.template or "", written):
            empty = Close(
                Outcome.EMPTY, Outcome.EMPTY, covered_since=BEGINNING, read_through_on=as_of,
                witness=Witness.EMPTY_BESIDE, template=row.template, withdraw=True,
            )  # fmt: skip
            settled[row.column] = held_back(connection, row.column_id, crawl, empty, as_of)
            _enter(connection, row, settled[row.column], as_of)
    return settled


def written_places(connection: Connection, site_key: str, as_of: date) -> set[str]:
    """The places, by template, in which pages of the site carried rows."""
    rows = (
        select(ReadingRow.template)
        .join(CrawlRow, CrawlRow.id == ReadingRow.crawl_id)
        .where(CrawlRow.site_id == site_id_of(site_key), ReadingRow.as_of <= as_of)
        .where(ReadingRow.row_count > 0, ReadingRow.template.is_not(None))
        .distinct()
    )
    return places_with_rows(connection.scalars(rows))


def places_with_rows(templates: Iterable[str | None]) -> set[str]:
    """The place of each template (of a list with rows) and what stands around it."""
    return {name for template in templates for name in (template or "").split()[:2]}


def lies_in(places: str, written: set[str]) -> bool:
    """Whether one of a page's empty places is one in which rows were written."""
    return not written.isdisjoint(places.split())


def _in_doubt(connection: Connection, crawl: int) -> list[Any]:
    rows = (
        select(ReadingRow.id, ReadingRow.column_id, ReadingRow.template, ColumnRow.key.label("column"))
        .join(ColumnRow, ColumnRow.id == ReadingRow.column_id)
        .where(ReadingRow.crawl_id == crawl, ReadingRow.cause == ONE_WITNESS)
    )
    return list(connection.execute(rows))


def _enter(connection: Connection, row: Any, close: Close, as_of: date) -> None:
    whole = close.covered_since == BEGINNING
    told: dict[str, Any] = {
        "outcome": close.outcome.value, "standing": close.standing.value, "cause": close.cause, "covered_whole": whole,
        "read_through_on": close.read_through_on, "witness": close.witness.value,
    }  # fmt: skip
    connection.execute(update(ReadingRow).where(ReadingRow.id == row.id).values(**told))
    if close.withdraw:
        crawl = connection.scalars(select(ReadingRow.crawl_id).where(ReadingRow.id == row.id)).one()
        withdraw(connection, row.column_id, crawl, BEGINNING, as_of)
