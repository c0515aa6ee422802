"""SQLite as SQLAlchemy speaks it, with one memory of compiled statements for all engines of a process: a test opens a
fresh database, and an engine of its own would compile the same hundred statements anew each time."""

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

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


registry.register("sqlite", __name__, Alike.__name__)
