"""The page model: one page as a stream of elements and texts in the order of reading, made once a page.

Every way of seeing a page is a view of this stream: `tokens` (rows and links), `lines` (what the eye separates),
`visible_text` (what a citizen sees at first), `crawler.discovery.outline` (labels over links). What is not shown
stays in the stream, marked; which of it a view leaves out is written at that view.
"""

import re
from collections.abc import Callable
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


class Node:
    """One element. `events[opened]` is its beginning and `events[closed]` its end in the stream."""

    __slots__ = ("_hidden", "closed", "element", "opened", "parent", "styled_away", "tag")

    def __init__(self, element: html.HtmlElement, parent: "Node | None", opened: int) -> None:
        self.element = element
        self.tag: str = element.tag
        self.parent = parent
        self.opened = opened
        self.closed = opened
        style = element.get("style")
        self.styled_away = style is not None and "none" in style.lower() and _not_displayed(style)
        self._hidden: bool | None = None

    @property
    def hidden(self) -> bool:
        """Whether this element itself is hidden; False where only one around it is."""
        if self._hidden is None:
            self._hidden = is_hidden(self.element)
        return self._hidden


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

    def _walk(self, root: html.HtmlElement) -> None:
        events, nodes = self.events, self.nodes
        parent: Node | None = None
        walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for kind, element in walker:
            if kind == "start":
                node = Node(element, parent, len(events))
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


def is_hidden(element: html.HtmlElement) -> bool:
    """Whether the element is not shown as the page stands, or only if a script says so (v-if, ng-show): by its style,
    the attribute `hidden`, or a class that hides by convention (hide, d-none, and `none` where it means that)."""
    attributes = element.attrib
    if not attributes:
        return False
    style = attributes.get("style", "")
    if style and (_not_displayed(style) or "visibility:hidden" in style.replace(" ", "").lower()):
        return True
    classes = attributes.get("class", "").lower().split()
    return (
        "hidden" in attributes
        or not HIDING_CLASSES.isdisjoint(classes)
        or ("none" in classes and not (len(classes) == 1 and _says_none(element)))
        or not CONDITIONS.isdisjoint(attributes)
    )


def _not_displayed(style: str) -> bool:
    return "display:none" in "".join(style.split()).lower()


def _says_none(element: html.HtmlElement) -> bool:
    """Whether class=none calls its words "nothing" (as templates do that print 暂无信息 in it) rather than hiding
    them: it holds no list, and no style or script of the page speaks of the name."""
    if any(inner.tag in _LISTS for inner in islice(element.iterdescendants(), 20)):
        return False
    rules = islice(element.getroottree().getroot().iter("style", "script"), 60)
    text = "\n".join(rule.text or "" for rule in rules)[:LONGEST_SCRIPT]
    return "none" not in text or not _HIDES_NONE.search(text)
