"""SQLite databases at a hundredth of their price. Each test opens fresh ones: an engine of its own would compile the same
hundred statements anew, and Alembic would make the same tables anew. So the engines of a process remember what was
compiled together, and a database that is made takes its tables from one that was migrated."""

import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Engine, create_engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

from db import migrating

COMPILED: LRUCache[Any, Any] = LRUCache(4_000)


class Alike(SQLiteDialect_pysqlite):
    """The dialect is part of the key under which a compiled statement is remembered: all of this kind are one."""

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        engine.update_execution_options(compiled_cache=COMPILED)


by_alembic = migrating._upgrade


@cache
def migrated() -> str:
    """The statements that make a database as Alembic leaves it."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "gongkai.db"
        engine = create_engine(f"sqlite:///{file}")
        by_alembic(engine)
        engine.dispose()
        with closing(sqlite3.connect(file)) as database:
            return "\n".join(database.iterdump())


def _upgrade(engine: Engine) -> None:
    if engine.dialect.name != "sqlite" or migrating.revision(engine) is not None:
        by_alembic(engine)
        return
    with engine.connect() as connection:
        database = connection.connection.driver_connection
        assert isinstance(database, sqlite3.Connection)
        database.executescript(migrated())


registry.register("sqlite", __name__, Alike.__name__)
migrating._upgrade = _upgrade
