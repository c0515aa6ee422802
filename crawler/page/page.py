"""One answer of a web server, as bytes, with its text and its tree made once and only when asked for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree, html

from crawler.page.budget import MOST_CHARS, TooCostly, check_bounds
from crawler.page.decode import decode
from crawler.page.model import PageModel

# libxml2 drops whatever stands after the first </html> or </body>; included page heads often end with one.
_EARLY_END = re.compile(r"</(?:html|body)\s*>", re.I)
_XML_DECLARATION = re.compile(r"<\?xml[^>]{0,200}>")
_EMPTY = "<html></html>"
# lxml.html gives forms and fields classes of their own, by a look-up in Python for every element; nobody needs them.
_CLASSES = etree.ElementDefaultClassLookup(
    element=html.HtmlElement,
    comment=html.HtmlComment,
    pi=html.HtmlProcessingInstruction,
    entity=html.HtmlEntity,
)


@dataclass(frozen=True)
class Page:
    """`url` is the live address after redirects; `asked` the one that was asked for (same if None).
    Header names are lower case. Values never change, so text and tree are computed once."""

    url: str
    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    asked: str | None = None

    @cached_property
    def text(self) -> str:
        """The body as text; whatever it declares, see `crawler.page.decode`. Raises TooCostly."""
        text = decode(self.body, self.headers.get("content-type", ""))
        if len(text) > MOST_CHARS:
            raise TooCostly
        return text

    @cached_property
    def tree(self) -> html.HtmlElement:
        """The lxml tree; an empty body gives an empty <html>. Links stay as printed. Raises TooCostly."""
        text = self.text.strip()
        declared = _XML_DECLARATION.match(text)
        source = _EARLY_END.sub("", text[declared.end() :] if declared else text).strip()
        try:
            return parse(source or _EMPTY)
        except (ValueError, etree.ParserError):
            return parse(_EMPTY)  # a body of comments alone has no root

    @cached_property
    def model(self) -> PageModel:
        """The page as a stream of elements and texts: whoever reads the page reads this."""
        return PageModel(self.tree)


def parse(source: str) -> html.HtmlElement:
    """The tree of some HTML. Raises ParserError where there is no element in it, and TooCostly."""
    check_bounds(source)
    # A parser of its own for each page: a shared one is not safe between threads. Unclosed tags nest deep.
    parser = etree.HTMLParser(huge_tree=True)
    parser.set_element_class_lookup(_CLASSES)
    tree = html.document_fromstring(source, parser=parser)
    if any(error.level == etree.ErrorLevels.FATAL for error in parser.error_log):
        raise TooCostly  # it nests deeper than libxml2 follows: what stands behind is not in the tree
    return tree
