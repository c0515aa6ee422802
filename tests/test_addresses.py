from datetime import date

import pytest

from crawler.page.addresses import identity_of, link_address, same_list_page, same_page, web_address
from crawler.sites.hosts import Mirror

DAY = date(2023, 5, 4)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://a.example/x/1.html", "https://a.example/x/1.html", True),
        ("http://a.example:80/x/1.html", "http://a.example/x/1.html", True),
        ("http://a.example/x;jsessionid=AB12", "http://a.example/x", True),
        ("http://a.example/x?b=2&a=1", "http://a.example/x?a=1&b=2", True),
        ("http://a.example/x#top", "http://a.example/x", True),
        ("http://a.example/#/detail/1", "http://a.example/#/detail/2", False),
        ("http://a.example/x?id=1", "http://a.example/x?id=2", False),
        ("http://a.example/公告.html", "http://a.example/%E5%85%AC%E5%91%8A.html", True),
        ("http://a.example/x", "http://b.example/x", False),
    ],
)
def test_what_makes_two_addresses_one_posting(one: str, other: str, same: bool) -> None:
    assert (identity_of(one, "甲", DAY) == identity_of(other, "乙", None)) is same


def test_without_an_address_title_and_day_tell() -> None:
    assert identity_of(None, "甲", DAY) == identity_of(None, "甲", DAY)
    assert identity_of(None, "甲", DAY) != identity_of(None, "甲", None)


@pytest.mark.parametrize(
    ("at", "live", "there"),
    [
        ("http://127.0.0.1:8000/", "http://www.a.example/x/?p=2", "http://127.0.0.1:8000/x/?p=2"),
        ("http://127.0.0.1:8000/mirror", "https://WWW.a.example/", "http://127.0.0.1:8000/mirror/"),
        ("http://127.0.0.1:8000/", "http://elsewhere.example/", None),
    ],
)
def test_a_live_address_at_the_mirror(at: str, live: str, there: str | None) -> None:
    mirror = Mirror(at, frozenset({"www.a.example"}), "http://www.a.example/")
    assert mirror.to_mirror(live) == there


def test_the_mirrors_own_redirects_come_back_as_live_ones() -> None:
    mirror = Mirror("http://127.0.0.1:8000/m", frozenset({"www.a.example"}), "https://www.a.example/")
    assert mirror.to_live("http://127.0.0.1:8000/m/x?y=1") == "https://www.a.example/x?y=1"
    assert mirror.to_live("/x") == "/x"
    assert mirror.to_live("http://other.example/") == "http://other.example/"


@pytest.mark.parametrize(
    ("base", "href", "url"),
    [
        ("http://a.example/x/", " 1.html ", "http://a.example/x/1.html"),
        ("http://a.example/x/", "//b.example/1", "http://b.example/1"),
        ("http://a.example/x/", "http://[a.example/", None),
        ("http://a.example/x/", "mailto:a@a.example", None),
        ("http://a.example/x/", "ftp://a.example/1", None),
        ("saved.html", "1.html", None),
    ],
)
def test_an_address_on_the_web(base: str, href: str, url: str | None) -> None:
    assert web_address(base, href) == url


def test_links_of_a_saved_page_stay_as_printed() -> None:
    assert link_address("saved.html", "a/1.html") == "a/1.html"
    assert link_address("saved.html", "javascript:void(0)") is None


@pytest.mark.parametrize(
    ("one", "other", "page", "list_page"),
    [
        ("http://www.a.example/", "https://a.example:443/index.html", True, True),
        ("http://a.example/x/", "http://a.example/x", True, True),
        ("http://a.example:8080/", "http://a.example/", False, False),
        ("http://a.example/", "http://a.example/main.htm", True, False),
        ("http://a.example/x/", "http://a.example/x/list.html", False, True),
        ("http://a.example/x/?p=1", "http://a.example/x/?p=2", False, False),
    ],
)
def test_when_two_addresses_are_one_page(one: str, other: str, page: bool, list_page: bool) -> None:
    assert same_page(one, other) is page
    assert same_list_page(one, other) is list_page
