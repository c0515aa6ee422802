"""Insert or update, in the two dialects."""

from typing import Any

from sqlalchemy import Connection, func
from sqlalchemy.dialects import postgresql, sqlite

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
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(table)
    changes: dict[str, Any] = {name: statement.excluded[name] for name in moved}
    changes |= {name: func.coalesce(statement.excluded[name], getattr(table, name)) for name in learnt}
    connection.execute(statement.on_conflict_do_update(index_elements=list(unique), set_=changes), rows)
