"""What an address alone tells of its page: a posting, a column, a site's home page, an error or a login page."""

import re
from urllib.parse import parse_qsl

from crawler.page.addresses import FRONT_FILE, join, page_key, same_page, same_site, split
from crawler.page.values import Expectation

_ARTICLE = re.compile(r"\d{3,}|[?&](?:id|infoid|articleid|newsid)=|\.(?:pdf|docx?|xlsx?)$", re.I)
_FOLDER = re.compile(r"/(?:(?:index|list|default)\.\w{2,6})?(?:#.*)?$", re.I)
_MOMENT = re.compile(r"\d{8,}")
# How content systems call one posting's page: by its day, or by a word and a number.
_POSTING = re.compile(
    r"/(?:19|20)\d\d[-/]?[01]?\d[-/]?[0-3]?\d/|/t(?:19|20)\d{6}_\d+|/art_?\d*[/_]|/(?:content|post|detail|view|article|show|info|doc)[/_-]?(?:post_|content_)?\d+"
    r"|/info/\d+/\d+|/c\d+/\d{6}/|/[0-9a-f]{32}\.s?html?|/\d{6,}\.s?html?$|[?&](?:articleid|newsid|infoid|contentid)="
    r"|/\w*(?:view|show|detail|article|content|read|disp)\w*(?:\.\w{2,5})?\?(?:.*&)?\w*id=\w+",
    re.I,
)
_ERROR_PATH = re.compile(r"/(?:40[0-9]|50[0-9]|error|errors|notfound|not_found|err)(?:[/._-]|$)", re.I)
_LOGIN_PATH = re.compile(r"/(?:login|signin|sso|cas|passport)(?:[/._?-]|$)", re.I)
# What a query says of the way here, not of the page: /?from=404.
_INCIDENTAL = re.compile(
    r"(?:from|ref\w{0,9}|src|source|err\w{0,9}|msg|code|status|_?t|v|time\w{0,9}|rand\w{0,9}|utm_\w{1,20}|spm|redirect\w{0,9}|return\w{0,9})"
    r"=.*",
    re.I,
)


def leads_to_article(href: str) -> bool:
    """A number names an article; one that names a folder names a column, if it is not as long as a moment. Asked of
    links in a list, where most lead to articles; see `looks_like_posting` for links anywhere."""
    return bool((_MOMENT if _FOLDER.search(href) else _ARTICLE).search(href))


def leads_to_column(href: str, here: str) -> bool:
    """Surely: it names a folder, and no moment with it; or asks of the program that made the column at `here` the same
    thing of another number. Not the opposite of `leads_to_article`: most links are neither surely."""
    if _FOLDER.search(href):
        return not _MOMENT.search(href)
    asked = _asked(here)
    return bool(asked[1]) and _asked(join(here, href) or "") == asked


def looks_like_posting(url: str) -> bool:
    """Whether an address is one that content systems give to a single posting. Asked of a menu's links, where most
    lead to columns, so a number alone proves nothing."""
    parts = split(url)
    return bool(_POSTING.search(f"{parts.path}?{parts.query}" if parts.query else parts.path))


def is_home(url: str, here: str, expect: Expectation | None) -> bool:
    """Whether an address is the home page of the site that `here` belongs to."""
    if expect and expect.home and same_page(url, expect.home):
        return True
    _, path, query = page_key(url, FRONT_FILE)
    told = (part for part in query.split("&") if part and not _INCIDENTAL.fullmatch(part))
    return not path and not any(told) and same_site(url, here)


def of_site(url: str, here: str, expect: Expectation | None) -> bool:
    """Whether an address lies under the domain of `here` or of the expected home page."""
    return same_site(url, here) or bool(expect and expect.home and same_site(expect.home, url))


def names_error(url: str) -> bool:
    """Whether an address is an error page's by its own words: /404.html, /error/."""
    return bool(_ERROR_PATH.search(split(url).path))


def names_login(url: str) -> bool:
    return bool(_LOGIN_PATH.search(split(url).path))


def _asked(url: str) -> tuple[str, frozenset[str]]:
    """The program and the names of what it is asked."""
    parts = split(url)
    return parts.path, frozenset(name for name, _ in parse_qsl(parts.query))
