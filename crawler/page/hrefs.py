"""What an address alone tells: whether a link leads to a posting or to a column."""

import re
from urllib.parse import parse_qsl, urljoin, urlsplit

_ARTICLE = re.compile(r"\d{3,}|[?&](?:id|infoid|articleid|newsid)=|\.(?:pdf|docx?|xlsx?)$", re.I)
_FOLDER = re.compile(r"/(?:(?:index|list|default)\.\w{2,6})?(?:#.*)?$", re.I)
_MOMENT = re.compile(r"\d{8,}")


def leads_to_article(href: str) -> bool:
    """A number names an article; one that names a folder names a column, if it is not as long as a moment."""
    return bool((_MOMENT if _FOLDER.search(href) else _ARTICLE).search(href))


def leads_to_column(href: str, here: str) -> bool:
    """Surely: it names a folder, and no moment with it; or asks of the program that made the column at `here` the same
    thing of another number. Not the opposite of `leads_to_article`: of most links nobody knows."""
    if _FOLDER.search(href):
        return not _MOMENT.search(href)
    asked = _asked(here)
    return bool(asked[1]) and _asked(href, here) == asked


def _asked(href: str, here: str = "") -> tuple[str, frozenset[str]]:
    """The program and the names of what it is asked."""
    try:
        parts = urlsplit(urljoin(here, href))
        return parts.path, frozenset(name for name, _ in parse_qsl(parts.query))
    except ValueError:
        return "", frozenset()
