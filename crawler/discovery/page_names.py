"""What a page calls itself: the last step of the way to it, its ColumnName, its heading, the head of its title."""

from collections.abc import Sequence

from crawler.discovery.areas import is_placeholder
from crawler.discovery.breadcrumbs import Crumb
from crawler.discovery.names import clean_name, is_name
from crawler.discovery.outline import Outline
from crawler.discovery.site_scope import key_of
from crawler.page.meta import read_meta
from crawler.page.page import Page
from crawler.page.visible_text import segments, title_of

# The longest name of a column in our site files has 25 characters; a longer heading is a posting's title.
LONGEST_HEADING = 25


def own_names(page: Page, crumbs: Sequence[Crumb], outline: Outline) -> tuple[str, ...]:
    """The page's name in its own words, the surest first; () where it gives none. A last step that links to another page is the one
    above; a title's head may be the site's or a slogan, so it is no proof."""
    last = crumbs[-1] if crumbs else Crumb("")
    here = not last.url or key_of(last.url) == key_of(page.url)
    said = (last.name if here else "", _declared(page), _heading(page, outline))
    return tuple(dict.fromkeys(name for name in said if is_name(name) and not is_placeholder(name)))


def said_names(page: Page, crumbs: Sequence[Crumb]) -> tuple[str, ...]:
    """Everything it may be called, the surest first."""
    titled = [clean_name(part) for part in segments(title_of(page))[:1]]
    said = [*(crumb.name for crumb in crumbs[-1:]), _declared(page), *titled]
    return tuple(dict.fromkeys(name for name in said if is_name(name)))


def _declared(page: Page) -> str:
    return clean_name(read_meta(page.tree).get("columnname", ""))


def _heading(page: Page, outline: Outline) -> str:
    """The only h1, where it is no headline that links to its story, nor the site's own name, which closes the title of
    every page."""
    heads = [element for element in outline.elements if element.tag == "h1" and not outline[element].links]
    found = [clean_name(outline[element].text) for element in heads]
    named = [name for name in found if is_name(name) and len(name) <= LONGEST_HEADING]
    of_site = [clean_name(part) for part in segments(title_of(page))[1:]]
    return named[0] if len(named) == 1 and named[0] not in of_site else ""
