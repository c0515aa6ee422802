"""Kept pages: those behind a finding's subject, and those that nothing leans on any more."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, or_, select, update

from db.readings import latest_readings, site_id_of
from db.tables.articles import ArticleRow
from db.tables.crawl import CrawlRow, SnapshotRow, VisitRow
from db.tables.judgement import FindingRow, PublishedBulletinRow
from db.tables.site import ColumnRow
from rules.dates.periods import parse_period
from rules.engine.hysteresis import Stage

MOST = 20


def snapshots_of(connection: Connection, finding: Any) -> list[dict[str, str]]:
    """The latest kept pages of what a finding (its row) is about: of its column or mailbox, and its posting's own."""
    lists = select(VisitRow.snapshot_id).where(
        or_(VisitRow.column_id.in_([finding.column_id]), VisitRow.mailbox_id.in_([finding.mailbox_id]))
    )
    opened = select(ArticleRow.snapshot_id).where(ArticleRow.posting_id.in_([finding.posting_id]))
    rows = connection.execute(
        select(SnapshotRow.url, SnapshotRow.path, SnapshotRow.fetched_at)
        .where(or_(SnapshotRow.id.in_(lists), SnapshotRow.id.in_(opened)), SnapshotRow.pruned_on.is_(None))
        .order_by(SnapshotRow.id.desc())
        .limit(MOST)
    )
    return [
        {"url": row.url, "path": row.path, "fetched_at": row.fetched_at.isoformat(timespec="seconds")}
        for row in rows
    ]


def prunable(connection: Connection, site_key: str, before: date) -> list[Any]:
    """A site's snapshots taken in crawls before a day on which nothing leans: no watched or open finding, no
    published bulletin, no latest reading. Rows have id and path."""
    held = {
        *_of_findings(connection, site_key),
        *_of_bulletins(connection, site_key),
        *_of_latest_readings(connection, site_key),
    }
    old = and_(CrawlRow.site_id == site_id_of(site_key), CrawlRow.as_of < before)
    visited = (
        select(SnapshotRow.id, SnapshotRow.path)
        .join(VisitRow, VisitRow.snapshot_id == SnapshotRow.id)
        .join(CrawlRow, CrawlRow.id == VisitRow.crawl_id)
        .where(old, SnapshotRow.pruned_on.is_(None))
        .distinct()
    )
    return [row for row in connection.execute(visited) if row.id not in held]


def mark_pruned(connection: Connection, ids: Iterable[int], on: date) -> None:
    """Notes that these are gone; their addresses and hashes stay."""
    for number in ids:
        connection.execute(update(SnapshotRow).where(SnapshotRow.id == number).values(pruned_on=on))


def _of_findings(connection: Connection, site_key: str) -> set[int]:
    living = (FindingRow.site_id == site_id_of(site_key), FindingRow.stage.in_([Stage.OPEN, Stage.WATCHED]))
    columns = select(FindingRow.column_id).where(*living)
    boxes = select(FindingRow.mailbox_id).where(*living)
    return _visited(connection, or_(VisitRow.column_id.in_(columns), VisitRow.mailbox_id.in_(boxes)))


def _of_bulletins(connection: Connection, site_key: str) -> set[int]:
    """Every page looked at from the start of a published period to the day of its bulletin."""
    rows = connection.execute(
        select(PublishedBulletinRow.period, PublishedBulletinRow.as_of).where(
            PublishedBulletinRow.site_id == site_id_of(site_key)
        )
    )
    held: set[int] = set()
    for row in rows:
        within = CrawlRow.as_of.between(parse_period(row.period).start, row.as_of)
        crawls = select(CrawlRow.id).where(CrawlRow.site_id == site_id_of(site_key), within)
        held |= _visited(connection, VisitRow.crawl_id.in_(crawls))
    return held


def _of_latest_readings(connection: Connection, site_key: str) -> set[int]:
    proofs = {row.proof_crawl_id for row in latest_readings(connection, site_key, ColumnRow).values()}
    return _visited(connection, VisitRow.crawl_id.in_(proofs))


def _visited(connection: Connection, condition: Any) -> set[int]:
    found = connection.scalars(
        select(VisitRow.snapshot_id).where(condition, VisitRow.snapshot_id.is_not(None))
    )
    return {number for number in found if number is not None}
