"""A page as a tape: the texts and links a reader meets, in the order of reading.

Every later judgement is made on it: which links and dates stand in one row is a question of which element
is the lowest that holds both, and what stands between two rows is what lies between them on the tape.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree, html

from crawler.page.marks import Mark, find_mark
from crawler.page.written_numbers import written_texts

Extent = tuple[int, int]

_UNREAD = frozenset(
    {
        "script",
        "style",
        "noscript",
        "select",
        "option",
        "head",
        "title",
        "iframe",
        "object",
        "textarea",
        "svg",
        "math",
        "button",
        "datalist",
    }
)
_BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    }
)
_PAGER_SCRIPTS = (
    "createpage",
    "pager(",
    "pagination",
    "laypage",
    "countpage",
    "gotopage",
    "jpage",
    "pageinfo",
)
_KEYED = re.compile(r"\(\s?['\"]?[\w-]{0,40}\d[\w-]{0,40}['\"]?\s?[,)]")
SENTENCE = 9
MOST_INSIDE = 100
MOST_TOKENS = 40_000
LONGEST_WRITER = 1_500


@dataclass(slots=True)
class Token:
    """One text node, or a link's own beginning (text ""), or a script that prints a pager (`pager`)."""

    text: str
    element: html.HtmlElement
    block: html.HtmlElement
    link: int = -1
    mark: Mark | None = None
    pager: bool = False


@dataclass(slots=True)
class Link:
    """One <a>, or an element that a click sends elsewhere; its texts are `tokens[start:end]`."""

    element: html.HtmlElement
    start: int
    end: int = 0


@dataclass(slots=True)
class Tape:
    """`extents` says which tokens stand inside an element."""

    tokens: list[Token] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    extents: dict[html.HtmlElement, Extent] = field(default_factory=dict)

    def extent(self, element: html.HtmlElement) -> Extent:
        return self.extents.get(element, (0, 0))

    def links_in(self, extent: Extent) -> range:
        """The numbers of the links that begin inside `extent`."""
        low = bisect_left(self.links, extent[0], key=lambda link: link.start)
        return range(low, bisect_left(self.links, extent[1], lo=low, key=lambda link: link.start))

    def texts(self, start: int, end: int) -> list[str]:
        return [token.text for token in self.tokens[start:end] if token.text]


def record(root: html.HtmlElement, *, hidden: bool = False) -> Tape:
    """The tape of a tree. What is styled away (`display:none`) is left out unless `hidden`."""
    return _Recorder(hidden).run(root)


def count_between(positions: list[int], extent: Extent) -> int:
    """How many of the sorted `positions` lie inside `extent`."""
    return bisect_left(positions, extent[1]) - bisect_left(positions, extent[0])


class _Recorder:
    def __init__(self, hidden: bool) -> None:
        self.tape = Tape()
        self.hidden = hidden
        self.starts: list[int] = []
        self.blocks: list[html.HtmlElement] = []
        self.link = -1

    def run(self, root: html.HtmlElement) -> Tape:
        self.blocks.append(root)
        walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, element in walker:
            if event == "start":
                if self._unread(element):
                    walker.skip_subtree()
                    self.starts.append(-1)
                else:
                    self._enter(element)
            elif event == "end":
                self._leave(element)
            else:
                self._say(element.tail, element.getparent())
            if len(self.tape.tokens) > MOST_TOKENS:
                break
        return self.tape

    def _unread(self, element: html.HtmlElement) -> bool:
        tag = element.tag
        if tag in _UNREAD:
            if tag == "script":
                self._hear(element)
            return True
        return not self.hidden and _styled_away(element)

    def _hear(self, script: html.HtmlElement) -> None:
        """A script prints a pager, or a row's date or title in the place where it stands."""
        if _prints_pager(script):
            self.tape.tokens.append(Token("", script, self.blocks[-1], pager=True))
            return
        text = script.text or ""
        if len(text) <= LONGEST_WRITER and "document.write" in text:
            for said in written_texts(text):
                self._say(said, script.getparent())

    def _enter(self, element: html.HtmlElement) -> None:
        self.starts.append(len(self.tape.tokens))
        tag = element.tag
        if tag in _BLOCKS:
            self.blocks.append(element)
        if self.link < 0 and (tag == "a" or "onclick" in element.attrib):
            self._open_link(element)
        self._say(element.text, element)

    def _open_link(self, element: html.HtmlElement) -> None:
        if element.tag != "a" and not _opens_something(element):
            return
        self.link = len(self.tape.links)
        self.tape.links.append(Link(element, len(self.tape.tokens)))
        self.tape.tokens.append(Token("", element, self.blocks[-1], link=self.link))

    def _leave(self, element: html.HtmlElement) -> None:
        start = self.starts.pop()
        if start >= 0:
            self.tape.extents[element] = (start, len(self.tape.tokens))
            if element is self.blocks[-1] and len(self.blocks) > 1:
                self.blocks.pop()
        if self.link >= 0 and self.tape.links[self.link].element is element:
            self.tape.links[self.link].end = len(self.tape.tokens)
            self.link = -1
        self._say(element.tail, element.getparent())

    def _say(self, text: str | None, element: html.HtmlElement | None) -> None:
        if text is None or element is None:
            return
        core = " ".join(text.split())
        if core:
            mark = find_mark(core, linked=self.link >= 0)
            spaced = (" " if text[0].isspace() else "") + core + (" " if text[-1].isspace() else "")
            self.tape.tokens.append(Token(spaced, element, self.blocks[-1], self.link, mark))


def _opens_something(element: html.HtmlElement) -> bool:
    """A click that leads to an address, or hands a number or a key of what it names to a script: a sentence is a
    posting's title, a word a button."""
    click = element.get("onclick") or ""
    if "/" not in click and not _KEYED.search(click):
        return False
    inside = list(islice(element.iter(), MOST_INSIDE))
    if len(inside) == MOST_INSIDE or any(one.tag == "a" for one in inside):
        return False
    return "/" in click or sum(map(len, islice(element.itertext(), 9))) >= SENTENCE


def _prints_pager(script: html.HtmlElement) -> bool:
    text = (script.text or "").lower()
    return any(word in text for word in _PAGER_SCRIPTS)


def _styled_away(element: html.HtmlElement) -> bool:
    style = element.get("style")
    return bool(style) and "none" in style and "display:none" in style.replace(" ", "").lower()
