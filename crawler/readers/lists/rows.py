"""Rows of dated lists, found from their dates: the lowest element that holds a date and a link is a row.

Where one element holds many of both (dt and dd, links and dates separated by breaks), the token stream is cut
between them instead.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from lxml import html

from crawler.page.dates import find_month_day, find_year_month, join_split
from crawler.page.marks import EMBEDDED, PARTIAL, PURE, SPENT, Mark
from crawler.page.titles import is_title_link, link_text
from crawler.page.tokens import Extent, Link, Token, TokenStream, count_between

_TOPS = frozenset({"html", "body", "ul", "ol", "table", "tbody", "thead"})
ITEMS = frozenset({"li", "tr"})
_LABELLED = re.compile(r"[\u4e00-\u9fff]{2,6}\s?[:：]")
_FIGURES = re.compile(r"[\d()（）\s]+")
_TOTAL = re.compile(r"\s*共\s?[:：]?\s?\d+\s?(?:条|页|篇)")
_PAGE = re.compile(r"\s*(?:\d{1,4}|[首上下尾末][一]?页)\s*")
# Links of one short text in every row are the rows' buttons (评论), longer ones may be titles.
SENTENCE = 9
# Title, category, unit, tags and counters; more is several rows.
MOST_LINKS_A_ROW = 8
# A row's other cells: number, unit, counters, status.
MOST_TEXTS_BESIDE = 8


@dataclass(slots=True)
class Row:
    """Tokens `extent` of the token stream. `dates` and `links` are indexes into its tokens and links; `box` is the
    element that holds the row (shared by all rows where the list is flat)."""

    extent: Extent
    box: html.HtmlElement
    links: list[int]
    dates: list[int]
    flat: bool = False


def find_rows(stream: TokenStream, skip: Extent) -> list[Row]:
    """Every row with a date, in the order of reading. Links inside `skip` belong to no row."""
    return _Finder(stream, skip).rows()


class _Finder:
    def __init__(self, stream: TokenStream, skip: Extent) -> None:
        _join_parts(stream)
        self.stream = stream
        links = [(i, link) for i, link in enumerate(stream.links) if not skip[0] <= link.start < skip[1]]
        self.dates = [i for i, token in enumerate(stream.tokens) if token.mark and _anchors(token.mark)]
        self.links = [i for i, link in links if is_title_link(stream, link) or self._is_numbered(link)]
        self.link_at = [stream.links[i].start for i in self.links]
        self.alike = _alike(stream, self.links)
        self.homes: dict[html.HtmlElement, html.HtmlElement | None] = {}
        self.keepers: dict[tuple[html.HtmlElement, object], bool] = {}

    def _is_numbered(self, link: Link) -> bool:
        """A posting called by a number (2024, 456): the only link of an item beside its only date. A pager's numbers
        stand beside none."""
        if not link_text(self.stream, link).strip().isdigit():
            return False
        item = next(link.element.iterancestors(*ITEMS), None)
        extent = self.stream.extent(item) if item is not None else (0, 0)
        return count_between(self.dates, extent) == 1 and len(self.stream.links_in(extent)) == 1

    def rows(self) -> list[Row]:
        """Dates outside links first; a date inside a link dates only a link that has no other."""
        outside = [i for i in self.dates if self.stream.tokens[i].link < 0]
        rows = list(self._rows_of(outside))
        taken = {link for row in rows for link in row.links}
        inside = [i for i in self.dates if self.stream.tokens[i].link >= 0]
        rows += self._rows_of([i for i in inside if self.stream.tokens[i].link not in taken])
        rows.sort(key=lambda row: row.extent)
        return rows

    def _rows_of(self, dates: list[int]) -> Iterator[Row]:
        boxes: dict[html.HtmlElement, list[int]] = {}
        for date in dates:
            home = self._home(self.stream.tokens[date].element)
            if home is not None:
                boxes.setdefault(home, []).append(date)
        for lowest, own in boxes.items():
            home = self._complete(lowest, len(own))
            links = self._links_in(self.stream.extent(home))
            if len(own) > 1 and len(links) > 1:
                yield from self._cut(home, own, links)
            elif len(links) <= MOST_LINKS_A_ROW:
                box = self._widen(home, len(own))
                yield Row(self.stream.extent(box), box, links, own)

    def _home(self, element: html.HtmlElement) -> html.HtmlElement | None:
        """The lowest element around that holds a title's link, or an item that has a title without one."""
        path = []
        at: html.HtmlElement | None = element
        while at is not None and at not in self.homes and not self._count(at) and not self._stands_alone(at):
            path.append(at)
            at = at.getparent()
        home = self.homes.get(at, at) if at is not None else None
        for passed in path:
            self.homes[passed] = home
        return home

    def _complete(self, home: html.HtmlElement, dates: int) -> html.HtmlElement:
        """Up to a link of the row's own, where those beside its date are the same in every row (评论, 管理员)."""
        beside = self._links_in(self.stream.extent(home))
        if not beside or not self.alike.issuperset(beside):
            return home
        at = home.getparent()
        while at is not None and at.tag not in _TOPS:
            extent = self.stream.extent(at)
            if count_between(self.dates, extent) != dates:
                break
            if not self.alike.issuperset(self._links_in(extent)):
                return at
            at = at.getparent()
        return home

    def _stands_alone(self, item: html.HtmlElement) -> bool:
        """A row whose title is plain text: it has a button (查看), or rows of its kind beside it have links."""
        if item.tag not in ITEMS:
            return False
        start, end = self.stream.extent(item)
        tokens = self.stream.tokens[start:end]
        if not any(_says_title(token) for token in tokens):
            return False
        return any(token.link >= 0 for token in tokens) or self._kept_by(item.getparent(), item.tag)

    def _kept_by(self, parent: html.HtmlElement | None, tag: object) -> bool:
        if parent is None:
            return False
        if (parent, tag) not in self.keepers:
            rows = [one for one in parent if one.tag == tag]
            dated = [one for one in rows if count_between(self.dates, self.stream.extent(one))]
            linked = sum(self._count(one) > 0 for one in dated)
            self.keepers[parent, tag] = linked > 0 and linked * 3 >= len(dated)
        return self.keepers[parent, tag]

    def _count(self, element: html.HtmlElement) -> int:
        return count_between(self.link_at, self.stream.extent(element))

    def _links_in(self, extent: Extent) -> list[int]:
        low, high = bisect_left(self.link_at, extent[0]), bisect_left(self.link_at, extent[1])
        return self.links[low:high]

    def _widen(self, box: html.HtmlElement, dates: int) -> html.HtmlElement:
        """Up to the element that stands beside the other rows, so that a row's other cells are in it."""
        own, texts = self._addresses(self.stream.extent(box)), length(self.stream.extent(box))
        while box.tag not in ITEMS:
            parent = box.getparent()
            if parent is None or parent.tag in _TOPS:
                break
            extent = self.stream.extent(parent)
            if count_between(self.dates, extent) != dates or length(extent) - texts > MOST_TEXTS_BESIDE:
                break
            if not own.issuperset(self._addresses(extent)) or self._has_pager(box, extent):
                break
            box = parent
        return box

    def _has_pager(self, box: html.HtmlElement, extent: Extent) -> bool:
        """What `extent` holds beside the box turns pages: a list of one row must not take its pager in."""
        start, end = self.stream.extent(box)
        beside = (*self.stream.tokens[extent[0] : start], *self.stream.tokens[end : extent[1]])
        return any(
            _TOTAL.match(token.text) or (token.link >= 0 and _PAGE.fullmatch(token.text)) for token in beside
        )

    def _addresses(self, extent: Extent) -> set[str]:
        """Where the links inside lead, those aside that are the same in every row."""
        own = (i for i in self._links_in(extent) if i not in self.alike)
        return {self.stream.links[i].element.get("href") or "" for i in own}

    def _cut(self, box: html.HtmlElement, dates: list[int], links: list[int]) -> Iterator[Row]:
        """Cut one element into rows: each date with the links before it, or each with the links after it."""
        start, end = self.stream.extent(box)
        first_is_date = dates[0] < self.stream.links[links[0]].start
        last_is_date = dates[-1] > self.stream.links[links[-1]].start
        date_first = first_is_date and not last_is_date
        cuts = [*dates, end] if date_first else [start, *(date + 1 for date in dates)]
        starts = [self.stream.links[link].start for link in links]
        for low, high in pairwise(cuts):
            own = links[bisect_left(starts, low) : bisect_left(starts, high)]
            marks = dates[bisect_left(dates, low) : bisect_left(dates, high)]
            if own and marks and len(own) <= MOST_LINKS_A_ROW:
                begin = low if date_first else self.stream.links[own[0]].start
                yield Row((begin, high), box, own, marks, flat=True)


