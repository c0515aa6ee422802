"""Entering a site's declaration: what is new is added, what changed is updated, what went is set inactive."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.orm import InstrumentedAttribute

from db.tables.metadata import Table
from db.tables.site import ColumnRow, DutyRow, DutyUnitRow, MailboxRow, SiteRow, UnitRow
from rules.vocabulary.column_kinds import kind_of
from rules.vocabulary.places import Column, Duty, Site

Rows = dict[str, dict[str, Any]]
COLUMN = ("field", "level1", "level2", "url", "elsewhere", "shared", "outside", "cycle")


def register(connection: Connection, site: Site) -> int:
    """Makes the declared tables say what the site file says. Returns the site's id."""
    site_id = _enter(connection, SiteRow, {}, {site.key: {"name": site.name, "home": site.home}})[site.key]
    owner = {"site_id": site_id}
    units = _enter(
        connection, UnitRow, owner, _placed(site.units, ("name",), lambda u: {"kind": u.kind.value})
    )
    _enter(connection, MailboxRow, owner, _placed(site.mailboxes, ("name", "url", "reply_within")))
    columns = _enter(connection, ColumnRow, owner, _placed(site.columns, COLUMN, _kind))
    entered = 0
    for column in site.columns:
        _enter_duties(connection, columns[column.key], column.duties, units, entered)
        entered += len(column.duties)
    return site_id


def _placed(
    declared: Sequence[Any],
    names: Sequence[str],
    more: Callable[[Any], dict[str, Any]] = lambda _: {},
    first: int = 0,
) -> Rows:
    """Key → what is stored of it: its place in the site file, the attributes named, and `more`."""
    return {
        each.key: {"position": n, **{name: getattr(each, name) for name in names}, **more(each)}
        for n, each in enumerate(declared, start=first)
    }


def _kind(column: Column) -> dict[str, str]:
    return {"kind": (column.kind or kind_of(column.path)).value}


def _enter_duties(
    connection: Connection, column_id: int, duties: Sequence[Duty], units: dict[str, int], first: int
) -> None:
    """A column's duties; the first one's place among all of the site is `first`."""
    ids = _enter(connection, DutyRow, {"column_id": column_id}, _placed(duties, ("label",), first=first))
    wanted = {(ids[duty.key], units[unit]) for duty in duties for unit in duty.units}
    of_these = DutyUnitRow.duty_id.in_(ids.values())
    there = {(row.duty_id, row.unit_id) for row in connection.execute(select(DutyUnitRow).where(of_these))}
    if wanted != there:
        connection.execute(delete(DutyUnitRow).where(of_these))
        connection.execute(insert(DutyUnitRow), [{"duty_id": d, "unit_id": u} for d, u in sorted(wanted)])


def _enter(connection: Connection, table: type[Table], owner: dict[str, Any], rows: Rows) -> dict[str, int]:
    """Makes the owner's rows of a table equal to `rows` (by key). Returns key → id, of these rows."""
    key: InstrumentedAttribute[str] = table.key  # type: ignore[attr-defined]
    owned = [getattr(table, name) == value for name, value in owner.items()]
    known = {row["key"]: dict(row) for row in connection.execute(select(table).where(*owned)).mappings()}
    living = hasattr(table, "active")
    for name, values in rows.items():
        wanted = {**values, "active": True} if living else values
        if name not in known:
            connection.execute(insert(table).values(**owner, key=name, **wanted))
        elif any(known[name][k] != v for k, v in wanted.items()):
            connection.execute(update(table).where(*owned, key == name).values(**wanted))
    gone = [name for name in known if name not in rows]
    if gone and living:
        connection.execute(update(table).where(*owned, key.in_(gone)).values(active=False))
    found = connection.execute(select(table).where(*owned, key.in_(rows))).mappings()
    return {row["key"]: row["id"] for row in found}
