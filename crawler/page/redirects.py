"""Where a redirect led (the home page, an error page, a login page, another site), and where a page itself sends on."""

import re

from crawler.page.address_kinds import is_home, names_error, names_login, of_site
from crawler.page.addresses import same_page
from crawler.page.page import Page
from crawler.page.values import Expectation

_REFRESH = re.compile(
    r"\s*(\d{1,5})(?:\.\d+)?\s*[;,]\s*(?:url\s*=)?\s*['\"]?\s*([^'\"\s>]{1,500})", re.IGNORECASE
)
_MOVES = re.compile(
    r"(?:\blocation(?:\.href)?\s*=(?!=)\s*|\blocation\.(?:replace|assign)\s*\(\s*)(?:['\"]([^'\"]{1,300})['\"])?"
)


def redirected(page: Page) -> bool:
    """Whether another page answered than the one asked for."""
    return page.asked is not None and not same_page(page.asked, page.url)


def to_home(page: Page, expect: Expectation | None) -> bool:
    return redirected(page) and is_home(page.url, page.url, expect)


def to_error(page: Page) -> bool:
    """Whether we were sent to an error page; a column may be number 404 and be asked for so."""
    return redirected(page) and names_error(page.url) and not names_error(page.asked or "")


def to_login(page: Page) -> bool:
    return redirected(page) and names_login(page.url)


def to_other_host(page: Page, expect: Expectation | None) -> bool:
    """Whether the request was sent on to a site that is neither the asked one's nor the home's."""
    return page.asked is not None and not of_site(page.url, page.asked, expect)


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
