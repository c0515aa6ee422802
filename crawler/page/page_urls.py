"""Addresses of a list's pages: how page N of a list is named, and when two addresses are one page."""

import re
from urllib.parse import SplitResult, parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from crawler.page.page import Page

_NAME = re.compile(r"(?P<stem>.*?)(?:_(?P<number>\d{1,4}))?(?P<ext>\.[a-z]{2,6})?", re.I)
_STATIC = re.compile(r"\.(?:[sxj]?html?|thtml)", re.I)
_FRONT = re.compile(r"/(?:index|default|list)\.(?:s?html?|jspx?|aspx?|php|do)$", re.I)
PAGE_KEYS = re.compile(
    r"(?:cur(?:rent)?_?)?page(?:_?(?:no|num|number|index|id|now|current))?|pn|p|curpage|currpage|nowpage|pagenow|to_?page"
    r"|startpage|a\d+p|paging|current",
    re.I,
)
OFFSET_KEYS = re.compile(r"offset|start|startrow|startrecord", re.I)
SIZE_KEYS = re.compile(r"(?:page_?)?(?:size|limit|rows|count)|per_?page", re.I)


def find_base(page: Page) -> str:
    """The address that relative links start from: the page's own, unless <base href> says another."""
    href = next((base.get("href") for base in page.tree.iter("base") if base.get("href")), None)
    return (join(page.url, href) if href else None) or page.url


def join(base: str, href: str) -> str | None:
    """`href` made absolute; None where it is no address."""
    try:
        return urljoin(base, href.strip())
    except ValueError:
        return None


def same_page(one: str, other: str) -> bool:
    return _plain(one) == _plain(other)


def numbered_name(stem: str, number: int, extension: str) -> str:
    """`index`, 2, `html` → index_2.html; number 0 is the first page itself."""
    dot = extension if extension.startswith(".") else f".{extension}"
    return f"{stem}_{number}{dot}" if number else f"{stem}{dot}"


def file_number(url: str) -> int | None:
    """N of index_N.html, of list-N.html and of N.htm."""
    match = re.search(r"(?:^|[/_-])(\d{1,4})\.[a-z]{3,5}$", _split(url).path, re.I)
    return int(match[1]) if match else None


def name_parts(url: str) -> tuple[str, str] | None:
    """The stem and extension of a page's file without its number; ("index", "html") for a folder, None for
    what a program makes."""
    parts = _split(url)
    name = parts.path.rpartition("/")[2]
    match = _NAME.fullmatch(name)
    if not name and not parts.query:
        return "index", "html"
    if parts.query or not match or not _STATIC.fullmatch(match["ext"] or ""):
        return None
    return match["stem"], match["ext"][1:]


def with_query(url: str, key: str, value: str) -> str:
    """`url` with one query field set, in its own place where it was there before."""
    parts = _split(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    if any(name == key for name, _ in pairs):
        pairs = [(name, value if name == key else old) for name, old in pairs]
    else:
        pairs.append((key, value))
    return urlunsplit(parts._replace(query=urlencode(pairs), fragment=""))


def next_by_query(url: str) -> str | None:
    """The following page where the address itself counts pages (?page=2) or rows (?offset=20&limit=20)."""
    fields = dict(parse_qsl(_split(url).query))
    for key, value in fields.items():
        if PAGE_KEYS.fullmatch(key) and value.isdecimal():
            return with_query(url, key, str(int(value) + 1))
    sizes = [int(v) for k, v in fields.items() if SIZE_KEYS.fullmatch(k) and v.isdecimal() and int(v)]
    for key, value in fields.items():
        if sizes and OFFSET_KEYS.fullmatch(key) and value.isdecimal():
            return with_query(url, key, str(int(value) + sizes[0]))
    return None


def rows_so_far(url: str) -> int | None:
    """How many rows an address with a page's number and size has reached; None where it does not say."""
    fields = dict(parse_qsl(_split(url).query))
    number = next((v for k, v in fields.items() if PAGE_KEYS.fullmatch(k) and v.isdecimal()), None)
    size = next((v for k, v in fields.items() if SIZE_KEYS.fullmatch(k) and v.isdecimal()), None)
    return int(number) * int(size) if number and size else None


def _plain(url: str) -> str:
    parts = _split(url)
    path = _FRONT.sub("/", parts.path or "/")
    return f"{parts.netloc.lower()}{path.rstrip('/')}?{parts.query}"


def _split(url: str) -> SplitResult:
    """Like urlsplit, but what is no address has no parts."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", "", "", "")
