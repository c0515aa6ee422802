"""Scope of a site: which addresses are its own, in one form, and where a copy of it is really live.

A copy (mirror) on this machine links to the live host here and there. Discovery reads the copy, so a link
to the live host is read at the copy; only what is written into the site file carries the live address."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlunsplit

from crawler.discovery.page_links import Link
from crawler.page.addresses import INDEX_FILE, SESSION, bare_host, host_of, origin_of, page_key, split
from crawler.page.meta import read_meta
from crawler.page.page import Page
from crawler.sites.hosts import is_loopback
from rules.vocabulary.words import word_set

_COPIED = re.compile(
    r"<!--\s*(?:Mirrored from\s+|saved from url=\(\d+\)https?://)([\w.:-]+)(/[^\s>]*)?", re.I
)
_DOMAIN = re.compile(r"(?:https?://)?([a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?)/?")
_HOME_NAMES = word_set("navigation.home")
# Links to one other host as to its own prove it the live one; fewer may be a slip of an editor.
ENOUGH = 5


@dataclass(frozen=True, slots=True)
class LiveAddress:
    """`origin` is http://host; `path` where the page itself is live, "" where that is not said."""

    origin: str
    path: str = ""


def live_address_of(page: Page) -> LiveAddress | None:
    """What a page says outright."""
    copied = _COPIED.search(page.text[:3000])
    if copied:
        return LiveAddress(f"http://{copied[1].lower()}", copied[2] or "/")
    domain = _DOMAIN.fullmatch(read_meta(page.tree).get("sitedomain", "").strip().lower())
    if domain:
        return LiveAddress(f"http://{domain[1]}")
    canonical = str(page.tree.xpath("string(//link[@rel='canonical']/@href)"))
    if canonical.startswith(("http://", "https://")):
        return LiveAddress(origin_of(canonical), split(canonical).path)
    return None


def linked_as_own(origin: str, page: Page, links: Iterable[Link]) -> list[str]:
    """Other hosts' origins to which a page links as to its own: by 首页, or by a folder it uses itself."""
    own = [link for link in links if link.url.startswith(f"{origin}/")]
    external_links = [link for link in links if not link.url.startswith(f"{origin}/")]
    folders = {_folder(link.url) for link in own} | {_folder(page.url)}
    near = (
        link for link in external_links if link.name in _HOME_NAMES or _folder(link.url) in folders - {""}
    )
    return [origin_of(link.url) for link in near]


def _folder(url: str) -> str:
    return "/".join(split(url).path.split("/")[1:-1][:2])


class SiteScope:
    """`home` is the address discovery starts at. `live` becomes the live site's origin (http://host) once it is
    known from the copy's pages; `folder` is where on this machine the copy's root lies. `alone`: other hosts
    of the same name (xxgk.…) cannot be reached."""

    def __init__(self, home: str, *, alone: bool = False) -> None:
        self.home = home
        self.copy = is_loopback(home)
        self.alone = alone or self.copy
        self.origin = origin_of(home)
        self.live = ""
        self.folder = ""
        self.hosts: set[str] = {host_of(home)}
        self._hints: Counter[str] = Counter()
        self._schemes: Counter[str] = Counter()

    def own(self, url: str) -> str | None:
        """The address in canonical form if it is the site's own, else None."""
        parts = split(SESSION.sub("", url))
        host, path = parts.netloc.lower(), parts.path or "/"
        if self.live and bare_host(host) == bare_host(host_of(self.live)):
            self._schemes[parts.scheme] += 1
            return self.origin + self.folder + urlunsplit(("", "", path, parts.query, ""))
        if bare_host(host) == bare_host(host_of(self.origin)):
            return self.origin + urlunsplit(("", "", path, parts.query, ""))
        if not self.alone and _is_under(host, host_of(self.home)):
            self.hosts.add(host)
            return urlunsplit((parts.scheme, host, path, parts.query, ""))
        return None

    def rebase(self, url: str) -> None:
        """The home page answered that it is at another host or scheme; a copy stays where it is."""
        if not self.alone:
            self.origin = origin_of(url)
            self.hosts.add(host_of(url))

    def written(self, url: str) -> str:
        """How an own address stands in the site file: from the root, or whole where it is another host's."""
        if not url.startswith(f"{self.origin}{self.folder}/"):
            return url
        return url.removeprefix(self.origin + self.folder)

    @property
    def written_home(self) -> str:
        """The home page's live address, as far as it is known, in the scheme that the site mostly links by."""
        scheme = next((scheme for scheme, _times in self._schemes.most_common(1)), "")
        live = f"{scheme}://{host_of(self.live)}" if scheme and self.live else self.live
        return (live or self.origin) + (split(self.home).path.removeprefix(self.folder) or "/")

    def learn_live_host(self, page: Page, links: Sequence[Link]) -> bool:
        """Learns the live host from a page of a copy. True when it has just become known."""
        if not self.copy or self.live:
            return False
        told = live_address_of(page)
        if told is None:
            self._hints.update(linked_as_own(self.origin, page, links))
            told = next(
                (LiveAddress(origin) for origin, times in self._hints.most_common(1) if times >= ENOUGH), None
            )
        if told is None or is_loopback(told.origin):
            return False
        self.live = told.origin
        self.folder = self._folder(page.url, told)
        return True

    def _folder(self, url: str, told: LiveAddress) -> str:
        """What stands before the live path in the copy's address of the same page: /copy of /copy/gzjg/."""
        here = INDEX_FILE.sub("/", split(url).path or "/")
        live = INDEX_FILE.sub("/", told.path or (here if url != self.home else "/"))
        return here.removesuffix(live).rstrip("/") if here.endswith(live) else ""


def key_of(url: str) -> str:
    """What two ways of writing one page's address share."""
    host, path, query = page_key(url)
    return f"{host}{path or '/'}" + (f"?{query}" if query else "")


def _is_under(host: str, home: str) -> bool:
    """Whether a host is the home's own or a part of it (xxgk.x.gov.cn of www.x.gov.cn)."""
    return bare_host(host) == bare_host(home) or host.endswith("." + bare_host(home))
