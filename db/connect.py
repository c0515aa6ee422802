"""Opening the database: SQLite in WAL mode by default, PostgreSQL by URL, migrated to the newest form.

`open_database` is for what records: it makes a database where there is none. `open_existing` is for everything else,
and by default its connections cannot write at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from filelock import FileLock
from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from db.migrations import NEWEST
from db.private_files import FILE, owners_alone
from rules.errors import GongkaiError, WrongInput

# Whoever only passes a database on takes its types from here: SQL is written in this package alone.
__all__ = [
    "Connection",
    "DBAPIError",
    "Engine",
    "brief_of",
    "database_url",
    "has_content",
    "migrate",
    "open_database",
    "open_existing",
    "sqlite_path",
]

DEFAULT_URL = "sqlite:///gongkai.db"
MIGRATIONS = Path(__file__).parent / "migrations"


def database_url() -> str:
    """GONGKAI_DATABASE_URL, or ./gongkai.db."""
    return os.environ.get("GONGKAI_DATABASE_URL") or DEFAULT_URL


def open_database(url: str | None = None) -> Engine:
    """An engine on a database in its newest form. Raises WrongInput on a wrong URL, GongkaiError when the
    database cannot be opened."""
    engine = _engine(url or database_url())
    with _openable(engine):
        migrate(engine)
    return engine


def open_existing(url: str | None = None, *, read_only: bool = True) -> Engine:
    """An engine on a database that a crawl has made; with `read_only` every write is refused by the database itself.
    Raises WrongInput on a wrong URL and where there is no such database yet (none is made), GongkaiError when it
    cannot be opened."""
    engine = _engine(url or database_url())
    with _openable(engine):
        if _revision(engine) is None:
            _refuse_emptied(engine)
            raise WrongInput(
                f"数据库 {_shown(engine)} 中还没有任何内容，请先用 gongkai crawl 采集，或检查 GONGKAI_DATABASE_URL。"
            )
        migrate(engine)
    return _read_only(engine) if read_only else engine


def has_content(url: str | None = None) -> bool:
    """Whether a crawl has made the database already. Raises WrongInput on a wrong URL, GongkaiError when it cannot be
    opened."""
    engine = _engine(url or database_url())
    with _openable(engine):
        return _revision(engine) is not None


def _refuse_emptied(engine: Engine) -> None:
    """A SQLite file that was cut to nothing, or holds no tables while pages were kept beside it, was a database: a new
    one in its place would forget every number. (A file that is not there yet is a first start.)"""
    path = sqlite_path(engine)
    if path is None or not path.exists():
        return
    kept = path.parent / "evidence"
    emptied = path.stat().st_size == 0
    if emptied or (_revision(engine) is None and kept.is_dir() and any(kept.iterdir())):
        what = "是空文件" if emptied else f"没有任何内容，而旁边的 {kept} 中留有快照"
        raise GongkaiError(
            f"数据库 {path} {what}，可能已经损坏，没有写入任何内容，请从备份恢复；确要从头开始的，请先移走这个文件。"
        )


@contextmanager
def _openable(engine: Engine) -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        raise GongkaiError(
            f"数据库 {_shown(engine)} 无法打开，没有写入任何内容，请检查地址与权限（{brief_of(error)}）。"
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


def migrate(engine: Engine) -> None:
    """Brings the database to the newest form; two processes that start together wait for each other."""
    if _revision(engine) == NEWEST:
        return
    with _alone(engine):
        _refuse_emptied(
            engine
        )  # under the lock: whoever comes second finds an empty file while the first one fills it
        _upgrade(engine)


def _upgrade(engine: Engine) -> None:
    # Only now: Alembic takes as long to import as most commands take to run.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _revision(engine: Engine) -> str | None:
    """The migration that the database has reached; None for a database without tables, or none yet. An empty file is
    left as it is: to connect to it would fill it."""
    path = sqlite_path(engine)
    if path is not None and not (path.exists() and path.stat().st_size):
        return None
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        reached: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return reached


def sqlite_path(engine: Engine) -> Path | None:
    """The database's file, or None where it is no file."""
    name = engine.url.database
    if engine.dialect.name != "sqlite" or not name or name == ":memory:":
        return None
    return Path(urlsplit(name).path if name.startswith("file:") else name)


@contextmanager
def _alone(engine: Engine) -> Iterator[None]:
    path = sqlite_path(engine)
    if path is None:
        yield
        return
    with owners_alone():
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{path}.migrating.lock", timeout=60, mode=FILE):
            yield  # SQLite gives its journals the mode of the file that is made meanwhile


def _tune_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    # What is replaced or thinned leaves no text in free space (secure_delete); FAST would keep it in free pages.
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


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


def _shown(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=True)


def brief_of(error: BaseException | None) -> str:
    """A database's own words, one line without the statement (which holds what was read)."""
    return str(getattr(error, "orig", None) or error).splitlines()[0][:200]
