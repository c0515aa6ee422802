"""How large every element of a tree is, counted once, so that readers can skip large elements."""

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import html


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
