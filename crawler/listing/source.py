"""Where a column's list comes from, and what one page of it says: its rows, and what was really seen.

A list comes from the column's page; from an endpoint that the site file describes; or from an endpoint that the page
itself names, and then the page is a shell: the second request goes there. The crawl, `prove` and discovery all
read through `read_page`, so that one page never has two readings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Generic, TypeVar

from crawler.outcomes.bodies import without_end
from crawler.outcomes.causes import outcome_of
from crawler.outcomes.costly import within_budget
from crawler.outcomes.identity import intruding_rows
from crawler.outcomes.outcome import see_envelope, see_letters, see_list, see_stray
from crawler.page.addresses import split
from crawler.page.budget import MOST_LETTERS, MOST_ROWS, TOO_MANY_ROWS
from crawler.page.page import Page
from crawler.page.tokens import TokenStream, shown_tokens
from crawler.page.values import (
    Entry,
    Expectation,
    LetterEntry,
    LetterList,
    Listing,
    ListPage,
    PageOutcome,
    PageRequest,
)
from crawler.platforms import PLATFORMS, Platform, find_platform, platform_named
from crawler.readers.letters.letter_list import read_letter_rows, stated_letters
from crawler.readers.lists.endpoint import first_turn, read_endpoint
from crawler.readers.lists.listing import NOTHING, Known, read_generic_list
from crawler.readers.pagers.pager import read_pager
from crawler.sites.hosts import hosts_of
from rules.vocabulary.places import Column, Endpoint, Site
from rules.vocabulary.terms import Outcome

# What is seen of a page that waits for its script. Any other fault (a firewall, another column) stands as it is.
SHELL_CAUSES = ("js_list", "js_shell", "js_required", "no_rows", "doubtful_empty", "empty_unproved")
Shown = TypeVar("Shown", bound=ListPage[Any])


def read_list(
    page: Page,
    as_of: date | None = None,
    named: str | None = None,
    platforms: Sequence[Platform] = PLATFORMS,
) -> Listing:
    """What one page of a column's list shows; a page that is no list has no entries. Raises nothing but TooCostly.

    `as_of` is the day on which the page was read; `named`, the platform that the site file names.
    """
    return read_list_of(find_platform(page, named, platforms), page, as_of)


def read_letters(
    page: Page, named: str | None = None, platforms: Sequence[Platform] = PLATFORMS
) -> LetterList:
    """What one page of a mailbox's list shows; a page that is no such list has no rows. Raises nothing but
    TooCostly."""
    platform = find_platform(page, named, platforms)
    known = _known(page, None, platform) if platform else NOTHING
    listing = read_generic_list(page, None, known)
    rows = read_letter_rows(platform.unpacked(page) if platform else page, listing.entries)
    if rows and not _are_letters(listing.entries, rows):
        # A table without links, or a neighbour's block was read instead: the pager is the one behind the letters.
        stream = page.model.view(shown_tokens)
        pager = read_pager(page, stream, _place_of(stream, rows), known.pagers)
        listing = Listing((), pager.turn, pager.rows, pager.pages, None, pager.ended, pager.doubts)
    says_empty = None if rows else listing.says_empty
    many = [TOO_MANY_ROWS] * (len(rows) >= MOST_LETTERS and TOO_MANY_ROWS not in listing.doubts)
    totals = [total for total in (listing.stated_total, stated_letters(page)) if total is not None]
    return LetterList(
        rows, listing.next_page, max(totals, default=None), listing.stated_pages, says_empty, listing.ended,
        (*many, *listing.doubts), listing.template,
    )  # fmt: skip


def _place_of(stream: TokenStream, letters: Sequence[LetterEntry]) -> tuple[int, int] | None:
    """From the first to the last subject on the page; None where none is shown as it was read."""
    subjects = {letter.subject for letter in letters}
    at = [n for n, token in enumerate(stream.tokens) if token.text.strip() in subjects]
    return (at[0], at[-1] + 1) if at else None


def _are_letters(entries: Sequence[Entry], letters: Sequence[LetterEntry]) -> bool:
    """Whether most letters are among the rows that were read as a plain list, whose pager is then theirs."""
    urls, titles = {entry.url for entry in entries}, {entry.title for entry in entries}
    met = sum((letter.url in urls if letter.url else letter.subject in titles) for letter in letters)
    return 2 * met > len(letters)


def read_list_of(platform: Platform | None, page: Page, as_of: date | None) -> Listing:
    """The same for a page whose platform is known already."""
    read = bounded(read_generic_list(page, as_of, _known(page, as_of, platform) if platform else NOTHING))
    slipped_in = intruding_rows(((one.title, one.url) for one in read.entries), page.url)
    if not slipped_in:
        return read
    own = tuple(one for at, one in enumerate(read.entries) if at not in slipped_in)
    return Listing(
        own, read.next_page, read.stated_total, read.stated_pages, read.says_empty, read.ended, read.doubts, read.template
    )  # fmt: skip


def bounded(read: Shown) -> Shown:
    """A page of a list with as many rows as one page may bring; where it shows more, it is doubted."""
    if len(read.entries) <= MOST_ROWS:
        return read
    doubts = dict.fromkeys((TOO_MANY_ROWS, *read.doubts))
    return replace(read, entries=read.entries[:MOST_ROWS], doubts=tuple(doubts))


def _known(page: Page, as_of: date | None, platform: Platform) -> Known:
    carries = platform.rows(page, as_of)
    if carries is not None:
        carries = replace(carries, next_page=platform.next_page(page))
    return Known(carries, tuple(platform.pagers(page)))


@dataclass(frozen=True, slots=True)
class ListSource:
    """Where a column's list comes from. `url` is the column's address, with its fragment; `platform` the name that
    the site file gives; `endpoint`, what it or the column's page (`named`) describes. `hosts` (with port) are the
    site's own: an endpoint elsewhere is never asked."""

    url: str
    hosts: frozenset[str] = frozenset()
    platform: str | None = None
    endpoint: Endpoint | None = None
    named: bool = False

    def first_request(self, platforms: Sequence[Platform] = PLATFORMS) -> PageRequest:
        """How the first page is asked for."""
        if self.endpoint:
            return first_turn(self.endpoint)
        platform = platform_named(self.platform, platforms)
        return platform.first_request(self.url) if platform else PageRequest(self.url)


