"""The context of a page's rows: its breadcrumb, its names, and whether it is an article rather than a list."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from lxml import html

from crawler.page.addresses import Folder, base_of, folder_of, join
from crawler.page.links import any_file
from crawler.page.page_words import NEXT_ARTICLE, PRINT_OR_CLOSE, WHERE
from crawler.page.titles import tidy
from crawler.page.tokens import Extent, TokenStream

_FRONT = re.compile(r"\w+://[^/?#]+/?(?:(?:index|default|home)\.\w{3,5})?(?:#.*)?", re.I)
_SEPARATORS = re.compile(r"[\s>＞»›→/\\|·:：\-—–=]+")
_TOOLS = re.compile(rf"责任编辑|{PRINT_OR_CLOSE.pattern}|字体\s?[:：【\[]|字号\s?[:：]|浏览字号")
_SENTENCE = re.compile(r"[，。；]")
_METAS = re.compile(r"column|site|channel", re.I)
_DIVIDER = re.compile(r"\s*[-_—–|｜·»>/:：]+\s*|\s{2,}")
# Guard: the standard asks for about ten.
MOST_METAS = 20
# Crumbs of a breadcrumb, three tokens each: deeper trees are not printed.
MOST_CRUMBS = 10
# A text so long with two marks of a sentence is prose, not a title.
LONG_TEXT = 60
# Two paragraphs: a list's introduction is shorter, an article's text longer.
MUCH_PROSE = 300


@dataclass(slots=True, frozen=True)
class Crumbs:
    """The breadcrumb's place on the token stream and the name of the last crumb ("" where unreadable)."""

    extent: Extent
    name: str


class PageContext:
    """Judgements about the whole page, each made once."""

    def __init__(self, stream: TokenStream, tree: html.HtmlElement, url: str = "") -> None:
        self.stream = stream
        self.tree = tree
        self.url = url
        # Whether the rows at an extent lie in the page's folder, once it was asked.
        self.in_folder: dict[Extent, bool] = {}

    @property
    def front(self) -> bool:
        """The address is a whole site's: no column has it."""
        return bool(_FRONT.fullmatch(self.url))

    @cached_property
    def base(self) -> str:
        """The address that relative links start from."""
        return base_of(self.tree, self.url)

    @cached_property
    def folder(self) -> Folder:
        """The folder of the page's address: what lies in it is the column's. Empty where that says nothing."""
        return folder_of(self.url) if "://" in self.url else ()

    def folder_to(self, href: str) -> Folder:
        """The folder into which a link of the page leads."""
        return folder_of(join(self.base, any_file(href)) or "")

    @cached_property
    def crumbs(self) -> Crumbs | None:
        """当前位置：首页 > 政务公开 > 通知公告."""
        for i, token in enumerate(self.stream.tokens):
            if token.text and len(token.text) < 80 and WHERE.search(token.text):
                return self._follow(i)
        return None

    def _follow(self, start: int) -> Crumbs:
        """The smallest element around 当前位置 that holds a link holds the way here."""
        element: html.HtmlElement | None = self.stream.tokens[start].element
        extent = (start, start + 1)
        while element is not None:
            wider = self.stream.extent(element)
            if wider[1] - wider[0] > MOST_CRUMBS * 3:
                break
            extent = wider
            if any(token.link >= 0 for token in self.stream.tokens[slice(*extent)]):
                break
            element = element.getparent()
        names = [tidy(name) for name in _SEPARATORS.split(" > ".join(self.stream.texts(start, extent[1])))]
        return Crumbs((start, extent[1]), next((name for name in reversed(names) if name), ""))

    @cached_property
    def crumb_block(self) -> Extent:
        """The block of the page that the breadcrumb opens; the column's rows stand in it, a neighbour's may not."""
        if self.crumbs is None:
            return (0, 0)
        around = self.stream.tokens[self.crumbs.extent[0]].element.iterancestors()
        blocks = (self.stream.extent(one) for one in around)
        return next((block for block in blocks if block[1] > self.crumbs.extent[1]), (0, 0))

    @cached_property
    def names(self) -> frozenset[str]:
        """What the page calls itself: in its breadcrumb, its title, its meta tags."""
        said = self.stream.texts(*self.crumbs.extent) if self.crumbs else []
        said.append(self.tree.findtext(".//title") or "")
        metas = (meta for meta in self.tree.iter("meta") if _METAS.search(meta.get("name") or ""))
        said += [meta.get("content") or "" for meta in islice(metas, MOST_METAS)]
        names = (name for text in said for name in _DIVIDER.split(tidy(text[:200])))
        return frozenset(name for name in names if len(name) > 1)

    @cached_property
    def article_weight(self) -> int:
        """How much speaks for an article, prose left aside: 2 is enough where no pager says otherwise.

        A list may have buttons to print and to close, but no 上一篇 and no title of an article.
        """
        metas = {(meta.get("name") or "").lower() for meta in self.tree.iter("meta") if meta.get("content")}
        texts = [token.text for token in self.stream.tokens if 1 < len(token.text) < 40]
        tools = sum(bool(_TOOLS.search(text)) for text in texts)
        return 2 * ("articletitle" in metas) + 2 * any(map(NEXT_ARTICLE.match, texts)) + (tools > 1)

    @property
    def is_article(self) -> bool:
        """Running text, or an article's own marks."""
        return self.article_weight > 1 or self.prose_outside((0, 0)) >= MUCH_PROSE

    def prose_outside(self, extent: Extent) -> int:
        """Characters of running text that no link carries, outside the rows."""
        tokens = self.stream.tokens[: extent[0]] + self.stream.tokens[extent[1] :]
        long = (token.text for token in tokens if token.link < 0 and len(token.text) >= LONG_TEXT)
        return sum(len(text) for text in long if len(_SENTENCE.findall(text)) > 1)