def _alike(stream: TokenStream, links: list[int]) -> set[int]:
    """Links as short as names that others repeat, numbers aside."""
    texts = {i: _FIGURES.sub("", link_text(stream, stream.links[i])) for i in links}
    times = Counter(texts.values())
    return {i for i, text in texts.items() if times[text] > 1 and len(text) < SENTENCE}


def _anchors(mark: Mark) -> bool:
    """A row may be found from it: a whole date, or a month and a day."""
    if mark.day:
        return mark.strength >= EMBEDDED
    return bool(find_month_day(mark.part)) and not find_year_month(mark.part)


def _says_title(token: Token) -> bool:
    """Plain text of its own: no date, no number, nothing labelled (来源：…)."""
    text = token.text.strip()
    plain = token.link < 0 and not token.mark and not text.isdigit()
    return plain and len(text) > 3 and not _LABELLED.match(text)


def _join_parts(stream: TokenStream) -> None:
    """A date whose year, month and day stand in neighbouring elements becomes one mark on the first."""
    if stream.joined:
        return
    stream.joined = True
    parts: list[int] = []
    for i, token in enumerate(stream.tokens):
        if token.mark and token.mark.part:
            parts.append(i)
            _join(stream, parts)
        elif token.text and token.text.strip("年月日-/. "):
            parts = []


def _join(stream: TokenStream, parts: list[int]) -> None:
    tokens = stream.tokens
    for size in (3, 2):
        last = parts[-size:]
        marks = [tokens[i].mark for i in last]
        said = [mark.part for mark in marks if mark] if len(last) == size else []
        day = join_split(said)
        joined = Mark(day, PURE) if day else _month_and_day(said)
        if joined:
            for i in last:
                tokens[i].mark = Mark(None, SPENT)
            tokens[last[0]].mark = joined
            parts.clear()
            return


def _month_and_day(parts: list[str]) -> Mark | None:
    """28 over 6月, without a year."""
    found = re.fullmatch(r"(?:(\d\d?)日?\|(\d\d?)月|(\d\d?)月\|(\d\d?)日?)", "|".join(parts))
    if not found:
        return None
    part = f"{found[2] or found[3]}-{found[1] or found[4]}"
    return Mark(None, PARTIAL, part=part) if find_month_day(part) else None


def length(extent: Extent) -> int:
    """How many tokens it holds."""
    return extent[1] - extent[0]
