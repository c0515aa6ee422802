"""The nights about a quarter's end: its last one judges nothing about it, and what still comes in is counted."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.commandline import Said, gongkai
from tests.paged_county import PagedCounty, days_before, serving

OLD = [date(2023, 3, 20), date(2023, 3, 1)]


@pytest.fixture
def county() -> PagedCounty:
    return PagedCounty({"tzgg": days_before(date(2023, 6, 28), 25), "gzdt": list(OLD)})


@pytest.fixture
def folder(county: PagedCounty, tmp_path: Path) -> Iterator[Path]:
    sites = tmp_path / "sites"
    sites.mkdir()
    with serving(county) as port:
        county.site(sites, port)
        yield tmp_path


def night(folder: Path, day: str) -> Said:
    said = gongkai(folder, "nightly", "--as-of", day)
    assert said.status == 0, said.err
    return said


def counted(folder: Path, day: str) -> dict[str, tuple[int, str]]:
    site = folder / "sites" / "mou.toml"
    rows = gongkai(folder, "count", site, "2023Q2", "--as-of", day, "--json").json
    return {row["level1"]: (row["count"], row["exactness"]) for row in rows}


def accused(folder: Path) -> set[str]:
    """Rules about the ended quarter that found anything on any night."""
    with sqlite3.connect(folder / "gongkai.db") as database:
        return {
            rule for (rule,) in database.execute("SELECT DISTINCT rule FROM findings WHERE period = '2023Q2'")
        }


def test_what_the_last_day_and_the_days_after_bring_is_counted(county: PagedCounty, folder: Path) -> None:
    night(folder, "2023-06-29")
    night(folder, "2023-06-30")
    assert counted(folder, "2023-06-30") == {"通知公告": (25, "exact"), "工作动态": (0, "exact")}  # so far
    assert accused(folder) == set()
    county.lists["gzdt"].insert(0, date(2023, 6, 30))  # in the afternoon of the last day
    assert counted(folder, "2023-07-01") == {"通知公告": (25, "at least"), "工作动态": (0, "at least")}
    county.lists["tzgg"].insert(20, date(2023, 6, 9))  # under its own day: the first page shows nothing of it
    night(folder, "2023-07-01")
    assert counted(folder, "2023-07-01") == {"通知公告": (26, "exact"), "工作动态": (1, "exact")}
    county.lists["tzgg"].insert(20, date(2023, 6, 9))
    night(folder, "2023-07-03")
    assert counted(folder, "2023-07-03") == {"通知公告": (27, "exact"), "工作动态": (1, "exact")}
    assert "column.silent" not in accused(folder)


def test_ordinary_nights_ask_for_first_pages_alone(county: PagedCounty, folder: Path) -> None:
    night(folder, "2023-07-05")
    for day in ("2023-07-06", "2023-07-07"):
        county.asked.clear()
        night(folder, day)
        assert [path for path in county.asked if "?" in path] == []
        assert {"/tzgg/", "/gzdt/"} <= set(county.asked)


def test_a_column_that_brought_nothing_is_found_the_night_after(county: PagedCounty, folder: Path) -> None:
    night(folder, "2023-06-30")
    assert "column.silent" not in accused(folder)
    for day in ("2023-07-01", "2023-07-02", "2023-07-03"):
        night(folder, day)
    assert "column.silent" in accused(folder)
