"""What a count leans on: the crawl that read its column through, and the kept pages of that crawl."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from db.counting.counts import readings_on, standing_on
from db.readings import covered_since, site_id_of
from db.recording.pages import Sighting, Snapshot
from db.tables.crawl import CrawlRow, PostingRow, SnapshotRow, VisitRow
from db.tables.site import ColumnRow, UnitRow
from rules.dates.periods import Period
from rules.vocabulary.terms import Outcome, Witness


@dataclass(frozen=True, slots=True)
class KeptVisit:
    """One page of the proving crawl. `path` is None where nothing was kept."""

    id: int
    number: int
    url: str
    outcome: Outcome
    cause: str
    path: str | None
    sha256: str | None
    file_sha256: str | None


@dataclass(frozen=True, slots=True)
class CountProof:
    """Why a column's counts are what they are: the proving crawl's days and pages, the reading's `witness` and `rows`, and every
    posting of the period that is counted; `first_visits`: identity → the visit that first showed it. `details`:
    identity → the posting's own page as kept, where that told the day or the unit that the list row does not, of any
    period."""

    as_of: date
    since: date
    covered_since: date | None
    witness: Witness
    rows: int
    visits: tuple[KeptVisit, ...]
    first_visits: dict[str, KeptVisit]
    postings: tuple[Sighting, ...]
    details: dict[str, Snapshot]


def grounds(connection: Connection, site_key: str, period: Period, as_of: date) -> dict[str, CountProof]:
    """Column key → its CountProof, for every column of which anything was seen."""
    readings = readings_on(connection, site_key, as_of)
    proofs = {key: known.proof for key, known in readings.items() if known.proof is not None}
    crawls = {row.id: row for row in connection.execute(select(CrawlRow.id, CrawlRow.as_of, CrawlRow.since))}
    postings = _postings(connection, site_key, period, as_of)
    details = _details(connection, site_key)
    found = {}
    for key, proof in proofs.items():
        crawl = crawls[proof.proof_crawl_id]
        mine = [row for row in postings if row.column == key]
        at_crawl = (VisitRow.crawl_id == proof.proof_crawl_id) & (VisitRow.column_id == proof.column_id)
        visits = tuple(_visits(connection, at_crawl))
        visited = {one.id: one for one in _visits(connection, VisitRow.id.in_({row.first for row in mine}))}
        first = {row.identity: visited[row.first] for row in mine if row.first in visited}
        counted = tuple(Sighting(*row[:6]) for row in mine)
        since, witness = covered_since(proof), Witness(proof.witness)
        found[key] = CountProof(
            crawl.as_of,
            crawl.since,
            since,
            witness,
            proof.row_count,
            visits,
            first,
            counted,
            details.get(key, {}),
        )
    return found


def _visits(connection: Connection, condition: Any) -> list[KeptVisit]:
    rows = connection.execute(
        select(
            VisitRow.id, VisitRow.page_number.label("number"), VisitRow.url, VisitRow.outcome, VisitRow.cause, SnapshotRow.path,
            SnapshotRow.sha256, SnapshotRow.file_sha256,
        )
        .outerjoin(SnapshotRow, SnapshotRow.id == VisitRow.snapshot_id)
        .where(condition)
        .order_by(VisitRow.id)
    )  # fmt: skip
    return [KeptVisit(**{**row._mapping, "outcome": Outcome(row.outcome)}) for row in rows]


def _postings(connection: Connection, site_key: str, period: Period, as_of: date) -> list[Any]:
    """The fields of a Sighting, the column's key and the first visit's id."""
    rows = connection.execute(
        select(
            PostingRow.identity, PostingRow.title, PostingRow.url, PostingRow.published, PostingRow.source,
            UnitRow.key.label("unit"), ColumnRow.key.label("column"), PostingRow.first_visit_id.label("first"),
        )
        .join(ColumnRow, ColumnRow.id == PostingRow.column_id)
        .outerjoin(UnitRow, UnitRow.id == PostingRow.unit_id)
        .where(ColumnRow.site_id == site_id_of(site_key), PostingRow.published >= period.start)
        .where(PostingRow.published < period.end, standing_on(as_of))
    )  # fmt: skip
    return list(rows)


def _details(connection: Connection, site_key: str) -> dict[str, dict[str, Snapshot]]:
    """Column key → identity → the posting's own page."""
    page = [getattr(SnapshotRow, name) for name in Snapshot.__slots__]
    rows = connection.execute(
        select(ColumnRow.key, PostingRow.identity, *page)
        .join(ColumnRow, ColumnRow.id == PostingRow.column_id)
        .join(SnapshotRow, SnapshotRow.id == PostingRow.detail_snapshot_id)
        .where(ColumnRow.site_id == site_id_of(site_key))
    )
    found: dict[str, dict[str, Snapshot]] = {}
    for column, identity, *values in rows:
        found.setdefault(column, {})[identity] = Snapshot(*values)
    return found
