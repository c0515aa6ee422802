"""拓尔思 TRS WCM (海云): static lists index.html, index_1.html …, whose pager a script draws from four values.

createPageHTML(pages, current, "index", "html") counts from 0. Templates of the later versions put a block's id first
and the number of rows last, and count from 1: createPageHTML("page_div", 50, 1, "index", "html", 991).
Where the call stands in a file of its own, the page sets the same values as variables (_PAGE_COUNT …).
"""

import re
from collections.abc import Iterable

from crawler.page.page import Page
from crawler.page.scripts import script_text
from crawler.platforms.platform import Platform
from crawler.readers.pagers.pager_scripts import PagerPlan, literal_arguments

# `function createPageHTML(…)` is the script itself, not its call.
_CALL = re.compile(r"(?<!function )\bcreatePage\w{0,12}\s?\(([^(){};]{3,300})\)", re.I)
_STEM = re.compile(r"[\w./-]{1,80}")


class Trs(Platform):
    """TRS WCM, TRS 海云."""

    name = "trs"
    label = "拓尔思TRS"

    def recognise(self, page: Page) -> bool:
        return "createPage" in page.text

    def pagers(self, page: Page) -> Iterable[PagerPlan]:
        calls = _CALL.finditer(script_text(page.tree))
        return (plan for call in calls if (plan := _read_call(call[1])))


def _read_call(text: str) -> PagerPlan | None:
    """None where the server left its placeholders in, or the first word is no file's name."""
    arguments = literal_arguments(text)
    named = bool(arguments) and isinstance(arguments[0], str)
    numbers = [one for one in arguments if isinstance(one, int)]
    words = [one for one in arguments[named:] if isinstance(one, str)]
    if len(numbers) < 2 or not words or not _STEM.fullmatch(words[0]):
        return None
    pages, current = numbers[:2]
    from_one = named and current > 0
    rows = numbers[2] if len(numbers) > 2 and numbers[2] >= pages else None
    extension = words[1] if len(words) > 1 else "html"
    return PagerPlan(pages, rows, current + (not from_one), from_one - 1, words[0], extension)
