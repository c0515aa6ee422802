"""大汉 JCMS: a list's rows stand as CDATA in an XML store inside a script, three pages at a time; the rest is
fetched from dataproxy.jsp by the numbers of its first and last record, and is such a store again.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import unescape
from urllib.parse import parse_qsl, urlencode

from crawler.page.addresses import find_base, join, split
from crawler.page.page import Page
from crawler.page.page_numbers import with_query
from crawler.page.values import Listing, PageRequest
from crawler.platforms.platform import Platform
from crawler.readers.lists.embedded import read_markup

_STORE = re.compile(r"<datastore\b[^<>]{0,200}>(.*?)(?:</datastore>|\Z)", re.S | re.I)
_RECORD = re.compile(r"<record\b[^<>]{0,200}>", re.I)
_RECORD_END = re.compile(r"(?:\]\]>)?\s{0,9}</record>", re.I)
_CDATA = re.compile(r"\s*<!\[CDATA\[")
_GROUP = re.compile(r"<nextgroup>.{0,300}?href\s?=\s?[\"']([^\"']{1,800})", re.S | re.I)
_TOTAL = re.compile(r"<totalrecord>\s?(\d+)|totalRecord[\"']?\s?[:=]\s?[\"']?(\d+)", re.I)
_PAGES = re.compile(r"<totalpage>\s?(\d+)|totalPage[\"']?\s?[:=]\s?[\"']?(\d+)", re.I)
_PER_PAGE = re.compile(r"perPage[\"']?\s?[:=]\s?[\"']?(\d+)", re.I)
_PROXY = re.compile(r"[\"']([^\"'\s]{0,200}dataproxy\.jsp[^\"'\s]{0,400})[\"']", re.I)
_PARAMETERS = re.compile(r"(?:ajaxParam|proxyParam|params?)\s?:\s?\{([^{}]{3,800})\}", re.I)
_PAIR = re.compile(r"[\"']?(\w{2,30})[\"']?\s?:\s?(?:[\"']([^\"']{0,200})[\"']|(\d{1,12}))")


_SCRIPT = re.compile(
    r"<script\b[^<>]{0,300}>\s{0,99}<datastore\b.*?</datastore>\s{0,99}</script>", re.I | re.S
)
MARKS = ("<datastore", "<dataStore", "<DataStore", "<DATASTORE")


class Hanweb(Platform):
    """JCMS (大汉版通). A page carries its rows, or is dataproxy.jsp's answer."""

    name = "hanweb"
    label = "大汉版通JCMS"

    def recognise(self, page: Page) -> bool:
        return any(mark in page.text for mark in MARKS)

    def rows(self, page: Page, as_of: date | None) -> Listing | None:
        store = _find_store(page.text)
        if store is None or (not store.records and store.rows is None):
            return None
        entries = read_markup("".join(store.records), find_base(page), as_of)
        return Listing(entries, None, store.rows, store.pages)

    def next_page(self, page: Page) -> PageRequest | None:
        store = _find_store(page.text)
        return _following(store, page.text, page.url) if store else None

    def unpacked(self, page: Page) -> Page:
        store = _find_store(page.text)
        if store is None or not store.records:
            return page
        rows = "".join(store.records)
        table = f"<table>{rows}</table>" if "<tr" in rows[:200].lower() else f"<div>{rows}</div>"
        text, found = _SCRIPT.subn(lambda _script: table, page.text, count=1)
        headers = {"content-type": "text/html; charset=utf-8"}
        return Page(page.url, (text if found else table).encode(), headers=headers)


@dataclass(frozen=True, slots=True)
class _Store:
    """The rows' HTML, one a record, and what is stated of the whole list."""

    records: tuple[str, ...]
    rows: int | None
    pages: int | None
    per_page: int | None
    group: str | None


# Its rows and what comes after them are asked of a page one after the other.
@lru_cache(maxsize=1)
def _find_store(text: str) -> _Store | None:
    """The fullest store of a page or of a dataproxy.jsp answer; None where there is none."""
    stores = [match[1] for match in _STORE.finditer(text)]
    if not stores:
        return None
    best = max(stores, key=lambda store: len(_RECORD.findall(store)))
    group = _GROUP.search(best)
    own = best if len(stores) > 1 and _TOTAL.search(best) else text
    return _Store(
        tuple(_records(best)),
        _number(_TOTAL.search(own)),
        _number(_PAGES.search(own)),
        _number(_PER_PAGE.search(text)),
        unescape(group[1]) if group else None,
    )


def _records(store: str) -> Iterator[str]:
    for piece in _RECORD.split(store)[1:]:
        end = _RECORD_END.search(piece)
        record = _CDATA.sub("", piece[: end.start()] if end else piece, count=1)
        yield unescape(record) if "&lt;" in record else record


def _following(store: _Store, text: str, url: str) -> PageRequest | None:
    """The following records, asked of dataproxy.jsp with everything in the query; None at the end."""
    asked = dict(parse_qsl(split(url).query)) if "dataproxy" in url else {}
    first = int(asked["startrecord"]) if asked.get("startrecord", "").isdecimal() else 1
    last = first + len(store.records) - 1
    if not store.records or store.rows is None or last >= store.rows:
        return None
    proxy = url if asked else _proxy(store, text, url)
    if proxy is None:
        return None
    span = max(last - first + 1, 1)
    proxy = with_query(proxy, "startrecord", str(last + 1))
    proxy = with_query(proxy, "endrecord", str(min(last + span, store.rows)))
    return PageRequest(with_query(proxy, "perpage", str(store.per_page or asked.get("perpage") or span)))


def _proxy(store: _Store, text: str, url: str) -> str | None:
    named = _PROXY.search(text)
    address = (store.group or "") if "dataproxy" in (store.group or "") else (named[1] if named else "")
    target = join(url, unescape(address)) if address else None
    if target is None:
        return None
    fields = dict(parse_qsl(split(target).query, keep_blank_values=True)) | _parameters(text)
    fields.pop("page", None)
    return f"{target.partition('?')[0]}?{urlencode(fields)}"


def _parameters(text: str) -> dict[str, str]:
    block = _PARAMETERS.search(text)
    return {name: word or number for name, word, number in _PAIR.findall(block[1])} if block else {}


def _number(match: re.Match[str] | None) -> int | None:
    return int(match[1] or match[2]) if match else None
