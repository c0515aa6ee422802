"""Rows that are one list: under one parent, or following each other with nothing between them that ends a list."""

import re
from dataclasses import dataclass, field
from itertools import takewhile

from lxml import html

from crawler.page.addresses import Folder, folder_of
from crawler.page.page_words import MORE_LINK
from crawler.page.titles import find_url, is_button, is_title_link, link_text
from crawler.page.tokens import SENTENCE, Extent, Token, TokenStream
from crawler.readers.lists.headings import CELLS, is_marked, may_name
from crawler.readers.lists.rows import ITEMS, Row, find_rows

_MONTH = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s?月份?|\d{1,2}|第?\s?[一二三四1-4]\s?季度|[上下]半年"
_PERIOD = re.compile(rf"[\s\-–—|·•.]*(?:\d{{4}}\s?(?:年度?)?[-/.]?\s?)?(?:{_MONTH})?[\s\-–—|·•.]*")
# Tokens between two groups of one list: a rule, a month's heading, an advertisement's picture.
MOST_BETWEEN = 12
# A row without a day is no longer than its neighbours with one: title, counters, tags.
MOST_TOKENS = 14
# Shortest title of a row without a day: short between dated rows, which vouch for it; longer at the edge, where a
# heading or a pager may stand.
BETWEEN, AT_EDGE = 4, 8


@dataclass(slots=True)
class Group:
    """Rows that seem to be one list, in the order of reading."""

    rows: list[Row] = field(default_factory=list)

    @property
    def start(self) -> int:
        return self.rows[0].extent[0]

    @property
    def end(self) -> int:
        return self.rows[-1].extent[1]

    @property
    def parent(self) -> html.HtmlElement | None:
        first = self.rows[0]
        return first.box if first.flat else first.box.getparent()


def dated_groups(stream: TokenStream, *, skip: Extent = (0, 0), tabs: bool = False) -> list[Group]:
    """Every group of rows with dates, of any size, in the order of reading.

    Links inside `skip` (the breadcrumb) belong to no row. With `tabs`, for pages that may be a front page
    of tabbed blocks, a container whose dates start anew is a list of its own: one list runs on downwards.
    """
    merged: list[Group] = []
    for group in _grouped(find_rows(stream, skip)):
        last = merged[-1] if merged else None
        apart = last is not None and last.end <= skip[0] < group.start
        if (
            last
            and not apart
            and _goes_on(stream, last, group)
            and not (tabs and _starts_anew(stream, last, group))
        ):
            last.rows += group.rows
        else:
            merged.append(group)
    return merged


def _grouped(rows: list[Row]) -> list[Group]:
    """Rows under one parent and of one tag, whatever lies between them."""
    groups: dict[tuple[html.HtmlElement | None, object], Group] = {}
    for row in rows:
        parent = row.box if row.flat else row.box.getparent()
        groups.setdefault((parent, row.box.tag), Group()).rows.append(row)
    return sorted(groups.values(), key=lambda group: group.start)


def _goes_on(stream: TokenStream, one: Group, other: Group) -> bool:
    """Groups of like rows are one list in several containers where nothing stands between them but lines, or the
    year or month of the rows that follow; or, in containers of one make or where the rows lead into the same folders and run
    on downwards, a line of text that is no heading."""
    if one.rows[-1].box.tag != other.rows[0].box.tag or not one.end <= other.start <= one.end + MOST_BETWEEN:
        return False
    lies, alike = lie_together(stream, one, other), is_alike(one.parent, other.parent)
    anew = _starts_anew(stream, one, other, 1)
    if _PERIOD.fullmatch("".join(stream.texts(one.end, other.start))):
        return lies is not False or (alike and not anew)
    same = bool(lies) and not anew and _folders(stream, one) == _folders(stream, other)
    goes_on = same or (alike and lies is not False)
    return goes_on and _is_interruption(stream, one.end, other.start, name=same)


