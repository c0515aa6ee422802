"""A mailbox's list (信件列表): which letters, when they came, when and by whom they were answered.

Tried in turn: a table under column names, cards with labels, rows recognised by what their cells hold, a plain list.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from crawler.page.addresses import find_base
from crawler.page.elements import measure
from crawler.page.lines import Line
from crawler.page.meta import read_meta
from crawler.page.page import Page
from crawler.page.page_words import WHERE_OR_HOME
from crawler.page.values import Entry, LetterEntry
from crawler.readers.letters.cells import find_cards, find_tables
from crawler.readers.letters.letter_lines import shown_lines
from crawler.readers.letters.letter_rows import from_cards, from_listing, from_table
from crawler.readers.letters.unnamed import find_unnamed
from rules.scanners.privacy import masked

_OF_ANSWERS = re.compile(r"回复|答复|回音|反馈|办理结果|办结")


def read_letter_rows(page: Page, entries: Sequence[Entry]) -> tuple[LetterEntry, ...]:
    """The letters that one page of a mailbox's list shows; none on a page that is no such list. `entries` are the
    rows that it shows as a plain list."""
    base, lines, sizes = find_base(page), shown_lines(page), measure(page.tree)
    answers = _lists_answers(page, lines)
    tables = [from_table(table, base, answers) for table in find_tables(page.tree, sizes)]
    rows = (
        max(tables, key=len, default=[])
        or from_cards(find_cards(lines), lines, base, answers)
        or find_unnamed(page.tree, sizes, base, answers)
        or from_listing(entries, answers)
    )
    return tuple(replace(row, subject=masked(row.subject)) for row in rows)


def _lists_answers(page: Page, lines: Sequence[Line]) -> bool:
    """Whether the column is named one of answers (回复选登): then its only day is the answer's."""
    crumbs = next(
        (line.parts[-1] for line in lines if len(line.text) < 120 and WHERE_OR_HOME.search(line.text)), ""
    )
    column = read_meta(page.tree).get("columnname", "")
    title = next((tag.text_content() for tag in page.tree.iter("title")), "")
    return any(_OF_ANSWERS.search(name) for name in (crumbs, column, title.split("_")[0].split("-")[0]))
