"""Opening the database: SQLite in WAL mode by default, PostgreSQL by URL, migrated to the newest form."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from filelock import FileLock
from sqlalchemy import Engine, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from db.migrations import NEWEST
from rules.errors import GongkaiError, WrongInput

DEFAULT_URL = "sqlite:///gongkai.db"
MIGRATIONS = Path(__file__).parent / "migrations"


def database_url() -> str:
    """GONGKAI_DATABASE_URL, or ./gongkai.db."""
    return os.environ.get("GONGKAI_DATABASE_URL") or DEFAULT_URL


def open_database(url: str | None = None) -> Engine:
    """An engine on a database in its newest form. Raises WrongInput on a wrong URL, GongkaiError when the
    database cannot be opened."""
    address = url or database_url()
    try:
        engine = create_engine(address, connect_args=_connect_args(address))
    except (ArgumentError, ImportError, ModuleNotFoundError):
        raise WrongInput("GONGKAI_DATABASE_URL 不是可用的数据库地址，应如 sqlite:///gongkai.db。") from None
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _tune_sqlite)
    try:
        migrate(engine)
    except SQLAlchemyError as error:
        shown = make_url(address).render_as_string(hide_password=True)
        raise GongkaiError(
            f"数据库 {shown} 无法打开，没有写入任何内容，请检查地址与权限（{_brief(error)}）。"
        ) from error
    return engine


def migrate(engine: Engine) -> None:
    """Brings the database to the newest form; two processes that start together wait for each other."""
    if _revision(engine) == NEWEST:
        return
    # Only now: Alembic takes as long to import as most commands take to run.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with _alone(engine), engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _revision(engine: Engine) -> str | None:
    """The migration that the database has reached; None for a database without tables, or none yet."""
    path = sqlite_path(engine)
    if path is not None and not path.exists():
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
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{path}.migrating.lock", timeout=60):
        yield


def _connect_args(address: str) -> dict[str, Any]:
    return {"timeout": 60} if address.startswith("sqlite") else {}


def _tune_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _brief(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).splitlines()[0][:200]
