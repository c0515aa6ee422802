"""Rows of a dated list that show no date themselves: pinned ones, or ones whose date was left out."""

from itertools import takewhile

from lxml import html

from crawler.page.titles import is_button, is_title_link, link_text
from crawler.page.tokens import TokenStream
from crawler.readers.lists.groups import Group
from crawler.readers.lists.rows import ITEMS, Row

# A row without a day is no longer than its neighbours with one: title, counters, tags.
MOST_TOKENS = 14
# Shortest title of a row without a day: short between dated rows, which vouch for it; longer at the edge, where a
# heading or a pager may stand.
BETWEEN, AT_EDGE = 4, 8


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
