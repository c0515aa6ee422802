"""The heading of a block of rows: the name that stands right before them."""

import re
from itertools import takewhile

from lxml import html

from crawler.page.lines import ancestors
from crawler.page.titles import is_button, tidy
from crawler.page.tokens import Token, TokenStream
from crawler.readers.lists.page_context import PageContext

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "legend", "caption"})
_NAMED = re.compile(r"(?:^|[\s_-])(?:tit\w*|hd|head\w*|bt|caption|h[1-6])(?:[\s_-]|\d|$)|title|biaoti", re.I)
# The head of a list's columns, a search box and a choice are no headings.
_COLUMN = re.compile(r"标题|名称|日期|时间|序号|文号|索引|机构|操作|搜索|查询|关键|全部|排序|来源")
_NAME = re.compile(r"[\u4e00-\u9fff、]{2,12}")
CELLS = frozenset({"td", "th", "body"})
# A column's name is shorter; longer is a title.
LONGEST_HEADING = 16
# Texts before in which a block's heading stands: the heading, a 更多, a rule.
NEAREST = 3
# Tokens a heading's element may hold: the name, 更多 and an icon; more is a block.
MOST_BESIDE = 4


def heading_before(stream: TokenStream, context: PageContext, at: int) -> str:
    """The heading right before token `at`, behind the breadcrumb; "" where none is."""
    found = heading_token(stream, context, at)
    return tidy(found.text) if found else ""


def heading_token(stream: TokenStream, context: PageContext, at: int) -> Token | None:
    """The same as it stands on the page; None where there is none."""
    start = max(context.crumbs.extent[1] if context.crumbs else 0, at - NEAREST)
    before = [token for token in stream.tokens[start:at] if token.text and not is_button(token.text)]
    found = before[-1] if before and _is_short(before[-1]) else None
    return found if found and (is_marked(stream, found) or _is_plain(stream, found)) else None


def is_marked(stream: TokenStream, token: Token) -> bool:
    """Whether an element around the short text says that it is a heading."""
    holders = takewhile(lambda one: _holds_little(stream, one), ancestors(token.element))
    named = _is_short(token) and not _COLUMN.search(token.text)
    return named and any(
        one.tag in _HEADINGS or _NAMED.search(f"{one.get('class') or ''} {one.get('id') or ''}")
        for one in holders
    )


def _is_plain(stream: TokenStream, token: Token) -> bool:
    """A name in a block of its own, though nothing says that it is a heading. A link needs more."""
    around = next((one for one in ancestors(token.element) if not _holds_little(stream, one)), None)
    alone = around is not None and around.tag not in CELLS and token.link < 0
    return alone and may_name(token)


def may_name(token: Token) -> bool:
    """Whether the text reads like a block's name, wherever it stands."""
    return _is_short(token) and not _COLUMN.search(token.text) and bool(_NAME.fullmatch(tidy(token.text)))


def _is_short(token: Token) -> bool:
    return 1 < len(tidy(token.text)) < LONGEST_HEADING


def _holds_little(stream: TokenStream, element: html.HtmlElement) -> bool:
    low, high = stream.extent(element)
    return element.tag not in CELLS and high - low <= MOST_BESIDE
