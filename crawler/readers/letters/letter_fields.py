"""The lines of a mailbox's page and the labelled values among them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from lxml import html

from crawler.page.boilerplate import is_footer
from crawler.page.labels import Field, read_fields, short
from crawler.page.lines import CELLS, Line, ancestors, read_lines
from crawler.page.page import Page
from crawler.readers.articles.zone import bare_date
from crawler.readers.letters.letter_labels import KINDS, PERSONS, WORDS
from crawler.readers.letters.office_words import unit_of

_DAYS_OF = {"question": "来信时间", "answer": "回复时间"}


def shown_lines(page: Page) -> list[Line]:
    """The shown lines up to the footer. The only line of a cell stands for the cell, however it is wrapped."""
    lines = [line for line in read_lines(page) if not line.hidden]
    footer = next((at for at, line in enumerate(lines) if at and is_footer(line.text)), len(lines))
    cells = [_cell(line) for line in lines[:footer]]
    counts = Counter(cells)
    return [
        replace(line, element=cell) if cell is not None and counts[cell] == 1 else line
        for line, cell in zip(lines, cells, strict=False)
    ]


def _cell(line: Line) -> html.HtmlElement | None:
    return next((node for node in islice(ancestors(line.element), 4) if node.tag in CELLS), None)


def letter_fields(lines: Sequence[Line]) -> list[Field]:
    """Every labelled value. 来信：2023-09-01 is the day of the letter, not its text; under 回复人 only an office
    counts."""
    found = (_meant(_nested(lines, one)) for one in read_fields(lines, WORDS))
    return [one for one in found if one.label not in PERSONS or unit_of(one.value)]


def _nested(lines: Sequence[Line], one: Field) -> Field:
    """A label that is its block's own text names the block within: <li>来信日期<p>2021-04-01</p></li>."""
    if not one.alone or one.value or one.at + 1 >= len(lines):
        return one
    value = lines[one.at + 1]
    if value.element.getparent() is not lines[one.at].element or WORDS.alone(value.text):
        return one
    return replace(one, value=short(value.marked), rest=value.text, until=one.at + 1)


def _meant(one: Field) -> Field:
    day = _DAYS_OF.get(KINDS.get(one.label, ""))
    return replace(one, label=day) if day and bare_date(one.rest) else one
