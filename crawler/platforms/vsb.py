"""博达 VSB: static lists count down. Of N pages the first is tzgg.htm, the second tzgg/N-1.htm, the last tzgg/1.htm.

The printed link says so itself; only where it is dead does the count in the jump box's script help.
"""

import re
from collections.abc import Iterable

from crawler.page.page import Page
from crawler.page.page_numbers import file_number
from crawler.page.scripts import script_text
from crawler.platforms.platform import Platform
from crawler.readers.pagers.pager_scripts import PagerPlan

_JUMP = re.compile(r"_simple_list_gotopage_fun\s?\(\s?(\d{1,5})\s?,")


class Vsb(Platform):
    """VSB / VSB9 (博达网站群)."""

    name = "vsb"
    label = "博达网站群VSB"

    def recognise(self, page: Page) -> bool:
        return "_simple_list_gotopage_fun" in page.text

    def pagers(self, page: Page) -> Iterable[PagerPlan]:
        jump = _JUMP.search(script_text(page.tree))
        if jump:
            template = "{}.htm" if file_number(page.url) else f"{_folder(page.url)}/{{}}.htm"
            yield PagerPlan(int(jump[1]), template=template, countdown=True)


def _folder(url: str) -> str:
    name = url.partition("?")[0].rstrip("/").rpartition("/")[2]
    return name.rpartition(".")[0] or name
