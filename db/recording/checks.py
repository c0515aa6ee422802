"""What is recorded beside the crawl: outbound links of postings, and on how many nights running each did not open; probes of
the home page; new-media accounts (政务新媒体), imported by CSV, since nobody publishes them on the portal."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select

from db.readings import ids_by_key, site_id_of
from db.tables.articles import ArticleRow
from db.tables.checks import AccountRow, AccountUpdateRow, OutboundLinkRow, ProbeRow
from db.tables.crawl import PostingRow
from db.tables.site import ColumnRow, UnitRow
from db.upsert import upsert
from rules.scanners.masked_addresses import is_masked
from rules.vocabulary.terms import Outcome

RECENT = timedelta(days=100)
# The crawl itself asks the site for more than a stranger's links are worth.
OWN_AGAIN = timedelta(days=30)


def links_to_try(connection: Connection, site_key: str, as_of: date, most: int) -> list[str]:
    """Addresses in recent postings that were not tried today: the dead ones first, then the longest untried. The site's own
    that opened are asked again only after OWN_AGAIN, and those that the crawl opened by itself not at all."""
    rows = connection.execute(
        select(ArticleRow.facts, PostingRow.url, ArticleRow.outcome)
        .join(PostingRow, PostingRow.id == ArticleRow.posting_id)
        .join(ColumnRow, ColumnRow.id == PostingRow.column_id)
        .where(ColumnRow.site_id == site_id_of(site_key), PostingRow.published >= as_of - RECENT)
        .where(PostingRow.withdrawn_on.is_(None))
    ).all()
    found = {link["url"]: link.get("own", False) for row in rows for link in row.facts.get("links", ())}
    opened = {row.url for row in rows if row.outcome == Outcome.READ.value}
    # What was masked leads nowhere.
    urls = {url: own for url, own in found.items() if not is_masked(url) and not (own and url in opened)}
    known = {row.url: row for row in _known(connection, site_key)}
    due = [url for url, own in urls.items() if _is_due(known.get(url), own, as_of)]
    return sorted(due, key=lambda url: _turn(known.get(url)))[:most]


def _is_due(row: Any, own: bool, as_of: date) -> bool:
    if row is None:
        return True
    wait = OWN_AGAIN if own and not row.dead_nights else timedelta(days=1)
    return bool(row.tried_on <= as_of - wait)


def save_tries(
    connection: Connection, site_key: str, as_of: date, opened: Iterable[tuple[str, bool]]
) -> None:
    """Enters whether each address opened today."""
    site_id = connection.scalar(select(site_id_of(site_key)))
    nights = dead_nights(connection, site_key)
    tonight = {"site_id": site_id, "tried_on": as_of}
    rows = [
        {**tonight, "url": url, "dead_nights": 0 if well else nights.get(url, 0) + 1} for url, well in opened
    ]
    if rows:
        upsert(connection, OutboundLinkRow, ("site_id", "url"), ("dead_nights", "tried_on"), rows)


def dead_nights(connection: Connection, site_key: str) -> dict[str, int]:
    """Address → nights running on which it did not open, of those that do not."""
    return {row.url: row.dead_nights for row in _known(connection, site_key) if row.dead_nights}


def tried_links(connection: Connection, site_key: str) -> frozenset[str]:
    """The addresses in postings that were ever tried."""
    return frozenset(row.url for row in _known(connection, site_key))


def _known(connection: Connection, site_key: str) -> Sequence[Any]:
    mine = OutboundLinkRow.site_id == site_id_of(site_key)
    return connection.execute(
        select(OutboundLinkRow.url, OutboundLinkRow.dead_nights, OutboundLinkRow.tried_on).where(mine)
    ).all()


def _turn(row: Any) -> tuple[bool, date]:
    return (row is None or not row.dead_nights, row.tried_on if row is not None else date.min)


@dataclass(frozen=True, slots=True)
class AccountSeen:
    """One account of an imported table: its unit's key, and posts by day from `since` to `until`; where the table tells them,
    the comments that citizens left on a day and how many of these were answered, and whether it can be written to at all."""

    unit: str
    platform: str
    name: str
    since: date
    until: date
    posts: dict[date, int]
    comments: Mapping[date, tuple[int, int]] = field(default_factory=dict)
    interactive: bool | None = None


def save_accounts(connection: Connection, site_key: str, accounts: Iterable[AccountSeen]) -> None:
    """Enters accounts; what is known of one widens, its posts of a day are replaced."""
    site_id = connection.scalar(select(site_id_of(site_key)))
    units = ids_by_key(connection, UnitRow, site_key)
    known = {(row.platform, row.name): row for row in _accounts(connection, site_key)}
    named = {}
    for seen in accounts:
        row = known.get((seen.platform, seen.name))
        named[seen.platform, seen.name] = seen, {
            "site_id": site_id, "platform": seen.platform, "name": seen.name, "unit_id": units[seen.unit],
            "since": min(seen.since, row.since) if row else seen.since,
            "until": max(seen.until, row.until) if row else seen.until, "interactive": seen.interactive,
        }  # fmt: skip
    if not named:
        return
    moved = ("unit_id", "since", "until")
    rows = [row for _, row in named.values()]
    upsert(connection, AccountRow, ("site_id", "platform", "name"), moved, rows, ("interactive",))
    ids = {(row.platform, row.name): row.id for row in _accounts(connection, site_key)}
    updates = [
        {"account_id": ids[name], "day": day, "posts": number} | _comments(seen.comments.get(day))
        for name, (seen, _) in named.items()
        for day, number in seen.posts.items()
    ]
    if updates:
        learnt = ("comments", "answered")
        upsert(connection, AccountUpdateRow, ("account_id", "day"), ("posts",), updates, learnt)


def _comments(told: tuple[int, int] | None) -> dict[str, int | None]:
    return {"comments": told[0], "answered": told[1]} if told else {"comments": None, "answered": None}


def _accounts(connection: Connection, site_key: str) -> Sequence[Any]:
    mine = AccountRow.site_id == site_id_of(site_key)
    return connection.execute(select(AccountRow.__table__).where(mine)).all()


@dataclass(frozen=True, slots=True)
class Probe:
    """One look. `seconds` until the answer was whole; `status` is None where none came, `error` says why."""

    url: str
    moment: datetime
    seconds: float
    status: int | None
    error: str
    neutral: bool

    @property
    def opened(self) -> bool:
        """A page came (whatever its speed; slowness is for the rules to judge)."""
        return self.status is not None and self.status < 400


def keep_probes(connection: Connection, site_key: str, probes: Iterable[Probe], day: date) -> None:
    """Enters probes under the day (Asia/Shanghai) they stand for."""
    for probe in probes:
        values = {name: getattr(probe, name) for name in Probe.__slots__}
        connection.execute(insert(ProbeRow).values(site_id=site_id_of(site_key), day=day, **values))


def probes_of(connection: Connection, site_key: str, as_of: date, days: int) -> list[tuple[date, Probe]]:
    """The probes of the last `days` days up to `as_of`, oldest first."""
    rows = connection.execute(
        select(ProbeRow.__table__)
        .where(ProbeRow.site_id == site_id_of(site_key), ProbeRow.day <= as_of)
        .where(ProbeRow.day > as_of - timedelta(days=days))
        .order_by(ProbeRow.day, ProbeRow.id)
    )
    return [(r.day, Probe(r.url, r.moment, r.seconds, r.status, r.error, r.neutral)) for r in rows]
