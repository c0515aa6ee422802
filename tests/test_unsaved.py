"""A page that could not be saved was not read: after each misfortune the next night's numbers are right."""

import os
import resource
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from crawler.page.addresses import identity_of
from crawler.page.page import Page
from crawler.readers.lists.endpoint import read_endpoint
from crawler.sites.load import parse_site
from db.recording.closing import Close
from db.recording.earlier_readings import known_postings
from db.recording.pages import PageSeen, Recorder, Sighting, begin_crawl
from db.recording.register import register
from rules.dates.periods import BEGINNING
from rules.vocabulary.places import Endpoint
from rules.vocabulary.terms import Outcome
from tests.commandline import environment, gongkai, start
from tests.paged_county import COLUMN, SITE, PagedCounty, days_before, serving

QUARTER = "2023Q2"
NIGHTS = ("2023-05-16", "2023-05-17", "2023-05-18")
NEWEST = date(2023, 5, 15)
TRUTH = {"通知公告": (25, "exact"), "工作动态": (3, "exact")}


@pytest.fixture
def county() -> PagedCounty:
    return PagedCounty({"tzgg": days_before(NEWEST, 25), "gzdt": days_before(NEWEST, 3)})


@pytest.fixture
def site(county: PagedCounty, tmp_path: Path) -> Iterator[Path]:
    with serving(county) as port:
        yield county.site(tmp_path, port)


def impatient(folder: Path) -> dict[str, str]:
    """A database that is waited for only a moment."""
    return {**os.environ, "GONGKAI_DATABASE_URL": f"sqlite:///{folder / 'gongkai.db'}?timeout=0.2"}


def counted(site: Path, as_of: str) -> dict[str, tuple[int | None, str | None]]:
    said = gongkai(site.parent, "count", site, QUARTER, "--as-of", as_of, "--json")
    assert said.status == 0, said.err
    return {row["level1"]: (row["count"], row["exactness"]) for row in said.json}


def readings(site: Path) -> list[tuple[Any, ...]]:
    """Column, night, outcome, cause, and whether anything is kept by which its first page would be known again."""
    with sqlite3.connect(site.parent / "gongkai.db") as database:
        return database.execute(
            "SELECT columns.level1, readings.as_of, standing, cause, coalesce(etag, fingerprint, body_sha256) IS NOT NULL"
            " FROM readings JOIN columns ON columns.id = column_id ORDER BY readings.id"
        ).fetchall()


class Lock:
    """Another process's transaction, held too long."""

    def __init__(self, site: Path) -> None:
        self.path = site.parent / "gongkai.db"
        self.held: sqlite3.Connection | None = None

    def take(self) -> None:
        self.held = sqlite3.connect(self.path, check_same_thread=False)
        self.held.execute("BEGIN IMMEDIATE")

    def release(self) -> None:
        if self.held:
            self.held.close()
        self.held = None


@pytest.mark.parametrize(
    ("lost", "until", "ended", "known"),
    [
        (1, 2, [("partial", "not_saved", 0)], (15, "at least")),
        (2, 3, [("partial", "not_saved", 0)], (15, "at least")),
        (3, None, [], (None, None)),  # locked to the end of the night: not even the failure can be written
    ],
)
def test_a_locked_database_makes_the_list_partial_and_the_next_night_reads_it_again(
    county: PagedCounty, site: Path, lost: int, until: int | None, ended: list[Any], known: tuple[Any, Any]
) -> None:
    lock = Lock(site)

    def at_page(column: str, page: int) -> None:
        if (column, page) == ("tzgg", lost):
            lock.take()
        elif (column, page) == ("tzgg", until):
            lock.release()

    county.on_asked = at_page
    said = start(site.parent, impatient(site.parent), "crawl", site, "--as-of", NIGHTS[0]).end()
    lock.release()
    assert said.status == 3
    assert "（数据库正被其他程序占用），没有写入的页面不算读过" in said.err
    assert "Traceback" not in said.err
    assert [reading[2:] for reading in readings(site) if reading[0] == "通知公告"] == ended
    assert counted(site, NIGHTS[0])["通知公告"] == known
    county.on_asked = lambda _column, _page: None
    assert gongkai(site.parent, "crawl", site, "--as-of", NIGHTS[1]).status == 0
    assert counted(site, NIGHTS[1]) == TRUTH


def test_killed_in_the_middle_of_a_save(county: PagedCounty, site: Path) -> None:
    assert gongkai(site.parent, "crawl", site, "--as-of", NIGHTS[0]).status == 0
    county.lists["tzgg"][:0] = [date(2023, 5, 16)] * 5
    lock = Lock(site)
    waiting: list[int] = []

    def at_page(column: str, page: int) -> None:
        if column == "tzgg" and page == 2:
            lock.take()
            waiting.append(page)

    county.on_asked = at_page
    running = start(site.parent, environment(site.parent), "crawl", site, "--as-of", NIGHTS[1])
    while not waiting:
        running.process.join(0.05)
        assert running.process.exitcode is None
    running.process.join(0.3)  # the second page's save has begun, and waits
    os.kill(running.pid, signal.SIGKILL)
    assert running.end().status == -signal.SIGKILL
    lock.release()
    county.on_asked = lambda _column, _page: None
    assert counted(site, NIGHTS[1])["通知公告"] in ((25, "at least"), (30, "at least"))
    assert gongkai(site.parent, "crawl", site, "--as-of", NIGHTS[2]).status == 0
    assert counted(site, NIGHTS[2]) == {**TRUTH, "通知公告": (30, "exact")}


