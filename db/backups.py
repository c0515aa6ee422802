"""Backups of a SQLite database: copied whole while it is in use, one a day, the newest fourteen kept; and putting one back.
(PostgreSQL has its own: pg_dump.)"""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from db.migrating import migrate, sqlite_path
from db.migrations import REVISIONS
from db.plain_files import begins_with, why_no_file
from db.private_files import owners_alone
from rules.errors import GongkaiError, WrongInput

KEPT = 14
MARK = b"SQLite format 3\0"  # with which every such file begins
FOLDER = "backups"


def backup_folder(engine: Engine) -> Path | None:
    """The folder `backups` beside the database; None where the database is no file."""
    path = sqlite_path(engine)
    return path.parent / FOLDER if path else None


def back_up(engine: Engine, folder: Path, day: date) -> Path:
    """Copies the database to gongkai-2023-07-03.db in a folder, whole or not at all, and removes all such copies but the newest
    fourteen. Raises WrongInput of a database that is no file, GongkaiError where the copy cannot be made."""
    source = _file_of(engine)
    target = folder / f"gongkai-{day:%Y-%m-%d}.db"
    try:
        _copy(source, target)
        for old in sorted(folder.glob("gongkai-????-??-??.db"))[:-KEPT]:
            old.unlink()
    except (OSError, sqlite3.Error) as error:
        raise GongkaiError(
            f"数据库没有备份到 {target}（{error}），数据库本身不受影响，请检查目录权限和磁盘空间。"
        ) from error
    return target


def restore(engine: Engine, backup: Path, aside: Path) -> None:
    """Puts a backup in the place of the database, in one transaction; what stands there now is copied to `aside` first. Nothing
    else may be using the database. Raises WrongInput of what is no backup, GongkaiError where it cannot be done."""
    target = _file_of(engine)
    refuse_no_backup(backup)
    try:
        if target.exists():
            _copy(target, aside)
        with owners_alone(), closing(sqlite3.connect(backup)) as old, closing(sqlite3.connect(target)) as now:
            old.backup(now)
    except (OSError, sqlite3.Error) as error:
        raise GongkaiError(
            f"备份 {backup} 没有恢复（{error}），原来的数据库没有改动，请停止其他正在使用它的命令后重试。"
        ) from error
    migrate(engine)


def refuse_no_backup(path: Path) -> None:
    """Raises WrongInput of a file that is no whole database of ours."""
    why = "不是 gongkai 的数据库备份"
    if odd := why_no_file(path):
        raise WrongInput(f"找不到备份 {path}：{odd}，没有恢复，请检查路径。")
    try:
        if not begins_with(path, MARK):
            raise ValueError("no SQLite file")
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as found:
            [reached] = found.execute("SELECT version_num FROM alembic_version").fetchone()
            [sound] = found.execute("PRAGMA integrity_check").fetchone()
    except (OSError, sqlite3.Error, TypeError, ValueError):
        raise WrongInput(f"{path} {why}，没有恢复，请检查路径。") from None
    if sound != "ok":
        raise WrongInput(f"{path} 已经损坏，没有恢复，请换一份备份。")
    if reached not in REVISIONS:
        raise WrongInput(f"{path} {why}，或由更新版本的程序写成，没有恢复，请升级程序或换一份备份。")


def _copy(source: Path, target: Path) -> None:
    """A consistent copy of a database that may be written to meanwhile."""
    with owners_alone():
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_name(f".{target.name}.part")
        unfinished.unlink(missing_ok=True)
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(unfinished)) as new:
            old.backup(new)
        unfinished.replace(target)


def _file_of(engine: Engine) -> Path:
    path = sqlite_path(engine)
    if path is None:
        raise WrongInput(
            "这个数据库不是 SQLite 文件，没有备份或恢复，请用数据库服务器自己的工具（如 pg_dump）。"
        )
    return path
