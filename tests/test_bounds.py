"""What one answer may bring into a crawl besides its body: cookies, codings, members."""

import gzip
import zlib
from datetime import UTC, datetime

import pytest
from scrapy.exceptions import DownloadCancelledError
from scrapy.http import Headers, Response
from scrapy.utils.test import get_crawler

from crawler.fetching.bounds import (
    LONGEST_COOKIE,
    LONGEST_ROBOTS,
    MOST_COOKIES,
    BoundedRobots,
    CookieNames,
    check_packing,
)
from crawler.fetching.network import seconds_of
from crawler.fetching.patience import Patience

EMPTY_GZIP = gzip.compress(b"", mtime=0)  # the moment is no part of a test's name


def answer(*headers: tuple[str, str], body: bytes = b"") -> Response:
    said = Headers()
    for name, value in headers:
        said.appendlist(name, value)
    return Response("http://www.county.example/", headers=said, body=body)


def kept(names: CookieNames, *cookies: str, host: str = "a") -> list[bytes]:
    response = answer(*(("Set-Cookie", cookie) for cookie in cookies))
    names.bound(host, response)
    return response.headers.getlist("Set-Cookie")


def test_a_host_may_set_so_many_cookies_and_renew_those() -> None:
    names = CookieNames()
    flood = [f"c{n}=x; Path=/" for n in range(MOST_COOKIES + 50)]
    assert kept(names, *flood) == [cookie.encode() for cookie in flood[:MOST_COOKIES]]
    assert kept(names, "c7=renewed", "new=1") == [b"c7=renewed"]
    assert kept(names, "new=1", host="b") == [b"new=1"]


def test_a_cookie_longer_than_any_browser_keeps_is_left() -> None:
    assert kept(CookieNames(), "a=1", "b=" + "x" * LONGEST_COOKIE, "JSESSIONID=9F; HttpOnly") == [
        b"a=1",
        b"JSESSIONID=9F; HttpOnly",
    ]


@pytest.mark.parametrize(
    ("codings", "body"),
    [
        ("gzip, gzip, gzip", EMPTY_GZIP),
        ("gzip", EMPTY_GZIP * 5000),
        ("zstd", b"\x28\xb5\x2f\xfd\x20\x00\x01\x00\x00" * 5000),
        ("zstd", b"\x50\x2a\x4d\x18\x00\x00\x00\x00" * 5000),
    ],
)
def test_what_is_packed_to_cost_time_is_refused(codings: str, body: bytes) -> None:
    with pytest.raises(DownloadCancelledError):
        check_packing(answer(("Content-Encoding", codings), body=body))


@pytest.mark.parametrize("codings", ["", "gzip", "br", "gzip, deflate"])
def test_what_servers_really_send_is_let_in(codings: str) -> None:
    headers = [("Content-Encoding", codings)] if codings else []
    check_packing(answer(*headers, body=zlib.compress(bytes(range(256)) * 4000)))


def test_of_a_robots_txt_without_end_the_beginning_is_obeyed() -> None:
    begin, rule = b"User-agent: *\nDisallow: /first/\n", b"Disallow: /*x*y\n"
    rules = begin + rule * (LONGEST_ROBOTS // len(rule)) + b"\nDisallow: /last/\n"
    robots = BoundedRobots.from_crawler(get_crawler(), rules)
    assert not robots.allowed("http://www.county.example/first/", "gongkai")
    assert robots.allowed("http://www.county.example/last/", "gongkai")


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("5", 5.0),
        (" 31536000 ", 31536000.0),
        ("Tue, 16 May 2023 00:01:00 GMT", 60.0),
        ("Tue, 16 May 2023 08:01:00 +0800", 60.0),
        ("Tue, 16 May 2023 00:01:00", 60.0),
        ("Mon, 15 May 2023 00:00:00 GMT", 0.0),
        *((odd, 0.0) for odd in ("", "-5", "\u00b2", "\u0665", "1e9", "nan", "9" * 5000, "soon")),
        ("Tue, 16 May 2023 00:01:00 +" + "9" * 30, 0.0),
        ("Tue, 99 May 2023 00:01:00 GMT", 0.0),
    ],
)
def test_retry_after_is_a_number_of_seconds_a_day_or_nothing(value: str, seconds: float) -> None:
    assert seconds_of(value, datetime(2023, 5, 16, tzinfo=UTC)) == seconds


def test_a_host_s_turn_is_counted_from_when_it_was_last_sent_a_request(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 100.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    patience = Patience()
    assert patience.turn_left("a", 1.0) == 0
    patience.asked("a")
    now = 100.25
    assert patience.turn_left("a", 1.0) == 0.75
    assert patience.turn_left("b", 1.0) == 0
    patience.slow_down("a", 5.0)
    assert patience.turn_left("a", 1.0) == 4.75
