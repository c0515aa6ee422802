"""The columns spider: every column's list, from its first page back to the day the plan asks for."""

from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any

from scrapy import Request

from crawler.crawling.crawl import Crawl
from crawler.crawling.detail_lookup import DetailLookup
from crawler.crawling.list_crawl import ListCrawl
from crawler.crawling.pagination import Pagination, Row
from crawler.fetching.browser import MOST_PAGES, browser_meta
from crawler.fetching.requests import ask
from crawler.outcomes.outcome import see_list
from crawler.page.meta import read_meta
from crawler.page.page import Page
from crawler.page.values import Entry, Expectation, LetterList, Listing, PageOutcome, PageRequest
from crawler.readers.lists.endpoint import first_turn, read_endpoint
from crawler.readers.lists.listing import read_list
from crawler.spiders.lists import List, ListSpider, Seen
from db.recording.pages import PageSeen, Sighting
from rules.vocabulary.places import Column
from rules.vocabulary.terms import Outcome


class ColumnsSpider(ListSpider[Column]):
    name = "columns"

    def __init__(self, crawl: Crawl, **kwargs: Any) -> None:
        super().__init__(crawl, **kwargs)
        self.browsed = 0
        self.desk = DetailLookup(crawl, self)

    async def start(self) -> AsyncIterator[Request | PageSeen]:
        for column in self.plan.columns:
            memory = self.plan.columns_before.get(column.key)
            walk = Pagination(self.plan.since, self.plan.site.crawling.max_pages)
            ledger = ListCrawl(column, walk, memory, self.plan.reliable(memory, self.plan.since))
            yield self.ask(
                first_turn(column.endpoint) if column.endpoint else PageRequest(column.url or ""), ledger
            )

    def ask(self, turn: PageRequest, ledger: ListCrawl[Column]) -> Request | PageSeen:
        """The request for a page; or, where the browser has opened enough pages tonight, the end of the walk."""
        if not ledger.subject.browser or ledger.subject.endpoint:
            return super().ask(turn, ledger)
        self.browsed += 1
        if self.browsed > MOST_PAGES:
            return self.unread(turn.url, ledger, PageOutcome(Outcome.UNREADABLE, "browser_limit"))
        return ask(turn, self.page, self.failure, None, browser_meta(self.plan.mirror), ledger=ledger)

    def read(self, page: Page, ledger: ListCrawl[Column]) -> tuple[Listing, PageOutcome]:
        column = ledger.subject
        if column.endpoint:
            number = ledger.walk.pages + 1
            listing = read_endpoint(page, column.endpoint, number, self.plan.as_of)
            if listing and (listing.entries or listing.says_empty):
                return listing, PageOutcome(Outcome.READ if listing.entries else Outcome.EMPTY)
            return Listing(), see_list(page, Listing(), self._expect(column))
        listing = read_list(page, self.plan.as_of)
        return listing, see_list(page, listing, self._expect(column))

    async def look_up(self, listing: List, ledger: ListCrawl[Column]) -> Seen:
        entries = () if isinstance(listing, LetterList) else listing.entries
        sightings = await self.desk.look_up(ledger.subject, entries)
        return Seen(list(_rows_of(entries, sightings)), sightings)

    def tags(self, page: Page, ledger: ListCrawl[Column]) -> Sequence[str] | None:
        """The standard asks column pages for META tags; their first pages tell."""
        first = ledger.walk.pages == 0 and not ledger.subject.endpoint
        return sorted(read_meta(page.tree)) if first else None

    def _expect(self, column: Column) -> Expectation:
        owners = {key for duty in column.duties for key in duty.units}
        names = [name for unit in self.plan.site.units if unit.key in owners for name in unit.names]
        return Expectation(self.plan.site.home, self.plan.site.name, column.path, tuple(names))


def _rows_of(entries: Sequence[Entry], sightings: Sequence[Sighting]) -> Iterator[Row]:
    """An absurd date neither orders the list nor leaves the row undated."""
    for entry, sighting in zip(entries, sightings, strict=True):
        day = None if entry.absurd else sighting.published
        yield Row(sighting.identity, day, sighting.published is not None)
