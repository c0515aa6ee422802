"""Which form a database has, and bringing it to the newest. What is not ours is refused and stays as it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from filelock import FileLock, Timeout
from sqlalchemy import Engine, inspect, text

from db.migrations import NEWEST, REVISIONS
from db.private_files import FILE, owners_alone
from rules.errors import GongkaiError, WrongInput

MIGRATIONS = Path(__file__).parent / "migrations"
# Seconds that a process waits for another one that makes the same database.
PATIENCE = 60


def migrate(engine: Engine) -> None:
    """Brings the database to the newest form; two processes that start together wait for each other. Raises WrongInput of a
    database that another program made, or a later version of this one."""
    if revision(engine) == NEWEST:
        return
    with _alone(engine):
        # Under the lock: whoever comes second finds an empty file while the first one fills it.
        refuse_emptied(engine)
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


def revision(engine: Engine) -> str | None:
    """The migration that the database has reached; None for a database without tables, or none yet. An empty file is
    left as it is: to connect to it would fill it. Raises WrongInput as `migrate` does."""
    path = sqlite_path(engine)
    if path is not None and not (path.exists() and path.stat().st_size):
        return None
    with engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        if "alembic_version" not in tables:
            if tables and path is not None:  # a server's database may hold others' tables beside ours
                raise WrongInput(
                    f"{path} 是其他程序的数据库，没有读取或改动其中的内容，请检查 GONGKAI_DATABASE_URL。"
                )
            return None
        reached: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if reached is not None and reached not in REVISIONS:
        raise WrongInput(
            f"数据库 {shown(engine)} 的版本 {reached} 无法识别，可能由更新版本的程序写成，也可能属于其他程序，没有改动其中的内容，"
            "请升级程序，或检查 GONGKAI_DATABASE_URL。"
        )
    return reached


def refuse_emptied(engine: Engine) -> None:
    """A SQLite file that was cut to nothing, or holds no tables while pages were kept beside it, was a database: a new
    one in its place would forget every number. (A file that is not there yet is a first start.)"""
    path = sqlite_path(engine)
    if path is None or not path.exists():
        return
    kept = path.parent / "evidence"
    emptied = path.stat().st_size == 0
    if emptied or (revision(engine) is None and kept.is_dir() and any(kept.iterdir())):
        what = "是空文件" if emptied else f"没有任何内容，而旁边的 {kept} 中留有快照"
        raise GongkaiError(
            f"数据库 {path} {what}，可能已经损坏，没有写入任何内容，请从备份恢复；确要从头开始的，请先移走这个文件。"
        )


@contextmanager
def _alone(engine: Engine) -> Iterator[None]:
    path = sqlite_path(engine)
    if path is None:
        yield
        return
    with owners_alone():
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(f"{path}.migrating.lock", timeout=PATIENCE, mode=FILE)
        try:
            lock.acquire()
        except Timeout:
            raise GongkaiError(
                f"数据库 {path} 正由另一个进程准备，或所在目录不能写入，等了 {PATIENCE} 秒，没有写入任何内容，请稍后重试。"
            ) from None
        try:
            yield  # SQLite gives its journals the mode of the file that is made meanwhile
        finally:
            lock.release()


def sqlite_path(engine: Engine) -> Path | None:
    """The database's file, or None where it is no file."""
    name = engine.url.database
    if engine.dialect.name != "sqlite" or not name or name == ":memory:":
        return None
    return Path(urlsplit(name).path if name.startswith("file:") else name)


def shown(engine: Engine) -> str:
    """The database's address without its password."""
    return engine.url.render_as_string(hide_password=True)