def _is_interruption(stream: TokenStream, start: int, end: int, *, name: bool) -> bool:
    """Whether what stands between two groups is a notice, a form, a picture with its words: no 更多 and no heading.
    A name in a block of its own may be either (广告, 公告); `name` says that it is no heading here."""
    between = [token for token in stream.tokens[start:end] if token.text.strip()]
    if any(
        MORE_LINK.fullmatch(token.text) or is_marked(stream, token) or _says_title(token) for token in between
    ):
        return False
    return name or not any(may_name(token) and not is_button(token.text) for token in between)


def _says_title(token: Token) -> bool:
    """A link as long as a posting's title: a headline between two blocks."""
    return token.link >= 0 and len(token.text.strip()) >= SENTENCE


def lie_together(stream: TokenStream, one: Group, other: Group) -> bool | None:
    """Whether the rows of both lead into one folder; None where the links do not tell."""
    first, second = _folders(stream, one), _folders(stream, other)
    return not first.isdisjoint(second) if first and second else None


def _folders(stream: TokenStream, group: Group) -> set[Folder]:
    """The folders into which the rows lead; empty where most rows do not tell."""
    hrefs = [find_url(stream.links[row.links[0]].element) for row in group.rows if row.links]
    told = [href for href in hrefs if href]
    return {folder_of(href) for href in told} if len(told) * 2 >= len(group.rows) else set()


def is_alike(one: html.HtmlElement | None, other: html.HtmlElement | None) -> bool:
    """Elements under one parent, or of one make each in a box of one make. The cells of a table that lays out the page
    are its columns."""
    if one is None or other is None or one.tag != other.tag:
        return False
    above, beyond = one.getparent(), other.getparent()
    if above is None or beyond is None or above is beyond:
        return True
    same = _make(one) == _make(other) and _make(above) == _make(beyond) and above.tag not in CELLS
    return same and above.getparent() is beyond.getparent()


def _make(element: html.HtmlElement) -> tuple[str, str]:
    return str(element.tag), element.get("class") or ""


def _starts_anew(stream: TokenStream, one: Group, other: Group, fewest: int = 3) -> bool:
    if min(len(one.rows), len(other.rows)) < fewest:
        return False
    last, first = stream.tokens[one.rows[-1].dates[0]].mark, stream.tokens[other.rows[0].dates[0]].mark
    if not (last and first and last.day and first.day):
        return bool(last and first and last.part < first.part)
    return last.day < first.day


def with_undated(stream: TokenStream, group: Group) -> Group:
    """The group with its undated rows, each where it stands. Rows at an edge must be longer to count: what
    stands there may also be a heading. A single row that is no item does not show what its fellows look like."""
    rows = list(group.rows)
    if len(rows) == 1 and rows[0].box.tag not in ITEMS:
        return group
    known = {box for row in rows for box in (row.box, *row.box.iterancestors())}
    for parent, tag in {(row.box.getparent(), row.box.tag) for row in rows if not row.flat}:
        if parent is not None:
            rows += _between_and_beside(stream, [one for one in parent if one.tag == tag], known)
    rows.sort(key=lambda row: row.extent)
    return Group(rows)


def _between_and_beside(
    stream: TokenStream, items: list[html.HtmlElement], known: set[html.HtmlElement]
) -> list[Row]:
    places = [i for i, item in enumerate(items) if item in known]
    first, last = places[0], places[-1]
    inside = [_row(stream, item, BETWEEN) for item in items[first:last] if item not in known]
    before = takewhile(bool, (_row(stream, item, AT_EDGE) for item in reversed(items[:first])))
    after = takewhile(bool, (_row(stream, item, AT_EDGE) for item in items[last + 1 :]))
    return [row for row in (*before, *inside, *after) if row]


def _row(stream: TokenStream, item: html.HtmlElement, shortest: int) -> Row | None:
    extent = stream.extent(item)
    if extent[1] - extent[0] > MOST_TOKENS:
        return None
    shown = {i: text for i in stream.links_in(extent) if (text := link_text(stream, stream.links[i]))}
    titles = [i for i in shown if is_title_link(stream, stream.links[i])]
    longest = max((len(shown[i]) for i in titles), default=0)
    buttons = any(is_button(text) for text in shown.values())
    return Row(extent, item, titles, []) if longest >= shortest and not buttons else None
