"""Database, evidence and papers are their owner's alone, whatever the umask; what others opened is told, not changed."""

import os
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.fetching.snapshots import SnapshotStore
from crawler.page.page import Page
from db.connect import open_database
from db.locks import hold
from db.private_files import open_to_others
from monitor.paper_files.data_files import placed_in
from tests.commandline import gongkai


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def _modes(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): oct(path.stat().st_mode & 0o777) for path in folder.rglob("*")}


def _assert_alone(folder: Path) -> None:
    modes = _modes(folder)
    assert modes
    assert {name: mode for name, mode in modes.items() if mode not in ("0o600", "0o700")} == {}


def test_database_journals_and_locks(tmp_path: Path, umask: int) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'new' / 'folder' / 'gongkai.db'}")
    with engine.begin() as connection, hold(engine, "crawl-x", "busy"):
        connection.exec_driver_sql("INSERT INTO sites (key, name, home) VALUES ('x', '甲', 'http://x/')")
        made = _modes(tmp_path)
        assert {
            "new/folder/gongkai.db",
            "new/folder/gongkai.db-wal",
            "new/folder/gongkai.db-shm",
        } <= made.keys()
        _assert_alone(tmp_path)
    engine.dispose()
    assert os.umask(umask) == umask


def test_evidence(tmp_path: Path, umask: int) -> None:
    page = Page("http://www.example.gov.cn/1.html", b"<p>x</p>", 200, {"content-type": "text/html"})
    SnapshotStore(tmp_path / "evidence").keep("x", page, datetime(2023, 6, 1, tzinfo=UTC))
    _assert_alone(tmp_path)


def test_papers(tmp_path: Path, umask: int) -> None:
    (tmp_path / "papers").mkdir(mode=0o755)
    (tmp_path / "papers").chmod(0o755)
    (tmp_path / "papers" / "a.txt").write_text("old")
    (tmp_path / "papers" / ".a.txt.part").write_text("left behind")
    (tmp_path / "papers" / ".a.txt.part").chmod(0o666)
    for folder in (tmp_path / "papers", tmp_path / "new" / "papers"):
        with placed_in(folder, overwrite=True) as aside:
            (aside / "a.txt").write_text("new")
    assert _modes(tmp_path) == {
        "new": "0o700", "new/papers": "0o700", "new/papers/a.txt": "0o600",
        "papers": "0o755", "papers/a.txt": "0o600",
    }  # fmt: skip


def test_the_demo_and_its_papers(tmp_path: Path, umask: int, demo_night: Path) -> None:
    _assert_alone(demo_night)
    assert gongkai(tmp_path, "check", "no-such-site").status == 2


def test_what_others_opened_is_told_and_not_changed(tmp_path: Path) -> None:
    database = tmp_path / "gongkai.db"
    with closing(database.open("w")):
        database.chmod(0o644)
    (tmp_path / "evidence").mkdir(mode=0o700)
    assert open_to_others([database, tmp_path / "evidence", tmp_path / "missing"]) == [database]
    assert oct(database.stat().st_mode & 0o777) == "0o644"
