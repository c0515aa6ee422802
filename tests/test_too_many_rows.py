"""A page of more rows than one page may bring, wherever they stand: its first rows are read, and the list is never exact and
never empty; nor is a list without end."""

import json
from collections.abc import Callable
from datetime import date

import pytest

from crawler.crawling.pagination import Pagination, Stop
from crawler.listing.source import ListSource, read_mailbox, read_page
from crawler.page.budget import (
    MOST_DATA,
    MOST_LETTERS,
    MOST_ROWS,
    MOST_ROWS_OF_A_LIST,
    TOO_MANY_ROWS,
    TooCostly,
    check_data,
)
from crawler.page.page import Page
from crawler.page.tokens import MOST_TOKENS
from crawler.page.values import Expectation, Listing, PageRequest
from db.recording.pages import Sighting
from rules.vocabulary.places import Endpoint
from rules.vocabulary.terms import Outcome
from tests.hostile_pages.attacks import HEAD

HOST = "http://www.mou.example/"
AS_OF = date(2023, 5, 20)
EXPECT = Expectation(HOST, "某县人民政府", ("", "通知公告"))
MANY = MOST_ROWS + 20


def items(number: int, **more: object) -> list[dict[str, object]]:
    row = {"url": "/{}.html", "date": "2023-05-01", **more}
    return [row | {"title": f"第{n}批资金公告", "url": f"/{n}.html"} for n in range(number)]


def answer(**fields: object) -> str:
    return json.dumps(fields, ensure_ascii=False)


def page(markup: str) -> str:
    return f"{HEAD}{markup}<div>共{MANY}条 1/1页</div></body></html>"


def rows(pattern: str, number: int = MANY) -> str:
    return "".join(pattern.replace("N", str(n)) for n in range(number))


MONTHS = [{"month": month, "list": items(MANY // 4)} for month in range(5)]
SHAPES: dict[str, Callable[[], str]] = {
    "rows that are all there is, as the answer says": lambda: answer(
        last=True, hasMore=False, rows=items(MANY)
    ),
    "rows without days": lambda: answer(rows=items(MANY, date=None)),
    "rows by month": lambda: answer(data=MONTHS),
    "a callback": lambda: f"jsonp_1({answer(total=MANY, rows=items(MANY))});",
    "fields without number": lambda: answer(rows=items(1700, date=None, **{f"x{n}": n for n in range(30)})),
    "items, more than are looked at": lambda: page(
        f"<ul>{rows('<li><a href=/N.html>第N批资金公告</a>2023-05-01', MOST_TOKENS // 3 + 100)}</ul>"
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_of_too_many_rows_the_first_are_read_and_the_rest_said_to_be_left(shape: str) -> None:
    body = SHAPES[shape]().encode()
    reading = read_page(Page(f"{HOST}tzgg/", body), ListSource(f"{HOST}tzgg/"), 1, AS_OF, EXPECT)
    assert (reading.outcome.outcome, reading.outcome.cause) == (Outcome.READ, "")
    assert 0 < len(reading.listing.entries) <= MOST_ROWS
    assert TOO_MANY_ROWS in reading.listing.doubts


@pytest.mark.parametrize("number", [MOST_ROWS, MOST_ROWS + 1])
def test_an_endpoint_s_rows(number: int) -> None:
    endpoint = Endpoint(f"{HOST}api?page={{page}}", "rows", "title", "date", "url", "total")
    page = Page(f"{HOST}api?page=1", answer(total=number, rows=items(number)).encode())
    listing = read_page(page, ListSource(f"{HOST}tzgg/", endpoint=endpoint), 1, AS_OF).listing
    assert len(listing.entries) == MOST_ROWS
    assert (TOO_MANY_ROWS in listing.doubts) == (number > MOST_ROWS)


def test_a_mailbox_of_too_many_letters() -> None:
    row = (
        "<tr><td>AN</td><td><a href=/N.html>反映第N条路的问题</a></td><td>2023-03-01</td><td>处理中</td></tr>"
    )
    head = "<tr><th>编号</th><th>标题</th><th>来信时间</th><th>状态</th></tr>"
    body = page(f"<table>{head}{rows(row, MOST_LETTERS + 20)}</table>")
    letters = read_mailbox(Page(f"{HOST}xx/", body.encode())).listing
    assert len(letters.entries) == MOST_LETTERS and TOO_MANY_ROWS in letters.doubts


def test_a_long_page_that_says_it_is_empty_is_not_empty() -> None:
    """What was not looked at may be the list."""
    body = page(
        "<p>暂无信息</p>" + "<i>x</i>" * (MOST_TOKENS // 2) + "<b>" * 2 + "y<br>" * (MOST_TOKENS // 2)
    )
    reading = read_page(Page(f"{HOST}tzgg/", body.encode()), ListSource(f"{HOST}tzgg/"), 1, AS_OF, EXPECT)
    assert reading.outcome.outcome is Outcome.UNREADABLE
    empty = answer(total=0, rows=[{"x": n} for n in range(60_000)])
    reading = read_page(Page(f"{HOST}tzgg/", empty.encode()), ListSource(f"{HOST}tzgg/"), 1, AS_OF, EXPECT)
    assert reading.outcome.outcome is Outcome.UNREADABLE


@pytest.mark.parametrize("value", ['{"a":{}}', "[]", '"一"', "1", '{"a":[{}]}'])
def test_values_that_take_more_memory_than_they_are_written_in(value: str) -> None:
    check_data(f"[{','.join([value] * 1_000)}]")
    with pytest.raises(TooCostly):
        check_data(f"[{','.join([value] * (MOST_DATA // 40 + 1))}]")


def test_a_list_without_end_is_given_up() -> None:
    day, a_page = date(2023, 5, 1), 20_000
    walk, stop, number = Pagination(date(2023, 1, 1), 5_000), None, 0
    while stop is None:
        shown = [Sighting(f"{number}-{n}", "公告", None, day) for n in range(a_page)]
        stop = walk.take(shown, Listing(next_page=PageRequest(f"?page={number}")))
        number += 1
    assert stop == Stop(Outcome.PARTIAL, stop.covered_since, TOO_MANY_ROWS, stop.witness)
    assert number == MOST_ROWS_OF_A_LIST // a_page + 1


@pytest.mark.parametrize("total", [None, 3], ids=["no total", "a total that fits"])
def test_a_bounded_page_is_never_exact(total: int | None) -> None:
    """Not by an older row, nor by a total, nor by a pager that has ended."""
    shown = [Sighting(str(n), "公告", None, date(2023, 5 - n, 1)) for n in range(3)]
    walk = Pagination(date(2023, 4, 15), 9)
    listing = Listing(stated_total=total, ended=True, doubts=(TOO_MANY_ROWS,))
    assert walk.take(shown, listing) == Stop(Outcome.PARTIAL, None, TOO_MANY_ROWS)
