"""One page as discovery sees it: a list, an empty list, a menu, or nothing that could be read."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from crawler.discovery import hints
from crawler.discovery.breadcrumbs import Crumb, read_crumbs
from crawler.discovery.menus import read_menus
from crawler.discovery.names import clean_name, is_name, split_path
from crawler.discovery.outline import Outline
from crawler.discovery.page_links import Link, read_links
from crawler.listing.source import ListSource, PageReading, read_letters, read_page
from crawler.outcomes.outcome import see_letters, see_list
from crawler.page.addresses import looks_like_posting
from crawler.page.meta import read_meta
from crawler.page.page import Page
from crawler.page.values import Entry, Expectation, Listing, PageOutcome
from crawler.page.visible_text import segments, title_of
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
    """What is kept of a page that was asked for. `rows` are the addresses of its list's entries, `cause` and
    `sentence` why it could not be read, `names` what it calls itself, the surest first; `duties` are the
    lines 责任单位：… by the heading they stand under."""

    url: str
    kind: Kind
    cause: str = ""
    sentence: str = ""
    links: tuple[Link, ...] = ()
    crumbs: tuple[Crumb, ...] = ()
    names: tuple[str, ...] = ()
    rows: frozenset[str] = frozenset()
    emails: tuple[str, ...] = ()
    cycle: int | None = None
    cycle_words: str = ""
    organisation: str = ""
    duties: tuple[tuple[str, tuple[str, ...]], ...] = ()
    letters: bool = False
    paged: bool = False
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


def study(page: Page, expect: Expectation, as_of: date, *, name: str = "", mailbox: bool = False) -> PageNote:
    """Reads a page once for all that discovery wants of it. `name` is what a menu calls it; `mailbox`: try it
    as a list of letters too."""
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
    return PageNote(
        url=page.url,
        kind=kind,
        cause=page_outcome.cause,
        sentence=page_outcome.sentence,
        links=links,
        crumbs=crumbs,
        names=_names(page, crumbs),
        rows=frozenset(entry.url for entry in listing.entries if entry.url and _is_posting(entry)),
        paged=listing.next_page is not None or listing.stated_total is not None,
        emails=hints.emails(outline),
        cycle=days,
        cycle_words=words,
        organisation=hints.organisation(outline),
        duties=_duties(outline),
        letters=mailbox and _holds_letters(page, expect),
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


def _names(page: Page, crumbs: tuple[Crumb, ...]) -> tuple[str, ...]:
    declared = clean_name(read_meta(page.tree).get("columnname", ""))
    titled = [clean_name(part) for part in segments(title_of(page))[:1]]
    said = [*(crumb.name for crumb in crumbs[-1:]), declared, *titled]
    return tuple(dict.fromkeys(name for name in said if is_name(name)))


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


def _holds_letters(page: Page, expect: Expectation) -> bool:
    letters = read_letters(page)
    outcome = see_letters(page, letters, expect).outcome
    answered = any(row.unit or row.status or row.answered or row.number for row in letters.entries)
    return outcome is Outcome.READ and answered
