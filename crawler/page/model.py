"""The page model: one page as a stream of elements and texts in the order of reading, made once a page.

Every way of seeing a page is a view of this stream: `tokens` (rows and links), `lines` (what the eye separates),
`visible_text` (what a citizen sees at first), `crawler.discovery.outline` (labels over links). What is not shown
stays in the stream and says why; which of it a view leaves out is written at that view.
"""

import re
from collections.abc import Callable
from enum import StrEnum
from functools import cached_property
from itertools import islice
from typing import Any, Final, TypeVar

from lxml import etree, html

View = TypeVar("View")

# Some hundred thousand elements, where the largest page of the corpus has 3,810: memory is bounded, and every view
# has a smaller limit of its own.
MOST_EVENTS = 400_000

OPEN: Final = 0
TEXT: Final = 1
CLOSE: Final = 2

# Elements that begin and end a line of text.
_BLOCK_NAMES = """
    address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hr html li main menu nav ol option p pre section select table tbody
    td tfoot th thead tr ul
"""
BLOCKS = frozenset(_BLOCK_NAMES.split())
# Elements that stand within a line. What is neither here nor a block (font-like tags of editors, <nobr>, <o:p>)
# separates words in `visible_text` and `outline`, and nothing in `lines`, where a title must not be cut.
INLINE = frozenset(
    {"a", "b", "br", "em", "font", "i", "img", "input", "label", "small", "span", "strong", "u"}
)
CELLS = frozenset({"td", "th", "dt", "dd"})

# Their inside is not walked: code, drawings, and what forms hold; `node.element` has it still.
CLOSED_TAGS = frozenset({"script", "style", "noscript", "title", "textarea", "select", "svg", "math"})
HIDING_CLASSES = frozenset(
    {"hide", "hidden", "dn", "d-none", "layui-hide", "is-hidden", "invisible", "sr-only", "visually-hidden"}
)
CONDITIONS = frozenset(
    {"v-if", "v-else", "v-else-if", "v-show", "ng-if", "ng-show", "ng-hide", "x-show", "x-if"}
)
_HIDES_NONE = re.compile(
    r"\.none\s{0,9}\{[^{}]{0,200}display\s{0,9}:\s{0,9}none|\.none['\"]|(?:add|remove|toggle)Class\(\s{0,9}['\"]none"
)
_LISTS = frozenset({"ul", "ol", "dl", "table", "li", "a"})
# Style sheets and scripts are asked for one word only: as much of them as tells.
LONGEST_SCRIPT = 60_000


class Hidden(StrEnum):
    """Why an element is not shown as the page stands."""

    STYLE = "display:none"
    INVISIBLE = "visibility:hidden"
    ATTRIBUTE = "hidden"
    CLASS = "class"  # a class that hides by convention: hide, d-none, and `none` where it means that
    CONDITION = "condition"  # shown if a script decides so: v-if, ng-show


class Node:
    """One element. `events[opened]` is its beginning and `events[closed]` its end in the stream; `number` counts
    elements in document order."""

    __slots__ = ("_hidden", "closed", "element", "number", "opened", "parent", "styled_away", "tag")

    def __init__(self, element: html.HtmlElement, number: int, parent: "Node | None", opened: int) -> None:
        self.element = element
        self.tag: str = element.tag
        self.number = number
        self.parent = parent
        self.opened = opened
        self.closed = opened
        style = element.get("style")
        self.styled_away = style is not None and "none" in style.lower() and _not_displayed(style)
        self._hidden: Hidden | bool | None = False

    @property
    def hidden(self) -> Hidden | None:
        """Why this element itself is not shown; None where it is, or where only one around it is hidden."""
        if self._hidden is False:
            self._hidden = why_hidden(self.element)
        return self._hidden  # type: ignore[return-value]


Event = tuple[int, Node, str]


class PageModel:
    """`events` is the stream: (OPEN, node, ""), (TEXT, the node it stands in, the text as printed), (CLOSE, node, "").
    Comments leave no trace but the border of two texts. An element that stands in `CLOSED_TAGS` has no inside."""

    def __init__(self, root: html.HtmlElement) -> None:
        self.root = root
        self.events: list[Event] = []
        self.nodes: list[Node] = []
        self._views: dict[Callable[[PageModel], Any], Any] = {}
        self._walk(root)

    def view(self, make: "Callable[[PageModel], View]") -> View:
        """What `make` makes of this page, made once."""
        if make not in self._views:
            self._views[make] = make(self)
        made: View = self._views[make]
        return made

    @cached_property
    def node_of(self) -> dict[html.HtmlElement, Node]:
        """Element → its node."""
        return {node.element: node for node in self.nodes}

    def _walk(self, root: html.HtmlElement) -> None:
        events, nodes = self.events, self.nodes
        parent: Node | None = None
        walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for kind, element in walker:
            if kind == "start":
                node = Node(element, len(nodes), parent, len(events))
                nodes.append(node)
                events.append((OPEN, node, ""))
                if node.tag in CLOSED_TAGS:
                    walker.skip_subtree()
                elif element.text:
                    events.append((TEXT, node, element.text))
                parent = node
                if len(events) > MOST_EVENTS:
                    break
                continue
            if kind == "end" and parent is not None:
                parent.closed = len(events)
                events.append((CLOSE, parent, ""))
                parent = parent.parent
            if parent is not None and element.tail:
                events.append((TEXT, parent, element.tail))
        while parent is not None:
            parent.closed = len(events)
            events.append((CLOSE, parent, ""))
            parent = parent.parent


def why_hidden(element: html.HtmlElement) -> Hidden | None:
    """Why the element is not shown as the page stands, or only if a script says so; None where it is shown."""
    attributes = element.attrib
    if not attributes:
        return None
    style = attributes.get("style", "")
    if style:
        if _not_displayed(style):
            return Hidden.STYLE
        if "visibility:hidden" in style.replace(" ", "").lower():
            return Hidden.INVISIBLE
    if "hidden" in attributes:
        return Hidden.ATTRIBUTE
    classes = attributes.get("class", "").lower().split()
    if not HIDING_CLASSES.isdisjoint(classes):
        return Hidden.CLASS
    if "none" in classes and not (len(classes) == 1 and _says_none(element)):
        return Hidden.CLASS
    return None if CONDITIONS.isdisjoint(attributes) else Hidden.CONDITION


def _not_displayed(style: str) -> bool:
    return "display:none" in "".join(style.split()).lower()


def _says_none(element: html.HtmlElement) -> bool:
    """Whether class=none calls its words "nothing" (as templates do that print 暂无信息 in it) rather than hiding
    them: it holds no list, and no style or script of the page speaks of the name."""
    if any(inner.tag in _LISTS for inner in islice(element.iter(), 20)):
        return False
    rules = islice(element.getroottree().getroot().iter("style", "script"), 60)
    text = "\n".join(rule.text or "" for rule in rules)[:LONGEST_SCRIPT]
    return "none" not in text or not _HIDES_NONE.search(text)
