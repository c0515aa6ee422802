"""Links as browsers read them, and which may be stored: what a browser would open is what is stored and printed. After the
URL Standard (WHATWG): basic URL parser, forbidden host code points."""

import re
from urllib.parse import SplitResult, quote, urlunsplit

from rules.vocabulary.unprinted import UNPRINTED

WEB = frozenset({"http", "https"})
# Before the query a browser takes \ for /: /\other.example is another host's.
_LEAST = re.compile(r"[\x00-\x20\x7f\\]")
_WITHIN = re.compile(r"[\t\n\r]")
_ENDS = "".join(map(chr, range(0x21)))
# Besides what ends a host in an address. `[` and `]` hold an IPv6 address, which `urlsplit` has looked at.
_NO_HOST = re.compile(r"[\s<>^|%\\\"]")
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


def storable(url: str, parts: SplitResult) -> str | None:
    """The address of a web page as it may be stored: without a user's name (http://www.x.gov.cn@other.example/ is the
    other's), what is not printed in its escapes. None for every scheme but http and https, and where no host is named."""
    host = parts.netloc
    if parts.scheme not in WEB or not host or len(url) > LONGEST:
        return None
    if "@" in host or not url.startswith(("http:", "https:")):
        host = host.rpartition("@")[2]
        url = urlunsplit(parts._replace(netloc=host))
    if _NO_HOST.search(host) or not _port_fits(parts) or not parts.hostname:
        return None
    if url.isascii() and url.isprintable():
        return url
    return (
        None
        if UNPRINTED.search(host)
        else UNPRINTED.sub(lambda found: quote(found[0], errors="replace"), url)
    )


def _port_fits(parts: SplitResult) -> bool:
    try:
        _port = parts.port
    except ValueError:
        return False
    return True
