"""A mailbox's list as rows of cells: a table, or blocks that repeat like one, under a row of column names."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import html

from crawler.page.element_sizes import Measure
from crawler.page.labels import squeeze
from crawler.page.lines import ancestors
from crawler.page.span_grid import columns_of, html_cells
from crawler.readers.letters.letter_labels import (
    DAY_KINDS,
    KINDS,
    OTHERS,
    PERSONS,
    PLAIN_DATES,
    PUBLISHED,
    WORDS,
)

_ALTERNATIVES = re.compile(r"[()（）/、|]")
# Twice what mailboxes show (number, subject, sender, unit, three days, status).
MOST_COLUMNS = 14
# Guard: pages of letters show up to a hundred.
MOST_ROWS = 500
# Guard: one head a table, and pages of few tables.
MOST_HEADS = 40
# A row's elements: its cells, with links and icons in each.
MOST_ELEMENTS = 120
# Characters of a head: fourteen labels of up to ten.
LONGEST_HEAD = 160
_ROWS = ("tr", "ul", "li", "div", "dl", "dd", "a", "p")
_NO_CELLS = frozenset({"script", "style", "br", "input", "col", "colgroup", "i", "hr", "img"})


@dataclass(slots=True, frozen=True)
class LetterTable:
    """`names` are the columns' labels ("" for one not known); `rows` the cells of each row, in order."""

    names: tuple[str, ...]
    rows: tuple[tuple[html.HtmlElement, ...], ...]


def cells_of(row: html.HtmlElement) -> list[html.HtmlElement]:
    """The cells of a table's row, or the children that stand side by side in a block; a lone wrapper is opened."""
    if row.tag == "tr":
        return html_cells(row)
    node = row
    for _ in range(5):
        children = [one for one in node if isinstance(one.tag, str) and one.tag not in _NO_CELLS]
        if len(children) != 1 or _own_text(node):
            return children
        node = children[0]
    return []


def text_of(cell: html.HtmlElement) -> str:
    """The text of a cell; the name of a picture or of a mark where it shows no text (a stamp 已办结)."""
    text = " ".join("".join(cell.itertext()).split())
    if not text:
        marks = (one.get("alt") or one.get("title") or "" for one in cell.iter("img", "i", "em", "span"))
        text = " ".join(filter(None, marks))
    return text


def _own_text(node: html.HtmlElement) -> bool:
    texts = [node.text, *(one.tail for one in node)]
    return any(text and text.strip() for text in texts)


def find_tables(tree: html.HtmlElement, sizes: Mapping[html.HtmlElement, Measure]) -> list[LetterTable]:
    """Every head of at least two known columns, one of them a subject or a date, with the rows that fit it."""
    tables: list[LetterTable] = []
    inside: set[html.HtmlElement] = set()
    for node in tree.iter("tr", "ul", "li", "div", "dl", "dt", "p", "h3", "h4"):
        if node in inside or not _small(sizes[node]):
            continue
        names = _head_names(node)
        if names and len(tables) < MOST_HEADS:
            inside.update(node.iter())
            tables.append(LetterTable(names, tuple(_rows_below(node, len(names), sizes))))
    return [table for table in tables if table.rows]


def _small(size: Measure) -> bool:
    return (
        2 <= size.pieces <= 2 * MOST_COLUMNS and size.chars <= LONGEST_HEAD and size.elements <= MOST_ELEMENTS
    )


def _head_names(node: html.HtmlElement) -> tuple[str, ...] | None:
    cells = cells_of(node)
    if not 2 <= len(cells) <= MOST_COLUMNS:
        return None
    names: list[str] = []
    for cell in cells:
        names += [_name(text_of(cell))] * columns_of(cell)
    known = [name for name in names if name]
    kinds = {KINDS.get(name) for name in known}
    enough = len(known) >= 2 and len(known) * 2 >= len(names)
    asked = {"subject", "question"} & kinds and kinds & (DAY_KINDS | {"status", "unit", "number"})
    dated = bool((PLAIN_DATES | PUBLISHED).intersection(known)) and bool({"subject", "question"} & kinds)
    return tuple(names) if enough and (asked or dated) else None


def _name(text: str) -> str:
    """The column's label, of 受理人(单位) the surest; "" where it is none."""
    whole = squeeze(text).strip(":：[]【】↑↓")
    labels = [one for one in (whole, *_ALTERNATIVES.split(whole)) if one in WORDS.words or one in OTHERS]
    return min(labels, key=lambda one: one in OTHERS or one in PERSONS, default="")


def _rows_below(
    head: html.HtmlElement, columns: int, sizes: Mapping[html.HtmlElement, Measure]
) -> Iterator[tuple[html.HtmlElement, ...]]:
    """Elements after the head with as many cells, within the three blocks around it; never one inside another."""
    around = [node for node, _ in zip(ancestors(head), range(5), strict=False)][1:]
    for holder in around:
        found = _fitting(head, holder, columns, sizes)
        if found:
            yield from found
            return


def _fitting(
    head: html.HtmlElement,
    holder: html.HtmlElement,
    columns: int,
    sizes: Mapping[html.HtmlElement, Measure],
) -> list[tuple[html.HtmlElement, ...]]:
    found: list[tuple[html.HtmlElement, ...]] = []
    taken: set[html.HtmlElement] = set(head.iter())
    past = False
    for node in holder.iter(*(("tr",) if head.tag == "tr" else (head.tag, *_ROWS))):
        past = past or node is head
        if not past or node in taken or sizes[node].elements > MOST_ELEMENTS:
            continue
        if len(found) >= MOST_ROWS:
            break
        cells = cells_of(node)
        if sum(map(columns_of, cells)) == columns and _tells(cells) and not _holds_rows(cells, columns):
            taken.update(node.iter())
            found.append(tuple(cells))
    return found


def _holds_rows(cells: Sequence[html.HtmlElement], columns: int) -> bool:
    """As many rows as there are columns would look like one row."""
    return sum(len(cells_of(cell)) == columns for cell in cells) >= 2


def _tells(cells: Sequence[html.HtmlElement]) -> bool:
    """A row of values: short, with something in at least two cells."""
    texts = [text_of(cell) for cell in cells]
    return sum(bool(text) for text in texts) >= 2 and all(len(text) <= 600 for text in texts)
