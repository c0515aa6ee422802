"""Where on the page a group of rows stands, and so whether it is the page's list or something beside it.

Names of classes are weak evidence; what stands before the rows (a heading), after them (a pager) and on
which side of the breadcrumb weighs more.
"""

import re

from lxml import html

from crawler.page.elements import zone
from crawler.page.list_place import PLACES, is_bare
from crawler.page.page_words import MORE_LINK, PAGER_WORD, RECOMMENDED
from crawler.page.titles import is_button, tidy
from crawler.page.tokens import Token, TokenStream
from crawler.readers.lists.groups import Group
from crawler.readers.lists.page_context import PageContext

_OFTEN_OTHER = re.compile(r"图片|图集|最新|最近|专题|头条|滚动|快讯|快速|便民|热线")
_PAGER = re.compile(
    rf"{PAGER_WORD}|共\s?\d*\s?(?:条|页|篇)|总记录|记录数|页次|^\d+\s?/\s?\d+|转到|条记录|^next$",
    re.I,
)
_COLON = re.compile(r"[:：|·\s]+$")
# Tokens before and behind the rows: heading, 更多 and column heads; a pager behind has twice as many.
NEAR = 8
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


def weigh(stream: TokenStream, group: Group, context: PageContext) -> float:
    """How well a group stands where a page's list stands; 1 is neutral, below that it is beside the list."""
    weight = zone(group.parent, dated=bool(group.rows[0].dates))
    weight *= _heading(stream, group, context)
    if has_pager(stream, group):
        weight *= 4
    elif is_teaser(stream, group):
        weight *= 0.5
    if context.crumbs:
        weight *= 1.5 if group.start >= context.crumbs.extent[0] else 0.6
    return weight


def has_pager(stream: TokenStream, group: Group) -> bool:
    """Whether a pager follows the rows at once, printed or left to a script."""
    numbers = 0  # of links; the numbers of a carousel are none
    for token in stream.tokens[group.end : group.end + NEAR * 2]:
        text = token.text.strip()
        if token.pager or _PAGER.search(text[:40]):
            return True
        numbers += text.isdigit() and token.link >= 0
        if text and not text.isdigit() and len(text) > 6:
            return False
    return numbers > 0


def is_teaser(stream: TokenStream, group: Group) -> bool:
    """A block of a home page: its heading or its end offers 更多."""
    near = [*stream.texts(max(0, group.start - 4), group.start), *stream.texts(group.end, group.end + 2)[:1]]
    return any(MORE_LINK.fullmatch(text) for text in near)


def _heading(stream: TokenStream, group: Group, context: PageContext) -> float:
    """What the last short text before the rows calls them."""
    before = [tidy(text) for text in stream.texts(max(0, group.start - NEAR), group.start)]
    names = [
        text for text in before if 1 < len(text) < 16 and not MORE_LINK.fullmatch(text) and "暂无" not in text
    ]
    if not names:
        return 1.0
    heading = _COLON.sub("", names[-1])
    if context.crumbs and heading == context.crumbs.name:
        return 2.0
    if RECOMMENDED.search(heading):
        return 0.2
    return 0.5 if _OFTEN_OTHER.search(heading) else 1.0


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
