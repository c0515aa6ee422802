"""What an address tells before the page is read: the home page, another site, an error or a login page."""

import re
from urllib.parse import SplitResult, urljoin, urlsplit

from crawler.page.page import Page
from crawler.page.values import Expectation

_INDEX = re.compile(r"/(?:index|default|home|main)(?:_?1)?\.\w{2,5}$", re.I)
_ERROR_PATH = re.compile(r"/(?:40[0-9]|50[0-9]|error|errors|notfound|not_found|err)(?:[/._-]|$)", re.I)
_LOGIN_PATH = re.compile(r"/(?:login|signin|sso|cas|passport)(?:[/._?-]|$)", re.I)
# What a query says of the way here, not of the page: /?from=404.
_INCIDENTAL = re.compile(
    r"(?:from|ref\w{0,9}|src|source|err\w{0,9}|msg|code|status|_?t|v|time\w{0,9}|rand\w{0,9}|utm_\w{1,20}|spm|redirect\w{0,9}|return\w{0,9})"
    r"=.*",
    re.I,
)
_SECOND_LEVEL = re.compile(
    r"gov|com|net|org|edu|ac|mil|ah|bj|cq|fj|g[dsxz]|h[abeikln]|j[lsx]|ln|n[mx]|qh|s[cdhnx]|t[jw]|x[jz]|yn|zj|mo"
)


def split(url: str) -> SplitResult:
    """The parts of an address; all empty where it cannot be split."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", "", "", "")


def join(base: str, link: str) -> str:
    """The absolute address of a link; "" where it cannot be made."""
    try:
        return urljoin(base, link)
    except ValueError:
        return ""


def place(url: str) -> tuple[str, str, str]:
    """Host, path and query, blind to scheme, www., default ports, trailing slashes and index files."""
    parts = split(url)
    host = (parts.hostname or "").removeprefix("www.")
    return host, _INDEX.sub("/", parts.path or "/").rstrip("/"), parts.query


def same_site(one: str, other: str) -> bool:
    """Whether two addresses lie under one registered domain (zwgk.x.gov.cn and www.x.gov.cn do)."""
    return registered(one) == registered(other)


def registered(url: str) -> str:
    """The registered domain of an address, or its IP address: the part whose owner is one office."""
    host = (split(url).hostname or "").rstrip(".")
    labels = host.split(".")
    if host.replace(".", "").isdigit() or ":" in host:
        return host
    long = len(labels) > 2 and labels[-1] == "cn" and bool(_SECOND_LEVEL.fullmatch(labels[-2]))
    return ".".join(labels[-3 if long else -2 :])


def is_home(url: str, here: str, expect: Expectation | None) -> bool:
    """Whether an address is the home page of the site that `here` belongs to."""
    host, path, query = place(url)
    if expect and expect.home and place(expect.home) == (host, path, query):
        return True
    told = (part for part in query.split("&") if part and not _INCIDENTAL.fullmatch(part))
    return not path and not any(told) and same_site(url, here)


def redirected(page: Page) -> bool:
    """Whether another page answered than the one asked for."""
    return page.asked is not None and place(page.asked) != place(page.url)


def to_home(page: Page, expect: Expectation | None) -> bool:
    return redirected(page) and is_home(page.url, page.url, expect)


def names_error(url: str) -> bool:
    """Whether an address is an error page's by its own words: /404.html, /error/."""
    return bool(_ERROR_PATH.search(split(url).path))


def to_error(page: Page) -> bool:
    """Whether we were sent to an error page; a column may be number 404 and be asked for so."""
    return redirected(page) and names_error(page.url) and not names_error(page.asked or "")


def to_login(page: Page) -> bool:
    return redirected(page) and bool(_LOGIN_PATH.search(split(page.url).path))


def to_other_host(page: Page, expect: Expectation | None) -> bool:
    """Whether the request was sent on to a site that is neither the asked one's nor the home's."""
    return page.asked is not None and not of_site(page.url, page.asked, expect)


def of_site(url: str, here: str, expect: Expectation | None) -> bool:
    """Whether an address lies under the domain of `here` or of the expected home page."""
    return same_site(url, here) or bool(expect and expect.home and same_site(expect.home, url))
