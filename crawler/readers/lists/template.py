"""The make of a list's place: pages of one template print their rows in elements of the same kind and load the same
scripts, whatever column they show. Columns of one template share the size of their pages and the pager."""

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache

from lxml import html

from crawler.page.addresses import split
from crawler.page.page import Page
from crawler.readers.lists.groups import Group

# What a class says of one row or one column only: a number, a place in the list, the current one.
_INCIDENTAL = re.compile(r"\d|^(?:on|cur|current|active|first|last|odd|even|top|new)$", re.IGNORECASE)

# Steps from the words that there is nothing up to the list: text, item, list, box.
MOST_STEPS = 4


def template_of(page: Page, group: Group) -> str:
    """A short name for the make of the rows' place: three words, of what stands around the list, of the list, of a row."""
    row = group.rows[0].box
    around = [one for one in row.iterancestors() if one.tag not in ("html", "form")]
    outer, place = (_name_of(page, around[steps:]) for steps in (1, 0))
    return f"{outer} {place} {_hash(_make(row))}"


def places_of(page: Page, element: html.HtmlElement) -> str:
    """The names that `template_of` would give, as list or as what stands around it, to an element of a page without rows and
    to its nearest parents: a page of the same template prints its rows there."""
    around = [one for one in (element, *element.iterancestors()) if one.tag not in ("html", "form", "body")]
    return " ".join(_name_of(page, around[steps:]) for steps in range(min(len(around), MOST_STEPS)))


def _name_of(page: Page, elements: Sequence[html.HtmlElement]) -> str:
    sources = {split(one.get("src") or "").path for one in page.tree.iter("script") if one.get("src")}
    makes = map(_make, (one for one in elements if one.tag != "body"))
    return _hash("\n".join([*makes, *sorted(sources)]))


# A site has few templates.
@lru_cache(maxsize=1024)
def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _make(element: html.HtmlElement) -> str:
    classes = sorted(name for name in (element.get("class") or "").split() if not _INCIDENTAL.search(name))
    return f"{element.tag}.{'.'.join(classes)}"
