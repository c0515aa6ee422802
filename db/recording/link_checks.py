"""Links to other sites that postings carry, and on how many nights running each did not open."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, select

from db.readings import site_id_of
from db.tables.articles import ArticleRow
from db.tables.checks import OutboundLinkRow
from db.tables.crawl import PostingRow
from db.tables.site import ColumnRow
from db.upsert import upsert

RECENT = timedelta(days=100)


def links_to_try(connection: Connection, site_key: str, as_of: date, most: int) -> list[str]:
    """Addresses in recent postings that were not tried today: the dead ones first, then the longest untried."""
    rows = connection.scalars(
        select(ArticleRow.facts)
        .join(PostingRow, PostingRow.id == ArticleRow.posting_id)
        .join(ColumnRow, ColumnRow.id == PostingRow.column_id)
        .where(ColumnRow.site_id == site_id_of(site_key), PostingRow.published >= as_of - RECENT)
        .where(PostingRow.withdrawn_on.is_(None))
    )
    urls = {link["url"] for facts in rows for link in facts.get("links", ())}
    known = {row.url: row for row in _known(connection, site_key)}
    due = [url for url in urls if url not in known or known[url].tried_on < as_of]
    return sorted(due, key=lambda url: _turn(known.get(url)))[:most]


def save_tries(
    connection: Connection, site_key: str, as_of: date, opened: Iterable[tuple[str, bool]]
) -> None:
    """Enters whether each address opened today."""
    site_id = connection.scalar(select(site_id_of(site_key)))
    nights = dead_nights(connection, site_key)
    rows: list[dict[str, Any]] = [
        {
            "site_id": site_id,
            "url": url,
            "dead_nights": 0 if well else nights.get(url, 0) + 1,
            "tried_on": as_of,
        }
        for url, well in opened
    ]
    if rows:
        upsert(connection, OutboundLinkRow, ("site_id", "url"), ("dead_nights", "tried_on"), rows)


def dead_nights(connection: Connection, site_key: str) -> dict[str, int]:
    """Address → nights running on which it did not open, of those that do not."""
    return {row.url: row.dead_nights for row in _known(connection, site_key) if row.dead_nights}


def _known(connection: Connection, site_key: str) -> Sequence[Any]:
    mine = OutboundLinkRow.site_id == site_id_of(site_key)
    return connection.execute(
        select(OutboundLinkRow.url, OutboundLinkRow.dead_nights, OutboundLinkRow.tried_on).where(mine)
    ).all()


def _turn(row: Any) -> tuple[bool, date]:
    return (row is None or not row.dead_nights, row.tried_on if row is not None else date.min)
