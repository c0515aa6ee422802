"""A list that changes while its pages are turned, is suddenly empty, or loses most of its postings overnight."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.commandline import gongkai
from tests.paged_county import PagedCounty, days_before, serving

NEWEST = date(2023, 5, 20)
NIGHT = "2023-05-21"
DAY = timedelta(days=1)


class Night:
    """One county, and the commands that ask it."""

    def __init__(self, folder: Path, site: Path) -> None:
        self.folder, self.site = folder, site

    def crawl(self, as_of: str = NIGHT) -> dict[str, Any]:
        said: dict[str, Any] = gongkai(self.folder, "crawl", self.site, "--as-of", as_of, "--json").json
        return said

    def count(self, as_of: str = NIGHT) -> tuple[int | None, str | None, str]:
        """Number, exactness and status of 通知公告 in the quarter."""
        rows = gongkai(self.folder, "count", self.site, "2023Q2", "--as-of", as_of, "--json").json
        row = next(row for row in rows if row["level1"] == "通知公告")
        return row["count"], row["exactness"], row["status"]

    def findings(self, as_of: str = NIGHT) -> list[Any]:
        said = gongkai(self.folder, "check", self.site, "2023Q2", "--as-of", as_of, "--json")
        rows: list[Any] = said.json
        return rows

    def unproved(self, as_of: str = NIGHT) -> list[Any]:
        said = gongkai(self.folder, "prove", self.site, "2023Q2", "--as-of", as_of, "--json")
        unproved: list[Any] = said.json["unproved"]
        return unproved


@contextmanager
def county_of(
    folder: Path, number: int, on_asked: Callable[..., None] | None = None
) -> Iterator[tuple[PagedCounty, Night]]:
    county = PagedCounty({"tzgg": days_before(NEWEST, number), "gzdt": days_before(NEWEST, 5)})
    if on_asked:
        county.on_asked = lambda column, page: on_asked(county, column, page)
    with serving(county) as port:
        yield county, Night(folder, county.site(folder, port))


def new_posting(county: PagedCounty) -> None:
    county.lists["tzgg"].insert(0, NEWEST)


def test_a_list_that_moves_while_it_is_read_is_read_once_more(tmp_path: Path) -> None:
    def once(county: PagedCounty, column: str, page: int) -> None:
        if column == "tzgg" and page == 2 and len(county.lists["tzgg"]) == 35:
            del county.lists["tzgg"][3:6]  # three postings go, and three rows slip from page 2 to page 1

    with county_of(tmp_path, 35, once) as (county, night):
        night.crawl()
        assert night.count() == (32, "exact", "read")
        assert county.asked.count("/tzgg/") == 2
        assert not night.unproved()


def test_a_list_that_moves_for_ever_is_at_least_what_was_seen(tmp_path: Path) -> None:
    def always(county: PagedCounty, column: str, page: int) -> None:
        if column == "tzgg" and page == 2:
            new_posting(county)

    with county_of(tmp_path, 35, always) as (county, night):
        night.crawl()
        assert night.count() == (36, "at least", "partial")
        assert county.asked.count("/tzgg/") == 2


@pytest.mark.parametrize(("pages", "asked"), [(9, 1), (12, 2)])
def test_a_long_walk_ends_with_another_look_at_the_first_page(tmp_path: Path, pages: int, asked: int) -> None:
    with county_of(tmp_path, pages * 10 - 3) as (county, night):
        night.crawl()
        assert night.count() == (50, "exact", "read")  # 1 April to 20 May
        assert county.asked.count("/tzgg/") == asked
        assert not night.unproved()


def test_a_first_page_that_changed_during_a_long_walk_is_read_again(tmp_path: Path) -> None:
    def exchanged(county: PagedCounty, column: str, page: int) -> None:
        # One goes and one comes: the total tells nothing.
        if column == "tzgg" and page == 11 and len(county.asked) < 15:
            del county.lists["tzgg"][4]
            new_posting(county)

    with county_of(tmp_path, 117, exchanged) as (county, night):
        night.crawl()
        assert night.count() == (50, "exact", "read")
        assert county.asked.count("/tzgg/") == 3
        assert not night.unproved()


@pytest.mark.parametrize("comes", [True, False])
def test_a_row_that_a_page_shows_once_more_has_the_first_page_looked_at_again(
    tmp_path: Path, comes: bool
) -> None:
    """It was pushed on by one that came in meanwhile; or the site's pages overlap every night."""

    def pushed(county: PagedCounty, column: str, page: int) -> None:
        if column == "tzgg" and page == 2 and comes and len(county.lists["tzgg"]) == 35:
            new_posting(county)

    with county_of(tmp_path, 35, pushed) as (county, night):
        county.pager = "{next}"
        county.overlap = 0 if comes else 1
        night.crawl()
        assert night.count() == (36 if comes else 35, "exact", "read")
        assert county.asked.count("/tzgg/") == 2
        assert not night.unproved()


