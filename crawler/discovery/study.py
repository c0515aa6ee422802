"""One page as discovery sees it: a list, an empty list, a menu, or nothing that could be read."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from crawler.discovery import hints
from crawler.discovery.breadcrumbs import Crumb, read_crumbs
from crawler.discovery.menus import read_menus
from crawler.discovery.names import split_path
from crawler.discovery.outline import Outline
from crawler.discovery.page_links import Link, read_links
from crawler.discovery.page_names import own_names, said_names
from crawler.discovery.page_uses import answers_search, fields_to_fill_in, holds_letters
from crawler.listing.source import ListSource, PageReading, read_page
from crawler.outcomes.costly import within_budget
from crawler.outcomes.outcome import see_list
from crawler.page.addresses import looks_like_posting
from crawler.page.page import Page
from crawler.page.values import Entry, Expectation, Listing, PageOutcome
from rules.vocabulary.terms import Outcome


class Kind(StrEnum):
    """What a page turned out to be. UNREAD: it is there, but its list could not be read."""

    LIST = "list"
    EMPTY = "empty"
    MENU = "menu"
    ARTICLE = "article"
    UNREAD = "unread"
    GONE = "gone"


GONE = (
    "http_404",
    "http_410",
    "soft_404",
    "http_400",
    "bad_address",
    "binary",
    "too_large",
    "home",
    "jump_home",
    "directory",
)
# A menu's entries are shorter: half a list of longer ones is a list of postings.
LONG_TITLE = 14


@dataclass(frozen=True, slots=True)
class PageNote:
    """What is kept of a page that was asked for. `rows` are its list's entries (address, title), `cause` and
    `sentence` why it could not be read, `names` what it may be called, the surest first, `own_names` what it calls itself for
    certain; `duties` are the lines 责任单位：… by the heading they stand under. `letters`: its rows prove to be letters;
    `fields`: how many it has to fill in; `search`: its rows answer a search. `age` is that of the newest row in days,
    `sources` are the units that its rows show."""

    url: str
    kind: Kind
    cause: str = ""
    sentence: str = ""
    links: tuple[Link, ...] = ()
    crumbs: tuple[Crumb, ...] = ()
    names: tuple[str, ...] = ()
    own_names: tuple[str, ...] = ()
    rows: frozenset[tuple[str, str]] = frozenset()
    emails: tuple[str, ...] = ()
    cycle: int | None = None
    cycle_words: str = ""
    organisation: str = ""
    duties: tuple[tuple[str, tuple[str, ...]], ...] = ()
    letters: bool = False
    fields: int = 0
    search: bool = False
    paged: bool = False
    age: int | None = None
    sources: frozenset[str] = frozenset()
    site_name: str = ""
    office: str = ""

    @property
    def why(self) -> str:
        """What happened, without what to do about it."""
        return self.sentence.partition("，")[0]

    @property
    def counts(self) -> bool:
        """Whether it is a list's page, with rows or said to be empty."""
        return self.kind in (Kind.LIST, Kind.EMPTY)


def study(page: Page, expect: Expectation, as_of: date, *, name: str = "") -> PageNote:
    """Reads a page once for all that discovery wants of it. `name` is what a menu calls it."""
    return within_budget(
        page, lambda: _study(page, expect, as_of, name), lambda outcome: failed(page.url, outcome)
    )


def _study(page: Page, expect: Expectation, as_of: date, name: str) -> PageNote:
    outline = Outline(page.model)
    links = (*read_links(page, outline), *read_menus(page))
    crumbs = read_crumbs(page, outline)
    reading = read_page(page, ListSource(page.asked or page.url), 1, as_of, expect)
    listing = reading.listing
    kind, page_outcome = (Kind.LIST, reading.outcome) if reading.source else _see(page, reading, expect, name)
    if kind is not Kind.GONE and hints.is_article(page, outline):
        kind, page_outcome = (
            Kind.ARTICLE,
            PageOutcome(Outcome.UNREADABLE, "article", "页面是一篇文章，不是列表"),
        )
    days, words = hints.cycle(outline)
    names = said_names(page, crumbs)
    return PageNote(
        url=page.url,
        kind=kind,
        cause=page_outcome.cause,
        sentence=page_outcome.sentence,
        links=links,
        crumbs=crumbs,
        names=names,
        own_names=own_names(page, crumbs, outline),
        rows=frozenset((e.url, e.title) for e in listing.entries if e.url and _is_posting(e)),
        paged=listing.next_page is not None or listing.stated_total is not None,
        emails=hints.emails(outline),
        cycle=days,
        cycle_words=words,
        organisation=hints.organisation(outline),
        duties=_duties(outline),
        letters=kind not in (Kind.GONE, Kind.ARTICLE) and holds_letters(page, expect, names),
        fields=fields_to_fill_in(page),
        search=answers_search(page),
        age=min(((as_of - e.date).days for e in listing.entries if e.date and not e.absurd), default=None),
        sources=frozenset(entry.source for entry in listing.entries if entry.source),
        site_name=hints.site_name(page),
        office=hints.office_name(page),
    )


def failed(url: str, page_outcome: PageOutcome) -> PageNote:
    """The note of a request that brought no page."""
    return PageNote(
        url,
        Kind.GONE if page_outcome.cause in GONE else Kind.UNREAD,
        page_outcome.cause,
        page_outcome.sentence,
    )


def _see(
    page: Page, reading: PageReading[Listing], expect: Expectation, name: str
) -> tuple[Kind, PageOutcome]:
    listing, page_outcome = reading.listing, reading.outcome
    if page_outcome.outcome is Outcome.READ:
        return (Kind.LIST if _holds_postings(listing) else Kind.MENU), page_outcome
    if page_outcome.outcome is Outcome.EMPTY:
        return Kind.EMPTY, page_outcome
    if page_outcome.cause == "no_rows":
        # A bare list place is an empty column only where the page proves to be that column.
        bare = see_list(page, listing, replace(expect, column_path=(name,))) if name else page_outcome
        return (Kind.EMPTY, bare) if bare.outcome is Outcome.EMPTY else (Kind.MENU, page_outcome)
    return (Kind.GONE if page_outcome.cause in GONE else Kind.UNREAD), page_outcome


def _is_posting(entry: Entry) -> bool:
    """A row with a day, or with a title and an address that no menu's entry has."""
    if entry.date is not None:
        return True
    long = len(entry.title) >= LONG_TITLE and len(split_path(entry.title)) == 1
    return long and entry.url is not None and looks_like_posting(entry.url)


def _holds_postings(listing: Listing) -> bool:
    postings = sum(map(_is_posting, listing.entries))
    return any(entry.date for entry in listing.entries) or postings > len(listing.entries) / 2


def _duties(outline: Outline) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Heading → the units that a line 责任单位：… under it names."""
    found: dict[str, tuple[str, ...]] = {}
    for element in outline.elements:
        summary = outline[element]
        if 6 < len(summary.text) < 140 and (names := hints.duties(summary.text)):
            elder = element.getprevious()
            over = outline[elder].label if elder is not None else ""
            if over:
                found.setdefault(over, names)
    return tuple(found.items())
