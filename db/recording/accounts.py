"""New-media accounts (政务新媒体): declared and updated by CSV, since nobody publishes them on the portal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from db.readings import site_id_of
from db.tables.accounts import AccountRow, AccountUpdateRow
from db.tables.site import UnitRow
from db.upsert import upsert


@dataclass(frozen=True, slots=True)
class AccountSeen:
    """One account of an imported table: its unit's key, and posts by day from `since` to `until`."""

    unit: str
    platform: str
    name: str
    since: date
    until: date
    posts: dict[date, int]


def save_accounts(connection: Connection, site_key: str, accounts: Iterable[AccountSeen]) -> None:
    """Enters accounts; what is known of one widens, its posts of a day are replaced."""
    site_id = connection.scalar(select(site_id_of(site_key)))
    of_site = select(UnitRow.key, UnitRow.id).where(UnitRow.site_id == site_id)
    units = {row.key: row.id for row in connection.execute(of_site)}
    for seen in accounts:
        key = {"site_id": site_id, "platform": seen.platform, "name": seen.name}
        known = connection.execute(select(AccountRow.__table__).filter_by(**key)).first()
        since = min(seen.since, known.since) if known else seen.since
        until = max(seen.until, known.until) if known else seen.until
        row = {**key, "unit_id": units[seen.unit], "since": since, "until": until}
        upsert(connection, AccountRow, ("site_id", "platform", "name"), ("unit_id", "since", "until"), [row])
        account = connection.scalars(select(AccountRow.id).filter_by(**key)).one()
        rows = [{"account_id": account, "day": day, "posts": number} for day, number in seen.posts.items()]
        if rows:
            upsert(connection, AccountUpdateRow, ("account_id", "day"), ("posts",), rows)
