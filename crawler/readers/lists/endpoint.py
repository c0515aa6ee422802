"""A list from its JSON endpoint, by a recipe (a site file's, or a platform's): where the rows are, what is in them."""

import json
import re
from datetime import date, datetime, timedelta, timezone
from typing import Any

import jmespath

from crawler.page.addresses import web_address
from crawler.page.dates import find_date
from crawler.page.page import Page
from crawler.page.values import Entry, Listing, PageRequest
from crawler.readers.lists.embedded import read_markup
from crawler.readers.lists.listing import masked_titles, read_generic_list
from rules.scanners.privacy import masked
from rules.vocabulary.places import Endpoint

SHANGHAI = timezone(timedelta(hours=8))
CALLBACK = re.compile(r"^[\w$.]{1,80}\((.*)\)\s*;?\s*$", re.DOTALL)
TAG = re.compile(r"<[^<>]{0,300}>")
MILLISECONDS = 10**11
EMPTY_ANSWER = "接口返回的列表为空"


def first_turn(endpoint: Endpoint) -> PageRequest:
    """How the endpoint's first page is asked for."""
    return _turn(endpoint, 0)


def read_endpoint(page: Page, endpoint: Endpoint, number: int, as_of: date | None = None) -> Listing | None:
    """The listing that page `number` (from 1) of an endpoint holds; None where the answer is not what the
    recipe describes. Links are made absolute against `endpoint.base`, or the endpoint's address."""
    answer = _parse(page.text)
    rows = jmespath.search(endpoint.rows, answer) if isinstance(answer, dict | list) else None
    total = _whole(jmespath.search(endpoint.total, answer)) if endpoint.total else None
    if isinstance(rows, str):
        return _read_fragment(rows, endpoint, number, total, as_of)
    if not isinstance(rows, list):
        return None
    entries = tuple(entry for row in rows if (entry := _entry(row, endpoint, as_of)))
    more = _goes_on(endpoint, number, len(rows), total, None)
    turn = _turn(endpoint, number) if more and entries else None
    # Where the recipe knows a total, an answer that states none is no word about an empty list.
    nothing = not rows and number == 1 and (total == 0 if endpoint.total else True)
    # A page shorter than was asked for is the last.
    return Listing(entries, turn, total, None, EMPTY_ANSWER if nothing else None, ended=not more)


def _read_fragment(
    markup: str, endpoint: Endpoint, number: int, total: int | None, as_of: date | None
) -> Listing:
    """A list's HTML inside an answer: its rows, and what its own pager states."""
    base = endpoint.base or endpoint.url
    headers = {"content-type": "text/html; charset=utf-8"}
    shown = read_generic_list(Page(base, markup.encode("utf-8", errors="replace"), headers=headers), as_of)
    entries = shown.entries or masked_titles(read_markup(markup, base, as_of))
    total = shown.stated_total if total is None else total
    more = _goes_on(endpoint, number, len(entries), total, shown.stated_pages)
    turn = _turn(endpoint, number) if more and entries else None
    says_empty = (shown.says_empty or (EMPTY_ANSWER if total == 0 else None)) if number == 1 else None
    return Listing(entries, turn, total, shown.stated_pages, None if entries else says_empty)


def _goes_on(endpoint: Endpoint, number: int, rows: int, total: int | None, pages: int | None) -> bool:
    if pages is not None:
        return number < pages
    return number * endpoint.size < total if total is not None else rows >= endpoint.size


def _turn(endpoint: Endpoint, done: int) -> PageRequest:
    marks = {"{page}": endpoint.first + done, "{offset}": done * endpoint.size, "{size}": endpoint.size}

    def fill(text: str) -> str:
        for mark, value in marks.items():
            text = text.replace(mark, str(value))
        return text

    if endpoint.body is not None:
        return PageRequest(fill(endpoint.url), "POST", body=fill(endpoint.body))
    if endpoint.form is None:
        return PageRequest(fill(endpoint.url))
    return PageRequest(fill(endpoint.url), "POST", {key: fill(value) for key, value in endpoint.form.items()})


def _parse(text: str) -> Any:
    """JSON, or JSONP without its callback."""
    wrapped = CALLBACK.match(text.strip())
    try:
        return json.loads(wrapped.group(1) if wrapped else text)
    except (ValueError, RecursionError):
        return None


def _entry(row: Any, endpoint: Endpoint, as_of: date | None) -> Entry | None:
    title = _text(jmespath.search(endpoint.title, row))
    if not title:
        return None
    day = _day(jmespath.search(endpoint.date, row))
    absurd = day is not None and as_of is not None and day > as_of
    return Entry(masked(title), _link(row, endpoint), day, None, absurd)


def _link(row: Any, endpoint: Endpoint) -> str | None:
    if not endpoint.link:
        return None
    if "{" in endpoint.link and isinstance(row, dict):
        link = re.sub(r"\{(\w+)\}", lambda match: _text(row.get(match.group(1))), endpoint.link)
    else:
        link = _text(jmespath.search(endpoint.link, row))
    return web_address(endpoint.base or endpoint.url, link) if link else None


def _day(value: Any) -> date | None:
    """A day from text in any strict form, or from seconds or milliseconds since 1970."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float) or (isinstance(value, str) and re.fullmatch(r"\d{10}|\d{13}", value)):
        seconds = float(value) / (1000 if float(value) >= MILLISECONDS else 1)
        try:
            return datetime.fromtimestamp(seconds, SHANGHAI).date()
        except (ValueError, OverflowError, OSError):
            return None
    return find_date(str(value))


def _text(value: Any) -> str:
    return "" if value is None or isinstance(value, dict | list) else TAG.sub("", str(value)).strip()


def _whole(value: Any) -> int | None:
    return int(value) if isinstance(value, int) or (isinstance(value, str) and value.isdigit()) else None
