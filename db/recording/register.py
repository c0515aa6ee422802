"""Entering a site's declaration: what is new is added, what changed is updated, what went is set inactive."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update
from sqlalchemy.orm import InstrumentedAttribute

from db.tables.metadata import Table
from db.tables.site import ColumnRow, DutyRow, DutyUnitRow, MailboxRow, SiteRow, UnitRow
from rules.vocabulary.column_kinds import kind_of
from rules.vocabulary.places import Column, Site

Declared = UnitRow | MailboxRow | ColumnRow
Key = tuple[Any, ...]
Rows = dict[str, dict[str, Any]]
COLUMN = ("field", "level1", "level2", "url", "elsewhere", "shared", "outside", "cycle")


def register(connection: Connection, site: Site) -> int:
    """Makes the declared tables say what the site file says. Returns the site's id."""
    known = SiteRow.key == site.key
    said = {"name": site.name, "home": site.home, "own_lines": " ".join(site.mobiles)}
    (site_id,) = _enter(connection, SiteRow, known, ("key",), {(site.key,): said}).values()

    def enter(table: type[Declared], rows: Rows) -> dict[str, int]:
        ids = _enter(connection, table, table.site_id == site_id, ("site_id", "key"), _owned(site_id, rows))
        return {key: number for (_, key), number in ids.items()}

    units = enter(UnitRow, _placed(site.units, ("name",), lambda u: {"kind": u.kind.value}))
    enter(MailboxRow, _placed(site.mailboxes, ("name", "url", "reply_within")))
    columns = enter(ColumnRow, _placed(site.columns, COLUMN, _kind))
    _enter_duties(connection, site.columns, columns, units)
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


def _owned(owner: int, rows: Rows) -> dict[Key, dict[str, Any]]:
    return {(owner, key): values for key, values in rows.items()}


def _enter_duties(
    connection: Connection, declared: Sequence[Column], columns: dict[str, int], units: dict[str, int]
) -> None:
    """The duties of all columns in a few statements: a county has thousands, and most nights none has changed."""
    rows: dict[Key, dict[str, Any]] = {}
    for column in declared:
        rows |= _owned(columns[column.key], _placed(column.duties, ("label",), first=len(rows)))
    of_these = DutyRow.column_id.in_(columns.values())
    ids = _enter(connection, DutyRow, of_these, ("column_id", "key"), rows)
    wanted = {
        (ids[columns[column.key], duty.key], units[unit])
        for column in declared
        for duty in column.duties
        for unit in duty.units
    }
    linked = select(DutyUnitRow).join(DutyRow, DutyRow.id == DutyUnitRow.duty_id).where(of_these)
    kept = set(ids.values())  # a duty that went keeps its units
    there = {(row.duty_id, row.unit_id) for row in connection.execute(linked) if row.duty_id in kept}
    changed = {duty for duty, _unit in wanted ^ there}
    if changed:
        connection.execute(delete(DutyUnitRow).where(DutyUnitRow.duty_id.in_(changed)))
        links = [{"duty_id": duty, "unit_id": unit} for duty, unit in sorted(wanted) if duty in changed]
        if links:
            connection.execute(insert(DutyUnitRow), links)


def _enter(
    connection: Connection,
    table: type[Table],
    among: ColumnElement[bool],
    names: tuple[str, ...],
    rows: dict[Key, dict[str, Any]],
) -> dict[Key, int]:
    """Makes the rows of a table that are `among` the owner's equal to `rows`, by their values of `names`. Returns
    those values → id, of these rows."""
    living = hasattr(table, "active")
    known = _known(connection, table, among, names)
    wanted = {key: {**values, "active": True} if living else values for key, values in rows.items()}
    new = [
        {**dict(zip(names, key, strict=True)), **values} for key, values in wanted.items() if key not in known
    ]
    if new:
        connection.execute(insert(table), new)
    number: InstrumentedAttribute[int] = table.id  # type: ignore[attr-defined]
    for key in wanted.keys() & known.keys():
        if any(known[key][name] != value for name, value in wanted[key].items()):
            connection.execute(update(table).where(number == known[key]["id"]).values(**wanted[key]))
    gone = [row["id"] for key, row in known.items() if key not in wanted]
    if gone and living:
        connection.execute(update(table).where(number.in_(gone)).values(active=False))
    if new:
        known = _known(connection, table, among, names)
    return {key: known[key]["id"] for key in wanted}


def _known(
    connection: Connection, table: type[Table], among: ColumnElement[bool], names: tuple[str, ...]
) -> dict[Key, Any]:
    rows = connection.execute(select(table.__table__).where(among)).mappings()
    return {tuple(row[name] for name in names): row for row in rows}
