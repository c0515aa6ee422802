"""What can be asked of one element: its place on the page (main part, beside it, outside it), and how large it is.

Names of classes are weak evidence of a place; readers weigh what stands before and after an element more. Sizes are
counted once a tree, so that readers can skip large elements."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import html

_OUTSIDE_TAGS = frozenset({"footer", "nav", "aside"})
_OUTSIDE = re.compile(r"foot|copyright|friend|flink|yqlj|youlian|(?:^|[\s_-])bottom(?:[\s_-]|$)", re.I)
_LINKS = re.compile(r"(?:^|[\s_-])links?(?:[\s_-]|$)", re.I)
_BESIDE = re.compile(
    r"side|(?:^|[\s_-])(?:nav|menu|hot|rank|top10|aside)|redian|remen|recommend|tuijian|related?|xiangguan|paihang"
    r"|banner|slide|swiper|focus|marquee|search|recent|tj(?:xx|nr|lb)",
    re.I,
)
_NOT_BESIDE = re.compile(r"(?:in|out|con\w*|up|down)side", re.I)


def zone(element: html.HtmlElement | None, *, dated: bool = False) -> float:
    """1 where nothing is said, 0.2 beside the page's matter, 0.05 outside it. Links to friends show no dates."""
    weight, steps = 1.0, 0
    while element is not None and steps < 12:
        if element.tag in _OUTSIDE_TAGS:
            return 0.05
        name = f"{element.get('class') or ''} {element.get('id') or ''}"
        if len(name) > 1 and steps < 8:
            if _OUTSIDE.search(name) or (_LINKS.search(name) and not dated):
                weight = 0.05
            elif _BESIDE.search(_NOT_BESIDE.sub("", name)):
                weight = min(weight, 0.2)
        element = element.getparent()
        steps += 1
    return weight


@dataclass(slots=True)
class Measure:
    """Elements, pieces of text and their characters under an element, itself included."""

    elements: int = 1
    pieces: int = 0
    chars: int = 0


def measure(tree: html.HtmlElement) -> Mapping[html.HtmlElement, Measure]:
    """The measure of every element; comments, scripts and styles count nothing."""
    nodes = list(tree.iter())
    found = {node: Measure() for node in nodes}
    for node in reversed(nodes):
        own = found[node]
        if isinstance(node.tag, str) and node.tag not in ("script", "style"):
            _add(own, node.text)
        else:
            own.elements = own.pieces = own.chars = 0
        parent = node.getparent()
        if parent is not None:
            above = found.get(parent)
            if above is not None:
                above.elements += own.elements
                above.pieces += own.pieces
                above.chars += own.chars
                _add(above, node.tail)
    return found


def _add(one: Measure, text: str | None) -> None:
    core = text.strip() if text else ""
    if core:
        one.pieces += 1
        one.chars += len(core)
