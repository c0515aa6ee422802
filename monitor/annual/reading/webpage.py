"""Web pages: the part that holds the report, as paragraphs and tables; the page's own title and day."""

from itertools import islice

from lxml import html

from crawler.documents.document import Document, squeeze
from crawler.documents.webpage import blocks_of
from crawler.page.page import Page
from crawler.readers.articles.article import read_article
from monitor.annual.reading.headings import heading_of

LONGEST_HEADING = 60
MOST_NODES = 30
_HOLDERS = ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "span", "strong", "b", "td", "section", "li")


def read_page(page: Page) -> Document:
    """A document of a web page. Never raises."""
    article = read_article(page)
    blocks = tuple(blocks_of(_home(page.tree)))
    return Document("html", blocks, article.title or "", article.published)


def _home(tree: html.HtmlElement) -> html.HtmlElement:
    """The smallest element that holds every heading of the report; the whole body without headings."""
    heads = [element for element in tree.iter(*_HOLDERS) if _is_heading(element)]
    body = next(iter(tree.iter("body")), tree)
    if len(heads) < 2:
        return body
    first, last = ([*reversed(list(head.iterancestors())), head] for head in (heads[0], heads[-1]))
    shared = [one for one, other in zip(first, last, strict=False) if one is other]
    return shared[-1] if shared else body


def _is_heading(element: html.HtmlElement) -> bool:
    nodes = list(islice(element.iter(), MOST_NODES + 1))
    if len(nodes) > MOST_NODES:
        return False
    text = squeeze("".join(element.itertext())[: 2 * LONGEST_HEADING])
    return len(text) <= LONGEST_HEADING and heading_of(text) is not None
