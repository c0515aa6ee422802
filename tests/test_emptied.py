"""A column that was emptied is empty or not read; its neighbours' rows are never taken for its own."""

from datetime import date

import pytest

from crawler.listing.source import read_list
from crawler.outcomes.outcome import see_list
from crawler.page.page import Page
from crawler.page.values import Expectation
from demo.county import County
from demo.writing import opened
from rules.vocabulary.terms import Outcome

DAY = date(2023, 7, 3)
HOME = "https://www.beiguan.example"
SAMPLES = 3


def columns() -> list[object]:
    """A few columns of every system, by number."""
    found: dict[str, list[int]] = {}
    for column in County(day=DAY).columns:
        if column.url and column.cms:
            found.setdefault(column.cms, []).append(column.no)
    return [pytest.param(n, id=f"{cms}-{n}") for cms, numbers in found.items() for n in numbers[:SAMPLES]]


@pytest.mark.parametrize("number", columns())
def test_the_neighbours_rows_are_not_its_own(number: int) -> None:
    archive = opened()
    emptied = archive.hide({posting.id for posting in archive.postings if posting.column == number})
    county = County(day=DAY, archive=emptied)
    column = next(column for column in county.columns if column.no == number)
    answer = county.answer(column.url)
    assert answer
    page = Page(HOME + column.url, answer.body)
    listing = read_list(page, DAY)
    assert listing.entries == ()
    page_outcome = see_list(page, listing, Expectation(HOME + "/", "安阳市北关区人民政府", column.path))
    assert page_outcome.outcome is Outcome.EMPTY
