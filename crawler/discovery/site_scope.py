"""Scope of a site: which addresses are its own, in one form, and where a copy of it is really live.

A copy (mirror) on this machine links to the live host here and there. Discovery reads the copy, so a link
to the live host is read at the copy; only what is written into the site file carries the live address."""

import ipaddress
from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlunsplit

from crawler.discovery.live_host import LiveAddress, linked_as_own, live_address_of
from crawler.discovery.page_links import Link
from crawler.page.addresses import INDEX_FILE, SESSION, bare_host, host_of, origin_of, page_key, split
from crawler.page.page import Page

# Links to one other host as to its own prove it the live one; fewer may be a slip of an editor.
ENOUGH = 5


def is_loopback(url: str) -> bool:
    """Whether an address is of this very machine."""
    host = split(url).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


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
