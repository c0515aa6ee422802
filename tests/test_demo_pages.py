"""The demo county's pages can be read to the end in every system, and have around the list what misleads."""

import http.client
import re
from collections.abc import Iterator

import pytest
from demo_visit import address, fetch, next_page, rows_of, served, tree, whole

from demo.cms import CMS, article_url
from demo.county import County
from demo.prose import paragraphs
from demo.server import Server, serve
from demo.writing import QUARTER


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
def test_lists_can_be_read_to_the_end(county: County, server: Server, cms: str) -> None:
    columns = [column for column in served(county) if column.cms == cms]
    longest = 0
    for column in columns:
        expected = [(article_url(column, p), p.title, p.day) for p in county.rows(column)]
        rows, pages = whole(server, column)
        assert rows == expected, column.url
        longest = max(longest, pages)
    assert len(columns) >= 20
    assert longest > 1 or cms == "hanweb"


def test_every_page_is_served_and_every_article_tells_its_title(county: County, server: Server) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    known = {article_url(c, p): (p, CMS[c.cms].encoding) for c in served(county) for p in county.rows(c)}
    assert len(known) == len(county.archive.postings)
    for path in county.pages:
        connection.request("GET", path)
        response = connection.getresponse()
        body = response.read()
        assert response.status == 200, path
        if path in known:
            posting, encoding = known[path]
            page = body.decode(encoding)
            assert posting.title in page.partition("<body")[2]
            assert posting.source in page
            assert all(text in page for text in paragraphs(county.archive, posting))


def test_sidebars_show_dated_rows_of_other_columns_only(county: County, server: Server) -> None:
    for column in served(county)[::5]:
        page = tree(server, column.url, CMS[column.cms].encoding)
        main = [url for url, *_ in rows_of(column.cms, column.url, page)]
        links = [address(column.url, a.get("href")) for a in page.xpath("//a[@href]")]
        own = {article_url(column, posting) for posting in county.rows(column)}
        shown = [link for link in links if link in own]
        assert sorted(shown) == sorted(main if column.cms != "hanweb" else [])
        assert sum(bool(re.search(r"/20\d\d[-/]?\d|/info/|\?id=", link)) for link in links) >= len(shown) + 12


def test_a_silent_column_stands_beside_rows_of_the_quarter(county: County) -> None:
    for column in served(county):
        if not county.counted(column, *QUARTER):
            hot = county.hot(county.made(column), column)
            assert any(QUARTER[0] <= posting.day <= QUARTER[1] for posting in hot)


def test_empty_columns_say_so_on_their_page(county: County, server: Server) -> None:
    empty = [column for column in served(county) if not county.rows(column)]
    assert len({column.says for column in empty}) >= 5
    for column in empty:
        assert column.says in tree(server, column.url, CMS[column.cms].encoding).text_content()


def test_pinned_rows_stand_first_though_they_are_old(county: County) -> None:
    pinned = [column for column in served(county) if county.rows(column) and county.rows(column)[0].pinned]
    assert len(pinned) == 12
    for column in pinned:
        days = [posting.day for posting in county.rows(column)]
        assert days[0] < max(days)
        assert max(days) >= QUARTER[0]


def test_the_gbk_system_declares_less_than_it_uses(county: County, server: Server) -> None:
    column = county.archive.column("区统计局", "统计领域", "统计数据")
    with fetch(server, column.url) as response:
        body, content_type = response.read(), response.headers["Content-Type"]
    assert content_type == "text/html"
    assert b"charset=gb2312" in body
    for wrong in ("utf-8", "gb2312"):
        with pytest.raises(UnicodeDecodeError):
            body.decode(wrong)
    assert "北关区" in body.decode("gb18030")


def test_the_tree_links_every_column_but_those_elsewhere(county: County, server: Server) -> None:
    page = tree(server, "/jczwgk/")
    links = {address("/jczwgk/", a.get("href")) for a in page.xpath("//div[@class='whole']//a[@href]")}
    assert {column.url for column in served(county) if not column.outside} <= links
    assert page.text_content().count("跳转到国家税务局网站") == 12
    offices = tree(server, "/gzjg/").xpath("//ul[@class='units']//a/text()")
    assert offices == [unit.name for unit in county.archive.units]


def test_what_is_not_there_is_a_true_404(server: Server) -> None:
    for path in ("/nothing.html", "/jczwgk/ylws/xzcf/index_99.html", "/tjj/list.asp?classid=99"):
        assert fetch(server, path).status == 404
    assert b"Disallow: /admin/" in fetch(server, "/robots.txt").read()
    assert fetch(server, "/jczwgk/ylws/xzcf/index.html").status == 200
    assert server.requests[0] == ("GET", "/nothing.html", 404)


def test_the_mailbox_lists_every_letter_with_its_own_page(county: County, server: Server) -> None:
    names = {name for unit in county.archive.units for name in (unit.name, *unit.aliases)}
    here, shown = "/hdjl/qzxx/", []
    while here:
        page = tree(server, here)
        for row in page.xpath("//table[@class='letters']//tr[td]"):
            cells = [cell.text_content() for cell in row]
            shown.append((address(here, row.xpath(".//a")[0].get("href")), cells))
        here = next_page("table", here, page)
    letters = county.letters()
    assert [cells[0] for _, cells in shown] == [letter.number for letter in letters]
    for (url, cells), letter in zip(shown, letters, strict=True):
        assert letter.unit in names
        assert cells[2:] == [
            str(letter.received),
            letter.unit,
            "已办结" if letter.answered else "办理中",
            str(letter.answered or ""),
        ]
        text = tree(server, url).text_content()
        assert letter.question in text
        assert letter.answer in text
        assert str(letter.answered or "正在办理") in text
