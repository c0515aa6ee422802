"""博达 VSB: static lists count down. Of N pages the first is tzgg.htm, the second tzgg/N-1.htm, the last tzgg/1.htm.

The printed link says so itself; only where it is dead does the count in the jump box's script help.
"""

import re

from crawler.page.addresses import join
from crawler.page.page_urls import file_number
from crawler.page.values import PageRequest

_JUMP = re.compile(r"_simple_list_gotopage_fun\s?\(\s?(\d{1,5})\s?,")


def find_turn(text: str, url: str, current: int) -> PageRequest | None:
    """The page after number `current` (from 1), or None on the last page and on other systems' pages."""
    jump = _JUMP.search(text)
    if not jump:
        return None
    following = int(jump[1]) - current
    if following < 1:
        return None
    target = join(url, f"{following}.htm" if file_number(url) else f"{_folder(url)}/{following}.htm")
    return PageRequest(target) if target else None


def _folder(url: str) -> str:
    name = url.partition("?")[0].rstrip("/").rpartition("/")[2]
    return name.rpartition(".")[0] or name
