"""Links of the home page: which of them are still to be asked for, and on how many nights each was surely not there.

A few are asked for each night, those never asked for first. What the crawl opens itself is left to it: columns, mailboxes,
postings, and what postings link to besides."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, delete, or_, select

from db.readings import site_id_of
from db.recording.checks import tried_links
from db.tables.checks import HomeLinkRow
from db.tables.crawl import PostingRow
from db.tables.site import ColumnRow
from db.upsert import upsert
from rules.scanners.masked_addresses import is_masked
from rules.scanners.outbound_links import Link

# One that opened is asked for again after so long.
AGAIN = timedelta(days=30)
# One that was missing on CONFIRMED nights: until then it is asked for every night.
MISSING_AGAIN = timedelta(days=7)
CONFIRMED = 2
FORGOTTEN = timedelta(days=60)  # after it was last on the home page


def keep_home_links(
    connection: Connection, site_key: str, links: Iterable[tuple[str, str]], as_of: date
) -> None:
    """Enters the links (address, text) that the home page shows, and drops those that it has not shown for long."""
    site_id = connection.scalar(select(site_id_of(site_key)))
    shown = {"site_id": site_id, "seen_on": as_of, "missing_nights": 0, "tried_on": None}
    rows = [{**shown, "url": url, "text": text} for url, text in dict(links).items()]
    if rows:
        upsert(connection, HomeLinkRow, ("site_id", "url"), ("text", "seen_on"), rows)
    old = (HomeLinkRow.site_id == site_id, HomeLinkRow.seen_on <= as_of - FORGOTTEN)
    connection.execute(delete(HomeLinkRow).where(*old))


def home_links_to_try(
    connection: Connection, site_key: str, left_out: Collection[str], as_of: date, most: int
) -> list[str]:
    """At most so many addresses that the home page shows on a day and that are due, those once missing first, then the
    longest untried; never those `left_out`."""
    due = or_(
        HomeLinkRow.tried_on.is_(None),
        HomeLinkRow.tried_on <= as_of - AGAIN,
        (HomeLinkRow.missing_nights >= CONFIRMED) & (HomeLinkRow.tried_on <= as_of - MISSING_AGAIN),
        (HomeLinkRow.missing_nights > 0)
        & (HomeLinkRow.missing_nights < CONFIRMED)
        & (HomeLinkRow.tried_on < as_of),
    )
    rows = connection.execute(
        select(HomeLinkRow.url)
        .where(HomeLinkRow.site_id == site_id_of(site_key), HomeLinkRow.seen_on == as_of, due)
        .where(HomeLinkRow.url.not_in(_postings(site_key)))
        .order_by(
            HomeLinkRow.missing_nights == 0,
            HomeLinkRow.tried_on.is_not(None),
            HomeLinkRow.tried_on,
            HomeLinkRow.id,
        )
    )
    elsewhere = {*left_out, *tried_links(connection, site_key)}
    urls = (row.url for row in rows)
    # What was masked leads nowhere.
    return [url for url in urls if url not in elsewhere and not is_masked(url)][: max(most, 0)]


def save_home_tries(
    connection: Connection, site_key: str, as_of: date, missing: Iterable[tuple[str, bool]]
) -> None:
    """Enters whether each address was surely missing tonight. Whatever else was answered begins the count anew."""
    known = {row.url: row for row in _rows(connection, site_key)}
    rows = [
        {
            "site_id": known[url].site_id, "url": url, "text": known[url].text, "seen_on": known[url].seen_on,
            "tried_on": as_of, "missing_nights": known[url].missing_nights + 1 if is_missing else 0,
        }
        for url, is_missing in missing
        if url in known and known[url].tried_on != as_of
    ]  # fmt: skip
    if rows:
        upsert(connection, HomeLinkRow, ("site_id", "url"), ("tried_on", "missing_nights"), rows)


def missing_home_links(connection: Connection, site_key: str, seen_on: date) -> tuple[Link, ...]:
    """The links of the home page, as it was on a day, that were missing when they were last asked for."""
    return tuple(
        Link(row.url, row.text, dead_nights=row.missing_nights)
        for row in _rows(connection, site_key)
        if row.seen_on >= seen_on and row.missing_nights
    )


def _rows(connection: Connection, site_key: str) -> Sequence[Any]:
    mine = HomeLinkRow.site_id == site_id_of(site_key)
    return connection.execute(select(HomeLinkRow.__table__).where(mine).order_by(HomeLinkRow.id)).all()


def _postings(site_key: str) -> Any:
    """The addresses of postings: their own pages are opened by the crawl."""
    return (
        select(PostingRow.url)
        .join(ColumnRow, ColumnRow.id == PostingRow.column_id)
        .where(ColumnRow.site_id == site_id_of(site_key), PostingRow.url.is_not(None))
    )
