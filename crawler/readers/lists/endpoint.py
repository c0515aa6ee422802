"""A list from its JSON endpoint, by a recipe (a site file's, or a platform's): where the rows are, what is in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

import jmespath

from crawler.page.addresses import web_address
from crawler.page.answers import failure_of, goes_on, parse_answer, succeeds
from crawler.page.budget import MOST_ROWS, TOO_MANY_ROWS
from crawler.page.dates import find_date
from crawler.page.page import Page
from crawler.page.values import Entry, Listing, PageRequest
from crawler.page.whole_numbers import whole_number
from crawler.readers.lists.embedded import read_markup
from crawler.readers.lists.listing import read_generic_list
from rules.vocabulary.places import Endpoint

SHANGHAI = timezone(timedelta(hours=8))
TAG = re.compile(r"<[^<>]{0,300}>")
MILLISECONDS = 10**11
EMPTY_ANSWER = "接口返回的列表为空"


def first_turn(endpoint: Endpoint) -> PageRequest:
    """How the endpoint's first page is asked for."""
    return _turn(endpoint, 1, 0)


def read_endpoint(page: Page, endpoint: Endpoint, number: int, as_of: date | None = None) -> Listing | None:
    """The listing that page `number` (from 1) of an endpoint holds; None where the answer is not what the
    recipe describes, or says that it failed. Links are made absolute against `endpoint.base`, or the endpoint's address.

    An answer may say in many ways that its list goes on. Only where one says that it does not, or behind an empty page, has
    the list ended: a page with fewer rows than were asked for may be as long as this server ever makes one."""
    answer = parse_answer(page.text)
    rows = jmespath.search(endpoint.rows, answer) if isinstance(answer, dict | list) else None
    total = whole_number(jmespath.search(endpoint.total, answer)) if endpoint.total and answer else None
    if rows is None and total == 0:
        rows = []
    if not isinstance(rows, str | list) or (not rows and failure_of(answer, rows=False)):
        return None
    if isinstance(rows, list) and not endpoint.title:
        return None  # a recipe of HTML, as platforms write them
    shown = (
        _read_fragment(rows, endpoint, as_of) if isinstance(rows, str) else _read_rows(rows, endpoint, as_of)
    )
    came = len(rows) if isinstance(rows, list) else len(shown.entries) or bool(TAG.sub("", rows).strip())
    total = shown.stated_total if total is None else total
    asked = _Asked(endpoint, number, _first_row(page, endpoint, number), came, total)
    if not shown.entries:
        empty = shown.says_empty if came else _says_empty(asked, answer, rows)
        return replace(shown, stated_total=total, says_empty=empty, next_page=None)
    more = _goes_on(asked, shown, answer)
    turn = None if more is False else _turn(endpoint, number + 1, asked.first_row + came)
    doubts = (*shown.doubts, *_doubts(asked, answer))
    return replace(shown, stated_total=total, next_page=turn, ended=more is False, doubts=doubts)


@dataclass(frozen=True, slots=True)
class _Asked:
    """One page of an endpoint: its number (from 1), the place of its first row (from 0), how many rows came (of HTML without
    rows, whether it says anything), the total it states."""

    endpoint: Endpoint
    number: int
    first_row: int
    rows: int
    total: int | None


def _read_rows(rows: list[Any], endpoint: Endpoint, as_of: date | None) -> Listing:
    entries = (entry for row in rows[:MOST_ROWS] if (entry := _entry(row, endpoint, as_of)))
    doubts = (TOO_MANY_ROWS,) if len(rows) > MOST_ROWS else ()
    return Listing(tuple(entries), doubts=doubts)


def _read_fragment(markup: str, endpoint: Endpoint, as_of: date | None) -> Listing:
    """A list's HTML inside an answer: its rows, and what its own pager states."""
    base = endpoint.base or endpoint.url
    headers = {"content-type": "text/html; charset=utf-8"}
    shown = read_generic_list(Page(base, markup.encode("utf-8", errors="replace"), headers=headers), as_of)
    if shown.entries:
        return shown
    entries = read_markup(markup, base, as_of)
    return Listing(entries, None, shown.stated_total, shown.stated_pages, shown.says_empty)


