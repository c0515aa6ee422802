"""帝国 EmpireCMS: the number of rows stands in the pager as a bare number, told only by the link's tip.

    <a title="总数">&nbsp;<b>26</b></a>&nbsp;<b>1</b>&nbsp;<a href="/news/index_2.html">2</a> …

Lists made on demand (/e/action/ListInfo/?classid=7&page=1) count their pages from 0; their links say so themselves.
"""

import re
from collections.abc import Iterable
from itertools import islice

from crawler.page.page import Page
from crawler.platforms.platform import Platform
from crawler.readers.pagers.pager_scripts import PagerPlan

_TIP = re.compile(r"\s*(?:total\s?records?|总数)\s*", re.I)
_MARK = re.compile(r"title\s?=\s?[\"']?\s?(?:total\s?record|总数)", re.I)
MOST_LINKS = 2_000
WORDS = ("总数", "otal record", "otal Record")  # a plain search first: it is asked of every page


class Empire(Platform):
    """帝国CMS."""

    name = "empire"
    label = "帝国CMS"

    def recognise(self, page: Page) -> bool:
        return any(word in page.text for word in WORDS) and bool(_MARK.search(page.text))

    def pagers(self, page: Page) -> Iterable[PagerPlan]:
        for link in islice(page.tree.iter("a"), MOST_LINKS):
            text = "".join(islice(link.itertext(), 9)).strip()
            if _TIP.fullmatch(link.get("title") or "") and text.isdecimal() and len(text) < 8:
                yield PagerPlan(rows=int(text))
                return
