"""What one answer may bring into a crawl besides its body: cookies, codings, members."""

import gzip
import zlib

import pytest
from scrapy.exceptions import DownloadCancelledError
from scrapy.http import Headers, Response

from crawler.fetching.bounds import LONGEST_COOKIE, MOST_COOKIES, CookieNames, check_packing


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
        ("gzip, gzip, gzip", gzip.compress(b"")),
        ("gzip", gzip.compress(b"") * 5000),
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
