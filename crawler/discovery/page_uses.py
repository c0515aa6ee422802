"""What a page is for besides listing postings: to show letters, to be filled in, to search."""

import re
from collections.abc import Sequence

from crawler.listing.source import read_letters
from crawler.outcomes.outcome import see_letters
from crawler.page.addresses import split
from crawler.page.page import Page
from crawler.page.values import Expectation
from crawler.page.visible_text import visible_text
from rules.vocabulary.terms import Outcome

# Words of letters, in a page's names or in what it shows outside links: a table of cases has subjects, days and
# states too (办件公示). 咨询, 投诉, 信箱 stand in the foot of every page; 答复 in the names of lists of 建议提案.
_LETTERS = re.compile(r"来信|信件|写信|留言|诉求|回音|网友")
_NAMED_LETTERS = re.compile(r"信箱|来信|信件|写信|留言|诉求|回音|问政|咨询")
# One alone is the page of a letter.
FEWEST_LETTERS = 2
# Fields that ask for no words of the visitor's own.
_UNASKED = ("hidden", "submit", "button", "image", "reset", "checkbox", "radio")
_SEARCH_FOR = re.compile(r"[?&](?:q|kw|wd|keywords?|query|search\w*)=", re.I)
_SEARCH_PATH = re.compile(r"/(?:\w{0,8}(?<!re)search\w{0,8}|sousuo|jiansuo)(?:[./]|$)", re.I)


def holds_letters(page: Page, expect: Expectation, names: Sequence[str]) -> bool:
    """Whether its rows are letters: most show a state, an answer or a number, and words of letters stand beside."""
    letters = read_letters(page)
    told = [row for row in letters.entries if row.status or row.answered or row.number]
    if len(told) < FEWEST_LETTERS or 2 * len(told) < len(letters.entries):
        return False
    if see_letters(page, letters, expect).outcome is not Outcome.READ:
        return False
    return any(map(_NAMED_LETTERS.search, names)) or bool(_LETTERS.search(visible_text(page).plain))


def fields_to_fill_in(page: Page) -> int:
    """How many fields it has for a visitor's own words: a text's counts twice, nobody searches in one."""
    texts = sum(1 for _text in page.tree.iter("textarea"))
    asked = sum((field.get("type") or "text").lower() not in _UNASKED for field in page.tree.iter("input"))
    return 2 * texts + asked + sum(1 for _choice in page.tree.iter("select"))


def answers_search(page: Page) -> bool:
    """Whether its address asks for words, or is a search's by its folder and the page asks for words."""
    parts = split(page.url)
    if _SEARCH_FOR.search(f"?{parts.query}"):
        return True
    return bool(_SEARCH_PATH.search(parts.path)) and next(page.tree.iter("input"), None) is not None
