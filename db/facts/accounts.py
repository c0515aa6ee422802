"""Cases of new-media accounts."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection, select

from db.readings import site_id_of
from db.tables.accounts import AccountRow, AccountUpdateRow
from db.tables.site import UnitRow
from rules.cases import AccountCase
from rules.vocabulary.places import Site


def account_cases(connection: Connection, site: Site, as_of: date) -> Iterator[AccountCase]:
    """One case an account, with its posts up to a day."""
    names = {unit.key: unit.name for unit in site.units}
    rows = connection.execute(
        select(AccountRow.__table__, UnitRow.key.label("unit"), UnitRow.name.label("unit_name"))
        .join(UnitRow, UnitRow.id == AccountRow.unit_id)
        .where(AccountRow.site_id == site_id_of(site.key))
        .order_by(AccountRow.id)
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
            unit_names=names.get(row.unit, row.unit_name),
            platform=row.platform,
            name=row.name,
            as_of=as_of,
            updates=tuple(day for day, posts in updates for _ in range(posts)),
            since=row.since,
            until=min(row.until, as_of),
        )
