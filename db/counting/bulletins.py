"""What a bulletin is checked against, and the record of those that were published."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from db.counting.counts import Count, LatestReadings, counts_as_of, readings_on
from db.readings import site_id_of
from db.tables.crawl import LetterRow
from db.tables.judgement import PublishedBulletinRow
from db.tables.site import MailboxRow
from rules.dates.periods import Period
from rules.vocabulary.places import Site
from rules.vocabulary.terms import Exactness

Key = tuple[str, str]  # a column's key and a duty's


@dataclass(frozen=True, slots=True)
class Frozen:
    """A published bulletin; see `db.tables.judgement.PublishedBulletinRow`."""

    number: int
    as_of: date
    published_at: datetime
    facts: Mapping[str, Any]
    files: Mapping[str, str]


def counted_anew(connection: Connection, site: Site, period: Period, as_of: date) -> dict[Key, Count]:
    """Every duty's count as the database tells it now."""
    counts = counts_as_of(connection, site, period, as_of)
    return {(count.column.key, count.duty.key): count for count in counts}


def letters_received(connection: Connection, site: Site, period: Period, as_of: date) -> int:
    """How many letters of the period were known by a day."""
    received = connection.scalar(
        select(func.count())
        .select_from(LetterRow)
        .join(MailboxRow, MailboxRow.id == LetterRow.mailbox_id)
        .where(MailboxRow.site_id == site_id_of(site.key))
        .where(MailboxRow.key.in_([box.key for box in site.mailboxes]))
        .where(LetterRow.received >= period.start, LetterRow.received < period.end)
        .where(LetterRow.first_seen <= as_of)
    )
    return received or 0


def mailbox_exactness(
    connection: Connection, site: Site, period: Period, as_of: date
) -> list[Exactness | None]:
    """Of each mailbox how much of the period was read; None: nothing. A letter without a day may be the period's."""
    known = readings_on(connection, site.key, as_of, owner=MailboxRow)
    undated = set(
        connection.scalars(
            select(MailboxRow.key)
            .join(LetterRow, LetterRow.mailbox_id == MailboxRow.id)
            .where(MailboxRow.site_id == site_id_of(site.key))
            .where(LetterRow.received.is_(None), LetterRow.first_seen <= as_of)
        )
    )
    read = {box.key: known.get(box.key, LatestReadings()).of(period, as_of)[0] for box in site.mailboxes}
    return [
        Exactness.AT_LEAST if exactness is Exactness.EXACT and key in undated else exactness
        for key, exactness in read.items()
    ]


def freeze(
    connection: Connection,
    site_key: str,
    period: Period,
    as_of: date,
    moment: datetime,
    command: str,
    facts: Mapping[str, Any],
    files: Mapping[str, str],
) -> int:
    """Adds a published bulletin; those before it stay. Returns its number."""
    number = len(frozen(connection, site_key, period)) + 1
    connection.execute(
        insert(PublishedBulletinRow).values(
            site_id=site_id_of(site_key), period=period.key, number=number, as_of=as_of, published_at=moment,
            command=command, facts=dict(facts), files=dict(files),
        )
    )  # fmt: skip
    return number


def frozen(connection: Connection, site_key: str, period: Period) -> list[Frozen]:
    """A period's published bulletin and its corrections, first to last."""
    rows = connection.execute(
        select(PublishedBulletinRow.__table__)
        .where(
            PublishedBulletinRow.site_id == site_id_of(site_key), PublishedBulletinRow.period == period.key
        )
        .order_by(PublishedBulletinRow.number)
    )
    return [Frozen(row.number, row.as_of, row.published_at, row.facts, row.files) for row in rows]


def published_periods(connection: Connection, site_key: str) -> frozenset[str]:
    """The keys of the periods of which a bulletin was published."""
    of_site = PublishedBulletinRow.site_id == site_id_of(site_key)
    return frozenset(connection.scalars(select(PublishedBulletinRow.period).where(of_site)))
