"""Addresses: what makes two of them the same posting, and reading a live site at a mirror."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit, urlunsplit

from w3lib.url import canonicalize_url

from rules.vocabulary.places import Site

SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
DEFAULT_PORTS = {"http": ":80", "https": ":443"}


def identity_of(url: str | None, title: str, day: date | None) -> str:
    """What tells a posting from another in its column: its address without scheme, session and order of
    query; title and day where it has no address. A fragment counts only where it routes (#/…)."""
    if not url:
        return "text:" + hashlib.sha256(f"{title}\n{day or ''}".encode()).hexdigest()[:32]
    parts = urlsplit(canonicalize_url(SESSION.sub("", url), keep_fragments=True))
    host = parts.netloc.removesuffix(DEFAULT_PORTS.get(parts.scheme, " "))
    route = parts.fragment if parts.fragment.startswith(("/", "!/")) else ""
    return urlunsplit(("", host, parts.path or "/", parts.query, route)).removeprefix("//")


def hosts_of(site: Site) -> set[str]:
    """Every host (with port) that is the site itself."""
    return {urlsplit(site.home).netloc.lower(), *(host.lower() for host in site.crawling.hosts)}


def host_names_of(site: Site) -> set[str]:
    """Every host name (without port) that is the site itself."""
    return {host.partition(":")[0] for host in hosts_of(site)}


@dataclass(frozen=True)
class Mirror:
    """The live site read at another address: only the network sees the mirror, all else the live address."""

    at: str
    hosts: frozenset[str]
    live: str

    def to_mirror(self, url: str) -> str | None:
        """Where to fetch a live address; None where it is not the mirrored site's."""
        parts = urlsplit(url)
        if parts.netloc.lower() not in self.hosts:
            return None
        base = urlsplit(self.at)
        return urlunsplit(
            (base.scheme, base.netloc, base.path.rstrip("/") + (parts.path or "/"), parts.query, "")
        )

    def to_live(self, url: str) -> str:
        """The live address of one that the mirror itself gave (a redirect), unchanged if it is another's."""
        base, parts, live = urlsplit(self.at), urlsplit(url), urlsplit(self.live)
        path = base.path.rstrip("/")
        if parts.netloc != base.netloc or not parts.path.startswith(path):
            return url
        return urlunsplit((live.scheme, live.netloc, parts.path.removeprefix(path) or "/", parts.query, ""))


def mirror_of(site: Site, at: str) -> Mirror:
    return Mirror(at, frozenset(hosts_of(site)), site.home)
