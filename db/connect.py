"""Opening the database: SQLite in WAL mode by default, PostgreSQL by URL, migrated to the newest form.

`open_database` is for what records: it makes a database where there is none. `open_existing` is for everything else,
and by default its connections cannot write at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from db.error_words import in_chinese
from db.migrating import migrate, refuse_emptied, revision, shown, sqlite_path
from rules.errors import GongkaiError, WrongInput

# Whoever only passes a database on takes its types from here: SQL is written in this package alone.
__all__ = [
    "Connection",
    "DBAPIError",
    "Engine",
    "database_url",
    "has_content",
    "migrate",
    "open_database",
    "open_existing",
    "sqlite_path",
]

DEFAULT_URL = "sqlite:///gongkai.db"


def database_url() -> str:
    """GONGKAI_DATABASE_URL, or ./gongkai.db."""
    return os.environ.get("GONGKAI_DATABASE_URL") or DEFAULT_URL


def open_database(url: str | None = None) -> Engine:
    """An engine on a database in its newest form. Raises WrongInput on a wrong URL, GongkaiError when the
    database cannot be opened."""
    engine = _engine(url or database_url())
    with _openable(engine):
        migrate(engine)
        _write_ahead(engine)
    return engine


def open_existing(url: str | None = None, *, read_only: bool = True) -> Engine:
    """An engine on a database that a crawl has made; with `read_only` every write is refused by the database itself.
    Raises WrongInput on a wrong URL and where there is no such database yet (none is made), GongkaiError when it
    cannot be opened."""
    engine = _engine(url or database_url())
    with _openable(engine):
        if revision(engine) is None:
            refuse_emptied(engine)
            raise WrongInput(
                f"数据库 {_place(engine)} 中还没有任何内容，请先用 gongkai nightly 或 gongkai crawl 采集；在别的目录采集过的，"
                "请到那个目录运行，或检查 GONGKAI_DATABASE_URL。"
            )
        migrate(engine)
    return _read_only(engine) if read_only else engine


def _place(engine: Engine) -> str:
    """Where the database is: its file in whole, or its address."""
    path = sqlite_path(engine)
    return str(path.absolute()) if path else shown(engine)


def has_content(url: str | None = None) -> bool:
    """Whether a crawl has made the database already. Raises WrongInput on a wrong URL, GongkaiError when it cannot be
    opened."""
    engine = _engine(url or database_url())
    with _openable(engine):
        return revision(engine) is not None


@contextmanager
def _openable(engine: Engine) -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        raise GongkaiError(
            f"数据库 {shown(engine)} 无法打开，没有写入任何内容，请检查地址与权限（{in_chinese(error)}）。"
        ) from error


def _engine(address: str) -> Engine:
    try:
        named = make_url(address)
        waits = (
            {"timeout": 60} if named.drivername.startswith("sqlite") and "timeout" not in named.query else {}
        )
        engine = create_engine(named, connect_args=waits)
    except (ArgumentError, ImportError, ModuleNotFoundError):
        raise WrongInput("GONGKAI_DATABASE_URL 不是可用的数据库地址，应如 sqlite:///gongkai.db。") from None
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _tune_sqlite)
    elif engine.dialect.name == "postgresql":
        event.listen(engine, "connect", _tune_postgresql)
    return engine


def _read_only(engine: Engine) -> Engine:
    """The engine with connections that refuse every write."""
    if engine.dialect.name == "postgresql":
        return engine.execution_options(postgresql_readonly=True)
    engine.dispose()
    event.listen(engine, "connect", _query_only)
    return engine


def _tune_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    # What is replaced or thinned leaves no text in free space (secure_delete); FAST would keep it in free pages.
    for pragma in ("synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _write_ahead(engine: Engine) -> None:
    """Readers and the one writer of a SQLite file do not wait for each other. The file keeps it; so it is set once the file is
    known to be ours, and not on connecting."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")


def _tune_postgresql(connection: Any, _record: Any) -> None:
    """Whoever waits for a lock as long as he likes holds up the night: the same minute as with SQLite."""
    cursor = connection.cursor()
    cursor.execute("SET lock_timeout = '60s'")
    cursor.close()
    connection.commit()


def _query_only(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA query_only=ON")
    cursor.close()
