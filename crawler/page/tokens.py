"""The page model as a token stream: the texts and links a reader meets, in the order of reading.

Every later judgement is made on it: which links and dates stand in one row is a question of which element
is the lowest that holds both, and what stands between two rows is what lies between them on the token stream.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import islice

from lxml import html

from crawler.page.marks import Mark, find_mark
from crawler.page.model import BLOCKS, CLOSE, CLOSED_TAGS, TEXT, Node, PageModel
from crawler.page.scripts import written_texts

Extent = tuple[int, int]

# What holds no rows: code, and the words of forms. A button is no row and no date either, though `lines` reads it.
_UNREAD = CLOSED_TAGS | {"head", "option", "iframe", "object", "button", "datalist"}
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
SENTENCE = 9  # characters: a button's words are shorter (我要在线咨询), a posting's title hardly ever is
MOST_INSIDE = 100  # elements: a clickable block that holds more is a section of the page, not a row
MOST_TOKENS = 40_000  # thirty times the longest page of the corpus (1,223)
LONGEST_WRITER = 1_500  # a script that prints one date is short; a longer one is a library


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
    """One <a>, or an element that a click sends elsewhere; its texts are `tokens[start:end]`. `shown`: what it says, once
    that was asked (`crawler.page.titles.link_text`)."""

    element: html.HtmlElement
    start: int
    end: int = 0
    shown: str | None = None


@dataclass(slots=True)
class TokenStream:
    """`extents` says which tokens stand inside an element. `joined`: dates printed in parts are one mark already
    (`crawler.readers.lists.rows`), which must happen once only. `cut`: the page goes on behind the last token."""

    tokens: list[Token] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    extents: dict[html.HtmlElement, Extent] = field(default_factory=dict)
    joined: bool = False
    cut: bool = False

    def extent(self, element: html.HtmlElement) -> Extent:
        return self.extents.get(element, (0, 0))

    def links_in(self, extent: Extent) -> range:
        """The numbers of the links that begin inside `extent`."""
        low = bisect_left(self.links, extent[0], key=lambda link: link.start)
        return range(low, bisect_left(self.links, extent[1], lo=low, key=lambda link: link.start))

    def texts(self, start: int, end: int) -> list[str]:
        return [token.text for token in self.tokens[start:end] if token.text]


def shown_tokens(model: PageModel) -> TokenStream:
    """The tokens that stand on the page; what is styled away (`display:none`) is left out, and nothing else that a
    script may show: a list hidden by a class is often the list."""
    return _Recorder(hidden=False).run(model)


def all_tokens(model: PageModel) -> TokenStream:
    """The tokens of the page with those that are styled away: tabs, and rows that wait for a script."""
    return _Recorder(hidden=True).run(model)


def count_between(positions: list[int], extent: Extent) -> int:
    """How many of the sorted `positions` lie inside `extent`."""
    return bisect_left(positions, extent[1]) - bisect_left(positions, extent[0])


class _Recorder:
    def __init__(self, *, hidden: bool) -> None:
        self.stream = TokenStream()
        self.tokens = self.stream.tokens
        self.hidden = hidden
        self.starts: list[int] = []
        self.blocks: list[html.HtmlElement] = []
        self.link = -1

    def run(self, model: PageModel) -> TokenStream:
        self.blocks.append(model.root)
        events, at, last = model.events, 0, len(model.events)
        while at < last:
            kind, node, text = events[at]
            at += 1
            if kind == TEXT:
                if not text.isspace():
                    self._say(text, node.element)
            elif kind == CLOSE:
                self._leave(node.element)
            elif node.tag in _UNREAD or (node.styled_away and not self.hidden):
                if node.tag == "script":
                    self._hear(node.element)
                at = node.closed + 1
            elif len(self.tokens) > MOST_TOKENS:
                self._cut(node.parent)
                break
            else:
                self._enter(node.element, node.tag)
        return self.stream

    def _cut(self, node: Node | None) -> None:
        """Leaves the rest of the page: whatever is open ends here."""
        self.stream.cut = True
        while node is not None:
            self._leave(node.element)
            node = node.parent

    def _hear(self, script: html.HtmlElement) -> None:
        """A script prints a pager, or a row's date or title in the place where it stands."""
        text = script.text or ""
        lower = text.lower()
        if any(word in lower for word in _PAGER_SCRIPTS):
            self.tokens.append(Token("", script, self.blocks[-1], pager=True))
            return
        if len(text) <= LONGEST_WRITER and "document.write" in text:
            holder = script.getparent()
            for said in written_texts(text):
                if holder is not None:
                    self._say(said, holder)

    def _enter(self, element: html.HtmlElement, tag: str) -> None:
        self.starts.append(len(self.tokens))
        if tag in BLOCKS:
            self.blocks.append(element)
        if self.link < 0 and (tag == "a" or _opens_something(element)):
            self._open_link(element)

    def _open_link(self, element: html.HtmlElement) -> None:
        self.link = len(self.stream.links)
        self.stream.links.append(Link(element, len(self.tokens)))
        self.tokens.append(Token("", element, self.blocks[-1], link=self.link))

    def _leave(self, element: html.HtmlElement) -> None:
        self.stream.extents[element] = (self.starts.pop(), len(self.tokens))
        if element is self.blocks[-1] and len(self.blocks) > 1:
            self.blocks.pop()
        if self.link >= 0 and self.stream.links[self.link].element is element:
            self.stream.links[self.link].end = len(self.tokens)
            self.link = -1

    def _say(self, text: str, element: html.HtmlElement) -> None:
        core = " ".join(text.split())
        if core:
            mark = find_mark(core, linked=self.link >= 0)
            spaced = (" " if text[0].isspace() else "") + core + (" " if text[-1].isspace() else "")
            self.tokens.append(Token(spaced, element, self.blocks[-1], self.link, mark))


def _opens_something(element: html.HtmlElement) -> bool:
    """A click that leads to an address, or hands a number or a key of what it names to a script: a sentence is a
    posting's title, a word a button."""
    click = element.get("onclick")
    if not click or ("/" not in click and not _KEYED.search(click)):
        return False
    inside = list(islice(element.iter(), MOST_INSIDE))
    if len(inside) == MOST_INSIDE or any(one.tag == "a" for one in inside):
        return False
    return "/" in click or sum(map(len, islice(element.itertext(), 9))) >= SENTENCE
