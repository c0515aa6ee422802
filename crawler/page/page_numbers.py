"""Addresses of a list's pages: how page N of a list is named."""

import re
from urllib.parse import parse_qsl, urlencode, urlunsplit

from crawler.page.addresses import split
from crawler.page.whole_numbers import whole_number

_NAME = re.compile(r"(?P<stem>.*?)(?:_(?P<number>\d{1,4}))?(?P<ext>\.[a-z]{2,6})?", re.I)
_STATIC = re.compile(r"\.(?:[sxj]?html?|thtml)", re.I)
PAGE_KEYS = re.compile(
    r"(?:cur(?:rent)?_?)?page(?:_?(?:no|num|number|index|id|now|current))?|pn|p|curpage|currpage|nowpage|pagenow|to_?page"
    r"|startpage|a\d+p|paging|current",
    re.I,
)
OFFSET_KEYS = re.compile(r"offset|start|startrow|startrecord", re.I)
SIZE_KEYS = re.compile(r"(?:page_?)?(?:size|limit|rows|count)|per_?page", re.I)


def numbered_name(stem: str, number: int, extension: str) -> str:
    """`index`, 2, `html` → index_2.html; number 0 is the first page itself."""
    dot = extension if extension.startswith(".") else f".{extension}"
    return f"{stem}_{number}{dot}" if number else f"{stem}{dot}"


def file_number(url: str) -> int | None:
    """N of index_N.html, of list-N.html and of N.htm."""
    match = re.search(r"(?:^|[/_-])(\d{1,4})\.[a-z]{3,5}$", split(url).path, re.I)
    return int(match[1]) if match else None


def name_parts(url: str) -> tuple[str, str] | None:
    """The stem and extension of a page's file without its number; ("index", "html") for a folder, None for
    what a program makes."""
    parts = split(url)
    name = parts.path.rpartition("/")[2]
    match = _NAME.fullmatch(name)
    if not name and not parts.query:
        return "index", "html"
    if parts.query or not match or not _STATIC.fullmatch(match["ext"] or ""):
        return None
    return match["stem"], match["ext"][1:]


def with_query(url: str, key: str, value: str) -> str:
    """`url` with one query field set, in its own place where it was there before."""
    parts = split(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    if any(name == key for name, _ in pairs):
        pairs = [(name, value if name == key else old) for name, old in pairs]
    else:
        pairs.append((key, value))
    return urlunsplit(parts._replace(query=urlencode(pairs), fragment=""))


def next_by_query(url: str, rows: int | None = None) -> str | None:
    """The following page where the address itself counts pages (?page=2) or rows (?offset=20&limit=20, by so many `rows` as
    came, if that is known)."""
    fields = dict(parse_qsl(split(url).query))
    for key, value in fields.items():
        if PAGE_KEYS.fullmatch(key) and (page := whole_number(value)) is not None:
            return with_query(url, key, str(page + 1))
    sizes = [size for k, v in fields.items() if SIZE_KEYS.fullmatch(k) and (size := whole_number(v))]
    for key, value in fields.items():
        if sizes and OFFSET_KEYS.fullmatch(key) and (offset := whole_number(value)) is not None:
            return with_query(url, key, str(offset + (rows or sizes[0])))
    return None


def rows_so_far(url: str) -> int | None:
    """How many rows an address with a page's number and size has reached; None where it does not say."""
    fields = dict(parse_qsl(split(url).query))
    number = next(
        (n for k, v in fields.items() if PAGE_KEYS.fullmatch(k) and (n := whole_number(v)) is not None), None
    )
    size = next(
        (n for k, v in fields.items() if SIZE_KEYS.fullmatch(k) and (n := whole_number(v)) is not None), None
    )
    return None if number is None or size is None else number * size
