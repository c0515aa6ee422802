"""Empty places with one witness, at a crawl's end: where lists of the same template have rows that the server wrote, this one
has none.

What a page without rows prints may be replaced by its scripts. But where another page of the site, with the same scripts,
carries its rows in the same place, no script brings them; then the page's word that it has nothing has its second witness.
A bare place without a word may be a server's failure. It is how a template shows an empty list only where several
columns of it are bare in that place, and none of them is known to be empty by anything more."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from db.readings import site_id_of
from db.recording.closing import Close, Settled, close_anew
from db.tables.crawl import CrawlRow, ReadingRow
from db.tables.site import ColumnRow, MailboxRow
from rules.dates.periods import BEGINNING
from rules.vocabulary.terms import Outcome, Witness

# The causes of readings that only lack the second witness: of a sentence, and of a bare place.
ONE_WITNESS, BARE_LIST = "empty_unproved", "bare_list"
# Of lists that are bare in one place; two may have failed together.
FEWEST_BARE = 3


@dataclass(frozen=True, slots=True)
class EmptyPlaces:
    """What the pages of a site say of the places of lists (`crawler.readers.lists.template`): in which rows were
    written, how many lists are bare in each, and in which the page says or shows more of an empty list."""

    written: frozenset[str]
    bare: Mapping[str, int]
    told: frozenset[str]

    @classmethod
    def of(
        cls, with_rows: Iterable[str | None], bare: Iterable[str | None], told: Iterable[str | None]
    ) -> "EmptyPlaces":
        """From the templates of readings with rows, of bare ones, and of those that are empty by more."""
        # A template's third name is of its row.
        written = frozenset(name for template in with_rows for name in (template or "").split()[:2])
        counted = Counter(name for template in bare for name in set((template or "").split()))
        return cls(written, counted, frozenset(name for one in told for name in (one or "").split()))

    def witness(self, cause: str, template: str) -> Witness:
        """The witness of an empty list whose reading had that cause and stands in one of these places; NONE if there is none."""
        places = self.written.intersection(template.split())
        if cause == ONE_WITNESS:
            return Witness.EMPTY_BESIDE if places else Witness.NONE
        alike = any(self.bare.get(name, 0) >= FEWEST_BARE for name in places)
        return Witness.EMPTY_ALIKE if alike and self.told.isdisjoint(places) else Witness.NONE


def settle_empty_places(connection: Connection, site_key: str, crawl: int, as_of: date) -> list[Settled]:
    """Gives this crawl's columns and mailboxes with an empty place their second witness, where there is one. Returns how
    the readings of these (their keys) close now."""
    rows = _without_rows(connection, crawl)
    known = EmptyPlaces.of(
        _templates_with_rows(connection, site_key, as_of),
        [row.template for row in rows if row.cause == BARE_LIST],
        [row.template for row in rows if row.cause == ONE_WITNESS or row.standing == Outcome.EMPTY],
    )
    found = (
        (row, known.witness(row.cause, row.template or "")) for row in rows if row.standing != Outcome.EMPTY
    )
    return [
        (row.column, row.mailbox, close_anew(connection, row, _empty(witness, as_of), as_of))
        for row, witness in found
        if witness
    ]


def _empty(witness: Witness, as_of: date) -> Close:
    return Close(
        Outcome.EMPTY,
        Outcome.EMPTY,
        covered_since=BEGINNING,
        read_through_on=as_of,
        witness=witness,
        withdraw=True,
    )


def _templates_with_rows(connection: Connection, site_key: str, as_of: date) -> Iterable[str | None]:
    rows = (
        select(ReadingRow.template)
        .join(CrawlRow, CrawlRow.id == ReadingRow.crawl_id)
        .where(CrawlRow.site_id == site_id_of(site_key), ReadingRow.as_of <= as_of)
        .where(ReadingRow.row_count > 0, ReadingRow.template.is_not(None))
        .distinct()
    )
    return connection.scalars(rows)


def _without_rows(connection: Connection, crawl: int) -> list[Any]:
    """This crawl's readings of empty places. A list whose later page shows nothing is no empty list."""
    rows = (
        select(ReadingRow.__table__, ColumnRow.key.label("column"), MailboxRow.key.label("mailbox"))
        .outerjoin(ColumnRow, ColumnRow.id == ReadingRow.column_id)
        .outerjoin(MailboxRow, MailboxRow.id == ReadingRow.mailbox_id)
        .where(ReadingRow.crawl_id == crawl, ReadingRow.row_count == 0)
        .where(ReadingRow.cause.in_((ONE_WITNESS, BARE_LIST)) | (ReadingRow.standing == Outcome.EMPTY.value))
    )
    return list(connection.execute(rows))
