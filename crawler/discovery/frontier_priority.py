"""Priority of a link in the frontier: discovery asks for the likeliest pages first, since it may not ask for all."""

import re

from crawler.discovery.areas import Area, area_of, is_useless
from crawler.discovery.field_names import is_field
from crawler.discovery.names import is_name
from crawler.discovery.page_links import Link

TREES = frozenset({Area.GRASSROOTS, Area.KEY_FIELDS})
# Entries of the menu by the part of the portal they lead into: first the trees of 基层政务公开 and 重点领域, which name the
# duties; then the offices, which owe them; news and the rest only while pages are left.
ROOTS = {
    Area.GRASSROOTS: 100,
    Area.KEY_FIELDS: 95,
    Area.OFFICES: 90,
    Area.DISCLOSURE: 80,
    Area.MAILBOXES: 70,
    Area.NEWS: 40,
    Area.OTHER: 20,
}
# Links within a part: all below its entry, so that every tree is entered before one is walked to its end.
INSIDE = {
    Area.GRASSROOTS: 60,
    Area.KEY_FIELDS: 60,
    Area.OFFICES: 30,
    Area.DISCLOSURE: 45,
    Area.MAILBOXES: 50,
    Area.NEWS: 25,
    Area.OTHER: 10,
}
# The order in which the walk spends its pages: fields' lists, then units' own pages, nameless links, static pages.
# Between the trees' roots (`ROOTS`) and what lies inside them (`INSIDE`).
UNIT = 65
# A field of the 26 is what the walk is for.
FIELD = 75
# A link without words may be a column's picture.
NAMELESS = 15
# Asked for at last: it may say who owes what.
STATIC = 5
# A step deeper costs little inside a tree, where columns lie, and more on the way to one.
DEPTH, DEEPER = 1, 4
_STATIC = re.compile(
    r"简介|概况|机构设置|内设机构|联系方式|主要职[责能]|地图|分工$|办公(?:时间|地址)|依申请公开|公开指南|风采|风光"
)


def area_for(link: Link, source: Area | None) -> Area:
    """The part of the portal that a link leads into, met on a page of the part `source` (None: home)."""
    own = area_of(link.name)
    if source in TREES and own not in (Area.OFFICES, Area.MAILBOXES):
        # 政策文件, 政务公开 are names of columns inside a field.
        return source
    if own in ROOTS and own is not Area.NEWS:
        return own
    labelled = next((area for label in reversed(link.labels) if (area := area_of(label)) in TREES), None)
    if labelled:
        return labelled
    if source in (None, Area.OTHER, Area.NEWS):
        return own or Area.OTHER
    return source


def is_static(name: str) -> bool:
    """Whether a page of this name is written once (简介, 地图), not posted to."""
    return bool(_STATIC.search(name))


def priority_of(link: Link, area: Area, source: Area | None, depth: int, *, unit: bool) -> int:
    """From 0 (never ask) to about 100. `unit`: the link is a unit's among its like."""
    if link.posting or is_useless(link.name):
        return 0
    if unit:
        return UNIT
    if not is_name(link.name):
        return NAMELESS - depth
    if is_static(link.name):
        return STATIC
    own = area_of(link.name)
    if own is area and source is not area:
        # A unit's own 信息公开 is a root too, but the portal's comes first.
        return ROOTS[area] - DEEPER * depth
    if is_field(link.name) and area is not Area.OTHER:
        return FIELD - depth
    return max(INSIDE[area] - DEPTH * depth, 1)
