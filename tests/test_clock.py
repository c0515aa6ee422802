"""Our own clock jumps: nothing is entered, judged or mailed under the wrong day; and a server's wrong clock is not ours."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import Engine, select

from crawler.fetching.clock import ServersClock
from db.locks import last_finished
from db.tables.crawl import NightRow
from monitor.clock import SHANGHAI, shanghai_now
from monitor.night.schedule import Nightwatch
from rules.dates.periods import quarter_of
from tests.commandline import gongkai
from tests.paged_county import PagedCounty, days_before, serving

NOW = datetime(2026, 1, 7, 18, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("hosts", "off"),
    [
        ({"a": [timedelta(0)]}, False),
        ({"a": [8 * HOUR]}, False),  # prints its local time as Greenwich's
        ({"a": [DAY]}, True),
        ({"a": [-DAY, -DAY]}, True),
        ({"a": [30 * DAY], "b": [30 * DAY]}, True),
        ({"a": [30 * DAY], "b": [timedelta(0)]}, False),  # one of two is wrong: the other speaks for us
        ({"a": [30 * DAY], "b": [timedelta(0)], "c": [HOUR]}, False),
        ({"a": [30 * DAY], "b": [timedelta(0)], "c": [30 * DAY]}, True),
        ({"a": [400 * DAY, 3 * DAY, HOUR]}, False),  # caches among its answers
        ({}, False),
    ],
)
def test_the_middle_of_the_servers_decides(hosts: dict[str, list[timedelta]], off: bool) -> None:
    clock = ServersClock([])
    for host, aheads in hosts.items():
        for ahead in aheads:
            clock.note(host, {"date": format_datetime(NOW - ahead, usegmt=True)}, NOW)
    assert (clock.off() is not None) is off


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"date": "gestern"},
        {"date": ""},
        {"date": "Thu, 01 Jan 1970 00:00:00 GMT", "age": "x"},
        {"date": "Mon, 01 Jan 2020 00:00:00 +99999999999999999999"},
        {"date": "Wed, 07 Jan 2026 18:00:00 GMT", "age": "86399999999999"},
        {"date": "Wed, 07 Jan 2026 18:00:00 GMT", "age": "-86399999999999"},
        {"date": "Wed, 07 Jan 2026 18:00:00 GMT", "age": "9" * 5000},
        {"date": "Fri, 31 Dec 9999 23:59:59 -2300"},
    ],
)
def test_answers_without_a_day_say_nothing(headers: dict[str, str]) -> None:
    clock = ServersClock([])
    clock.note("a", headers, NOW)
    assert clock.off() is None


def test_what_a_cache_kept_is_as_old_as_it_says() -> None:
    clock = ServersClock([])
    kept = {"date": format_datetime(NOW - 3 * DAY, usegmt=True), "age": str(3 * 86400)}
    clock.note("a", kept, NOW)
    assert clock.off() is None


def test_in_doubt_other_hosts_are_asked_and_once_sure_nobody_is() -> None:
    with serving(PagedCounty({})) as port:
        clock = ServersClock([f"http://127.0.0.1:{port}/"])
        clock.note(
            "a", {"date": format_datetime(datetime.now(UTC) - 30 * DAY, usegmt=True)}, datetime.now(UTC)
        )
        assert clock.off() is None
    alone = ServersClock(["http://127.0.0.1:9/"])
    alone.note("a", {"date": format_datetime(NOW - 30 * DAY, usegmt=True)}, NOW)
    assert alone.off() == 30 * DAY


@pytest.fixture
def county() -> PagedCounty:
    newest = shanghai_now().date() - DAY
    return PagedCounty({"tzgg": days_before(newest, 12), "gzdt": days_before(newest, 3)})


@pytest.fixture
def folder(county: PagedCounty, tmp_path: Path) -> Iterator[Path]:
    sites = tmp_path / "sites"
    sites.mkdir()
    with serving(county) as port:
        county.site(sites, port)
        yield tmp_path


def entered(folder: Path) -> dict[str, int]:
    with sqlite3.connect(folder / "gongkai.db") as database:
        tables = ("visits", "readings", "postings", "period_counts", "findings", "letters", "home_pages")
        return {table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}


@pytest.mark.parametrize("ahead", [30 * DAY, -2 * DAY])
def test_a_night_under_a_wrong_day_is_void_and_the_next_one_is_right(
    county: PagedCounty, folder: Path, ahead: timedelta
) -> None:
    today = shanghai_now().date() - DAY  # the next one is no day to come
    site = folder / "sites" / "mou.toml"
    county.date = format_datetime(datetime.now(UTC) - ahead, usegmt=True)
    void = gongkai(folder, "nightly", "--as-of", today)
    assert void.status == 3
    fast = "快约 30 天" if ahead > timedelta(0) else "慢约 2 天"
    assert f"夜间作废：本机时钟比网站服务器{fast}；当夜不计任何问题" in void.err, void.err
    assert set(entered(folder).values()) == {0}
    assert gongkai(folder, "crawl", site, "--as-of", today).status == 3
    checked = gongkai(folder, "check", site, quarter_of(today).key, "--as-of", today)
    assert "本机时钟" in checked.out + checked.err
    county.date = ""
    assert gongkai(folder, "nightly", "--as-of", today + DAY).status == 0
    said = gongkai(folder, "count", site, str(today.year), "--as-of", today + DAY, "--json")
    truth = [sum(day.year == today.year for day in days) for days in county.lists.values()]
    assert [(row["count"], row["exactness"]) for row in said.json] == [(n, "exact") for n in truth]


def test_the_service_takes_a_night_under_a_wrong_day_back_and_mails_nothing(engine: Engine) -> None:
    notes: list[str | None] = ["一切正常", None, "一切正常"]
    sent: list[date] = []

    def alert() -> None:
        sent.append(shanghai_now().date())

    watch = Nightwatch(engine, lambda _night: notes.pop(0), shanghai_now, alert=alert)

    def at(day: int, hour: int, *, month: int = 7) -> time_machine.travel:
        return time_machine.travel(datetime(2023, month, day, hour, tzinfo=SHANGHAI), tick=False)

    with at(3, 2):
        watch.night()
    with at(3, 9):
        watch.alert_now()
    with at(9, 9, month=8):  # jumped: no night of that day was run
        watch.alert_now()
    with at(10, 2, month=8):
        watch.night()
    with at(10, 9, month=8):
        watch.alert_now()
    with at(1, 9):  # and back too far
        watch.alert_now()
    with at(4, 2):
        watch.night()
    with at(4, 9):
        watch.alert_now()
    assert sent == [date(2023, 7, 3), date(2023, 7, 4)]
    with engine.connect() as connection:
        assert connection.scalars(select(NightRow.night)).all() == [date(2023, 7, 3), date(2023, 7, 4)]
        assert last_finished(connection) == date(2023, 7, 4)
