"""Where an answer sends its reader on: by Location, by meta refresh, or by a script that does nothing else."""

import re

from crawler.discovery.page_links import absolute
from crawler.page.list_place import frame_of
from crawler.page.page import Page
from crawler.page.visible_text import visible_text

# Characters shown: a page that only sends on says so in a sentence.
LITTLE = 200
_REFRESH = re.compile(r"\s*(\d{1,3})(?:\.\d+)?\s*[;,]\s*url\s*=\s*['\"]?\s*([^'\"\s>]+)", re.I)
_MOVES = re.compile(
    r"(?:window|self|top|parent|document)?\.?location(?:\.href)?\s*=\s*['\"]([^'\"\s]{1,300})['\"]"
    r"|location\.(?:replace|assign)\(\s*['\"]([^'\"\s]{1,300})['\"]"
)


def jump_of(page: Page) -> str:
    """The absolute address the reader is sent on to; "" where he stays."""
    if 300 <= page.status < 400:
        return absolute(page.url, page.headers.get("location"))
    target = absolute(page.url, _refresh(page) or _script(page))
    return "" if target == page.url else target


def frame_in(page: Page) -> str:
    """The absolute address of the frame that holds what the page is about; "" if there is none."""
    return absolute(page.url, frame_of(page))


def _refresh(page: Page) -> str:
    for meta in page.tree.iterfind(".//meta[@http-equiv]"):
        match = _REFRESH.match(meta.get("content", "")[:600])
        if match and meta.get("http-equiv", "").lower() == "refresh" and int(match[1]) <= 10:
            return match[2]
    return ""


def _script(page: Page) -> str:
    """A short page that shows next to nothing and whose script changes the address."""
    if len(page.body) > 20_000:
        return ""
    seen = visible_text(page)
    match = _MOVES.search(seen.scripts) if seen.shown <= LITTLE else None
    return (match[1] or match[2] or "") if match else ""
