"""The home page: the newest day it shows, and whose page it says it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice

from crawler.page.addresses import find_base, plain_address, web_address
from crawler.page.list_place import frame_of, templated
from crawler.page.meta import meta_names, read_meta
from crawler.page.page import Page
from crawler.page.page_code import FETCHES, page_code
from crawler.page.scripts import script_text
from crawler.page.tokens import all_tokens
from crawler.page.visible_text import visible_text
from crawler.readers.lists.entries import make_entries
from crawler.readers.lists.groups import dated_groups
from rules.scanners.footer import FooterPart, footer_parts

# No government had a site before: an earlier day is a slip or a placeholder such as 1970-01-01.
FAR_BACK = date(1990, 1, 1)
# Characters. Columns, services and friendly links are called by shorter names; where one is not, it stands there night
# after night and is no news.
SHORTEST_TITLE = 10
# Guard: more than any portal's home page links to.
MOST_LINKS = 1000
LONGEST_TEXT = 60
# A place that a script fills before anybody can follow the link: ${url}, {{url}}, <%= url %>.
_SCRIPTED = re.compile(r"[{}<>]|%7B|%3C", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Home:
    """`newest` is not after the day of reading; `tags` are the META names that carry a value, lower case
    (None: the page has no head of its own). `scripted`: scripts or a frame may show newer rows than the page carries.
    `titles` are the addresses behind its titles as `plain_address` writes them, `undated` those of them beside which no
    day stands: pictures, headlines. `footer`: the parts of its foot, None where none is seen or scripts may still write it.
    `links`: the addresses that it links to, each once, and their texts."""

    newest: date | None
    identity: str
    tags: list[str] | None
    scripted: bool = False
    titles: frozenset[str] = frozenset()
    undated: frozenset[str] = frozenset()
    footer: frozenset[FooterPart] | None = None
    links: tuple[tuple[str, str], ...] = ()


def read_home(page: Page, as_of: date) -> Home:
    """What a home page shows. A row without a year is completed by its address and `as_of`."""
    meta = read_meta(page.tree)
    title = " ".join((page.tree.findtext(".//title") or "").split())
    # Every dated row of every block, hidden tabs included: a home page has many lists, and all are its own.
    stream, base = page.model.view(all_tokens), find_base(page)
    lists = (make_entries(stream, group, base, as_of) for group in dated_groups(stream, tabs=True))
    rows = list(chain(*lists))
    days = [one.date for one in rows if one.date and FAR_BACK <= one.date <= as_of]
    titles = _titles(page, base)
    scripted = bool(page_code(page).loaders or frame_of(page) or templated(page, visible_text(page)))
    return Home(
        max(days, default=None),
        meta.get("sitename", title)[:200],
        meta_names(page),
        scripted,
        titles,
        titles - {plain_address(one.url) for one in rows if one.date and one.url},
        None if scripted or FETCHES.search(script_text(page.tree)) else footer_parts(page.text),
        tuple(islice(_links(page, base), MOST_LINKS)),
    )


def _links(page: Page, base: str) -> Iterator[tuple[str, str]]:
    """What its links lead to as a citizen's browser would ask for it: not what scripts write or open, nor another state of the
    page itself."""
    met = {base, page.url}
    for anchor in page.tree.iter("a", "area"):
        href = (anchor.get("href") or "").strip()
        url = None if anchor.get("onclick") or _SCRIPTED.search(href) else web_address(base, href)
        url = url and url.partition("#")[0]
        if url and url not in met:
            met.add(url)
            named = " ".join((anchor.get("title") or anchor.text_content()).split())
            yield url, named[:LONGEST_TEXT]


def _titles(page: Page, base: str) -> frozenset[str]:
    """The addresses of the links that are long enough for a title: menus name a column in fewer characters."""
    named = ((a.get("href"), a.get("title") or a.text_content()) for a in page.tree.iter("a"))
    addresses = (
        web_address(base, href) for href, name in named if len("".join(name.split())) >= SHORTEST_TITLE
    )
    return frozenset(plain_address(address) for address in addresses if address)
