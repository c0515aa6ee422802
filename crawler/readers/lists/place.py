"""Where on the page a group of rows stands, and so whether it is the page's list or something beside it.

Names of classes are weak evidence; what stands before the rows (a heading), after them (a pager) and on
which side of the breadcrumb weighs more.
"""

import re

from crawler.page.navigation import MORE_LINK, PAGER_WORD, RECOMMENDED
from crawler.page.titles import tidy
from crawler.page.tokens import TokenStream
from crawler.page.zones import zone
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
