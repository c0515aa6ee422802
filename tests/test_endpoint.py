"""Lists from JSON endpoints, by recipes such as a site file holds."""

import json
from datetime import date
from typing import Any

import pytest

from crawler.page.page import Page
from crawler.page.values import PageRequest
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


def test_a_personal_number_in_a_title_is_masked() -> None:
    row = {"id": 1, "title": "关于身份证号11010519491231002X的公示", "publishTime": "2023-05-04"}
    listing = read_endpoint(answer({"data": {"list": [row]}}), RECIPE, 1)
    assert listing is not None
    assert [entry.title for entry in listing.entries] == ["关于身份证号1101**********002X的公示"]
