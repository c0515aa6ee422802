"""Addresses: joined and taken apart without ever raising, compared, and asked what they alone tell of their page;
and where a page itself sends on.

Four questions are asked of two addresses, and each has one answer here: are they of one office's site
(`same_site`), one page (`same_page`), one page of a list being turned (`same_list_page`), one posting for the
database (`identity_of`). Only pages fetched from the web have absolute addresses: a saved file stands under its
name, and its links stay as printed."""

import hashlib
import re
from datetime import date
from functools import lru_cache
from itertools import takewhile
from urllib.parse import SplitResult, parse_qsl, urljoin, urlsplit, urlunsplit

from lxml import html
from w3lib.url import canonicalize_url

from crawler.page.links import any_file, as_browsers_read, linked, plain_link, storable
from crawler.page.page import Page
from crawler.page.values import Expectation

Folder = tuple[str, ...]
SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
# ASP.NET keeps a session without cookies in a folder of its own: /(S(lit3py55t21z5v55vlm25s55))/.
_SESSION_FOLDER = re.compile(r"/(?:\((?:[a-z]\([\w-]+\))+\)|s\([\w-]{5,}\))(?=/)", re.I)
# Parameters of the visit and not of the page: sessions, campaigns, the firewall's pass.
_VISIT = re.compile(
    r"(?<=[?&])(?:(?:j|php)?session_?id|phpsessid|aspsessionid\w*|cftoken|cfid|(?:sid|session|token)(?==\w{16})|utm_\w+|spm|gclid|fbclid"
    r"|bd_vid|hmsr|hmpl|hmcu|hmkw|hmci|wscckey|__?cf_chl\w*|nsukey|from(?==(?:single|group|time|app|wx|weixin|wechat|qq|singlemessage"
    r"|groupmessage|timeline)\w*(?:&|$|#))|isappinstalled)=[^&#]*&?",
    re.I,
)
# Files that a folder's own address shows. `home` and `main` are so only of a site (a frameset's front page leads to
# main.htm), `list` only of a list.
INDEX_FILE = re.compile(r"/(?:index|default)\.(?:s?html?|jspx?|aspx?|php|do)$", re.IGNORECASE)
FRONT_FILE = re.compile(r"/(?:index|default|home|main)(?:_?1)?\.\w{2,5}$", re.IGNORECASE)
LIST_FILE = re.compile(r"/(?:index|default|list)\.(?:s?html?|jspx?|aspx?|php|do)$", re.IGNORECASE)
# An address that is written in its canonical form already, but for its port: most are, and taking one apart and
# together again costs as much as reading its row.
_CANONICAL = re.compile(r"(https?)://([a-z0-9.-]+(?::\d+)?)(/(?:[\w-][\w.-]*/)*(?:[\w-][\w.-]*)?)", re.ASCII)
DEFAULT_PORTS = {"http": ":80", "https": ":443"}
# The second-level domains under .cn that many owners share: gov.cn, and the provinces' (ha.cn, sh.cn).
_SECOND_LEVEL = re.compile(
    r"gov|com|net|org|edu|ac|mil|ah|bj|cq|fj|g[dsxz]|h[abeikln]|j[lsx]|ln|n[mx]|qh|s[cdhnx]|t[jw]|x[jz]|yn|zj|mo"
)
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
_NUMBER = re.compile(r"[\d_-]+")
_ERROR_PATH = re.compile(r"/(?:40[0-9]|50[0-9]|error|errors|notfound|not_found|err)(?:[/._-]|$)", re.I)
_LOGIN_PATH = re.compile(r"/(?:login|signin|sso|cas|passport)(?:[/._?-]|$)", re.I)
# What a query says of the way here, not of the page: /?from=404.
_INCIDENTAL = re.compile(
    r"(?:from|ref\w{0,9}|src|source|err\w{0,9}|msg|code|status|_?t|v|time\w{0,9}|rand\w{0,9}|utm_\w{1,20}|spm|redirect\w{0,9}|return\w{0,9})"
    r"=.*",
    re.I,
)
_REFRESH = re.compile(
    r"\s*+(\d{1,5})(?:\.\d+)?\s*+[;,]\s*+(?:url\s*+=)?\s*+['\"]?\s*+([^'\"\s>]{1,500})", re.IGNORECASE
)
_MOVES = re.compile(
    r"(?:\blocation(?:\.href)?\s*=(?!=)\s*|\blocation\.(?:replace|assign)\s*\(\s*)(?:['\"]([^'\"]{1,300})['\"])?"
)
# Characters: every link of a page is joined to it.
LONGEST_BASE = 2_000


def split(url: str) -> SplitResult:
    """The parts of an address; all empty where it cannot be split."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", "", "", "")


def join(base: str, href: str) -> str | None:
    """`href` made absolute; None where it is no address."""
    plain = plain_link(base, href)
    if plain:
        return plain[0]
    try:
        return urljoin(base, as_browsers_read(href.strip()))
    except ValueError:
        return None


def find_base(page: Page) -> str:
    """The address that relative links start from: the page's own, unless <base href> says another."""
    return base_of(page.tree, page.url)


