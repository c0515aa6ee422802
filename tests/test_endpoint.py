"""Lists from JSON endpoints, by recipes such as a site file holds."""

import json
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from crawler.listing.source import read_list
from crawler.page.page import Page
from crawler.page.values import Listing, PageRequest
from crawler.readers.lists.endpoint import first_turn, read_endpoint
from rules.vocabulary.places import Endpoint

URL = "https://www.mou.example/api/list?channel=12&page={page}&size={size}"
RECIPE = Endpoint(
    url=URL,
    rows="data.list",
    title="title",
    date="publishTime",
    link="/art/{id}.html",
    total="data.total",
    size=2,
)


def answer(value: Any) -> Page:
    body = value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode()
    return Page(
        "https://www.mou.example/api/list", body, headers={"content-type": "application/json; charset=utf-8"}
    )


def rows(*days: Any) -> list[dict[str, Any]]:
    return [{"id": n, "title": f"<em>公告</em>{n}", "publishTime": day} for n, day in enumerate(days)]


def test_the_first_page_and_the_next() -> None:
    assert first_turn(RECIPE) == PageRequest("https://www.mou.example/api/list?channel=12&page=1&size=2")
    listing = read_endpoint(
        answer({"data": {"total": 3, "list": rows("2023-05-04 10:00:00", 1683129600000)}}), RECIPE, 1
    )
    assert listing is not None
    assert [(e.title, e.url, e.date) for e in listing.entries] == [
        ("公告0", "https://www.mou.example/art/0.html", date(2023, 5, 4)),
        ("公告1", "https://www.mou.example/art/1.html", date(2023, 5, 4)),
    ]
    assert listing.stated_total == 3
    assert listing.next_page == PageRequest("https://www.mou.example/api/list?channel=12&page=2&size=2")
    last = read_endpoint(answer({"data": {"total": 3, "list": rows("2023-05-01")}}), RECIPE, 2)
    assert last is not None
    assert last.next_page is None


@pytest.mark.parametrize(
    ("total", "extra", "more"), [(2, {}, True), (2, {"hasMore": False}, False), (1, {}, False), (5, {}, True)]
)
def test_a_total_of_just_one_full_page_may_be_the_pages_own(
    total: int, extra: dict[str, Any], more: bool
) -> None:
    listed = rows(*["2023-05-04"] * min(total, 2))
    listing = read_endpoint(answer({"data": {"total": total, "list": listed, **extra}}), RECIPE, 1)
    assert listing is not None
    assert (listing.next_page is not None) is more


def test_a_post_by_offset_without_a_total() -> None:
    recipe = Endpoint(
        url="https://www.mou.example/q", rows="@", title="t", date="d", size=1, form={"start": "{offset}"}
    )
    assert first_turn(recipe) == PageRequest("https://www.mou.example/q", "POST", {"start": "0"})
    listing = read_endpoint(answer([{"t": "甲", "d": "2023/5/4"}]), recipe, 1)
    assert listing is not None
    assert listing.next_page == PageRequest("https://www.mou.example/q", "POST", {"start": "1"})


def test_an_empty_list_is_the_endpoints_own_word() -> None:
    listing = read_endpoint(answer({"data": {"total": 0, "list": []}}), RECIPE, 1)
    assert listing is not None
    assert listing.says_empty


def test_a_midnight_belongs_to_the_day_in_shanghai() -> None:
    listing = read_endpoint(answer({"data": {"list": rows(1680278400)}}), RECIPE, 1)
    assert listing is not None
    assert listing.entries[0].date == date(2023, 4, 1)


def test_jsonp_is_read_too() -> None:
    body = b"cb_12(" + json.dumps({"data": {"list": rows("2023-05-04")}}).encode() + b");"
    listing = read_endpoint(answer(body), RECIPE, 1)
    assert listing is not None
    assert len(listing.entries) == 1


