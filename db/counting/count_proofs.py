"""What a count leans on: the crawl that read its column through, and the kept pages of that crawl."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from db.counting.counts import column_standings, standing_on
from db.readings import covered_since, site_id_of
from db.recording.pages import Sighting
from db.tables.crawl import CrawlRow, PostingRow, SnapshotRow, VisitRow
from db.tables.site import ColumnRow, UnitRow
from rules.dates.periods import Period
from rules.vocabulary.terms import Outcome


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
class Witness:
    """A posting's own page as kept: it told the day or the unit that its list row does not."""

    url: str
    path: str
    sha256: str
    file_sha256: str


@dataclass(frozen=True, slots=True)
class CountProof:
    """Why a column's counts are what they are: the proving crawl's days and pages, and every posting of the
    period that is counted; `first_visits`: identity → the visit that first showed it. `witnesses`: identity → page,
    of any period."""

    as_of: date
    since: date
    covered_since: date | None
    visits: tuple[KeptVisit, ...]
    first_visits: dict[str, KeptVisit]
    postings: tuple[Sighting, ...]
    witnesses: dict[str, Witness]


def grounds(connection: Connection, site_key: str, period: Period, as_of: date) -> dict[str, CountProof]:
    """Column key → its CountProof, for every column of which anything was seen."""
    standings = column_standings(connection, site_key, as_of)
    proofs = {key: standing.proof for key, standing in standings.items() if standing.proof is not None}
    crawls = {row.id: row for row in connection.execute(select(CrawlRow.id, CrawlRow.as_of, CrawlRow.since))}
    postings = _postings(connection, site_key, period, as_of)
    witnesses = _witnesses(connection, site_key)
    found = {}
    for key, proof in proofs.items():
        crawl = crawls[proof.proof_crawl_id]
        mine = [row for row in postings if row.column == key]
        at_crawl = (VisitRow.crawl_id == proof.proof_crawl_id) & (VisitRow.column_id == proof.column_id)
        visits = tuple(_visits(connection, at_crawl))
        visited = {one.id: one for one in _visits(connection, VisitRow.id.in_({row.first for row in mine}))}
        first = {row.identity: visited[row.first] for row in mine}
        counted = tuple(Sighting(*row[:6]) for row in mine)
        found[key] = CountProof(
            crawl.as_of, crawl.since, covered_since(proof), visits, first, counted, witnesses.get(key, {})
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
        .order_by(VisitRow.page_number, VisitRow.id)
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


def _witnesses(connection: Connection, site_key: str) -> dict[str, dict[str, Witness]]:
    """Column key → identity → the posting's own page."""
    rows = connection.execute(
        select(
            ColumnRow.key.label("column"), PostingRow.identity, SnapshotRow.url, SnapshotRow.path,
            SnapshotRow.sha256, SnapshotRow.file_sha256,
        )
        .join(ColumnRow, ColumnRow.id == PostingRow.column_id)
        .join(SnapshotRow, SnapshotRow.id == PostingRow.detail_snapshot_id)
        .where(ColumnRow.site_id == site_id_of(site_key))
    )  # fmt: skip
    found: dict[str, dict[str, Witness]] = {}
    for row in rows:
        witness = Witness(row.url, row.path, row.sha256, row.file_sha256)
        found.setdefault(row.column, {})[row.identity] = witness
    return found
