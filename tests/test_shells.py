"""Shell pages crawled end to end: the list comes from an endpoint that the page itself names."""

import multiprocessing
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crawler.page.page import Page
from crawler.platforms import PLATFORMS, Platform
from crawler.run import crawl_site
from crawler.sites.load import load_site
from db.connect import open_database
from rules.vocabulary.places import Endpoint
from tests.commandline import gongkai
from tests.shell_county import ROWS, UNIT, ShellCounty, serving

SITE = """
name = "青溪县人民政府"
home = "http://www.qingxi.example/"
crawl = {delay = 0.0, articles = 0}
units = [{id = "bgs", name = "县政府办公室", kind = "部门"}]
columns = [
%s
]
"""
COLUMN = '    {units = ["bgs"], path = ["", "%s"], url = "/%s/"},'
SHELLS = ("tzgg", "gsgg", "none", "moves", "post12", "halfway", "broken", "foreign", "sent")


def write_site(folder: Path, columns: tuple[str, ...]) -> None:
    lines = "\n".join(COLUMN % (name, name) for name in columns)
    (folder / "qingxi.toml").write_text(SITE % lines, encoding="utf-8")


def counted(folder: Path, day: str) -> dict[str, tuple[Any, ...]]:
    """Column → (count, exactness, status) of 2023Q2."""
    rows = gongkai(folder, "count", "qingxi.toml", "2023Q2", "--as-of", day, "--json").json
    return {row["level1"]: (row["count"], row["exactness"], row["status"]) for row in rows}


@pytest.fixture(scope="module")
def county() -> ShellCounty:
    lists = {
        "tzgg": 40,
        "gsgg": 12,
        "none": 0,
        "moves": 12,
        "post12": 17,
        "halfway": 40,
        "broken": 9,
        "foreign": 9,
        "sent": 9,
    }
    broken = {"broken": 1, "halfway": 2}
    return ShellCounty(
        lists,
        broken,
        foreign=frozenset({"foreign"}),
        posted=frozenset({"post12"}),
        static={"moves"},
        sent_on=frozenset({"sent"}),
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, county: ShellCounty) -> Iterator[Path]:
    """A folder with the database of two nights; one posting more stands on line in the second."""
    folder = tmp_path_factory.mktemp("shells")
    write_site(folder, SHELLS)
    with serving(county) as at:
        first = gongkai(folder, "crawl", "qingxi.toml", "--as-of", "2023-07-03", "--at", at)
        county.lists["gsgg"] += 1
        county.lists["moves"] += 1
        county.static.clear()
        second = gongkai(folder, "crawl", "qingxi.toml", "--as-of", "2023-07-04", "--at", at)
    assert (first.status, second.status) == (0, 0), first.err + second.err
    yield folder


def test_the_rows_of_every_page_are_counted(folder: Path) -> None:
    first = counted(folder, "2023-07-03")
    assert first["tzgg"] == (40, "exact", "read")
    assert first["gsgg"] == (12, "exact", "read")
    assert first["post12"] == (17, "exact", "read")


def test_nought_is_counted_where_the_endpoint_states_it(folder: Path) -> None:
    assert counted(folder, "2023-07-03")["none"] == (0, "exact", "empty")


def test_an_error_on_the_second_page_leaves_a_lower_bound(folder: Path) -> None:
    assert counted(folder, "2023-07-03")["halfway"] == (15, "at least", "partial")


def test_every_page_of_the_list_was_asked_for_once_a_night(folder: Path, county: ShellCounty) -> None:
    pages = [path for path in county.asked if path.startswith(UNIT) and "pageId=tzgg" in path]
    # Three pages of fifteen, in both nights: in the first days of a quarter lists are read through.
    assert -(-40 // ROWS) == 3
    assert len(pages) == 3 + 3


def test_a_posting_more_is_seen_though_the_shell_is_the_same(folder: Path) -> None:
    assert counted(folder, "2023-07-04")["gsgg"] == (13, "exact", "read")


def test_a_page_that_becomes_a_shell_is_asked_anew(folder: Path) -> None:
    assert counted(folder, "2023-07-03")["moves"] == (12, "exact", "read")
    assert counted(folder, "2023-07-04")["moves"] == (13, "exact", "read")


def test_an_error_or_another_host_is_unknown_and_never_nought(folder: Path) -> None:
    first = counted(folder, "2023-07-03")
    assert first["broken"] == (None, None, "unreadable")
    assert first["foreign"] == (None, None, "unreadable")


def test_a_redirect_away_from_the_endpoint_is_not_followed(folder: Path) -> None:
    assert counted(folder, "2023-07-03")["sent"] == (None, None, "unreachable")


def test_the_kept_shell_and_its_answers_prove_the_counts(folder: Path) -> None:
    said = gongkai(folder, "prove", "qingxi.toml", "2023Q2", "--as-of", "2023-07-04", "--json")
    assert said.json["unproved"] == []
    assert said.json["proved"] == 6


def test_reading_an_address_asks_the_endpoint_that_the_page_names(folder: Path) -> None:
    with serving(ShellCounty({"tzgg": 17})) as at:
        said = gongkai(folder, "read", "list", f"{at}tzgg/", "--json").json
    assert (said["outcome"], len(said["entries"]), said["stated_total"]) == ("read", 15, 17)


class MyList(Platform):
    """A platform that only this test knows: its whole code."""

    name = "mylist"
    label = "我的列表"

    def recognise(self, page: Page) -> bool:
        return "<my-list" in page.text

    def endpoint(self, page: Page, url: str) -> Endpoint | None:  # noqa: ARG002
        element = next(page.tree.iter("my-list"))
        address = f"http://www.qingxi.example{element.get('data-from')}?column={element.get('data-column')}&p={{page}}"
        return Endpoint(address, "@", "title", "day", "/art/{n}.html", size=ROWS)


def crawl_with_my_list(folder: Path, at: str) -> None:
    engine = open_database(f"sqlite:///{folder / 'gongkai.db'}")
    day = date(2023, 7, 3)
    site = load_site(folder / "qingxi.toml")
    crawl_site(engine, site, day, date(2023, 1, 1), at=at, platforms=(*PLATFORMS, MyList()))


def test_a_platform_is_added_by_its_own_module_and_a_place_in_the_tuple(tmp_path: Path) -> None:
    write_site(tmp_path, ("mine",))
    with serving(ShellCounty({"mine": 20})) as at:
        child = multiprocessing.get_context("spawn").Process(target=crawl_with_my_list, args=(tmp_path, at))
        child.start()
        child.join(120)
    assert child.exitcode == 0
    assert counted(tmp_path, "2023-07-03")["mine"] == (20, "exact", "read")
