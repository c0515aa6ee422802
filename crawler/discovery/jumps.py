"""Where an answer sends its reader on: by Location, by meta refresh, or by a script that does nothing else."""

from crawler.discovery.page_links import absolute
from crawler.page.list_place import frame_of
from crawler.page.page import Page
from crawler.page.redirects import refresh_target, script_target
from crawler.page.visible_text import visible_text

# Characters shown: a page that only sends on says so in a sentence.
LITTLE = 200
# Seconds: a page that sends on later shows links of its own, which are read.
REFRESH_WITHIN = 10


def jump_of(page: Page) -> str:
    """The absolute address the reader is sent on to; "" where he stays."""
    if 300 <= page.status < 400:
        return absolute(page.url, page.headers.get("location"))
    target = absolute(page.url, refresh_target(page, REFRESH_WITHIN) or _script(page))
    return "" if target == page.url else target


def frame_in(page: Page) -> str:
    """The absolute address of the frame that holds what the page is about; "" if there is none."""
    return absolute(page.url, frame_of(page))


def _script(page: Page) -> str:
    """A short page that shows next to nothing and whose script changes the address."""
    if len(page.body) > 20_000:
        return ""
    seen = visible_text(page)
    return script_target(seen.scripts) if seen.shown <= LITTLE else ""
