"""The page model as the lines a reader sees: one a block, a cell or a break, in the order of reading.

Only what is shown apart is separated: inline elements do not end a line, but their borders are kept in
`parts`, for a label and its value often stand in two of them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import html

from crawler.page.model import BLOCKS, CLOSE, CLOSED_TAGS, TEXT, Node, PageModel
from crawler.page.page import Page
from crawler.page.scripts import written_texts

MOST_LINES = 8_000  # seven times the longest page of the corpus (1,117)
MOST_DEPTH = 100  # no page is laid out so deep; more comes of unclosed tags
SEPARATOR = "\x1f"
# A button's words stay: 打印 and 关闭 end an article. `template` and `object` hold what nobody sees.
_UNSEEN = CLOSED_TAGS | {"template", "object"}
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

    def run(self, model: PageModel) -> list[Line]:
        events, at = model.events, 0
        while at < len(events) and len(self.lines) < MOST_LINES:
            kind, node, text = events[at]
            at += 1
            if kind == TEXT:
                self._say(text)
            elif kind == CLOSE:
                self._end(node)
            elif node.tag in _UNSEEN:
                if node.tag == "script":
                    self._write(node.element.text or "")
                at = node.closed + 1
            else:
                self._start(node)
        self._flush()
        return self.lines

    def _say(self, text: str) -> None:
        text = _UNPRINTED.sub("", text)
        self.runs.append(text)
        if self.links:
            self.linked += len("".join(text.split()))

    def _write(self, script: str) -> None:
        for written in written_texts(script):
            self._say(f" {written} ")
            self.written.append(written)

    def _start(self, node: Node) -> None:
        if node.tag in BLOCKS or node.tag == "br":
            self._flush()
        if node.tag in BLOCKS:
            self.blocks.append(node.element)
        self.links += node.tag == "a"
        self.hidden += node.styled_away

    def _end(self, node: Node) -> None:
        if node.tag in BLOCKS:
            self._flush()
            if self.blocks:
                self.blocks.pop()
        self.links -= node.tag == "a"
        self.hidden -= node.styled_away

    def _flush(self) -> None:
        text = " ".join("".join(self.runs).split())
        if text and self.blocks and len(self.lines) < MOST_LINES:
            parts = tuple(run.strip() for run in self.runs if run.strip())
            written = " ".join(self.written)
            self.lines.append(Line(text, parts, self.blocks[-1], self.linked, written, self.hidden > 0))
        self.runs, self.written, self.linked = [], [], 0


def read_lines(page: Page) -> Sequence[Line]:
    """The lines of a page, at most `MOST_LINES` of them; styles, comments and forms' inner texts left out."""
    return page.model.view(_lines)


def _lines(model: PageModel) -> tuple[Line, ...]:
    return tuple(_Writer().run(model))


def ancestors(element: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """The element and what holds it, the nearest first; at most `MOST_DEPTH`, for depth may be malice."""
    node: html.HtmlElement | None = element
    for _ in range(MOST_DEPTH):
        if node is None:
            return
        yield node
        node = node.getparent()
