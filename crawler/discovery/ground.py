"""The site's ground: which addresses are its own, in one form, and where a copy of it is really live.

A copy (mirror) on this machine links to the live host here and there. Discovery walks the copy, so a link
to the live host is read at the copy; only what is written into the site file carries the live address."""

import ipaddress
import re
from collections import Counter
from collections.abc import Iterable
from urllib.parse import urlsplit, urlunsplit

from crawler.discovery.links import Link, split
from crawler.reading.meta import read_meta
from crawler.reading.page import Page

_COPIED = re.compile(
    r"<!--\s*(?:Mirrored from\s+|saved from url=\(\d+\)https?://)([\w.:-]+)(/[^\s>]*)?", re.I
)
_INDEX = re.compile(r"/(?:index|default)\.(?:s?html?|jsp|php|aspx?)$", re.I)
_SESSION = re.compile(r";jsessionid=[^/?#]*", re.I)
_HOME_NAMES = ("首页", "网站首页", "返回首页")
ENOUGH = 5


def is_loopback(url: str) -> bool:
    """Whether an address is of this very machine."""
    host = split(url).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Ground:
    """`home` is the address discovery starts at. `live` becomes the live site's origin (https://host) once a
    copy's pages have told it. `alone`: other hosts of the same name (xxgk.…) cannot be reached."""

    def __init__(self, home: str, *, alone: bool = False) -> None:
        self.home = home
        self.alone = alone or is_loopback(home)
        self.origin = _origin(home)
        self.copy = is_loopback(home)
        self.live = ""
        self.hosts: set[str] = {_host(home)}
        self._heard: Counter[str] = Counter()
        self._schemes: Counter[str] = Counter()

    def own(self, url: str) -> str | None:
        """The address in the walk's one form if it is the site's own, else None."""
        parts = split(_SESSION.sub("", url))
        host = parts.netloc.lower()
        lives = bool(self.live) and _bare(host) == _bare(_host(self.live))
        if lives:
            self._schemes[parts.scheme] += 1
        if lives or host == _host(self.origin):
            return self.origin + urlunsplit(("", "", parts.path or "/", parts.query, ""))
        if not self.alone and _is_under(host, _host(self.home)):
            self.hosts.add(host)
            return urlunsplit((parts.scheme, host, parts.path or "/", parts.query, ""))
        return None

    def rebase(self, url: str) -> None:
        """The home page answered that it is at another host or scheme; a copy stays where it is."""
        if not self.alone:
            self.origin = _origin(url)
            self.hosts.add(_host(url))

    def written(self, url: str) -> str:
        """How an own address stands in the site file: from the root, or whole where it is another host's."""
        if not url.startswith(f"{self.origin}/"):
            return url
        return url.removeprefix(self.origin)

    @property
    def written_home(self) -> str:
        """The home page's live address, as far as it is known, in the scheme that the site mostly links by."""
        scheme = next((scheme for scheme, _times in self._schemes.most_common(1)), "")
        live = f"{scheme}://{_host(self.live)}" if scheme and self.live else self.live
        return (live or self.origin) + (urlsplit(self.home).path or "/")

    def listen(self, page: Page, links: Iterable[Link]) -> bool:
        """Hears what a copy's page says of its live host; true in the moment when it becomes known."""
        if not self.copy or self.live:
            return False
        told = _told(page)
        if not told:
            self._heard.update(_echoes(self.origin, page, links))
            told = next((origin for origin, times in self._heard.most_common(1) if times >= ENOUGH), "")
        if not told or is_loopback(told):
            return False
        self.live = told
        return True


def key_of(url: str) -> str:
    """What two ways of writing one page's address share: no scheme, no index file, no closing slash."""
    parts = split(url)
    path = _INDEX.sub("/", parts.path)
    return f"{parts.netloc.removeprefix('www.')}{path.rstrip('/') or '/'}" + (
        f"?{parts.query}" if parts.query else ""
    )


def _told(page: Page) -> str:
    """The live origin as the page itself says it: a copier's comment, META SiteDomain, a canonical link."""
    copied = _COPIED.search(page.text[:3000])
    if copied:
        return f"http://{copied[1].lower()}"
    domain = read_meta(page.tree).get("sitedomain", "").strip().lower()
    domain = domain.removeprefix("http://").removeprefix("https://").strip("/")
    if re.fullmatch(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?", domain):
        return f"http://{domain}"
    found = page.tree.xpath("string(//link[@rel='canonical']/@href)")
    return _origin(str(found)) if str(found).startswith(("http://", "https://")) else ""


def _echoes(origin: str, page: Page, links: Iterable[Link]) -> list[str]:
    """Other hosts' origins to which the page links as to its own: by 首页, or by a path it uses itself."""
    links = list(links)
    folders = {_folder(link.url) for link in links if link.url.startswith(origin)} | {_folder(page.url)}
    folders.discard("")
    abroad = [link for link in links if not link.url.startswith(origin)]
    near = [link for link in abroad if link.name in _HOME_NAMES or _folder(link.url) in folders]
    return [_origin(link.url) for link in near]


def _folder(url: str) -> str:
    return "/".join(split(url).path.split("/")[1:-1][:2])


def _origin(url: str) -> str:
    parts = split(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _host(url: str) -> str:
    return split(url).netloc.lower()


def _bare(host: str) -> str:
    return host.removeprefix("www.").removesuffix(":80").removesuffix(":443")


def _is_under(host: str, home: str) -> bool:
    """Whether a host is the home's own or a part of it (xxgk.x.gov.cn of www.x.gov.cn)."""
    return _bare(host) == _bare(home) or host.endswith("." + _bare(home))
