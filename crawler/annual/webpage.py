"""Web pages: the part that holds the report, as paragraphs and tables; the page's own title and day."""

from collections.abc import Iterator
from itertools import islice

from lxml import html

from crawler.annual.document import Block, Document, Grid, Paragraph, Picture, squeeze
from crawler.annual.headings import heading_of
from crawler.annual.spans import Box, lay
from crawler.reading.article import read_article
from crawler.reading.page import Page

MOST_THINGS = 200_000
LONGEST_CELL = 2000
LONGEST_LABEL = 300
LONGEST_HEADING = 60
MOST_NODES = 30
MOST_ROWS = 400
MOST_COLUMNS = 60
_SILENT = frozenset(
    {"script", "style", "noscript", "template", "head", "nav", "select", "button", "textarea"}
)
_HOLDERS = ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "span", "strong", "b", "td", "section", "li")
_FLOWING = frozenset(
    {"a", "b", "i", "u", "s", "em", "strong", "span", "font", "sub", "sup", "small", "big", "mark", "label"}
)


def read_page(page: Page) -> Document:
    """A document of a web page. Never raises."""
    article = read_article(page)
    blocks = tuple(_blocks(_home(page.tree)))
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


def _blocks(home: html.HtmlElement) -> Iterator[Block]:
    words: list[str] = []
    for thing in islice(_walk(home), MOST_THINGS):
        if isinstance(thing, str):
            words.append(thing)
            continue
        yield from _paragraph(words)
        if thing is not None:
            yield thing
    yield from _paragraph(words)


def _walk(home: html.HtmlElement) -> Iterator[str | Block | None]:
    """Words, tables and pictures in reading order, None where a line ends. Without recursion: pages nest
    deeper than Python does."""
    waiting: list[html.HtmlElement | str | None] = [home]
    while waiting:
        thing = waiting.pop()
        if thing is None or isinstance(thing, str):
            yield thing
        elif isinstance(thing.tag, str) and thing.tag not in _SILENT:
            whole = _whole(thing)
            if whole is not None:
                yield whole
            else:
                waiting += reversed(_inside(thing))


def _whole(element: html.HtmlElement) -> Grid | Picture | None:
    """What is taken as one piece."""
    if element.tag == "img":
        return Picture()
    return _grid(element) if element.tag == "table" else None


def _inside(element: html.HtmlElement) -> list[html.HtmlElement | str | None]:
    line: list[None] = [] if element.tag in _FLOWING else [None]
    inner: list[html.HtmlElement | str | None] = [element.text or ""]
    for child in element:
        inner += [child, child.tail or ""]
    return [*line, *inner, *line]


def _paragraph(words: list[str]) -> Iterator[Paragraph]:
    text = squeeze("".join(words))
    words.clear()
    if text:
        yield Paragraph(text)


def _grid(table: html.HtmlElement) -> Grid | None:
    """A table of data; None for layout: tables inside, never two cells side by side, or a page of prose in one."""
    if table.find(".//table") is not None:
        return None
    rows = [[cell for cell in row if cell.tag in ("td", "th")][:MOST_COLUMNS] for row in table.iter("tr")]
    if all(len(row) < 2 for row in rows):
        return None
    boxes = [[_box(cell) for cell in row] for row in rows[:MOST_ROWS]]
    if any(len(box.text) > LONGEST_LABEL for row in boxes for box in row):
        return None
    return Grid(tuple(lay(boxes)))


def _box(cell: html.HtmlElement) -> Box:
    text = squeeze("".join(cell.itertext())[:LONGEST_CELL])
    return Box(text, _span(cell, "colspan", MOST_COLUMNS), _span(cell, "rowspan", MOST_ROWS))


def _span(cell: html.HtmlElement, name: str, most: int) -> int:
    value = (cell.get(name) or "1").strip()
    return min(max(int(value), 1), most) if value.isascii() and value.isdigit() and len(value) < 6 else 1
