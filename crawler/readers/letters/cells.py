"""A mailbox's list as rows of cells: a table, or blocks that repeat like one, under a row of column names;
or as cards, each letter a block in which every value has its label.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml import html

from crawler.page.budget import MOST_LETTERS
from crawler.page.elements import Measure
from crawler.page.labels import Field
from crawler.page.lines import Line, ancestors
from crawler.page.span_grid import columns_of, html_cells
from crawler.page.titles import is_button
from crawler.readers.letters.letter_labels import (
    DAY_KINDS,
    KINDS,
    LONG_KINDS,
    OTHERS,
    PERSONS,
    PLAIN_DATES,
    PUBLISHED,
    WORDS,
)
from crawler.readers.letters.letter_lines import letter_fields
from rules.vocabulary.white_space import squeeze

_ALTERNATIVES = re.compile(r"[()（）/、|]")
# Twice what mailboxes show (number, subject, sender, unit, three days, status).
MOST_COLUMNS = 14
# Guard: one head a table, and pages of few tables.
MOST_HEADS = 40
# A row's elements: its cells, with links and icons in each.
MOST_ELEMENTS = 120
# Characters of a head: fourteen labels of up to ten.
LONGEST_HEAD = 160
_ROWS = ("tr", "ul", "li", "div", "dl", "dd", "a", "p")
_NO_CELLS = frozenset({"script", "style", "br", "input", "col", "colgroup", "i", "hr", "img"})
_TELLING = DAY_KINDS | {"status", "number"}
# Lines of one letter's card: a dozen labels, and a question of a few paragraphs.
MOST_LINES = 40
# Guard: a block with more holds several cards.
MOST_IN_CARD = 400


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
    return " ".join("".join(cell.itertext()).split()) or name_of_mark(cell)


def name_of_mark(place: html.HtmlElement) -> str:
    """The names of the pictures and marks inside, "" where they have none."""
    marks = (one.get("alt") or one.get("title") or "" for one in place.iter("img", "i", "em", "span"))
    return " ".join(filter(None, marks))


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
        if len(found) >= MOST_LETTERS:
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


@dataclass(slots=True, frozen=True)
class Card:
    """Lines `start` to `stop` of the page and the fields among them."""

    start: int
    stop: int
    fields: tuple[Field, ...]


def find_cards(lines: Sequence[Line]) -> list[Card]:
    """Blocks around every occurrence of the label that repeats most; at least two kinds of values in each."""
    fields = [one for one in letter_fields(lines) if KINDS.get(one.label) not in LONG_KINDS or one.value]
    key = _key(fields)
    if key is None:
        return []
    marks = sorted({one.at for one in fields if one.label == key})[:MOST_LETTERS]
    places = [one.at for one in fields]
    cards = []
    for start, stop in _reach_back(lines, _bounds(lines, marks)):
        own = tuple(fields[bisect_left(places, start) : bisect_left(places, stop)])
        if own:
            cards.append(Card(start, stop, own))
    return cards


def _key(fields: Sequence[Field]) -> str | None:
    """The label met most often; of equals, the one met first."""
    counts = Counter(
        one.label
        for one in fields
        if one.value and (KINDS.get(one.label, "") in _TELLING or one.label in PLAIN_DATES)
    )
    return counts.most_common(1)[0][0] if counts else None


def _bounds(lines: Sequence[Line], marks: Sequence[int]) -> list[tuple[int, int]]:
    """First and last line of each card: the largest block that holds one mark and no other, else up to the next."""
    bounds = []
    for block, mark, after in zip(_blocks(lines, marks), marks, [*marks[1:], len(lines)], strict=True):
        start, stop = mark, mark + 1
        holders = set() if block is None else set(islice(block.iter(), MOST_IN_CARD))
        while mark - start < MOST_LINES and start > 0 and lines[start - 1].element in holders:
            start -= 1
        while stop < min(after, mark + MOST_LINES) and (block is None or lines[stop].element in holders):
            stop += 1
        bounds.append((start, stop))
    return bounds


def _blocks(lines: Sequence[Line], marks: Sequence[int]) -> list[html.HtmlElement | None]:
    counts: Counter[html.HtmlElement] = Counter()
    for mark in marks:
        counts.update(set(ancestors(lines[mark].element)))
    blocks: list[html.HtmlElement | None] = []
    for mark in marks:
        alone = [node for node in ancestors(lines[mark].element) if counts[node] == 1]
        blocks.append(_lone(alone) if len(marks) == 1 else alone[-1] if alone else None)
    return blocks


def _lone(alone: Sequence[html.HtmlElement]) -> html.HtmlElement | None:
    """The only card of a page: the nearest item or block with a link."""
    for node in alone:
        if node.tag in ("li", "tr", "dl", "table", "div") and node.find(".//a[@href]") is not None:
            return node
    return None


def _reach_back(lines: Sequence[Line], bounds: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where a card holds no link, its heading stands above it: the lines back to the card before, at most three."""
    found: list[tuple[int, int]] = []
    floor = max(bounds[0][0] - 3, 0) if bounds else 0
    for start, stop in bounds:
        if not any(line.linked for line in lines[start:stop]):
            heads = [at for at in range(max(floor, start - 3), start) if _is_heading(lines[at])]
            found.append((heads[-1] if heads else start, stop))
        else:
            found.append((start, stop))
        floor = stop
    return found


def _is_heading(line: Line) -> bool:
    """One link and nothing beside it: no row of navigation."""
    return line.is_link and len(line.parts) == 1 and not is_button(line.text)
