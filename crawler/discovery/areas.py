"""The parts of a portal that discovery looks for, recognised by the names that menus give them (areas.toml); and
the priority of a link by the part it leads into: the likeliest pages are asked for first, since not all may be."""

import re
import tomllib
from enum import StrEnum
from pathlib import Path

from crawler.discovery.field_names import is_field
from crawler.discovery.names import is_name
from crawler.discovery.page_links import Link


class Area(StrEnum):
    """A part of a portal, from the most wanted to the least."""

    GRASSROOTS = "基层政务公开"
    KEY_FIELDS = "重点领域"
    OFFICES = "工作机构"
    MAILBOXES = "信箱"
    MAP = "网站地图"
    DISCLOSURE = "政务公开"
    NEWS = "动态"
    CAMPAIGNS = "专题"
    OTHER = "其他"


TREES = frozenset({Area.GRASSROOTS, Area.KEY_FIELDS})
# Parts whose entries lead into any other.
OPEN = frozenset({Area.MAP, Area.OTHER, Area.NEWS})
_TABLE = tomllib.loads(Path(__file__).with_name("areas.toml").read_text(encoding="utf-8"))
_PARTS = {Area(name): part for name, part in _TABLE["areas"].items()}
_WORDS = {area: re.compile("|".join(part["names"])) for area, part in _PARTS.items() if part["names"]}
# Priorities of a part's entry in the menu, and of the links within it.
ROOTS: dict[Area, int] = {area: part["entry"] for area, part in _PARTS.items()}
INSIDE: dict[Area, int] = {area: part["inside"] for area, part in _PARTS.items()}
_NAMES = {name: re.compile("|".join(words), re.I) for name, words in _TABLE["names"].items()}
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


def area_of(name: str) -> Area | None:
    """The part of the portal that a menu entry of this name leads to; None where the name says nothing."""
    return next((area for area, words in _WORDS.items() if words.search(name)), None)


def is_useless(name: str) -> bool:
    """Whether a link of this name leads to no column: login, old version."""
    return bool(_NAMES["useless"].fullmatch(name))


def is_placeholder(name: str) -> bool:
    """Whether a name says nothing: a vendor's (栏目名称), a trial's (测试), a search's."""
    return bool(_NAMES["placeholders"].fullmatch(name))


def is_container(name: str) -> bool:
    """Whether a name is a tree's own (政务公开, 重点领域), never a field's or a column's."""
    return bool(_NAMES["containers"].fullmatch(name))


def is_loose(name: str) -> bool:
    """Whether a heading stands over links that a page recommends and does not own (相关链接)."""
    return bool(_NAMES["loose"].search(name))


def is_rest(name: str) -> bool:
    """Whether a heading gathers what belongs to no field (其他公开栏目)."""
    return bool(_NAMES["rest"].fullmatch(name))


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
    if source is None or source in OPEN:
        return own or Area.OTHER
    return source


def is_static(name: str) -> bool:
    """Whether a page of this name is written once (简介, 地图), not posted to."""
    return bool(_NAMES["static"].search(name))


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
