"""What an address alone tells: whether a link leads to a posting or to a column."""

import re

_ARTICLE = re.compile(r"\d{3,}|[?&](?:id|infoid|articleid|newsid)=|\.(?:pdf|docx?|xlsx?)$", re.I)
_FOLDER = re.compile(r"/(?:(?:index|list|default)\.\w{2,6})?(?:#.*)?$", re.I)
_MOMENT = re.compile(r"\d{8,}")


def leads_to_article(href: str) -> bool:
    """A number names an article; one that names a folder names a column, if it is not as long as a moment."""
    return bool((_MOMENT if _FOLDER.search(href) else _ARTICLE).search(href))


def leads_to_column(href: str) -> bool:
    """Surely: it names a folder, and no moment with it. Not the opposite of `leads_to_article`: of most nobody knows."""
    return bool(_FOLDER.search(href)) and not _MOMENT.search(href)
