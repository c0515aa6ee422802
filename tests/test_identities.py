"""Which rows of a list are one posting: on a page, on several, and from night to night."""

import itertools
import tomllib
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.listing.identities import Identities
from crawler.listing.sightings import postings_of
from crawler.listing.source import read_list
from crawler.page.page import Page
from crawler.page.values import Entry
from db.recording.pages import Sighting

CASES = tomllib.loads((Path(__file__).parent / "lists/identities.toml").read_text(encoding="utf-8"))["list"]
Rows = Sequence[Entry]


def entry(text: str, fresh: Iterator[int]) -> Entry:
    title, day, url = (part.strip() for part in text.split(" | "))
    address = None if url == "-" else url.replace("{x}", f"{next(fresh):08}")
    return Entry(title, address, None if day == "-" else date.fromisoformat(day))


def night(pages: Sequence[Rows], known: Sequence[Sighting] = ()) -> dict[str, Sighting]:
    """The postings of a night's pages as the database would keep them."""
    identities = Identities.of_known(known)
    return {
        one.identity: Sighting(one.identity, one.entry.title, one.entry.url, one.entry.date)
        for page in pages
        for one in postings_of(page, identities)
    }


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_which_rows_are_one_posting(case: dict[str, Any]) -> None:
    fresh = itertools.count(1)
    nights = [
        [[entry(row, fresh) for row in page.strip().splitlines()] for page in case[name]]
        for name in ("first", "second")
        if name in case
    ]
    first = night(nights[0])
    wanted = case["postings"]
    assert len(first) == (wanted if isinstance(wanted, int) else wanted[0])
    assert night(nights[0], list(first.values())).keys() == first.keys()
    if len(nights) == 2:
        second = night(nights[1], list(first.values()))
        assert (len(second), len(second.keys() - first.keys())) == (wanted[1], case["new"])


@pytest.mark.parametrize(
    ("shown", "kept"),
    [
        ("[置顶]甲村公示", "甲村公示"),
        ("【置顶】 甲村公示", "甲村公示"),
        ("（顶）甲村公示", "甲村公示"),
        ("置顶：甲村公示", "甲村公示"),
        ("置顶广告牌整治通告", "置顶广告牌整治通告"),
        ("[公示]甲村公示", "[公示]甲村公示"),
        ("[置顶]", "[置顶]"),
    ],
)
def test_a_mark_of_place_is_no_part_of_a_kept_title(shown: str, kept: str) -> None:
    found = postings_of([Entry(shown, "/x/101.html", date(2025, 12, 1))], Identities())
    assert [one.entry.title for one in found] == [kept]


def test_a_title_once_shown_in_full_stays_so() -> None:
    day, url, full = date(2025, 12, 1), "http://a.cn/show.asp?id=11", "关于组织开展全县农村危房改造的通知"
    cut = Entry("关于组织开展全县农村…", url, day)
    known = night([[cut], [Entry(full, url, day)]])
    assert [one.title for one in known.values()] == [full]
    assert [one.title for one in night([[cut]], list(known.values())).values()] == [full]


@pytest.mark.parametrize(
    ("calls", "title", "doubted"),
    [
        (("open('1')", "open('2')"), "行政处罚决定书公示", True),
        (("open('1')", "open('1')"), "行政处罚决定书公示", True),  # pinned, or two: nobody can say
        (("open('1')", "open('2')"), "行政许可决定书公示", False),
        (("location='/x/1.html'", "location='/x/2.html'"), "行政处罚决定书公示", False),
    ],
)
def test_rows_that_nothing_tells_apart_make_doubt(calls: tuple[str, str], title: str, doubted: bool) -> None:
    shown = zip(("行政处罚决定书公示", title, "甲村危房改造公示"), (*calls, "open('3')"), strict=True)
    rows = "".join(
        f'<li><a href="#" onclick="{call}">{text}</a><span>2025-12-01</span></li>' for text, call in shown
    )
    page = Page("http://a.gov.cn/cf/", f"<html><body><ul>{rows}</ul></body></html>".encode())
    listing = read_list(page, date(2025, 12, 29))
    assert len(listing.entries) == 3
    assert ("rows_alike" in listing.doubts) is doubted


ADDRESSES = {
    "its own": "http://a.cn/{day}/t{id}.html",
    "an id": "http://a.cn/show.asp?id={id}",
    "an id and the page": "http://a.cn/show.asp?id={id}&page={page}",
    "a token": "http://a.cn/show.jsp?k={id}&_t=17{fresh}",
    "a session": "http://a.cn/show/{id}.html;jsessionid=AB{fresh}",
    "a campaign": "http://a.cn/{id}.html?utm_source={fresh}",
}
POSTINGS = st.lists(
    st.tuples(st.sampled_from(["甲村公示", "乙村公示", "决定书"]), st.integers(0, 5)), min_size=4, max_size=24
)


def listed(
    postings: Sequence[tuple[int, str, date]], address: str, size: int, pin: int, fresh: Iterator[int]
) -> list[list[Entry]]:
    """The pages of a list, newest first, one posting pinned on top of each."""
    rows = sorted(postings, key=lambda one: one[2], reverse=True)
    pages = []
    for page, start in enumerate(range(0, len(rows), size), 1):
        entries = []
        for n, title, day in (postings[pin % len(postings)], *rows[start : start + size]):
            parts = {"id": 100 + n, "page": page, "fresh": f"{next(fresh):08}", "day": f"{day:%Y%m%d}"}
            entries.append(Entry(title, address.format(**parts), day))
        pages.append(entries)
    return pages


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES.keys())
@given(told=POSTINGS, size=st.integers(3, 9), pin=st.integers(0, 30), new=st.integers(0, 3))
def test_each_posting_once_on_every_night(
    address: str, told: list[tuple[str, int]], size: int, pin: int, new: int
) -> None:
    start, fresh = date(2025, 12, 1), itertools.count(1)
    postings = [(n, f"{title}", start + timedelta(age)) for n, (title, age) in enumerate(told)]
    old = postings[: max(1, len(postings) - new)]
    first = night(listed(old, address, size, pin, fresh))
    assert len(first) == len(old)
    second = night(listed(postings, address, size, pin, fresh), list(first.values()))
    assert second.keys() >= first.keys()
    assert len(second) == len(postings)
