"""A mailbox's list (信件列表): which letters, when they came, when and by whom they were answered.

Tried in turn: a grid under column names, cards with labels, rows told by what their cells hold, a plain list.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from crawler.page.addresses import find_base
from crawler.page.lines import Line
from crawler.page.measures import measure
from crawler.page.meta import read_meta
from crawler.page.navigation import WHERE_OR_HOME
from crawler.page.page import Page
from crawler.page.values import Entry, LetterList, LetterRow
from crawler.platforms import hanweb
from crawler.readers.letters.cards import find_cards
from crawler.readers.letters.cells import find_grids
from crawler.readers.letters.fields import shown_lines
from crawler.readers.letters.page import read_letter
from crawler.readers.letters.rows import from_cards, from_grid, from_listing
from crawler.readers.letters.unnamed import find_unnamed
from crawler.readers.lists.listing import read_list
from rules.scanners.privacy import masked

__all__ = ["read_letter", "read_letters"]

_OF_ANSWERS = re.compile(r"回复|答复|回音|反馈|办理结果|办结")
_STORE = re.compile(
    r"<script\b[^<>]{0,300}>\s{0,99}<datastore\b.*?</datastore>\s{0,99}</script>", re.I | re.S
)


def read_letters(page: Page) -> LetterList:
    """What one page of a mailbox's list shows. Never raises; a page that is no such list has no rows."""
    listing = read_list(page)
    rows = [replace(row, subject=masked(row.subject)) for row in _rows(_unpacked(page), listing.entries)]
    return LetterList(
        rows=tuple(rows),
        next_page=listing.next_page,
        stated_total=listing.stated_total,
        stated_pages=listing.stated_pages,
        says_empty=None if rows else listing.says_empty,
    )


def _unpacked(page: Page) -> Page:
    """The page with the rows of 大汉's store put where the script would put them."""
    store = hanweb.find_store(page.text) if "<datastore" in page.text.lower() else None
    if store is None or not store.records:
        return page
    rows = "".join(store.records)
    table = f"<table>{rows}</table>" if "<tr" in rows[:200].lower() else f"<div>{rows}</div>"
    text, found = _STORE.subn(lambda _script: table, page.text, count=1)
    return Page(
        page.url, (text if found else table).encode(), headers={"content-type": "text/html; charset=utf-8"}
    )


def _rows(page: Page, entries: Sequence[Entry]) -> list[LetterRow]:
    """The rows of the first way of reading that finds any."""
    base = find_base(page)
    lines = shown_lines(page.tree)
    answers = _lists_answers(page, lines)
    sizes = measure(page.tree)
    grids = [from_grid(grid, base, answers) for grid in find_grids(page.tree, sizes)]
    rows = max(grids, key=len, default=[])
    if not rows:
        rows = from_cards(find_cards(lines), lines, base, answers)
    if not rows:
        rows = find_unnamed(page.tree, sizes, base, answers)
    return rows or from_listing(entries, answers)


def _lists_answers(page: Page, lines: Sequence[Line]) -> bool:
    """Whether the column is named one of answers (回复选登): then its only day is the answer's."""
    crumbs = next(
        (line.parts[-1] for line in lines if len(line.text) < 120 and WHERE_OR_HOME.search(line.text)), ""
    )
    column = read_meta(page.tree).get("columnname", "")
    title = next((tag.text_content() for tag in page.tree.iter("title")), "")
    return any(_OF_ANSWERS.search(name) for name in (crumbs, column, title.split("_")[0].split("-")[0]))
