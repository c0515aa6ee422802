"""A mailbox's list (信件列表): which letters, when they came, when and by whom they were answered.

Tried in turn: a table under column names, cards with labels, rows recognised by what their cells hold, a plain list.
"""

import re
from collections.abc import Sequence

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
from rules.vocabulary.white_space import squeeze

# 共收到来信120封: what the mailbox says of itself, of which it may show only those that are public.
_RECEIVED = re.compile(
    r"(?:共|累计|总共|已)(?:计|收到|受理|接收|接到|有)+(?:群众|网民|网友|市民|公众|有效|各类)*"
    r"(?:来信|信件|留言|诉求|咨询|投诉|邮件)(?:总数|数量|数)?(?:共|为)?[:：]?\s*(\d{1,7})\s*(?:封|件|条|个)"
)
_OF_ANSWERS = re.compile(r"回复|答复|回音|反馈|办理结果|办结")
# Characters of a line of figures; what is longer is a letter that speaks of letters.
LONGEST_FIGURE = 80


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
    return tuple(rows)


def stated_letters(page: Page) -> int | None:
    """How many letters the mailbox says it received, in a line of its own; None where it does not say."""
    said = (
        _RECEIVED.search(squeeze(line.text)) for line in shown_lines(page) if len(line.text) <= LONGEST_FIGURE
    )
    return max((int(match[1]) for match in said if match), default=None)


def _lists_answers(page: Page, lines: Sequence[Line]) -> bool:
    """Whether the column is named one of answers (回复选登): then its only day is the answer's."""
    crumbs = next(
        (line.parts[-1] for line in lines if len(line.text) < 120 and WHERE_OR_HOME.search(line.text)), ""
    )
    column = read_meta(page.tree).get("columnname", "")
    title = next((tag.text_content() for tag in page.tree.iter("title")), "")
    return any(_OF_ANSWERS.search(name) for name in (crumbs, column, title.split("_")[0].split("-")[0]))