def gone(county: PagedCounty) -> None:
    del county.lists["tzgg"]


def emptied(county: PagedCounty) -> None:
    county.lists["tzgg"] = []


def renamed(county: PagedCounty) -> None:
    county.names["tzgg"] = "提示信息"


@pytest.mark.parametrize("fault", [gone, emptied, renamed])
def test_a_long_walk_whose_first_page_cannot_be_read_again_is_partial(
    tmp_path: Path, fault: Callable[[PagedCounty], None]
) -> None:
    def at_the_last_look(county: PagedCounty, column: str, page: int) -> None:
        if column == "tzgg" and page == 1 and county.asked.count("/tzgg/") > 1:
            fault(county)

    with county_of(tmp_path, 117, at_the_last_look) as (county, night):
        night.crawl()
        assert night.count() == (50, "at least", "partial")
        assert county.asked.count("/tzgg/") == 2
        assert not night.unproved()


def test_a_column_that_is_suddenly_empty_is_unknown_for_a_night(tmp_path: Path) -> None:
    with county_of(tmp_path, 8) as (county, night):
        night.crawl()
        county.lists["tzgg"] = []
        assert night.crawl("2023-05-22")["columns"] == {"unreadable": 1, "unchanged": 1}
        assert night.count("2023-05-22") == (8, "at least", "unreadable")
        night.crawl("2023-05-23")
        assert night.count("2023-05-23") == (0, "exact", "empty")


@pytest.mark.parametrize(("left", "first", "second"), [
    (1, (12, "at least", "partial"), (1, "exact", "read")),
    (7, (7, "exact", "read"), (7, "exact", "read")),
])  # fmt: skip
def test_a_column_that_loses_most_postings_overnight_is_unknown_for_a_night(
    tmp_path: Path, left: int, first: tuple[object, ...], second: tuple[object, ...]
) -> None:
    with county_of(tmp_path, 12) as (county, night):
        night.crawl()
        del county.lists["tzgg"][left:]
        night.crawl("2023-05-22")
        assert night.count("2023-05-22") == first
        night.crawl("2023-05-23")
        assert night.count("2023-05-23") == second


def test_postings_that_were_gone_for_a_night_were_never_withdrawn(tmp_path: Path) -> None:
    with county_of(tmp_path, 12) as (county, night):
        night.crawl()
        whole, county.lists["tzgg"] = county.lists["tzgg"], []
        night.crawl("2023-05-22")
        county.lists["tzgg"] = whole
        night.crawl("2023-05-23")
        assert night.count("2023-05-23") == (12, "exact", "read")
        rows = gongkai(night.folder, "check", night.site, "2023Q2", "--as-of", "2023-05-23", "--json").json
        assert not [row for row in rows if row["rule"].startswith("column.")]


@pytest.mark.parametrize(("lost", "third"), [
    (1, (11, "exact", "read")),  # taken down by hand
    (3, (12, "at least", "partial")),  # the page of three days before
])  # fmt: skip
def test_a_page_without_the_newest_postings_may_be_an_old_one(
    tmp_path: Path, lost: int, third: tuple[object, ...]
) -> None:
    with county_of(tmp_path, 12) as (county, night):
        night.crawl()
        del county.lists["tzgg"][:lost]
        night.crawl("2023-05-22")
        assert night.count("2023-05-22") == third


def test_another_lists_rows_count_for_nothing_unless_they_stay(tmp_path: Path) -> None:
    with county_of(tmp_path, 8) as (county, night):
        night.crawl()
        own, others = county.lists["tzgg"], days_before(date(2023, 4, 20), 6)
        county.lists["tzgg"] = others
        night.crawl("2023-05-22")
        assert night.count("2023-05-22") == (8, "at least", "unreadable")
        county.lists["tzgg"] = own
        night.crawl("2023-05-23")
        assert night.count("2023-05-23") == (8, "exact", "read")
        for day in ("2023-05-24", "2023-05-25"):
            county.lists["tzgg"] = others
            night.crawl(day)
        assert night.count("2023-05-25") == (6, "exact", "read")
        assert not night.unproved("2023-05-25")


@pytest.mark.parametrize("new", [0, 2])
def test_an_archive_by_year_withdraws_nothing(tmp_path: Path, new: int) -> None:
    with county_of(tmp_path, 8) as (county, night):
        county.lists["tzgg"] = days_before(date(2022, 12, 28), 8)
        night.crawl("2022-12-30")
        county.lists["tzgg"] = days_before(date(2023, 1, 3), new)
        for day in ("2023-01-04", "2023-01-05", "2023-01-06"):
            night.crawl(day)
            rows = gongkai(night.folder, "count", night.site, "2022Q4", "--as-of", day, "--json").json
            row = next(row for row in rows if row["level1"] == "通知公告")
            assert (row["count"], row["exactness"]) == (8, "at least")
