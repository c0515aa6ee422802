"""Insert or update, in the two dialects."""

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, func

from db.tables.metadata import Table

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite


def upsert(
    connection: Connection,
    table: type[Table],
    unique: tuple[str, ...],
    moved: tuple[str, ...],
    rows: list[dict[str, Any]],
    learnt: tuple[str, ...] = (),
) -> None:
    """Inserts rows; one that is there already (by `unique`) takes over the `moved` values, and of the `learnt`
    ones those that are not empty."""
    connection.execute(upsert_into(connection.dialect.name, table, unique, moved, learnt), rows)


@cache
def upsert_into(
    dialect: str,
    table: type[Table],
    unique: tuple[str, ...],
    moved: tuple[str, ...],
    learnt: tuple[str, ...] = (),
) -> "sqlite.Insert | postgresql.Insert":
    """The statement of `upsert`. Made once: composing it costs more processor time than running it."""
    # The table and not the class of its rows: SQLAlchemy's ORM prepares every row of a bulk insert in Python.
    columns = table.__table__
    # Each dialect has an `insert` of its own; the other one need not be imported.
    statement: Any = import_module(f"sqlalchemy.dialects.{dialect}").insert(columns)
    changes: dict[str, Any] = {name: statement.excluded[name] for name in moved}
    changes |= {name: func.coalesce(statement.excluded[name], columns.c[name]) for name in learnt}
    made: sqlite.Insert | postgresql.Insert = statement.on_conflict_do_update(
        index_elements=list(unique), set_=changes
    )
    return made
