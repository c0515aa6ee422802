"""Pagers that only a script prints: Pager({…}), pagination({…}), variables of a template.

Nothing is executed: literal arguments, and the literals around `location.href =`, say how page N is named. What a
platform alone calls so is the platform's own (crawler/platforms): it hands in plans.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice

from lxml import html

from crawler.page.scripts import script_text
from crawler.readers.pagers.scripted_addresses import PAGE_NAME, Template, find_template, find_words

_OBJECT = re.compile(
    r"(?:pager|pagination|paginator|paging|lay_?page(?:\.render)?|kkpager\.\w{1,30}|\bpage\w{0,10})"
    r"\s?\(\s?(?:([\"'#\w.]{1,60})\s?,\s?)?\{(.{3,1500})",
    re.S | re.I,
)
# The element that a pager is to be drawn in: $("#pager").pagination({…}), elem: "pager".
_DRAWN_BY = re.compile(r"\(\s?[\"']#([\w-]{1,60})[\"']\s?\)\s?\.\s?$")
_DRAWN_IN = re.compile(
    r"\b(?:elem|cont|container|pagerid|el)[\"']?\s?:\s?(?:\$\(\s?)?[\"']#?([\w-]{1,60})[\"']", re.I
)
_TURNS = re.compile(
    r"function\s+\w{0,20}(?:page|jump|turn|fenye)\w{0,20}\s?\(\s?(\w{1,30})\s?[,)]|"
    r"\b\w{0,20}(?:page|jump|turn)\w{0,20}\s?[=:]\s?function\s?\(\s?(\w{1,30})\s?[,)]",
    re.I,
)
_COUNTED = re.compile(r"pagination\s?\(\s?(\d{1,7})\s?,")
_ARGUMENT = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|(-?\d{1,9}))\s*(?:,|$)""")
_NUMBER = re.compile(
    r"\b_?([A-Za-z]\w{2,24})[\"']?\s?[=:]\s?(?:(?:parseInt|Number)\s?\(\s?)?[\"']?(\d{1,7})(?![\w.])"
)
_STEM = re.compile(r"[\"']([\w-]{1,60})\\?[\"']\s?\+\s?\\?[\"']_|[\"'/=]([\w-]{1,60})_\\?[\"']\s?\+")
_EXTENSION = re.compile(r"\.?\b([sx]?html?|jspx?|aspx?)\\?[\"']")
# From the attributes to their elements: to ask every element for its attributes takes twice the time.
_SIZED = "//@*[contains(name(), 'total') or contains(name(), 'page')]/.. | //input[@type='hidden']"
_NAMED = " | ".join(
    f"//@{name}[contains(translate(., 'PAGE', 'page'), 'page')]/parent::*[not(*)]" for name in ("id", "class")
)
# A function for turning pages is shorter; what follows is another's.
LONGEST_BODY = 900
# Guard: a page has one or two pagers.
MOST_SIZED = 50
_PAGES = frozenset({
    "pages", "page_count", "pagecount", "countpage", "totalpage", "totalpages", "pagetotal",
    "npagecount", "maxpage", "allpage",
})  # fmt: skip
_CURRENT = frozenset({
    "current", "page_index", "currentpage", "curr", "pageindex", "currpage", "curpage", "ncurrindex",
    "nowpage", "pageno", "pno", "page", "current_page", "pagenumber",
})  # fmt: skip
_ROWS = frozenset({
    "totalcount", "totalrecord", "totalrecords", "recordcount", "countnum", "totalrows", "rowcount",
    "totalnum", "count", "itemcount", "totalnumber", "totaldata", "datatotal",
})  # fmt: skip
_EACH = frozenset({
    "pagesize", "perpage", "limit", "items_per_page", "itemsperpage", "rows", "pagerows", "showdata",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class PagerPlan:
    """What a script says of its pager. `page` (the one shown) counts from 1. The file of page N is
    `stem`_(N + shift).`extension`, or `template` with N + shift for its {}; with `countdown` the number is
    pages - N + 1."""

    pages: int | None = None
    rows: int | None = None
    page: int | None = None
    shift: int = 0
    stem: str | None = None
    extension: str = "html"
    template: str | None = None
    countdown: bool = False

    def number_of(self, page: int) -> int:
        """The number in the address of a page, and back: the page of a number."""
        return (self.pages or 0) - page + 1 if self.countdown else page + self.shift

    def page_of(self, number: int) -> int:
        """The page whose address has this number."""
        return (self.pages or 0) - number + 1 if self.countdown else number - self.shift


def find_plans(tree: html.HtmlElement) -> Iterator[PagerPlan]:
    """Every pager the page's scripts describe, the most explicit kinds first."""
    whole = _drawn(tree, script_text(tree))
    plans = chain(
        (plan for call in _OBJECT.finditer(whole) if (plan := _described(_balanced(call[2]), call[1] or ""))),
        (PagerPlan(rows=int(call[1])) for call in _COUNTED.finditer(whole)),
        _assigned(whole),
        _attributed(tree),
    )
    return (_turned(plan, whole) for plan in plans)


def _drawn(tree: html.HtmlElement, text: str) -> str:
    """The scripts without the calls that are to draw a pager in an element that the page does not have: they say nothing."""
    for call in list(_OBJECT.finditer(text))[::-1]:
        options = _balanced(call[2])
        named = _DRAWN_BY.search(text, max(0, call.start() - 80), call.start()) or _DRAWN_IN.search(options)
        if named and not tree.xpath("boolean(//*[@id=$name])", name=named[1]):
            text = text[: call.start()] + text[call.start(2) + len(options) :]
    return text


def literal_arguments(text: str) -> list[str | int]:
    """The words and whole numbers between a call's brackets; what is neither is left out."""
    found: list[str | int] = []
    for match in _ARGUMENT.finditer(text):
        found.append(int(match[3]) if match[3] is not None else (match[1] or match[2] or ""))
    return found


def _described(text: str, before: str) -> PagerPlan | None:
    """Pager({size:25, current:0, prefix:'index', suffix:'html'}), pagination({total:33, pageSize:15}); `before` may be the
    number of rows: pagination(33, {items_per_page:15})."""
    numbers = _numbers(text) | ({"totalcount": int(before)} if re.fullmatch(r"\d{1,7}", before) else {})
    words = find_words(text)
    stem = words.get("prefix") or words.get("pagename")
    sized = numbers.pop("size", None)
    if stem and sized is not None:
        numbers.setdefault("pages", sized)
    rows, pages = _sizes(numbers)
    if rows is None and pages is None:
        return None
    index = _pick(numbers, _CURRENT)
    from_zero = index == 0 or (stem is not None and sized is not None)
    page = None if index is None else index + from_zero
    extension = words.get("suffix") or words.get("pageext") or "html"
    return _named(PagerPlan(pages, rows, page, -int(from_zero), stem, extension), text)


def _named(plan: PagerPlan, text: str) -> PagerPlan:
    """The plan with its pages named as the script does."""
    template = find_template(text)
    return _with(template, plan, text) if template else plan


def _with(template: Template, plan: PagerPlan, text: str) -> PagerPlan:
    """A plan whose pages a template names, counted as the script shows, or else as the plan does."""
    shift = plan.shift + _added(template, text) if template.absolute is None else template.absolute
    return replace(plan, template=template.text, shift=shift)


def _added(template: Template, text: str) -> int:
    """What is added to the number of the page that is asked for: nothing, where the script adds to the page that is shown
    (currentPage + 1, and currentPage is given a number)."""
    shown = template.counts.rpartition(".")[2].strip("_()").lower() in _numbers(text)
    return 0 if shown else template.shift


def _turned(plan: PagerPlan, text: str) -> PagerPlan:
    """A plan that does not say how its pages are named, with the address that the only function for turning pages makes of its
    parameter: function goPage(n) { location.href = "list_" + n + ".html"; }"""
    if plan.template or plan.stem or (plan.pages or 0) < 2:
        return plan
    bodies = ((one[1] or one[2], text[one.end() : one.end() + LONGEST_BODY]) for one in _TURNS.finditer(text))
    found = {
        each for name, body in bodies if (each := find_template(body, rf"{re.escape(name)}(?:\.\w{{1,30}})?"))
    }
    if len(found) != 1:
        return plan
    return _with(found.pop(), plan, text)


def _sizes(numbers: dict[str, int]) -> tuple[int | None, int | None]:
    """(rows, pages). A bare `total` counts rows where a page's size stands beside it, else pages."""
    rows, pages, each = _pick(numbers, _ROWS), _pick(numbers, _PAGES), _pick(numbers, _EACH)
    total = numbers.get("total")
    if total is not None and rows is None and each:
        rows = total
    elif total is not None and pages is None:
        pages = total
    if pages is None and rows is not None and each:
        pages = max(1, -(-rows // each))
    return rows, pages


def _assigned(text: str) -> Iterator[PagerPlan]:
    """var currentPage = 0; var countPage = 25; … "index" + "_" + (currentPage + 1) + ".html"."""
    numbers = _numbers(text)
    pages, rows = _pick(numbers, _PAGES), _pick(numbers, _ROWS - {"count"})
    index = _pick(numbers, _CURRENT - {"page"})
    if pages is None and rows is None:
        return
    if pages is None or index is None:
        template = find_template(text, PAGE_NAME) if pages else None
        yield _with(template, PagerPlan(pages, rows), text) if template else PagerPlan(pages, rows)
        return
    stem, extension = _naming(text)
    from_zero = index == 0 or stem is not None
    plan = PagerPlan(pages, rows, index + from_zero, -int(from_zero), stem, extension)
    yield _named(plan, text)


def _attributed(tree: html.HtmlElement) -> Iterator[PagerPlan]:
    """<div class="page" data-total="58" pagesize="15"></div>, or hidden fields, from which a script makes a pager."""
    named: dict[str, str] = {}
    for element in islice(tree.xpath(_SIZED), MOST_SIZED):
        if element.tag == "input":
            named[element.get("id") or element.get("name") or ""] = element.get("value") or ""
        else:
            # Items, not keys: a key such as {}, is a namespace to lxml when it is looked up.
            named |= element.items()
    plain = {re.sub(r"^data-|[-_]", "", name.lower()): value for name, value in named.items()}
    numbers = {name: int(value) for name, value in plain.items() if re.fullmatch(r"\d{1,7}", value)}
    rows, pages = _sizes(numbers)
    if pages is not None and pages != numbers.get("total"):
        yield PagerPlan(pages, rows)
    yield from (
        PagerPlan(said)
        for element in islice(tree.xpath(_NAMED), MOST_SIZED)
        if (said := _named_pages(element))
    )


def _named_pages(element: html.HtmlElement) -> int | None:
    """<span class="pageCount">18</span>. A script puts the number of pages in place of a 0 or a 1 that stands there."""
    names = f"{element.get('id') or ''} {element.get('class') or ''}".lower()
    plain = {re.sub(r"[-_]", "", name) for name in names.split()}
    text = (element.text or "").strip()
    said = int(text) if re.fullmatch(r"\d{1,5}", text) else 0
    return said if said > 1 and not plain.isdisjoint(_PAGES) else None


def _naming(text: str) -> tuple[str | None, str]:
    """A file's stem and extension, given to names of their own or joined with an underscore."""
    words = find_words(text)
    built, ending = _STEM.search(text), _EXTENSION.search(text)
    stem = words.get("page_name") or words.get("spagename") or (built and (built[1] or built[2]))
    extension = words.get("page_ext") or words.get("spageext") or (ending and ending[1])
    return stem or None, extension or "html"


def _numbers(text: str) -> dict[str, int]:
    """The first number given to each name, names without leading underscores and in small letters."""
    numbers: dict[str, int] = {}
    for name, value in _NUMBER.findall(text):
        numbers.setdefault(name.lower(), int(value))
    return numbers


def _pick(numbers: dict[str, int], names: frozenset[str]) -> int | None:
    return next((value for name, value in numbers.items() if name in names), None)


def _balanced(text: str) -> str:
    """Up to the brace that closes the one already open."""
    depth = 1
    for i, letter in enumerate(text):
        depth += (letter == "{") - (letter == "}")
        if not depth:
            return text[:i]
    return text
