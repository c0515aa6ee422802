"""A page as the lines a reader sees: one a block, a cell or a break, in the order of reading.

Only what the eye separates is separated: inline elements do not end a line, but their borders are kept in
`parts`, for a label and its value often stand in two of them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree, html

from crawler.page.written_numbers import written_texts

MOST_LINES = 8_000
MOST_DEPTH = 100
SEPARATOR = "\x1f"
_BLOCK_NAMES = """
    address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hr html li main menu nav ol option p pre section select table tbody
    td tfoot th thead tr ul
"""
BLOCKS = frozenset(_BLOCK_NAMES.split())
CELLS = frozenset({"td", "th", "dt", "dd"})
_UNSEEN = frozenset(
    {"style", "noscript", "template", "textarea", "select", "object", "head", "title", "svg", "math"}
)
_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none", re.IGNORECASE)
# Characters of no width, which editors leave within words and numbers.
_UNPRINTED = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")
_GAP = re.compile(r"\s{2,}")


@dataclass(slots=True, frozen=True)
class Line:
    """`linked` counts the characters inside links; `written` is what scripts printed into the line;
    `hidden` lines stand under `display:none`."""

    text: str
    parts: tuple[str, ...]
    element: html.HtmlElement
    linked: int = 0
    written: str = ""
    hidden: bool = False

    @property
    def pieces(self) -> list[str]:
        """The text split at its inner borders and wide gaps."""
        return self.marked.split(SEPARATOR)

    @property
    def marked(self) -> str:
        """The text with its inner borders and wide gaps as `SEPARATOR`."""
        return SEPARATOR.join(_GAP.sub(SEPARATOR, part) for part in self.parts)

    @property
    def is_link(self) -> bool:
        """Nothing but links: navigation, another article, a button."""
        return self.linked * 10 >= len(self.text) * 8


class _Writer:
    """Gathers runs of text until a block begins or ends."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.blocks: list[html.HtmlElement] = []
        self.runs: list[str] = []
        self.written: list[str] = []
        self.linked = 0
        self.links = 0
        self.hidden = 0

    def say(self, text: str | None) -> None:
        if text:
            text = _UNPRINTED.sub("", text)
            self.runs.append(text)
            if self.links:
                self.linked += len("".join(text.split()))

    def flush(self) -> None:
        text = " ".join("".join(self.runs).split())
        if text and self.blocks and len(self.lines) < MOST_LINES:
            parts = tuple(run.strip() for run in self.runs if run.strip())
            written = " ".join(self.written)
            self.lines.append(Line(text, parts, self.blocks[-1], self.linked, written, self.hidden > 0))
        self.runs, self.written, self.linked = [], [], 0


def read_lines(tree: html.HtmlElement) -> list[Line]:
    """The lines under `tree`, at most `MOST_LINES` of them; styles, comments and forms' inner texts left out."""
    writer = _Writer()
    walk = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        if event == "start":
            if _start(writer, node):
                walk.skip_subtree()
        elif event == "end":
            _end(writer, node)
        elif node.tail:
            writer.say(node.tail)
        if len(writer.lines) >= MOST_LINES:
            break
    writer.flush()
    return writer.lines


def _start(writer: _Writer, node: html.HtmlElement) -> bool:
    """Whether the inside of the node is to be passed over."""
    tag = node.tag
    if tag == "script":
        for written in written_texts(node.text or ""):
            writer.say(f" {written} ")
            writer.written.append(written)
        return True
    if tag in _UNSEEN and tag != "head":
        return True
    if tag in BLOCKS or tag == "br":
        writer.flush()
    if tag in BLOCKS:
        writer.blocks.append(node)
    writer.links += tag == "a"
    writer.hidden += _is_hidden(node)
    writer.say(node.text)
    return False


def _end(writer: _Writer, node: html.HtmlElement) -> None:
    tag = node.tag
    if tag not in _UNSEEN and tag != "script":
        if tag in BLOCKS:
            writer.flush()
            if writer.blocks:
                writer.blocks.pop()
        writer.links -= tag == "a"
        writer.hidden -= _is_hidden(node)
    writer.say(node.tail)


def _is_hidden(node: html.HtmlElement) -> bool:
    style = node.get("style")
    return bool(style and len(style) < 400 and _HIDDEN.search(style))


def ancestors(element: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """The element and what holds it, the nearest first; at most `MOST_DEPTH`, for depth may be malice."""
    node: html.HtmlElement | None = element
    for _ in range(MOST_DEPTH):
        if node is None:
            return
        yield node
        node = node.getparent()
