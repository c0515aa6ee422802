"""When a first page that looks as it did may stand for the whole list, and when the list is read through again."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from crawler.crawling.pagination import Pagination
from crawler.crawling.plan import Plan, default_since
from crawler.page.values import Listing, PageRequest
from crawler.sites.load import parse_site
from db.recording.earlier_readings import Memory
from db.recording.pages import Sighting
from rules.dates.periods import BEGINNING
from rules.vocabulary.terms import Outcome, Witness

SITE = """
name = "某区"
home = "https://www.mou.example/"
crawl = {reread_days = 7}
units = [{id = "a", name = "甲局", kind = "部门"}]
columns = [{units = ["a"], path = ["救灾领域"], url = "/jz/"}]
"""


@pytest.mark.parametrize(
    ("read_through_on", "as_of", "stands"),
    [
        ("2023-05-16", "2023-05-17", True),
        ("2023-05-16", "2023-05-22", True),
        ("2023-05-16", "2023-05-23", False),  # reread_days
        ("2023-05-17", "2023-05-16", False),  # a day before it was read
        ("2023-05-31", "2023-06-01", False),  # May had not ended when it was read
        ("2023-06-01", "2023-06-02", True),
        ("2023-06-28", "2023-06-29", True),
        ("2023-06-29", "2023-06-30", False),  # the quarter's last day
        ("2023-06-30", "2023-07-01", False),
        ("2023-07-01", "2023-07-02", False),
        ("2023-07-04", "2023-07-05", False),
        ("2023-07-05", "2023-07-06", True),
        ("2023-06-30", "2023-07-06", False),  # nights were missed: not read since the quarter ended
        ("2023-12-31", "2024-01-06", False),
    ],
)
def test_a_list_is_read_through_again_when_a_period_ends(
    read_through_on: str, as_of: str, stands: bool
) -> None:
    day = date.fromisoformat(as_of)
    plan = Plan(parse_site(SITE, Path("mou.toml")), day, default_since(day))
    memory = Memory(
        Outcome.READ, BEGINNING, date.fromisoformat(read_through_on), 1, None, 0, "e", None, "f", "b", 1,
        Witness.PAGER_END, 5, None, None,
    )  # fmt: skip
    assert plan.reliable(memory, plan.since) is stands


FIRST = date(2023, 6, 30)
NEXT = Listing(next_page=PageRequest("https://www.mou.example/jz/2.html"))
LAST = Listing()


def page(*ages: int) -> list[Sighting]:
    """Rows so many days old."""
    days = [FIRST - timedelta(days=age) for age in ages]
    return [Sighting(f"{day} {n}", "公告", None, day) for n, day in enumerate(days)]


@pytest.mark.parametrize(
    ("pages", "tells"),
    [
        ([(5, 3, 9)], True),  # the only page, whatever its order
        ([(0, 2, 4), (5, 9, 30)], True),
        ([(300, 0, 2, 4), (5, 9, 30)], True),  # one pinned
        ([(0, 3, 1, 9), (10, 30)], True),  # a few days out of order on a page of more days
        ([(300, 400, 500), (1, 2, 3, 4)], False),  # pinned rows fill the page
        ([(30, 20, 9), (5, 4, 2)], False),  # oldest first
        ([(1, 40, 7, 90), (0, 60, 3, 20)], False),  # no order
        ([(4, 4, 4), (1, 9, 20)], False),  # a newer one below a page of one day
        ([(4, 4, 4), (4, 4)], True),
    ],
)
def test_new_rows_show_on_the_first_page_of_a_list_in_order(
    pages: list[tuple[int, ...]], tells: bool
) -> None:
    walk = Pagination(FIRST - timedelta(days=10**4), 99)
    for number, ages in enumerate(pages, 1):
        walk.take(page(*ages), NEXT if number < len(pages) else LAST)
    assert walk.first_page_tells is tells


def test_a_first_page_that_goes_on_is_not_the_only_one() -> None:
    walk = Pagination(FIRST - timedelta(days=3), 99)
    walk.take(page(300, 0, 4), NEXT)
    assert walk.first_page_tells
    mixed = Pagination(FIRST - timedelta(days=3), 1)
    mixed.take(page(30, 20, 9), NEXT)
    assert not mixed.first_page_tells