def flags(end: int, length: int) -> dict[str, dict[str, Any]]:
    """What answers of different makes say behind row `end` of a list of `length` rows, 15 a page."""
    more = end < length
    return {
        "nothing": {},
        "hasMore": {"hasMore": more},
        "last": {"data": {"last": not more}},
        "nextPage": {"nextPage": end // 15 + 1 if more else 0},
        "next": {"next": f"/api?offset={end}" if more else None},
        "pages": {"pages": -(-length // 15)},
        "count": {"count": length},
    }


class Server:
    """A list of `length` rows behind an endpoint that gives `most` rows a page whatever is asked for, and `says` so."""

    def __init__(self, length: int, most: int, says: str) -> None:
        self.length, self.most, self.says = length, most, says
        self.asked: list[str] = []

    def answer(self, request: PageRequest) -> Page:
        self.asked.append(request.url)
        fields = {name: int(value) for name, value in parse_qsl(urlsplit(request.url).query)}
        start = fields.get("offset", (fields.get("page", 1) - 1) * self.most)
        end = min(start + self.most, self.length)
        given = [{"t": f"公告{n}", "d": "2023-05-04", "u": f"/{n}"} for n in range(start, end)]
        body = json.dumps({"rows": given, **flags(end, self.length)[self.says]}).encode()
        return Page(request.url, body, headers={"content-type": "application/json"})


def walk(server: Server, recipe: Endpoint) -> tuple[set[str], Listing]:
    """The titles of all pages that follow each other, and the last page."""
    request: PageRequest | None = first_turn(recipe)
    seen: set[str] = set()
    listing = Listing()
    for number in range(1, 20):
        if request is None:
            break
        answered = read_endpoint(server.answer(request), recipe, number)
        assert answered is not None
        listing, request = answered, answered.next_page
        seen |= {entry.title for entry in listing.entries}
    return seen, listing


PAGED = "https://www.mou.example/api?page={page}&size={size}"
COUNTED = "https://www.mou.example/api?offset={offset}&limit={size}"


@pytest.mark.parametrize(
    ("says", "url", "most", "requests"),
    [
        # flags; 15 rows come where 20 are asked for
        ("hasMore", PAGED, 15, 3),
        ("last", PAGED, 15, 3),
        ("nextPage", PAGED, 15, 3),
        ("next", COUNTED, 15, 3),
        ("pages", PAGED, 15, 3),
        # a total, and as many rows a page as are asked for, fewer, or all at once
        ("count", PAGED, 20, 3),
        ("count", PAGED, 15, 3),
        ("count", PAGED, 10, 6),
        ("count", COUNTED, 7, 7),
        ("count", PAGED, 45, 1),
        # neither: the empty page behind the last one tells
        ("nothing", PAGED, 20, 4),
        ("nothing", PAGED, 15, 4),
        ("nothing", COUNTED, 15, 4),
    ],
)
def test_every_row_of_a_list_of_45_is_asked_for(says: str, url: str, most: int, requests: int) -> None:
    total = "count" if says == "count" else ""
    recipe = Endpoint(url=url, rows="rows", title="t", date="d", link="u", total=total, size=20)
    server = Server(45, most, says)
    seen, last = walk(server, recipe)
    assert len(seen) == 45
    assert len(server.asked) == requests
    assert last.ended or last.says_empty
    assert last.doubts == ()


def read_rows(extra: dict[str, Any], count: int = 2, number: int = 1, total: str = "") -> Listing | None:
    recipe = Endpoint(url=URL, rows="rows", title="title", date="publishTime", total=total, size=2)
    return read_endpoint(answer({"rows": rows(*["2023-05-04"] * count), **extra}), recipe, number)


@pytest.mark.parametrize(
    ("extra", "total", "doubt"),
    [
        ({"code": 500, "msg": "部分数据源超时"}, "", "answer_failed"),
        ({"success": False}, "", "answer_failed"),
        ({"total": 2, "hasMore": True}, "total", "more_stated"),
        ({"total": 1}, "total", "totals_differ"),
    ],
)
def test_rows_beside_something_that_contradicts_them_are_doubtful(
    extra: dict[str, Any], total: str, doubt: str
) -> None:
    listing = read_rows(extra, total=total)
    assert listing is not None
    assert len(listing.entries) == 2
    assert doubt in listing.doubts


@pytest.mark.parametrize(
    ("extra", "total", "empty"),
    [
        ({"total": 0}, "total", True),
        ({"code": 200}, "", True),
        ({"hasMore": False}, "", True),
        ({}, "", False),  # an empty array alone may be anything
        ({"code": 200}, "total", False),  # the total that the recipe knows is missing
        ({"code": 200, "total": 7}, "total", False),
        ({"code": 500, "total": 0}, "total", False),
        ({"msg": "查询失败", "total": 0}, "total", False),
    ],
)
def test_an_empty_list_needs_a_second_sign(extra: dict[str, Any], total: str, empty: bool) -> None:
    listing = read_rows(extra, 0, total=total)
    assert bool(listing and listing.says_empty) is empty


def test_a_page_behind_the_last_is_empty_and_a_failed_one_is_not_read() -> None:
    behind, failed = read_rows({}, 0, number=3), read_rows({"code": 500}, 0, number=3)
    assert behind is not None
    assert behind.says_empty
    assert failed is None


def test_a_day_after_as_of_is_flagged() -> None:
    listing = read_endpoint(answer({"data": {"list": rows("2028-05-04")}}), RECIPE, 1, date(2023, 7, 3))
    assert listing is not None
    assert listing.entries[0].absurd


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>403</html>",
        b'{"code":500}',
        b'{"data":{"list":{}}}',
        b"[1,2",
        b"null",
        b"[" * 3000,
        b"\xff\xfe",
    ],
)
def test_another_answer_is_no_empty_list(body: bytes) -> None:
    assert read_endpoint(answer(body), RECIPE, 1) is None


@pytest.mark.parametrize("link", ["javascript:alert(1)", "", None, {"a": 1}])
def test_a_hostile_or_missing_link_is_none(link: Any) -> None:
    recipe = Endpoint(url=URL, rows="@", title="t", date="d", link="u")
    listing = read_endpoint(answer([{"t": "甲", "d": "2023-05-04", "u": link}]), recipe, 1)
    assert listing is not None
    assert listing.entries[0].url is None


@pytest.mark.parametrize(
    ("address", "said", "following", "doubts"),
    [
        ("?page=2&size=2", {"hasMore": True}, "?page=3&size=2", ()),
        ("?page=2&size=2", {"hasMore": False}, None, ()),
        ("?page=0&size=2", {"last": True, "totalPages": 1}, None, ()),
        ("?page=2&size=2", {"total": 4}, None, ()),
        ("?page=2&size=2", {"total": 9}, "?page=3&size=2", ()),
        # five rows a page are asked for, two come
        ("?offset=4&limit=5", {"hasMore": True}, "?offset=6&limit=5", ()),
        ("?page=1&size=2", {"code": 500, "total": 9}, "?page=2&size=2", ("answer_failed",)),
        ("", {"hasMore": True}, None, ("more_stated",)),
    ],
)
def test_an_answer_that_is_the_columns_own_page(
    address: str, said: dict[str, Any], following: str | None, doubts: tuple[str, ...]
) -> None:
    rows = [{"title": f"关于防汛工作的公告{n}", "url": f"/{n}.html", "date": "2023-05-04"} for n in (1, 2)]
    url = f"https://www.mou.example/api/list{address}"
    listing = read_list(
        Page(url, json.dumps({**said, "rows": rows}).encode(), headers={"content-type": "application/json"})
    )
    assert len(listing.entries) == 2
    turn = listing.next_page.url if listing.next_page else None
    assert turn == (f"https://www.mou.example/api/list{following}" if following else None)
    assert listing.doubts == doubts


@pytest.mark.parametrize("html", [[], rows("2023-05-04"), ["<li>公告</li>"], 7, None, {}])
def test_where_a_recipe_says_html_other_values_are_no_list(html: Any) -> None:
    recipe = Endpoint("https://www.mou.example/api/list?page={page}", "data.html", "", "")
    assert read_endpoint(answer({"code": 200, "data": {"html": html}}), recipe, 1) is None
