"""A mailbox's list as cards: each letter a block in which every value has its label."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from lxml import html

from crawler.page.labels import Field
from crawler.page.lines import Line, ancestors
from crawler.page.titles import is_button
from crawler.readers.letters.letter_fields import letter_fields
from crawler.readers.letters.letter_labels import DAY_KINDS, KINDS, LONG_KINDS, PLAIN_DATES

_TELLING = DAY_KINDS | {"status", "number"}
# Guard: pages of letters show up to a hundred.
MOST_CARDS = 500
# Lines of one letter's card: a dozen labels, and a question of a few paragraphs.
MOST_LINES = 40
# Guard: a block with more holds several cards.
MOST_ELEMENTS = 400


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
    marks = sorted({one.at for one in fields if one.label == key})[:MOST_CARDS]
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
        holders = set() if block is None else set(islice(block.iter(), MOST_ELEMENTS))
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
        blocks.append(_largest(alone) if len(marks) > 1 else _lone(alone))
    return blocks


def _largest(alone: Sequence[html.HtmlElement]) -> html.HtmlElement | None:
    return alone[-1] if alone else None


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
