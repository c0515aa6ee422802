"""Rows of lists that show no dates: links that are sentences, standing alike beside each other.

Without a date much less speaks for a list, so more is asked: long titles, addresses of their own that look
like articles', a place that is not beside the page's matter.
"""

import re
from collections.abc import Iterator

from lxml import html

from crawler.page.addresses import folder_of, join, leads_to_article, leads_to_column
from crawler.page.titles import find_url, is_title_link, link_text
from crawler.page.tokens import Extent, TokenStream, count_between
from crawler.readers.lists.groups import Group
from crawler.readers.lists.page_context import PageContext
from crawler.readers.lists.place import belongs, has_pager, weigh
from crawler.readers.lists.rows import ITEMS, Row, length

_TOPS = frozenset({"html", "body", "ul", "ol", "table", "tbody", "thead", "dl"})
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_FILE = re.compile(r"\.(?:docx?|xlsx?|pdf|wps|zip|rar|pptx?)\s*$", re.I)
# Half of the titles are at least so long; names in a menu are shorter.
SENTENCE = 9
# Texts beside the links in their holder: more, and the links stand in prose.
MOST_TEXTS_BESIDE = 6
# Without days less prose than usual (300) speaks against a list.
MUCH_PROSE = 200


def choose_plain(stream: TokenStream, context: PageContext, beside: Extent = (0, 0)) -> Group | None:
    """The page's list of undated rows, or None where nothing is surely one. What stands in `beside` is none."""
    if context.article_weight > 0:
        return None
    way = context.crumbs.extent if context.crumbs else (0, 0)
    groups = (group for group in _groups(stream, way) if not beside[0] <= group.start < beside[1])
    likely = [group for group in groups if _likely(stream, group, context)]
    best = max(likely, key=lambda group: len(group.rows) * weigh(stream, group, context), default=None)
    if best is None or context.prose_outside((best.start, best.end)) >= MUCH_PROSE:
        return None
    rivals = [group for group in likely if group is not best and len(group.rows) * 2 >= len(best.rows)]
    return None if rivals and not has_pager(stream, best) else best


def _groups(stream: TokenStream, way: Extent) -> Iterator[Group]:
    links = [
        i
        for i, link in enumerate(stream.links)
        if not way[0] <= link.start < way[1] and is_title_link(stream, link)
    ]
    starts = [stream.links[i].start for i in links]
    groups: dict[tuple[html.HtmlElement | None, object], Group] = {}
    for i in links:
        box = _box(stream, stream.links[i].element, starts)
        row = Row(stream.extent(box), box, [i], [])
        groups.setdefault((box.getparent(), box.tag), Group()).rows.append(row)
    yield from groups.values()


def _box(stream: TokenStream, element: html.HtmlElement, starts: list[int]) -> html.HtmlElement:
    texts = length(stream.extent(element))
    while element.tag not in ITEMS:
        parent = element.getparent()
        if parent is None or parent.tag in _TOPS or count_between(starts, stream.extent(parent)) > 1:
            break
        if length(stream.extent(parent)) - texts > MOST_TEXTS_BESIDE:
            break
        element = parent
    return element


def _likely(stream: TokenStream, group: Group, context: PageContext) -> bool:
    rows = len(group.rows)
    paged = has_pager(stream, group)
    if rows < 3 and not (paged and context.crumbs and group.start >= context.crumbs.extent[1]):
        return False
    if not _chinese(stream, group) or _attached(stream, group):
        return False
    if not paged and not belongs(stream, context, group.start):
        return False
    lengths = sorted(len(link_text(stream, stream.links[row.links[0]])) for row in group.rows)
    hrefs = [find_url(stream.links[row.links[0]].element) for row in group.rows]
    shown = [href for href in hrefs if href]
    articles = sum(leads_to_article(href) or _lies_in(context, href) for href in shown)
    return (
        lengths[len(lengths) // 2] >= SENTENCE
        and weigh(stream, group, context) >= 1
        and len(set(shown)) * 5 >= len(shown) * 4
        and articles * 2 >= len(shown)
        and (bool(shown) or paged)
    )


def _lies_in(context: PageContext, href: str) -> bool:
    """Whether a link leads to a page, and no folder, in the column's own folder."""
    url = join(context.base, href) or ""
    own = context.folder
    return bool(own) and folder_of(url)[: len(own)] == own and not leads_to_column(href, context.url)


def _attached(stream: TokenStream, group: Group) -> bool:
    """The files at the end of an article."""
    before = stream.texts(max(0, group.start - 3), group.start)
    titles = [link_text(stream, stream.links[row.links[0]]) for row in group.rows]
    files = sum(bool(_FILE.search(title)) for title in titles)
    return any(text.strip().startswith("附件") for text in (*before, *titles)) or files * 2 > len(titles)


def _chinese(stream: TokenStream, group: Group) -> bool:
    return any(_CHINESE.search(link_text(stream, stream.links[row.links[0]])) for row in group.rows)
