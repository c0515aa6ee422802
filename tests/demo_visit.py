"""Visiting the demo county: fetching its pages and reading them as somebody would who knows each system."""

import http.client
import re
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import date
from urllib.parse import urljoin

from lxml import html

from demo.archive import Column
from demo.cms import CMS
from demo.county import County
from demo.server import Server

HOME = "https://www.beiguan.example/"
Read = tuple[str, str, date]


def hanweb_rows(page: html.HtmlElement) -> list[html.HtmlElement]:
    script = page.xpath("//script[@type='text/xml']")[0].text
    return [
        html.fromstring(f"<table>{row}</table>") for row in re.findall(r"CDATA\[(.*?)\]\]>", script, re.S)
    ]


def dash(text: str) -> date:
    return date(*map(int, re.findall(r"\d+", text)[:3]))


def split_day(text: str) -> date:
    month, day, year = map(int, re.findall(r"\d+", text))
    return date(year, month, day)


# system: (rows, cell of the date within a row, how the date is written)
ROWS: dict[str, tuple[Callable[[html.HtmlElement], list[html.HtmlElement]], str, Callable[[str], date]]] = {
    "trs": (lambda p: p.xpath("//ul[@class='list']/li[a]"), "span", dash),
    "empire": (lambda p: p.xpath("//ul[@class='newslist']/li"), "span", dash),
    "hanweb": (hanweb_rows, ".//td[2]", dash),
    "boda": (lambda p: p.xpath("//div[@class='ny_list']/dl"), "dt", split_day),
    "table": (lambda p: p.xpath("//table[@class='tb']//tr[td/a[@target]]"), "td[3]", dash),
    "asp": (lambda p: p.xpath("//table[@cellpadding]//tr[td/a]"), "td[2]", dash),
}
NEXT = re.compile(r"^下一?页$")


def fetch(server: Server, path: str, **headers: str) -> http.client.HTTPResponse:
    request = urllib.request.Request(
        server.url.rstrip("/") + path, headers={k.replace("_", "-"): v for k, v in headers.items()}
    )
    opener = urllib.request.build_opener(NoRedirect)
    try:
        return opener.open(request, timeout=10)
    except urllib.error.HTTPError as error:
        return error


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def tree(server: Server, path: str, encoding: str = "utf-8") -> html.HtmlElement:
    with fetch(server, path) as response:
        assert response.status == 200, path
        return html.fromstring(response.read().decode(encoding).removeprefix("<?xml"))


def address(here: str, link: str) -> str:
    """A printed link as a path of the site."""
    return "/" + urljoin(urljoin(HOME, here), link).removeprefix(HOME)


def rows_of(cms: str, here: str, page: html.HtmlElement) -> list[Read]:
    find, cell, written = ROWS[cms]
    read = []
    for row in find(page):
        (link,) = row.xpath(".//a")
        day = written("".join(row.xpath(cell)[0].itertext()))
        read.append((address(here, link.get("href")), link.get("title") or link.text, day))
    return read


def next_page(cms: str, here: str, page: html.HtmlElement) -> str | None:
    if cms == "trs":
        call = page.xpath("string(//div[@class='page'])") or ""
        pages, current = map(int, re.search(r"createPageHTML\((\d+), (\d+),", call).groups())
        return address(here, f"index_{current + 1}.html") if current + 1 < pages else None
    links = [a for a in page.xpath("//a") if NEXT.match(a.text_content().strip())]
    return address(here, links[0].get("href")) if links else None


def whole(server: Server, column: Column) -> tuple[list[Read], int]:
    """All rows of a column, page after page, and how many pages there were."""
    rows: list[Read] = []
    here, pages = column.url, 0
    while here:
        pages += 1
        assert pages <= 20, f"{column.url} does not end"
        page = tree(server, here, CMS[column.cms].encoding)
        rows += rows_of(column.cms, here, page)
        here = next_page(column.cms, here, page)
    return rows, pages


def served(county: County) -> list[Column]:
    return [column for column in county.columns if column.url]
