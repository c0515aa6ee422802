"""Whether a request was redirected, and where a page itself sends on."""

import re

from crawler.page.addresses import same_page
from crawler.page.page import Page

_REFRESH = re.compile(
    r"\s*(\d{1,5})(?:\.\d+)?\s*[;,]\s*(?:url\s*=)?\s*['\"]?\s*([^'\"\s>]{1,500})", re.IGNORECASE
)
_MOVES = re.compile(
    r"(?:\blocation(?:\.href)?\s*=(?!=)\s*|\blocation\.(?:replace|assign)\s*\(\s*)(?:['\"]([^'\"]{1,300})['\"])?"
)


def redirected(page: Page) -> bool:
    """Whether another page answered than the one asked for."""
    return page.asked is not None and not same_page(page.asked, page.url)


def refresh_target(page: Page, within: int) -> str:
    """Where <meta http-equiv=refresh> leads `within` seconds, as printed; "" where it only reloads."""
    for meta in page.tree.iterfind(".//meta[@http-equiv]"):
        if meta.get("http-equiv", "").lower() == "refresh":
            match = _REFRESH.match(meta.get("content", "")[:600].strip())
            if match and int(match[1]) <= within:
                return match[2]
    return ""


def moves(scripts: str) -> bool:
    """Whether a script sets the page's address, to whatever."""
    return bool(_MOVES.search(scripts))


def script_target(scripts: str) -> str:
    """The literal address that the first such script sets; "" where it is none."""
    match = _MOVES.search(scripts)
    return (match[1] or "") if match else ""