def base_of(tree: html.HtmlElement, url: str) -> str:
    """The same of a tree whose page lies at `url`. A base that is no web address counts for nothing."""
    href = next((base.get("href") for base in tree.iter("base") if base.get("href")), "")
    return (link_address(url, href) if 0 < len(href) <= LONGEST_BASE else None) or url


def link_address(base: str, href: str | None) -> str | None:
    """Where a link leads on the web, as it may be stored; as printed where the page is a saved file, whose own address is
    not known. None where it leads nowhere else: to a script, a mailbox, a file, or no address at all."""
    plain = plain_link(base, href or "")
    if plain:
        return plain[1]
    url = None if href is None else join(base, href)
    return None if url is None else linked(split(base), url, split(url))


def web_address(base: str, href: str | None) -> str | None:
    """Where a link leads on the web: absolute, http or https; else None."""
    url = join(base, href or "")
    return storable(url, split(url)) if url else None


def host_of(url: str) -> str:
    """The host with its port, in lower case."""
    return split(url).netloc.lower()


def origin_of(url: str) -> str:
    """http://host:port"""
    parts = split(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def bare_host(host: str) -> str:
    """A host without www. and a default port: what a site's addresses share however they are written."""
    return host.lower().removeprefix("www.").removesuffix(":80").removesuffix(":443")


def page_key(url: str, index: re.Pattern[str] = INDEX_FILE) -> tuple[str, str, str]:
    """Host, path and query, whatever the scheme, www., a default port, a closing slash or an `index` file's name."""
    parts = split(url)
    return bare_host(parts.netloc), index.sub("/", parts.path or "/").rstrip("/"), parts.query


def same_page(one: str, other: str) -> bool:
    return page_key(one, FRONT_FILE) == page_key(other, FRONT_FILE)


def same_list_page(one: str, other: str) -> bool:
    return page_key(one, LIST_FILE) == page_key(other, LIST_FILE)


# A list's rows are compared with several neighbours, a site's navigation stands on every page.
@lru_cache(maxsize=8192)
def folder_of(url: str) -> Folder:
    """Host and folders of an address, up to the first that is a day's or a number's: www.x.gov.cn/zwgk/202512/t1.html →
    (www.x.gov.cn, zwgk). Empty for what lies in the root, which is everybody's."""
    return _folders_of(any_file(url))


@lru_cache(maxsize=8192)
def _folders_of(url: str) -> Folder:
    parts = split(url)
    names = takewhile(
        lambda name: not _NUMBER.fullmatch(name), parts.path.strip("/").split("/")[: _depth(parts.path)]
    )
    folders = tuple(name.lower() for name in names if name not in (".", ".."))
    return (bare_host(parts.netloc), *folders) if folders else ()


def _depth(path: str) -> int:
    return path.rstrip("/").count("/") if path.endswith("/") else path.count("/") - 1


def same_site(one: str, other: str) -> bool:
    """Whether two addresses lie under one registered domain (zwgk.x.gov.cn and www.x.gov.cn do)."""
    return registered_domain(one) == registered_domain(other)


def registered_domain(url: str) -> str:
    """The registered domain of an address, or its IP address: the part whose owner is one office."""
    host = (split(url).hostname or "").rstrip(".")
    labels = host.split(".")
    if host.replace(".", "").isdigit() or ":" in host:
        return host
    long = len(labels) > 2 and labels[-1] == "cn" and bool(_SECOND_LEVEL.fullmatch(labels[-2]))
    return ".".join(labels[-3 if long else -2 :])


def identity_of(url: str | None, title: str, day: date | None) -> str:
    """What tells a letter, and most postings, from another in a list: its address as `plain_address` writes it; title and
    day where it has none. See `crawler.listing.identities` for postings that an address alone does not tell apart."""
    return plain_address(url) if url else "text:" + text_digest(title, str(day or ""))


def text_digest(*texts: str) -> str:
    """A name for texts: 32 hexadecimal digits."""
    return hashlib.sha256("\n".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def plain_address(url: str) -> str:
    """An address without scheme, www., session, the parameters of a visit, and order of query. A fragment counts only
    where it routes (#/…)."""
    plain = _CANONICAL.fullmatch(url)
    if plain:
        return plain[2].removesuffix(DEFAULT_PORTS[plain[1]]).removeprefix("www.") + plain[3]
    parts = urlsplit(canonicalize_url(without_session(url), keep_fragments=True))
    host = parts.netloc.removesuffix(DEFAULT_PORTS.get(parts.scheme, " ")).removeprefix("www.")
    route = parts.fragment if parts.fragment.startswith(("/", "!/")) else ""
    return urlunsplit(("", host, parts.path or "/", parts.query, route)).removeprefix("//")


def without_session(url: str) -> str:
    """An address without what only the visit put into it."""
    bare = _SESSION_FOLDER.sub("", SESSION.sub("", url))
    return _VISIT.sub("", bare) if "?" in bare else bare


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


def leads_to_home(href: str) -> bool:
    """A home page's address as printed: /, http://www.x.gov.cn, ../../home.html. Asked of links beside an article,
    where the site may be linked by its name; see `is_home` for absolute addresses."""
    parts = split(href)
    top = FRONT_FILE.sub("/", parts.path).replace("../", "").strip("/")
    return not (top or parts.query) and bool(parts.netloc or parts.path)


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
