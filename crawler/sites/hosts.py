"""Which hosts are a site's own, and what stands between us and them: a mirror, a proxy."""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlunsplit
from urllib.request import getproxies, proxy_bypass

from crawler.page.addresses import host_of, split
from rules.vocabulary.places import Site


def hosts_of(site: Site) -> set[str]:
    """Every host (with port) that is the site itself."""
    return {host_of(site.home), *(host.lower() for host in site.crawling.hosts)}


def clocks_of(site: Site) -> list[str]:
    """Addresses whose servers tell the time: the neutral hosts first, who have nothing to do with the site."""
    home = split(site.home)
    others = sorted(hosts_of(site) - {home.netloc.lower()})
    return [*site.crawling.neutral, site.home, *(f"{home.scheme}://{host}/" for host in others)]


def host_names_of(site: Site) -> set[str]:
    """Every host name (without port) that is the site itself."""
    return {host.partition(":")[0] for host in hosts_of(site)}


def is_loopback(url: str) -> bool:
    """Whether an address is of this very machine."""
    host = split(url).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def proxy_for(url: str) -> str | None:
    """The proxy that the environment names for an address (http_proxy, https_proxy, no_proxy), as the crawl takes it.
    Then the proxy resolves names, and only what the address itself says can be judged here."""
    scheme, _, rest = url.partition("://")
    host = rest.partition("/")[0].rpartition("@")[2]
    proxy = getproxies().get(scheme.lower())
    return None if not proxy or proxy_bypass(host) else proxy


@dataclass(frozen=True)
class Mirror:
    """The live site read at another address: only the network sees the mirror, all else the live address."""

    at: str
    hosts: frozenset[str]
    live: str

    def to_mirror(self, url: str) -> str | None:
        """Where to fetch a live address; None where it is not the mirrored site's."""
        parts = split(url)
        if parts.netloc.lower() not in self.hosts:
            return None
        base = split(self.at)
        return urlunsplit(
            (base.scheme, base.netloc, base.path.rstrip("/") + (parts.path or "/"), parts.query, "")
        )

    def to_live(self, url: str) -> str:
        """The live address of one that the mirror itself gave (a redirect), unchanged if it is another's."""
        base, parts, live = split(self.at), split(url), split(self.live)
        path = base.path.rstrip("/")
        if parts.netloc != base.netloc or not parts.path.startswith(path):
            return url
        return urlunsplit((live.scheme, live.netloc, parts.path.removeprefix(path) or "/", parts.query, ""))


def mirror_of(site: Site, at: str) -> Mirror:
    return Mirror(at, frozenset(hosts_of(site)), site.home)
