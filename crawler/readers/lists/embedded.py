"""Lists that a page carries without showing them: a JSON answer, a textarea, a template, a script's data."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import chain

from lxml import html

from crawler.page.addresses import find_base, link_address
from crawler.page.answers import failure_of, goes_on, parse_answer
from crawler.page.budget import TOO_MANY_ROWS, TooCostly
from crawler.page.model import PageModel
from crawler.page.page import Page, parse
from crawler.page.page_numbers import next_by_query, rows_so_far
from crawler.page.scripts import LONGEST, script_text
from crawler.page.tokens import all_tokens
from crawler.page.values import Entry, Listing, PageRequest
from crawler.readers.lists.entries import make_entries
from crawler.readers.lists.groups import dated_groups
from crawler.readers.lists.records import Data, fullest, read_script
from crawler.readers.lists.row_days import find_absurd

_STRING = re.compile(r"\"((?:[^\"\\\n]|\\.){20,3000})\"|'((?:[^'\\\n]|\\.){20,3000})'")
_MARKUP = ("<li", "<tr", "<a ", "<dd", "<dl")


def read_data(page: Page, as_of: date | None) -> Listing | None:
    """A JSON answer; None where the body is something else or holds no postings."""
    answer = parse_answer(page.text)
    data = None if answer is None else fullest(answer)
    if data is None:
        return None
    entries = _read_records(data, page.url, as_of) or read_markup(data.markup, page.url, as_of)
    if not entries and data.cut:
        raise TooCostly
    if not entries:
        return Listing((), None, data.total)
    # Some systems count pages from 0: the address does not tell which page this is.
    more = goes_on(answer, None)
    turn = _next_of_data(page, data, len(entries), more)
    doubts = (*_doubts_of(data), *(["answer_failed"] if failure_of(answer, rows=True) else []))
    if more and turn is None:
        doubts = (*doubts, "more_stated")
    return Listing(entries, turn, data.total, ended=more is False, doubts=doubts)


def read_hidden(page: Page, as_of: date | None) -> Listing:
    """Rows in textareas, templates and scripts, for pages that show none themselves."""
    base = find_base(page)
    for markup in chain(_markup(page.tree), _strings(page.tree)):
        entries = read_markup(markup, base, as_of)
        if len(entries) > 1:
            return Listing(entries)
    scripts = script_text(page.tree)
    data = read_script(scripts)
    if data is None:
        return Listing()
    cut = ("rows_hidden",) if len(scripts) >= LONGEST else ()
    return Listing(_read_records(data, base, as_of), doubts=(*_doubts_of(data), *cut))


def _doubts_of(data: Data) -> tuple[str, ...]:
    return (*(["tabs_unread"] * data.others), *([TOO_MANY_ROWS] * data.cut))


def _markup(tree: html.HtmlElement) -> Iterator[str]:
    for element in tree.iter("textarea", "script", "xmp"):
        text = element.text or ""
        kind = element.get("type") or ""
        holds = element.tag != "script" or "template" in kind or "html" in kind
        if holds and any(tag in text for tag in _MARKUP):
            yield text


def _strings(tree: html.HtmlElement) -> Iterator[str]:
    """Markup written as strings of a script: var rows = ["<li><a href=…>…</li>", …]."""
    text = script_text(tree)
    if "<a " in text:
        found = (match[1] or match[2] for match in _STRING.finditer(text))
        yield "".join(one.replace("\\", "") for one in found if "<a " in one)


def read_markup(markup: str, base: str, as_of: date | None) -> tuple[Entry, ...]:
    """The dated rows of a piece of HTML, which may be bare <li> or <tr> elements. `base` resolves their links."""
    if not markup.strip():
        return ()
    start = markup.lstrip()[:3].lower()
    whole = f"<table>{markup}</table>" if start == "<tr" else f"<div>{markup}</div>"
    stream = all_tokens(PageModel(parse(whole)))
    if stream.cut:
        raise TooCostly
    best = max(dated_groups(stream), key=lambda group: len(group.rows), default=None)
    return make_entries(stream, best, base, as_of) if best else ()


def _read_records(data: Data, base: str, as_of: date | None) -> tuple[Entry, ...]:
    absurd = find_absurd([one.date for one in data.records], as_of)
    return tuple(
        replace(one, url=link_address(base, one.url), absurd=bad)
        for one, bad in zip(data.records, absurd, strict=True)
    )


def _next_of_data(page: Page, data: Data, rows: int, more: bool | None) -> PageRequest | None:
    """Where the address counts pages or rows, the next number, until the answer says that there is none or a total is
    reached. `rows` came, whatever number of them was asked for."""
    following = next_by_query(page.url, rows)
    done = rows_so_far(page.url)
    reached = data.total is not None and done is not None and done >= data.total
    return None if following is None or more is False or (reached and not more) else PageRequest(following)
