"""Rows that a page gives as data, in an answer or in its scripts: all of one list, or a doubt."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from crawler.listing.source import read_list
from crawler.page.literals import MOST_TOKENS, literals
from crawler.page.page import Page
from crawler.page.scripts import LONGEST

CASES = tomllib.loads((Path(__file__).parent / "lists" / "data_rows.toml").read_text(encoding="utf-8"))[
    "case"
]
SHELL = (
    "<html><head><title>通知公告</title></head><body><div id='list'></div><script>{}</script></body></html>"
)


def page_of(body: str) -> Page:
    return Page("http://www.beishan.gov.cn/tz/", body.encode())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_rows_in_data(case: dict[str, Any]) -> None:
    body = case["json"] if "json" in case else SHELL.replace("{}", case["script"])
    listing = read_list(page_of(body))
    assert [entry.title for entry in listing.entries] == case["shows"]
    assert list(listing.doubts) == case.get("says", [])
    if "total" in case:
        assert listing.stated_total == case["total"]
    if "days" in case:
        assert [str(entry.date) for entry in listing.entries] == case["days"]


def test_a_list_longer_than_what_is_read_of_scripts_is_not_called_whole() -> None:
    row = '{"title":"第%d号公告","url":"/tz/%d.html","date":"2024-03-08","text":"%s"}'
    rows = ",".join(row % (n, n, "文" * 900) for n in range(LONGEST // 900))
    assert read_list(page_of(SHELL.replace("{}", f"var rows=[{rows}];"))).doubts == ("rows_hidden",)


LITERALS: list[tuple[str, list[object]]] = [
    ("""a = [1, -2, 0.5, 'x', "y\\"z", true, null, undefined];""", [[1, -2, 0.5, "x", 'y"z', True, None, None]]),
    ("f({a: 1, 'b': [2], 3: {c: ''}})", [{"a": 1, "b": [2], "3": {"c": ""}}]),
    ("if (x) { y(); } else { z({k: 'v'}); }", [{"k": "v"}]),
    ("x = {a: b + 1, c: d(e, {f: 1}), g: 2}", [{"a": None, "c": None, "g": 2}]),
    ("x = {a: [1, 2", []),
    ("x = {a: {b: 1}; y = 2", [{"b": 1}]),
    ("x = [1, " + "9" * 5000 + "]", []),
]  # fmt: skip


@pytest.mark.parametrize(("script", "found"), LITERALS, ids=[script[:30] for script, _ in LITERALS])
def test_what_a_script_writes_out(script: str, found: list[object]) -> None:
    assert list(literals(script)) == found


@pytest.mark.parametrize("piece", ["[", "{a:{a:", "{'", "[/*", '"a":(['])
def test_no_script_is_read_without_end(piece: str) -> None:
    """What can be no literal is given up, however often it is begun."""
    assert not any(literals(piece * (MOST_TOKENS // 20)))
