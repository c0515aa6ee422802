"""Rows that a page holds and does not show, beside a list that it shows: tabs, years, a second copy for phones."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from lxml import html

from crawler.page.addresses import find_base
from crawler.page.model import Node
from crawler.page.page import Page
from crawler.page.tokens import all_tokens
from crawler.page.values import Entry
from crawler.readers.lists.entries import make_entries
from crawler.readers.lists.groups import Group, dated_groups

# Guard: a page hides a handful of panels.
MOST_PANELS = 40


def hidden_rows(page: Page, group: Group, entries: tuple[Entry, ...], as_of: date | None) -> Iterator[str]:
    """The doubt that hidden rows beside the list make: `rows_below_hidden` where all are older than what is shown (the
    years before), `rows_hidden` where they may stand anywhere. A hidden copy of the shown rows makes none."""
    panels = [node.element for node in page.model.nodes if node.styled_away and _beside(node, group)]
    if not panels:
        return
    shown = {(entry.title, entry.date) for entry in entries}
    hidden = [
        one
        for one in _entries_within(page, panels[:MOST_PANELS], as_of)
        if (one.title, one.date) not in shown
    ]
    if not hidden:
        return
    oldest = min((entry.date for entry in entries if entry.date), default=None)
    below = oldest is not None and all(one.date is not None and one.date <= oldest for one in hidden)
    yield "rows_below_hidden" if below else "rows_hidden"


def _beside(node: Node, group: Group) -> bool:
    """Whether the element holds links and is a neighbour of the list or of a block around it."""
    above = node.element.getparent()
    links = list(islice(node.element.iter("a"), 2))
    return len(links) > 0 and above is not None and above in _around(group)


def _around(group: Group) -> set[html.HtmlElement]:
    box = group.rows[0].box
    return {one for one in islice(box.iterancestors(), 4) if one.tag not in ("body", "html")}


def _entries_within(page: Page, panels: list[html.HtmlElement], as_of: date | None) -> Iterator[Entry]:
    stream = page.model.view(all_tokens)
    extents = [stream.extent(panel) for panel in panels]
    for group in dated_groups(stream):
        rows = [row for row in group.rows if any(low <= row.extent[0] < high for low, high in extents)]
        if rows:
            yield from make_entries(stream, Group(rows), find_base(page), as_of)