def test_a_full_disk_stops_the_night_with_one_sentence(county: PagedCounty, site: Path) -> None:
    assert gongkai(site.parent, "crawl", site, "--as-of", NIGHTS[0]).status == 0
    county.lists["tzgg"][:0] = [date(2023, 5, 16)] * 40
    county.filler = "附件" * 4000

    room = max(file.stat().st_size for file in site.parent.glob("gongkai.db*")) + 60_000

    def full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    said = subprocess.run(
        [sys.executable, "-m", "monitor", "crawl", str(site), "--as-of", NIGHTS[1]],
        env=environment(site.parent), preexec_fn=full, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert said.returncode == 3, said.stderr
    assert "写入" in said.stderr and "请检查磁盘" in said.stderr, said.stderr
    assert "Traceback" not in said.stderr
    assert gongkai(site.parent, "crawl", site, "--as-of", NIGHTS[2]).status == 0
    assert counted(site, NIGHTS[2]) == {**TRUTH, "通知公告": (65, "exact")}


def test_pages_that_cannot_be_kept_are_not_read(county: PagedCounty, site: Path) -> None:
    kept = site.parent / "evidence"
    kept.write_text("这里不是目录", encoding="utf-8")
    said = gongkai(site.parent, "crawl", site, "--as-of", NIGHTS[0])
    assert said.status == 3
    assert "采集已停止" in said.err and "Traceback" not in said.err, said.err
    assert {reading[2:] for reading in readings(site)} == {("partial", "not_saved", 0)}
    kept.unlink()
    assert gongkai(site.parent, "crawl", site, "--as-of", NIGHTS[1]).status == 0
    assert counted(site, NIGHTS[1]) == TRUTH


def test_a_lock_is_waited_for_no_longer_than_a_minute(any_engine: Engine) -> None:
    waits = {"sqlite": "PRAGMA busy_timeout", "postgresql": "SHOW lock_timeout"}
    with any_engine.connect() as connection:
        assert connection.scalar(text(waits[any_engine.dialect.name])) in (60_000, "1min")


@pytest.mark.parametrize("left", [b"", b"SQLite format 3\0"])
def test_a_database_cut_to_nothing_is_refused_and_left_as_it_is(
    county: PagedCounty, site: Path, left: bytes
) -> None:
    folder = site.parent
    assert gongkai(folder, "crawl", site, "--as-of", NIGHTS[0]).status == 0
    with sqlite3.connect(folder / "gongkai.db") as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole = (folder / "gongkai.db").read_bytes()
    for beside in folder.glob("gongkai.db-*"):
        beside.unlink()
    for command in (["crawl", site, "--as-of", NIGHTS[1]], ["count", site, QUARTER]):
        (folder / "gongkai.db").write_bytes(left)
        said = gongkai(folder, *command)
        assert said.status == 3
        assert "请" in said.err and len(said.err.strip().splitlines()) == 1, said.err
        assert (folder / "gongkai.db").read_bytes() == left
    (folder / "gongkai.db").write_bytes(whole)
    assert counted(site, NIGHTS[0]) == TRUTH


def test_a_database_without_tables_is_refused_beside_kept_pages(site: Path) -> None:
    folder = site.parent
    assert gongkai(folder, "crawl", site, "--as-of", NIGHTS[0]).status == 0
    for beside in folder.glob("gongkai.db*"):
        beside.unlink()
    with sqlite3.connect(folder / "gongkai.db") as database:
        database.execute("PRAGMA user_version = 1")
    said = gongkai(folder, "crawl", site, "--as-of", NIGHTS[1])
    assert said.status == 3 and "留有快照" in said.err
    (folder / "gongkai.db").unlink()
    assert gongkai(folder, "crawl", site, "--as-of", NIGHTS[1]).status == 0  # none at all: a first start


@pytest.mark.parametrize(
    "title",
    [r"关于\ud800节假日安排的通知", r"关于节假日\u0000安排的通知", r"关于\ude00\ud83d节假日安排的通知"],
)
def test_titles_that_no_database_holds_are_stored_as_they_are_read(any_engine: Engine, title: str) -> None:
    answer = f'{{"total": 1, "rows": [{{"title": "{title}", "url": "/a/1.html", "date": "2023-05-04"}}]}}'
    page = Page(
        "https://www.mou.example/api/list", answer.encode(), headers={"content-type": "application/json"}
    )
    endpoint = Endpoint(
        "https://www.mou.example/api/list?p={page}", rows="rows", title="title", link="url", date="date"
    )
    [row] = read_endpoint(page, endpoint, 1, NEWEST).entries  # type: ignore[union-attr]
    declared = COLUMN.format(key="tzgg", name="通知公告")
    site = parse_site(SITE.format(port=80, columns=declared), Path("mou.toml"))
    column = site.columns[0]
    seen = [Sighting(identity_of(row.url, row.title, row.date), row.title, row.url, row.date)]
    with any_engine.begin() as connection:
        crawl = begin_crawl(connection, register(connection, site), NEWEST, NEWEST, None, datetime.now(UTC))
        close = Close(Outcome.READ, Outcome.READ, covered_since=BEGINNING)
        shown = PageSeen(page.url, 1, Outcome.READ, datetime.now(UTC), column.key, postings=seen, close=close)
        Recorder(connection, site.key, crawl).save(connection, shown)
        kept = known_postings(connection, site.key, column.key)
    assert {identity: one.title for identity, one in kept.items()} == {seen[0].identity: row.title}
    assert "节假日" in row.title
