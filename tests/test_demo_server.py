"""The demo county's server: validators, the log, the next night, and faults that can be switched on."""

import http.client
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import date

import pytest
from demo_visit import fetch, served, tree

from demo.__main__ import main
from demo.archive import Posting
from demo.cms import CMS
from demo.county import County
from demo.server import Server, serve


@pytest.fixture(scope="module")
def county() -> County:
    return County()


@pytest.fixture(scope="module")
def _shared_server(county: County) -> Iterator[Server]:
    with serve(county) as server:
        yield server


@pytest.fixture
def server(_shared_server: Server) -> Server:
    _shared_server.faults.clear()
    _shared_server.requests.clear()
    return _shared_server


@pytest.mark.parametrize("cms", CMS)
def test_unchanged_pages_answer_304_but_the_dynamic_system_never_does(
    county: County, server: Server, cms: str
) -> None:
    column = next(column for column in served(county) if column.cms == cms)
    first = fetch(server, column.url)
    body = first.read()
    if cms == "table":
        assert first.headers["ETag"] is first.headers["Last-Modified"] is None
        again = fetch(
            server, column.url, If_None_Match='"x"', If_Modified_Since="Mon, 01 Jan 2040 00:00:00 GMT"
        )
        assert (again.status, again.read()) == (200, body)
        return
    etag, modified = first.headers["ETag"], first.headers["Last-Modified"]
    for headers in ({"If_None_Match": etag}, {"If_None_Match": f"W/{etag}"}, {"If_Modified_Since": modified}):
        again = fetch(server, column.url, **headers)
        assert (again.status, again.read()) == (304, b"")
    for headers in (
        {"If_None_Match": '"other"', "If_Modified_Since": modified},
        {"If_Modified_Since": "Mon, 01 Jan 2018 00:00:00 GMT"},
        {"If_Modified_Since": "yesterday"},
    ):
        assert fetch(server, column.url, **headers).status == 200
    assert server.requests[1] == ("GET", column.url, 304)


def test_the_next_night_only_changed_columns_are_new(county: County) -> None:
    column = county.archive.column("区财政局", "财政预决算领域", "部门决算")
    still = county.archive.column("区财政局", "财政预决算领域", "部门预算")
    late = Posting(999_999, column.no, "补发的信息", date(2023, 6, 1), date(2023, 7, 5), column.owner)
    with serve(county) as server:
        etags = {c.url: fetch(server, c.url).headers["ETag"] for c in (column, still)}
        server.county = County(date(2023, 7, 5), county.archive.add([late]))
        found = {url: fetch(server, url, If_None_Match=etag).status for url, etag in etags.items()}
    assert found == {column.url: 200, still.url: 304}


LIST = "/jczwgk/ylws/xzcf/"
ANSWERED = [
    ("403", 403, "拦截"),
    ("412", 412, "$_ts"),
    ("429", 429, "频繁"),
    ("500", 500, "Internal Server Error"),
    ("503", 503, "Temporarily"),
    ("521", 521, "document.cookie"),
    ("js", 200, 'id="app"'),
    ("maintenance", 200, "维护"),
    ("soft404", 200, "您访问的页面不存在"),
]


@pytest.mark.parametrize(("fault", "status", "mark"), ANSWERED)
def test_faults_that_answer(server: Server, fault: str, status: int, mark: str) -> None:
    server.faults[LIST] = fault
    response = fetch(server, LIST, If_Modified_Since="Mon, 01 Jan 2040 00:00:00 GMT")
    body = response.read().decode()
    assert (response.status, mark in body, "行政处罚决定书" in body) == (status, True, False)
    assert response.headers["ETag"] is None
    assert (response.headers["Retry-After"] is not None) == (fault == "429")
    assert fetch(server, f"{LIST}index_1.html").status == 200
    assert server.requests[0] == ("GET", LIST, status)


def test_faults_that_send_elsewhere_or_nothing(server: Server) -> None:
    server.faults.update({LIST: "home"})
    assert (fetch(server, LIST).status, fetch(server, LIST).headers["Location"]) == (302, "/")
    server.faults[LIST] = "login"
    assert fetch(server, LIST).headers["Location"] == "/login"
    assert "用户登录" in tree(server, "/login").text_content()
    server.faults[LIST] = "empty"
    response = fetch(server, LIST)
    assert (response.status, response.read()) == (200, b"")
    del server.faults[LIST]
    assert len(fetch(server, LIST).read()) > 1000


def test_faults_of_the_wire(server: Server) -> None:
    server.faults["*"] = "reset"
    with pytest.raises((ConnectionResetError, urllib.error.URLError)):
        fetch(server, "/zwdt/qqdt/")
    assert server.requests == [("GET", "/zwdt/qqdt/", 0)]
    server.faults.clear()
    server.faults["/xxgk/list?cid=3101"] = "truncated"
    assert fetch(server, "/xxgk/list?cid=3102").read()
    with pytest.raises(http.client.IncompleteRead) as cut:
        fetch(server, "/xxgk/list?cid=3101").read()
    assert abs(len(cut.value.partial) - (cut.value.expected or 0)) <= 1


def test_a_slow_page_takes_its_time(server: Server) -> None:
    server.faults[LIST], server.delay = "slow", 0.4
    with pytest.raises(TimeoutError):
        urllib.request.urlopen(server.url.rstrip("/") + LIST, timeout=0.1)
    assert fetch(server, LIST).status == 200


def test_a_fault_nobody_knows_is_refused(server: Server) -> None:
    with pytest.raises(ValueError, match="nonsense"):
        server.faults[LIST] = "nonsense"
    with pytest.raises(ValueError, match="nonsense"), serve(server.county, faults={"/": "nonsense"}):
        pass


@pytest.mark.parametrize("words", [["--day", "昨天"], ["--port", "99999"], ["--nonsense"]])
def test_the_command_refuses_in_chinese(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        main(words)
    assert refused.value.code == 2
    said = capsys.readouterr().err
    assert "参数不对" in said
    assert "用法" in said
