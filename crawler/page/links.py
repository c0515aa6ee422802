"""Links as browsers read them, and which may be stored: what a browser would open is what is stored and printed. After the
URL Standard (WHATWG): basic URL parser, forbidden host code points."""

import re
from functools import lru_cache
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from rules.vocabulary.unprinted import UNPRINTED

WEB = frozenset({"http", "https"})
# Before the query a browser takes \ for /: /\other.example is another host's.
_LEAST = re.compile(r"[\x00-\x20\x7f\\]")
_WITHIN = re.compile(r"[\t\n\r]")
_ENDS = "".join(map(chr, range(0x21)))
# A name, in any script, or an IPv6 address, which `urlsplit` has looked at; and a port.
HOST = re.compile(r"(?:[\w.-]+|\[[0-9a-fA-F:.]+\])(?::\d{0,5})?")
# A link to a file, behind what all links into its folder have in common. Folders alone, fragments, blanks, other schemes
# and letters that are written in escapes are left to the general rules.
_IN_FOLDER = re.compile(
    r"((?:https?://[\w.-]+(?::\d+)?/|/)?(?:[\w.-]+/)*)([\w-][\w.-]*(?:\?[\w=&.%/-]*)?)", re.ASCII
)
# A link longer than this no server answers and no browser of an office opens.
LONGEST = 8_000


def as_browsers_read(href: str) -> str:
    """The link without what a browser leaves out: controls and blanks around it, line breaks and tabs within (a script
    that hides as `java\\nscript:`); and with slashes for backslashes before the query."""
    if not _LEAST.search(href):
        return href
    href = _WITHIN.sub("", href.strip(_ENDS))
    if "\\" not in href:
        return href
    path = re.split(r"[?#]", href, maxsplit=1)[0]
    return path.replace("\\", "/") + href[len(path) :]


def plain_link(base: str, href: str) -> tuple[str, str | None] | None:
    """A link to a file of a folder, made absolute, and as it may be stored (None: not at all): the same as the general rules
    give, at a tenth of their time, for the rows of a list lead into few folders. None for every other link."""
    found = _IN_FOLDER.fullmatch(href)
    if found is None or len(base) + len(href) > LONGEST:
        return None
    try:
        joined, stored = _folder_at(base, found[1])
    except ValueError:
        return None
    return joined + found[2], None if stored is None else stored + found[2]


def any_file(url: str) -> str:
    """An address that leads into the same folder as `url`, one for all files where it is plain."""
    found = _IN_FOLDER.fullmatch(url)
    return found[1] + "x" if found else url


@lru_cache(maxsize=8192)
def _folder_at(base: str, folder: str) -> tuple[str, str | None]:
    joined = urljoin(base, folder + "x")
    stored = linked(urlsplit(base), joined, urlsplit(joined))
    return joined[:-1], None if stored is None else stored[:-1]


def linked(base: SplitResult, url: str, parts: SplitResult) -> str | None:
    """The address to which a page at `base` links, as it may be stored; as printed where the page is a saved file."""
    return storable(url, parts) if parts.scheme or base.scheme else url


def storable(url: str, parts: SplitResult) -> str | None:
    """The address of a web page as it may be stored: without a user's name (http://www.x.gov.cn@other.example/ is the
    other's), what is not printed in its escapes. None for every scheme but http and https, and where no host is named."""
    host = parts.netloc
    if parts.scheme not in WEB or not host or len(url) > LONGEST:
        return None
    if "@" in host or not url.startswith(("http:", "https:")):
        host = host.rpartition("@")[2]
        url = urlunsplit(parts._replace(netloc=host))
    if not HOST.fullmatch(host) or not _port_fits(parts):
        return None
    if url.isascii() and url.isprintable():
        return url
    return UNPRINTED.sub(lambda found: quote(found[0], errors="replace"), url)


def _port_fits(parts: SplitResult) -> bool:
    try:
        _port = parts.port
    except ValueError:
        return False
    return True
