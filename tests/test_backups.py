"""A backup is the whole database, made while it is in use; restored it equals the original; what is no backup is refused."""

import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.backups import KEPT, back_up, restore
from db.connect import open_database
from db.locks import hold
from rules.errors import GongkaiError, WrongInput
from tests.commandline import environment, in_process

DAY = date(2023, 7, 3)


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as database:
        return list(database.iterdump())


def change(engine: Engine, name: str) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(
            f"INSERT INTO sites (key, name, home) VALUES ('{name}', '{name}', 'https://{name}.example/')"
        )


def test_a_backup_is_whole_while_somebody_writes(engine: Engine, tmp_path: Path) -> None:
    change(engine, "before")
    writing = engine.connect()
    writing.exec_driver_sql("BEGIN IMMEDIATE")
    writing.exec_driver_sql(
        "INSERT INTO sites (key, name, home) VALUES ('half', 'half', 'https://half.example/')"
    )
    made = back_up(engine, tmp_path / "kept", DAY)
    writing.rollback()
    assert dump(made) == dump(tmp_path / "gongkai.db")
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.parent.stat().st_mode) == 0o700


def test_the_newest_fourteen_are_kept_and_other_files_left_alone(engine: Engine, tmp_path: Path) -> None:
    other = tmp_path / "kept" / "notes.db"
    other.parent.mkdir()
    other.write_bytes(b"mine")
    days = [DAY + timedelta(days=n) for n in range(KEPT + 3)]
    for day in [*days, days[-1]]:
        back_up(engine, other.parent, day)
    names = {path.name for path in other.parent.iterdir()}
    assert names == {"notes.db", *(f"gongkai-{day}.db" for day in days[-KEPT:])}


def test_a_restored_database_equals_the_original_and_the_replaced_one_is_kept(
    engine: Engine, tmp_path: Path
) -> None:
    change(engine, "first")
    made, original = back_up(engine, tmp_path / "kept", DAY), dump(tmp_path / "gongkai.db")
    change(engine, "second")
    later = dump(tmp_path / "gongkai.db")
    engine.dispose()
    restore(engine, made, tmp_path / "replaced.db")
    assert dump(tmp_path / "gongkai.db") == original
    assert dump(tmp_path / "replaced.db") == later
    change(engine, "third")  # and it can be used


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _text(path: Path) -> None:
    path.write_text("name = 'site'", encoding="utf-8")


def _others(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE notes (text)")


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE alembic_version (version_num)")
        database.execute("INSERT INTO alembic_version VALUES ('9999')")
        database.commit()


def _torn(path: Path) -> None:
    open_database(f"sqlite:///{path}").dispose()
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


@pytest.mark.parametrize(
    "spoil", [_empty, _text, _others, _newer, _torn, Path.mkdir], ids=lambda f: f.__name__
)
def test_what_is_no_backup_is_refused_and_the_database_stays(
    engine: Engine, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    change(engine, "mine")
    before, wrong = dump(tmp_path / "gongkai.db"), tmp_path / "wrong.db"
    spoil(wrong)
    with pytest.raises(WrongInput, match="没有恢复"):
        restore(engine, wrong, tmp_path / "replaced.db")
    assert dump(tmp_path / "gongkai.db") == before and not (tmp_path / "replaced.db").exists()


def test_a_backup_that_cannot_be_made_says_that_the_database_stands(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "kept").write_bytes(b"a file where the folder should be")
    with pytest.raises(GongkaiError, match="数据库本身不受影响"):
        back_up(engine, tmp_path / "kept", DAY)


def test_the_commands_back_up_and_restore_unless_the_service_runs(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GONGKAI_DATABASE_URL", environment(tmp_path)["GONGKAI_DATABASE_URL"])
    change(engine, "mine")
    made = in_process("backup")
    [kept] = (tmp_path / "backups").glob("gongkai-*.db")
    assert made.status == 0 and kept.name in made.out
    copied = tmp_path / "copied.db"
    shutil.copy(kept, copied)
    with hold(engine, "serve", "busy"):
        refused = in_process("restore", copied)
    assert refused.status != 0 and "请先停止它" in refused.err
    engine.dispose()
    said = in_process("restore", copied)
    assert said.status == 0 and "原来的数据库另存为" in said.out
    assert len(list((tmp_path / "backups").glob("replaced-*.db"))) == 1