@dataclass(frozen=True, slots=True)
class PageReading(Generic[Shown]):
    """One page as read. `source`: the page is a shell, and its list is to be asked for there."""

    listing: Shown
    outcome: PageOutcome
    source: ListSource | None = None


def source_of(site: Site, column: Column) -> ListSource:
    """Where a column's list comes from, as far as the site file says."""
    return ListSource(column.url or "", frozenset(hosts_of(site)), column.platform, column.endpoint)


def expectation_of(site: Site, column: Column) -> Expectation:
    """What a column's page should be."""
    owners = {key for duty in column.duties for key in duty.units}
    names = [name for unit in site.units if unit.key in owners for name in unit.names]
    return Expectation(site.home, site.name, column.path, tuple(names))


def read_page(
    page: Page,
    source: ListSource,
    number: int,
    as_of: date | None,
    expect: Expectation | None = None,
    platforms: Sequence[Platform] = PLATFORMS,
) -> PageReading[Listing]:
    """Page `number` (from 1) of a list, or the shell before it. `as_of` is the day on which it was read. Never raises."""
    return within_budget(
        page,
        lambda: _read_page(page, source, number, as_of, expect, platforms),
        lambda outcome: PageReading(Listing(), outcome),
    )


def read_mailbox(
    page: Page, expect: Expectation | None = None, platforms: Sequence[Platform] = PLATFORMS
) -> PageReading[LetterList]:
    """One page of a mailbox's list, and what was really seen of it. Never raises."""

    def read() -> PageReading[LetterList]:
        letters = read_letters(page, platforms=platforms)
        return PageReading(letters, see_letters(page, letters, expect))

    return within_budget(page, read, lambda outcome: PageReading(LetterList(), outcome))


def _read_page(
    page: Page,
    source: ListSource,
    number: int,
    as_of: date | None,
    expect: Expectation | None,
    platforms: Sequence[Platform],
) -> PageReading[Listing]:
    if source.endpoint:
        return _read_answer(page, source.endpoint, number, as_of, expect)
    platform = find_platform(page, source.platform, platforms)
    listing = read_list_of(platform, page, as_of)
    outcome = see_list(page, listing, expect)
    if outcome.outcome is Outcome.READ and without_end(page):
        listing = replace(listing, doubts=(*listing.doubts, "cut_short"))
    if number > 1 and outcome.outcome is Outcome.READ:
        outcome = see_stray(page, source.url, expect) or outcome
    endpoint = platform.endpoint(page, source.url) if platform and _waits(listing, outcome) else None
    if endpoint is None:
        return PageReading(listing, outcome)
    host = split(endpoint.url).netloc.lower()
    if host not in source.hosts | {split(page.url).netloc.lower()}:
        return PageReading(Listing(), outcome_of("foreign_endpoint", host))
    found = replace(source, endpoint=endpoint, named=True)
    return PageReading(Listing(), PageOutcome(Outcome.READ), found)


def _waits(listing: Listing, outcome: PageOutcome) -> bool:
    """Whether the page may be a shell: it shows no rows, or rows of which nothing says that they are all."""
    if outcome.outcome is Outcome.READ:
        stated = listing.stated_total is not None and listing.stated_total <= len(listing.entries)
        return listing.next_page is None and not stated
    return outcome.outcome is Outcome.EMPTY or outcome.cause in SHELL_CAUSES


def _read_answer(
    page: Page, endpoint: Endpoint, number: int, as_of: date | None, expect: Expectation | None
) -> PageReading[Listing]:
    """An endpoint's answer. An error is unreadable, whatever empty list it carries; so is what the recipe does not
    describe."""
    listing = read_endpoint(page, endpoint, number, as_of)
    fault = see_envelope(page, expect)
    if fault is None and listing and listing.entries:
        return PageReading(bounded(listing), PageOutcome(Outcome.READ))
    if fault is None and listing and listing.says_empty:
        fault = PageOutcome(Outcome.EMPTY)
    return PageReading(Listing(), fault or see_list(page, Listing(), expect))
