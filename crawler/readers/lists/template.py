"""The make of a list's place: pages of one template print their rows in elements of the same kind and load the same
scripts, whatever column they show. Columns of one template share the size of their pages and the pager."""

import hashlib
import re

from lxml import html

from crawler.page.addresses import split
from crawler.page.page import Page
from crawler.readers.lists.groups import Group

# What a class says of one row or one column only: a number, a place in the list, the current one.
_INCIDENTAL = re.compile(r"\d|^(?:on|cur|current|active|first|last|odd|even|top|new)$", re.IGNORECASE)


def template_of(page: Page, group: Group) -> str:
    """A short name for the make of the rows' place, from the row up to the page's body."""
    row = group.rows[0].box
    parts = [_make(element) for element in (row, *row.iterancestors()) if element.tag not in ("html", "form")]
    scripts = sorted(
        {split(source.get("src") or "").path for source in page.tree.iter("script") if source.get("src")}
    )
    return hashlib.sha256("\n".join([*parts, *scripts]).encode()).hexdigest()[:16]


def _make(element: html.HtmlElement) -> str:
    classes = sorted(name for name in (element.get("class") or "").split() if not _INCIDENTAL.search(name))
    return f"{element.tag}.{'.'.join(classes)}"
