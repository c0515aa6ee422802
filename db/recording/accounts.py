"""New-media accounts (政务新媒体): declared and updated by CSV, since nobody publishes them on the portal."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from db.readings import site_id_of
from db.recording.pages import upsert
from db.tables.metadata import Table
from rules.cases import AccountCase
from rules.vocabulary.places import Site


class AccountRow(Table):
    """One account; its posts are known from `since` to `until`."""

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("site_id", "platform", "name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    unit: Mapped[str]
    platform: Mapped[str]
    name: Mapped[str]
    since: Mapped[date]
    until: Mapped[date]


class AccountUpdateRow(Table):
    """How many posts an account made on a day."""

    __tablename__ = "account_updates"
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    posts: Mapped[int]


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
    for seen in accounts:
        key = {"site_id": site_id, "platform": seen.platform, "name": seen.name}
        known = connection.execute(select(AccountRow.__table__).filter_by(**key)).first()
        since = min(seen.since, known.since) if known else seen.since
        until = max(seen.until, known.until) if known else seen.until
        row = {**key, "unit": seen.unit, "since": since, "until": until}
        upsert(connection, AccountRow, ("site_id", "platform", "name"), ("unit", "since", "until"), [row])
        account = connection.scalars(select(AccountRow.id).filter_by(**key)).one()
        rows = [{"account_id": account, "day": day, "posts": number} for day, number in seen.posts.items()]
        if rows:
            upsert(connection, AccountUpdateRow, ("account_id", "day"), ("posts",), rows)


def account_cases(connection: Connection, site: Site, as_of: date) -> Iterator[AccountCase]:
    """One case an account, with its posts up to a day."""
    names = {unit.key: unit.name for unit in site.units}
    rows = connection.execute(
        select(AccountRow.__table__).where(AccountRow.site_id == site_id_of(site.key)).order_by(AccountRow.id)
    ).all()
    for row in rows:
        updates = connection.execute(
            select(AccountUpdateRow.day, AccountUpdateRow.posts)
            .where(AccountUpdateRow.account_id == row.id, AccountUpdateRow.day <= as_of)
            .order_by(AccountUpdateRow.day)
        )
        yield AccountCase(
            subject=f"{row.platform} {row.name}",
            units=(row.unit,),
            unit_names=names.get(row.unit, row.unit),
            platform=row.platform,
            name=row.name,
            as_of=as_of,
            updates=tuple(day for day, posts in updates for _ in range(posts)),
            since=row.since,
            until=min(row.until, as_of),
        )
