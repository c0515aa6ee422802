"""The latest readings of a site's columns or mailboxes, as of a day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, ScalarSelect, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from db.tables.crawl import CrawlRow, ReadingRow
from db.tables.site import ColumnRow, MailboxRow, SiteRow, UnitRow
from rules.dates.periods import BEGINNING
from rules.vocabulary.terms import GOOD_OUTCOMES, Outcome

SEEN = [outcome.value for outcome in Outcome if outcome.seen]
GOOD = [outcome.value for outcome in GOOD_OUTCOMES]
# Readings of crawls of the whole site; a crawl of one unit is an audit.
OF_WHOLE_SITE = CrawlRow.unit_id.is_(None)
SUBJECT: dict[type[ColumnRow | MailboxRow], InstrumentedAttribute[int | None]] = {
    ColumnRow: ReadingRow.column_id,
    MailboxRow: ReadingRow.mailbox_id,
}


def latest_readings(
    connection: Connection,
    site_key: str,
    owner: type[ColumnRow | MailboxRow],
    *conditions: ColumnElement[bool],
    audit: int | None = None,
) -> dict[str, Any]:
    """Key of the column or mailbox → the row of its latest reading under the conditions.

    Of an audit (a crawl of one unit) only what it read well takes the place of a night's reading: that it was turned
    away or cut off says nothing of the site. `audit` is the crawl whose failures are asked for all the same."""
    subject = SUBJECT[owner]
    speaks = or_(OF_WHOLE_SITE, ReadingRow.standing.in_(GOOD), ReadingRow.crawl_id == audit)
    order = func.row_number().over(
        partition_by=subject,
        order_by=(case((speaks, 0), else_=1), ReadingRow.as_of.desc(), ReadingRow.id.desc()),
    )
    ranked = (
        select(owner.key, ReadingRow.__table__, order.label("place"))
        .join(owner, owner.id == subject)
        .join(CrawlRow, CrawlRow.id == ReadingRow.crawl_id)
        .where(owner.site_id == site_id_of(site_key), *conditions)
        .subquery()
    )
    rows = connection.execute(select(ranked).where(ranked.c.place == 1))
    return {row.key: row for row in rows}


def outcomes_of_crawl(
    connection: Connection, crawl: int, owner: type[ColumnRow | MailboxRow] = ColumnRow
) -> dict[str, tuple[Outcome, str]]:
    """Key of the column or mailbox → outcome and cause of one crawl's own reading; without those it did not come to."""
    rows = connection.execute(
        select(owner.key, ReadingRow.outcome, ReadingRow.cause)
        .join(ReadingRow, SUBJECT[owner] == owner.id)
        .where(ReadingRow.crawl_id == crawl)
    )
    return {key: (Outcome(outcome), cause) for key, outcome, cause in rows}


@dataclass(frozen=True, slots=True)
class LastReadings:
    """Of a site by a day: when it was last crawled (whole or one unit's columns), and the last day on which anything of it was
    read."""

    crawled_on: date | None
    read_on: date | None


def last_readings(connection: Connection, site_key: str, as_of: date) -> LastReadings:
    """When a site was last crawled and read by a day."""
    here = (CrawlRow.site_id == site_id_of(site_key), CrawlRow.as_of <= as_of)
    read = select(func.max(ReadingRow.as_of)).join(CrawlRow, CrawlRow.id == ReadingRow.crawl_id)
    return LastReadings(
        connection.scalar(select(func.max(CrawlRow.as_of)).where(*here)),
        connection.scalar(read.where(*here, ReadingRow.standing.in_(SEEN))),
    )


def night_days(connection: Connection, site_key: str, as_of: date, most: int) -> list[date]:
    """The days by a day on which the whole site was crawled, the newest first."""
    here = (CrawlRow.site_id == site_id_of(site_key), CrawlRow.as_of <= as_of, OF_WHOLE_SITE)
    return list(
        connection.scalars(
            select(CrawlRow.as_of).where(*here).distinct().order_by(CrawlRow.as_of.desc()).limit(most)
        )
    )


def covered_since(row: Any) -> date | None:
    """The day since which a reading's list is known: BEGINNING to its very end, None not at all."""
    return BEGINNING if row.covered_whole else row.covered_since


def ids_by_key(
    connection: Connection, table: type[ColumnRow | MailboxRow | UnitRow], site_key: str
) -> dict[str, int]:
    """Key in the site file → id, of a site's columns, mailboxes or units."""
    rows = connection.execute(select(table.key, table.id).where(table.site_id == site_id_of(site_key)))
    return {row.key: row.id for row in rows}


def site_id_of(site_key: str) -> ScalarSelect[int]:
    """A site's id, as a subquery."""
    return select(SiteRow.id).where(SiteRow.key == site_key).scalar_subquery()
