"""Empty places with one witness, at a crawl's end: where lists of the same template have rows that the server wrote, this one
has none.

What a page without rows prints may be replaced by its scripts. But where another page of the site, with the same scripts,
carries its rows in the same place, no script brings them; then an empty place is the second witness."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from db.readings import site_id_of
from db.recording.closing import Close, Settled, close_anew
from db.tables.crawl import CrawlRow, ReadingRow
from db.tables.site import ColumnRow
from rules.dates.periods import BEGINNING
from rules.vocabulary.terms import Outcome, Witness

# The cause of a reading that only lacks the second witness.
ONE_WITNESS = "empty_unproved"


def settle_empty_places(connection: Connection, site_key: str, crawl: int, as_of: date) -> list[Settled]:
    """Gives this crawl's columns with an empty place their second witness, where there is one. Returns how the readings of
    these columns (their keys) close now."""
    written = written_places(connection, site_key, as_of)
    return [
        (row.column, None, close_anew(connection, row, _empty(as_of), as_of))
        for row in _in_doubt(connection, crawl)
        if lies_in(row.template or "", written)
    ]


def _empty(as_of: date) -> Close:
    return Close(
        Outcome.EMPTY, Outcome.EMPTY, covered_since=BEGINNING, read_through_on=as_of,
        witness=Witness.EMPTY_BESIDE, withdraw=True,
    )  # fmt: skip


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
        select(ReadingRow.__table__, ColumnRow.key.label("column"))
        .join(ColumnRow, ColumnRow.id == ReadingRow.column_id)
        # A list whose later page shows nothing is no empty list.
        .where(ReadingRow.crawl_id == crawl, ReadingRow.cause == ONE_WITNESS, ReadingRow.row_count == 0)
    )
    return list(connection.execute(rows))
