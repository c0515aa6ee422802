"""Whose words or rows these are: the column's, or those of a block beside it with a heading of its own."""

import re

from lxml import html

from crawler.page.list_place import PLACES, is_bare
from crawler.page.titles import is_button, tidy
from crawler.page.tokens import Token, TokenStream
from crawler.readers.lists.groups import Group
from crawler.readers.lists.page_context import PageContext
from crawler.readers.lists.place import has_pager

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "legend", "caption"})
_NAMED = re.compile(r"(?:^|[\s_-])(?:tit\w*|hd|head\w*|bt|caption|h[1-6])(?:[\s_-]|\d|$)|title|biaoti", re.I)
# The head of a list's columns, a search box and a choice are no headings.
_COLUMN = re.compile(r"标题|名称|日期|时间|序号|文号|索引|机构|操作|搜索|查询|关键|全部|排序|来源")
_NAME = re.compile(r"[\u4e00-\u9fff、]{2,12}")
_CELLS = frozenset({"td", "th", "body"})
# A column's name is shorter; longer is a title.
LONGEST_HEADING = 16
# Texts before in which a block's heading stands: the heading, a 更多, a rule.
NEAREST = 3
# Tokens a heading's element may hold: the name, 更多 and an icon; more is a block.
MOST_BESIDE = 4


def belongs(stream: TokenStream, context: PageContext, at: int) -> bool:
    """Whether what stands at token `at` is the column's own: not before the breadcrumb, and not right under a
    heading that the page calls itself nowhere."""
    if context.crumbs and at < context.crumbs.extent[0]:
        return False
    heading = heading_before(stream, context, at)
    last = context.crumbs.name if context.crumbs else ""
    known = any(heading in name for name in context.names) or (bool(last) and last in heading)
    return not heading or not context.names or known


def stands_aside(stream: TokenStream, context: PageContext, group: Group) -> bool:
    """Whether rows stand under another block's heading while the list's own place before them is bare."""
    if context.crumbs is None or has_pager(stream, group) or belongs(stream, context, group.start):
        return False
    places = (stream.extent(one) for one in context.tree.iter(*PLACES) if is_bare(one))
    return any(context.crumbs.extent[1] <= start <= group.start for start, _ in places if start)


def heading_before(stream: TokenStream, context: PageContext, at: int) -> str:
    """The heading right before token `at`, behind the breadcrumb; "" where none is."""
    start = max(context.crumbs.extent[1] if context.crumbs else 0, at - NEAREST)
    before = [token for token in stream.tokens[start:at] if token.text and not is_button(token.text)]
    text = tidy(before[-1].text) if before and _is_heading(stream, before[-1]) else ""
    return text if 1 < len(text) < LONGEST_HEADING else ""


def _is_heading(stream: TokenStream, token: Token) -> bool:
    """A name in a block of its own; one that is a link needs an element that says it is a heading."""
    at: html.HtmlElement | None = None if _COLUMN.search(token.text) else token.element
    while at is not None and at.tag not in _CELLS:
        low, high = stream.extent(at)
        if high - low > MOST_BESIDE:
            break
        if at.tag in _HEADINGS or _NAMED.search(f"{at.get('class') or ''} {at.get('id') or ''}"):
            return True
        at = at.getparent()
    plain = at is not None and at.tag not in _CELLS and token.link < 0
    return plain and bool(_NAME.fullmatch(tidy(token.text)))
