"""A list that headings divide into blocks: 政府文件 and its rows, then 政府办文件 and its rows, all of one column."""

from lxml import html

from crawler.page.tokens import TokenStream
from crawler.readers.lists.belonging import heading_before
from crawler.readers.lists.groups import Group
from crawler.readers.lists.page_context import PageContext
from crawler.readers.lists.place import is_teaser


def with_sections(stream: TokenStream, best: Group, others: list[Group], context: PageContext) -> Group:
    """The group with the blocks made like it, where each stands under a heading and none under the column's own:
    then there is nothing to choose between them."""
    if context.crumbs is None or is_teaser(stream, best):
        return best
    blocks = [group for group in others if group is best or _alike(group.parent, best.parent)]
    headings = [heading_before(stream, context, group.start) for group in blocks]
    if any(not heading or context.crumbs.name in heading for heading in headings):
        return best
    return Group(sorted((row for group in blocks for row in group.rows), key=lambda row: row.extent))


def _alike(one: html.HtmlElement | None, other: html.HtmlElement | None) -> bool:
    """Elements of one make under one parent, or each in a box of one make."""
    if one is None or other is None or _make(one) != _make(other):
        return False
    above, beyond = one.getparent(), other.getparent()
    if above is None or beyond is None or above is beyond:
        return True
    return _make(above) == _make(beyond) and above.getparent() is beyond.getparent()


def _make(element: html.HtmlElement) -> tuple[str, str]:
    return str(element.tag), element.get("class") or ""
