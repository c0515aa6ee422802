"""A part of a web page as paragraphs, tables and pictures."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import TypeAlias

from lxml import html

from crawler.documents.document import (
    Block,
    Box,
    Document,
    Grid,
    Paragraph,
    Picture,
    collapse_blanks,
    take_apart,
)
from crawler.documents.plain_text import read_text
from crawler.page.page import Page
from crawler.page.span_grid import MOST_COLUMNS, MOST_ROWS, html_cells, html_rows, spanning

MOST_THINGS = 200_000  # texts, elements and tables walked of one page
LONGEST_CELL = 2000  # characters read of a cell
_SILENT = frozenset(
    {"script", "style", "noscript", "template", "head", "nav", "select", "button", "textarea"}
)
_FLOWING = frozenset(
    {"a", "b", "i", "u", "s", "em", "strong", "span", "font", "sub", "sup", "small", "big", "mark", "label"}
)
Part: TypeAlias = Callable[[html.HtmlElement], html.HtmlElement]
Thing: TypeAlias = "html.HtmlElement | str | Grid | None"


def read_page(page: Page, part: Part | None = None) -> Document:
    """A document of a web page, or of the part of its tree that holds what is asked for. Never raises."""
    return Document("html", tuple(blocks_of(part(page.tree) if part else page.tree)))


def blocks_of(home: html.HtmlElement) -> Iterator[Block]:
    """What an element shows, in reading order. Never raises."""
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
    """Words, tables and pictures, None where a line ends. Without recursion: pages nest deeper than Python does."""
    waiting: list[Thing] = [home]
    while waiting:
        thing = waiting.pop()
        if thing is None or isinstance(thing, str | Grid):
            yield thing
        elif thing.tag == "img":
            yield Picture()
        elif thing.tag == "pre":
            yield from read_text("".join(thing.itertext())).blocks
        elif isinstance(thing.tag, str) and thing.tag not in _SILENT:
            waiting += reversed(list(_table(thing) if thing.tag == "table" else _inside(thing)))


def _inside(element: html.HtmlElement) -> Iterator[Thing]:
    line: list[None] = [] if element.tag in _FLOWING else [None]
    yield from line
    yield element.text or ""
    for child in element:
        yield child
        yield child.tail or ""
    yield from line


def _paragraph(words: list[str]) -> Iterator[Paragraph]:
    text = collapse_blanks("".join(words))
    words.clear()
    if text:
        yield Paragraph(text)


def _table(table: html.HtmlElement) -> Iterator[Thing]:
    rows = [html_cells(row)[:MOST_COLUMNS] for row in islice(html_rows(table), MOST_ROWS)]
    yield from table.iterchildren("caption")
    for piece in take_apart([[_box(cell) for cell in row] for row in rows]):
        if isinstance(piece, Grid):
            yield piece
        else:
            yield from rows[piece]
    yield None


def _box(cell: html.HtmlElement) -> Box:
    nested = next(cell.iter("table"), None) is not None
    text = "" if nested else collapse_blanks("".join(cell.itertext())[:LONGEST_CELL])
    spans = spanning(cell)
    return Box(text, spans.columns, spans.rows, frame=nested)
