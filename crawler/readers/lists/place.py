"""Where on the page a group of rows stands, and so whether it is the page's list or something beside it.

What stands before the rows (a heading), after them (a pager), on which side of the breadcrumb they stand and where
they lead decides. Names of classes and single words of a heading only speak where none of these does.
"""

import re

from crawler.page.elements import zone
from crawler.page.list_place import PLACES, is_bare, waiting_places
from crawler.page.page_words import MORE_LINK, PAGER_WORD, RECOMMENDED
from crawler.page.titles import find_url, tidy
from crawler.page.tokens import TokenStream
from crawler.readers.lists.groups import Group
from crawler.readers.lists.headings import heading_before
from crawler.readers.lists.page_context import PageContext

_OFTEN_OTHER = re.compile(r"图片|图集|最新|最近|专题|头条|滚动|快讯|快速|便民|热线")
_PAGER = re.compile(
    rf"{PAGER_WORD}|共\s?\d*\s?(?:条|页|篇)|总记录|记录数|页次|^\d+\s?/\s?\d+(?!\d|\s?/)|转到|条记录|^next$",
    re.I,
)
_COLON = re.compile(r"[:：|·\s]+$")
# What code fills with rows, by its name.
_FILLED_LIST = re.compile(r"list|news|info|artic|rows?(?![a-z])|data|app|content|table|tb(?![a-z])", re.I)
# Tokens before and behind the rows: heading, 更多 and column heads; a pager behind has twice as many.
NEAR = 8


def weigh(stream: TokenStream, group: Group, context: PageContext) -> float:
    """How well a group stands where a page's list stands; 1 is neutral, below that it is beside the list."""
    paged = has_pager(stream, group)
    weight = 1.0 if is_own(stream, group, context) else zone(group.parent, dated=bool(group.rows[0].dates))
    weight *= _heading(stream, group, context)
    if paged:
        weight *= 4
    elif is_teaser(stream, group):
        weight *= 0.5
    if context.crumbs:
        weight *= 1.5 if group.start >= context.crumbs.extent[0] else 0.6
    return weight


def is_own(stream: TokenStream, group: Group, context: PageContext) -> bool:
    """Whether rows behind the breadcrumb are surely the column's: they lie in its folder, or under its name."""
    if context.crumbs is None or group.start < context.crumbs.extent[0]:
        return False
    return lies_in_folder(stream, group, context) or heads_own(stream, context, group.start)


def lies_in_folder(stream: TokenStream, group: Group, context: PageContext) -> bool:
    """Whether half of the rows lead into the folder of the page's own address."""
    place = (group.start, group.end)
    if place not in context.in_folder:
        context.in_folder[place] = _lies_in_folder(stream, group, context)
    return context.in_folder[place]


def _lies_in_folder(stream: TokenStream, group: Group, context: PageContext) -> bool:
    own = context.folder
    if not own:
        return False
    hrefs = (find_url(stream.links[i].element) for row in group.rows for i in row.links[:1])
    folders = [context.folder_to(href) for href in hrefs if href]
    return sum(folder[: len(own)] == own for folder in folders) * 2 >= len(group.rows)


def heads_own(stream: TokenStream, context: PageContext, at: int) -> bool:
    """Whether a heading right before token `at` is a name by which the page calls itself."""
    return bool(heading_before(stream, context, at)) and belongs(stream, context, at)


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
    if any(heading in name for name in context.names):
        return 1.0
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
    """Whether the list's own place is bare while these rows stand elsewhere: an empty list before rows under another
    block's heading, or a place that a script may fill, before or right behind rows of which nothing says that they are
    the column's."""
    if context.crumbs is None or has_pager(stream, group) or is_own(stream, group, context):
        return False
    places = (stream.extent(one)[0] for one in context.tree.iter(*PLACES) if is_bare(one))
    bare = any(context.crumbs.extent[1] <= start <= group.start for start in places if start)
    return (bare and not belongs(stream, context, group.start)) or _awaits_rows(stream, context, group)


def _awaits_rows(stream: TokenStream, context: PageContext, group: Group) -> bool:
    """Whether a place that code may fill stands between the breadcrumb and the rows, or behind them: there one that is
    called a list, or any where the rows have another block's heading, for it may be their own pager's."""
    if context.crumbs is None or next(context.tree.iter("script"), None) is None:
        return False
    first, last = context.crumbs.extent[1], group.end + NEAR
    headed = not belongs(stream, context, group.start)
    for place in waiting_places(context.tree):
        at = stream.extent(place)[0]
        likely = headed or place.tag in PLACES or _FILLED_LIST.search(place.get("id") or "")
        if first <= at <= group.start or (likely and group.end <= at <= last):
            return True
    return False