def _goes_on(asked: _Asked, shown: Listing, answer: Any) -> bool | None:
    """Whether rows follow; None where nothing says so or not: then the next page is asked for all the same."""
    said = goes_on(answer, asked.number)
    if said is None and asked.number == 1 and asked.total == asked.rows == asked.endpoint.size:
        # A total that is just a full page may count this page only: the next one tells.
        return None
    if shown.stated_pages is not None:
        return asked.number < shown.stated_pages or said is True
    return said if asked.total is None else _reached(asked) < asked.total or said is True


def _reached(asked: _Asked) -> int:
    """How many rows have been given, this page's included. A page with other than the expected number of rows shows that
    the server does not keep to the size it is asked for: then all pages are taken to be as long as this one."""
    if "{offset}" in _sent(asked.endpoint):
        return asked.first_row + asked.rows
    before = (asked.number - 1) * asked.endpoint.size
    kept_to = asked.rows == min(asked.endpoint.size, (asked.total or 0) - before)
    return before + asked.rows if kept_to else asked.number * asked.rows


def _doubts(asked: _Asked, answer: Any) -> Iterator[str]:
    if failure_of(answer, rows=True):
        yield "answer_failed"
    if asked.total is not None and goes_on(answer, asked.number) and _reached(asked) >= asked.total:
        yield "more_stated"
    if asked.total is not None and asked.total < asked.rows:
        yield "totals_differ"


def _says_empty(asked: _Asked, answer: Any, rows: str | list[Any]) -> str | None:
    """The word for an answer without rows: nothing behind the last page; on the first page an empty list, and a second sign
    beside it. Where the recipe knows a total, an answer that states none is no word about an empty list."""
    if asked.number > 1 or asked.total == 0:
        return EMPTY_ANSWER
    said = isinstance(rows, list) and (goes_on(answer, 1) is False or succeeds(answer))
    return EMPTY_ANSWER if said and not asked.endpoint.total and asked.total is None else None


def _first_row(page: Page, endpoint: Endpoint, number: int) -> int:
    """The place of the page's first row, where the address counts rows; else as if every page had been full."""
    if "{offset}" in endpoint.url:
        pattern = re.escape(endpoint.url)
        for mark in ("{offset}", "{page}", "{size}"):
            pattern = pattern.replace(re.escape(mark), r"(\d+)" if mark == "{offset}" else r"\d+")
        found = re.search(pattern, page.url)
        if found:
            return int(found[1])
    return (number - 1) * endpoint.size


def _sent(endpoint: Endpoint) -> str:
    return "".join((endpoint.url, endpoint.body or "", *(endpoint.form or {}).values()))


def _turn(endpoint: Endpoint, number: int, first_row: int) -> PageRequest:
    """The request for page `number` (from 1), whose first row is the list's row `first_row` (from 0)."""
    marks = {"{page}": endpoint.first + number - 1, "{offset}": first_row, "{size}": endpoint.size}

    def fill(text: str) -> str:
        for mark, value in marks.items():
            text = text.replace(mark, str(value))
        return text

    if endpoint.body is not None:
        return PageRequest(fill(endpoint.url), "POST", body=fill(endpoint.body))
    if endpoint.form is None:
        return PageRequest(fill(endpoint.url))
    return PageRequest(fill(endpoint.url), "POST", {key: fill(value) for key, value in endpoint.form.items()})


def _entry(row: Any, endpoint: Endpoint, as_of: date | None) -> Entry | None:
    title = _text(jmespath.search(endpoint.title, row))
    if not title:
        return None
    day = _day(jmespath.search(endpoint.date, row))
    absurd = day is not None and as_of is not None and day > as_of
    return Entry(title, _link(row, endpoint), day, None, absurd)


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
        try:
            seconds = float(value) / (1000 if float(value) >= MILLISECONDS else 1)
            return datetime.fromtimestamp(seconds, SHANGHAI).date()
        except (ValueError, OverflowError, OSError):
            return None
    return find_date(str(value))


def _text(value: Any) -> str:
    return "" if value is None or isinstance(value, dict | list) else TAG.sub("", str(value)).strip()
