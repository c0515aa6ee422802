"""Trees drawn as flat rows, in which only a number, a name or a parent's id tells which entry stands under which:
<li level="2">, <tr data-tt-parent-id="3">, <div class="lv-2">, <p style="padding-left: 40px">."""

import re
from collections.abc import Iterator, Mapping, Sequence

from lxml import html

_DEPTHS = (
    "level",
    "data-level",
    "aria-level",
    "data-depth",
    "depth",
    "lev",
    "lv",
    "data-lv",
    "data-indent",
    "nlevel",
)
_IDS = ("data-tt-id", "data-id", "data-node-id", "nodeid", "id")
_PARENTS = (
    "data-tt-parent-id",
    "data-pid",
    "data-parent-id",
    "data-parent",
    "data-parentid",
    "pid",
    "parentid",
    "parent",
)
_NAMED = re.compile(r"(?:^|[\s_-])(?:level|lev|lv|depth|indent|tree)[_-]?(\d)(?=\s|$)", re.I)
_INDENTED = re.compile(
    r"(?:padding-left|margin-left|text-indent)\s*:\s*(\d{1,3})(?:\.\d+)?\s*(?:px|em|rem|pt)?", re.I
)


def ancestors_in_tree(
    siblings: Sequence[html.HtmlElement],
) -> Mapping[html.HtmlElement, tuple[html.HtmlElement, ...]]:
    """Each sibling of such a tree with those above it, the outermost first; {} where the siblings are no tree."""
    if len(siblings) < 3:
        return {}
    by_id = dict(_by_parents(siblings))
    return by_id or dict(_by_depth(siblings))


def _by_parents(
    siblings: Sequence[html.HtmlElement],
) -> Iterator[tuple[html.HtmlElement, tuple[html.HtmlElement, ...]]]:
    owners = {name: one for one in siblings for name in (_first(one, _IDS),) if name}
    over = {one: owners.get(_first(one, _PARENTS)) for one in siblings if owners}
    if not any(parent is not None and parent is not one for one, parent in over.items()):
        return
    for one in siblings:
        above: list[html.HtmlElement] = []
        parent = over[one]
        while parent is not None and parent is not one and parent not in above:
            above.insert(0, parent)
            parent = over[parent]
        yield one, tuple(above)


def _by_depth(
    siblings: Sequence[html.HtmlElement],
) -> Iterator[tuple[html.HtmlElement, tuple[html.HtmlElement, ...]]]:
    depths = [(one, _depth(one)) for one in siblings]
    told = {depth for _one, depth in depths if depth is not None}
    if len(told) < 2 or sum(depth is None for _one, depth in depths) > len(depths) // 4:
        return
    above: list[tuple[int, html.HtmlElement]] = []
    for one, depth in depths:
        if depth is None:
            continue
        above = [(level, elder) for level, elder in above if level < depth]
        yield one, tuple(elder for _level, elder in above)
        above.append((depth, one))


def _depth(element: html.HtmlElement) -> int | None:
    said = _first(element, _DEPTHS)
    if said.isdigit():
        return int(said)
    named = _NAMED.search(element.get("class") or "")
    indented = _INDENTED.search(element.get("style") or "")
    found = named or indented
    return int(found[1]) if found else None


def _first(element: html.HtmlElement, names: Sequence[str]) -> str:
    return next((value for name in names if (value := (element.get(name) or "").strip())), "")
