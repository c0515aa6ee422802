"""Labels and their values: 来源：新华社, a table's 索引号 | 0001, a header row over a row of values.

A vocabulary names the labels that matter; what a value is for is its reader's business.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise

from lxml import html

from crawler.page.lines import SEPARATOR, Line, ancestors
from crawler.page.model import CELLS
from rules.vocabulary.white_space import squeeze

# Characters: a record of ten fields in one line takes three hundred; what follows is prose.
LONGEST_BYLINE = 400
COLON = ":：∶︰"
_STRIP = " \t" + SEPARATOR + COLON + "[]【】()（）<>《》|｜/*-—·．.、,，;；"
_OPENING, _CLOSING = "[【(（", "]】)）"
_HAN = "一-鿿"
_CITED = r"(?<![“‘「『\"])(?<![“‘「『\"]\s)(?<![注标]明)(?<![注标]明\s)"
# With one of these every label in a text ends: a thousand labels are looked for only where one stands.
_ENDS = re.compile(rf"[{COLON}】\]]|(?:19|20)\d\d[-年/.]")
_OTHER_LABEL = re.compile(rf"[\s{SEPARATOR}|｜，,；;][{_HAN}]{{2,6}}\s?[{COLON}]")


@dataclass(slots=True, frozen=True)
class Field:
    """`value` is the short value; `rest` all that stands before the next label. `at` and `until` are the
    lines of the label and of the value. `alone` labels have a cell or a line of their own."""

    label: str
    value: str
    rest: str
    at: int
    until: int
    alone: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """The labels to look for, written without spaces; `others` only end the values of the rest."""

    words: frozenset[str]
    others: frozenset[str] = frozenset()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """A label and its colon (or its day); short labels must not be the tail of another word, and none is one
        that the text merely quotes or asks to be named (凡注明“来源：…”)."""
        every = sorted(self.words | self.others, key=len, reverse=True)
        long = "|".join(_spaced(word) for word in every if len(word) > 3)
        short = "|".join(_spaced(word) for word in every if len(word) <= 3)
        choices = [long, rf"(?<![{_HAN}A-Za-z0-9])(?:{short})"]
        end = rf"\s*(?:[】\]]\s*[{COLON}]?|[)）]?\s*(?:[{COLON}]|(?=(?:19|20)\d\d[-年/.])))"
        return re.compile(rf"{_CITED}(?:{'|'.join(filter(None, choices))}){end}")

    def alone(self, text: str) -> str | None:
        """The label that `text` is and nothing else, with or without its colon."""
        if len(text) > 24:
            return None
        bare = squeeze(text).strip(_STRIP)
        return bare if bare in self.words or bare in self.others else None


def _spaced(word: str) -> str:
    return r"\s*".join(map(re.escape, word))


def read_fields(lines: Sequence[Line], words: Vocabulary) -> list[Field]:
    """Every labelled value of the lines, in the order of reading; the value is "" where none is shown."""
    found: list[Field] = []
    under_header = header_values(lines, words)
    for at, line in enumerate(lines):
        if at in under_header:
            found.append(under_header[at])
        elif label := words.alone(line.text):
            found.append(_value_below(lines, at, label, words))
        else:
            found.extend(_within(line, at, words))
    return [one for one in found if one.label in words.words]


def _within(line: Line, at: int, words: Vocabulary) -> Iterable[Field]:
    marked = line.marked[:LONGEST_BYLINE]
    hits = list(words.pattern.finditer(marked)) if _ENDS.search(marked) else []
    for number, hit in enumerate(hits):
        end = hits[number + 1].start() if number + 1 < len(hits) else len(marked)
        rest = marked[hit.end() : end]
        label = squeeze(hit.group()).strip(_STRIP)
        yield Field(label, short(rest), rest.replace(SEPARATOR, " ").strip(), at, at)
    if not hits and 1 < len(line.parts) <= 12:
        yield from _parted(line, at, words)


def _parted(line: Line, at: int, words: Vocabulary) -> Iterable[Field]:
    """Label and value in two elements of one line, with no colon between."""
    for here, there in pairwise(line.parts):
        label = words.alone(here)
        if label and not words.alone(there):
            yield Field(label, short(there), there, at, at)


def _value_below(lines: Sequence[Line], at: int, label: str, words: Vocabulary) -> Field:
    """A label with a cell or line of its own: the value is the next line, if that is no label too."""
    if at + 1 < len(lines):
        below = lines[at + 1]
        another = words.alone(below.text) or words.pattern.match(below.marked)
        if not another and _beside(lines[at], below):
            return Field(label, short(below.marked), below.text, at, at + 1, alone=True)
    return Field(label, "", "", at, at, alone=True)


def value_cell(label: Line) -> html.HtmlElement | None:
    """The cell that answers a label's cell: the next one of the row, or the dd under the dt."""
    cell = next((node for node in islice(ancestors(label.element), 4) if node.tag in CELLS), None)
    if cell is None or cell.tag == "dd":
        return None
    return next((node for node in cell.itersiblings() if node.tag in CELLS), None)


def _beside(label: Line, value: Line) -> bool:
    """The value's line is in the cell beside the label's, or in its list item or block, or in the one after it."""
    cell = value_cell(label)
    if cell is not None:
        return cell in islice(ancestors(value.element), 8)
    near = list(islice(ancestors(label.element), 3))
    if label.element.tag in CELLS or label.text[-1] in COLON:
        return any(node in near for node in islice(ancestors(value.element), 6))
    return value.element.getparent() is label.element.getparent()


def header_values(lines: Sequence[Line], words: Vocabulary) -> dict[int, Field]:
    """Line of a header cell -> its label with the text of the cell below it, where a whole row is labels."""
    rows: dict[html.HtmlElement, list[int]] = {}
    for at, line in enumerate(lines):
        row = line.element.getparent()
        if line.element.tag in ("td", "th") and row is not None and row.tag == "tr":
            rows.setdefault(row, []).append(at)
    found: dict[int, Field] = {}
    for row, cells in rows.items():
        labels = [words.alone(lines[at].text) for at in cells]
        below = _row_below(row) if len(cells) > 1 and all(labels) else None
        if below is not None:
            texts = [squeeze_cell(cell) for cell in below if cell.tag in ("td", "th")]
            for at, label in zip(cells, labels, strict=True):
                place = row.index(lines[at].element)
                if label and place < len(texts) and not words.alone(texts[place]):
                    found[at] = Field(label, short(texts[place]), texts[place], at, at, alone=True)
    return found


def _row_below(row: html.HtmlElement) -> html.HtmlElement | None:
    below = next(row.itersiblings("tr"), None)
    section = row.getparent()
    if below is None and section is not None and section.tag in ("thead", "tbody"):
        below = next((one for rest in section.itersiblings() for one in rest.iter("tr")), None)
    return below if below is not None and len(below) == len(row) else None


def squeeze_cell(cell: html.HtmlElement) -> str:
    """The text of a cell on one line."""
    return " ".join("".join(cell.itertext()).split())


def short(text: str) -> str:
    """The value itself: what follows a border, a wide gap or another label is cut off, brackets undone."""
    text = text.strip(" \t|｜" + SEPARATOR)
    text = text.split(SEPARATOR)[0]
    other = _OTHER_LABEL.search(text)
    if other:
        text = text[: other.start()]
    text = text.strip(" \t|｜;；,，")
    if text and text[-1] in _CLOSING and not any(mark in text for mark in _OPENING):
        text = text[:-1]
    if text and text[-1] in _OPENING:
        text = text[:-1]
    return text.strip()
