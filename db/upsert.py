"""Insert or update, in the two dialects."""

from importlib import import_module
from typing import Any

from sqlalchemy import Connection, func

from db.tables.metadata import Table


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
    # Each dialect has an `insert` of its own; the other one need not be imported.
    dialect = import_module(f"sqlalchemy.dialects.{connection.dialect.name}")
    statement = dialect.insert(table)
    changes: dict[str, Any] = {name: statement.excluded[name] for name in moved}
    changes |= {name: func.coalesce(statement.excluded[name], getattr(table, name)) for name in learnt}
    connection.execute(statement.on_conflict_do_update(index_elements=list(unique), set_=changes), rows)
