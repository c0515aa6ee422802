"""The columns spider: every column's list, from its first page back to the day the plan asks for."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

from scrapy import Request

from crawler.crawling.crawl import Crawl
from crawler.crawling.detail_lookup import DetailLookup
from crawler.crawling.list_crawl import ListCrawl
from crawler.crawling.pagination import Pagination
from crawler.fetching.browser import MOST_PAGES, browser_meta
from crawler.fetching.requests import ask
from crawler.listing.source import PageReading, expectation_of, read_page, source_of
from crawler.page.meta import meta_names
from crawler.page.page import Page
from crawler.page.values import Listing, PageOutcome, PageRequest
from crawler.spiders.list_spider import ListSpider, Seen
from db.recording.pages import PageSeen
from rules.vocabulary.places import Column
from rules.vocabulary.terms import Outcome


class ColumnsSpider(ListSpider[Column, Listing]):
    name = "columns"

    def __init__(self, crawl: Crawl, **kwargs: Any) -> None:
        super().__init__(crawl, **kwargs)
        self.browsed = 0
        self.details = DetailLookup(crawl, self)

    async def start(self) -> AsyncIterator[Request | PageSeen]:
        for column in self.plan.columns:
            memory = self.plan.columns_before.get(column.key)
            pagination = Pagination(self.plan.since, self.plan.site.crawling.max_pages)
            reliable = self.plan.reliable(memory, self.plan.since)
            source = source_of(self.plan.site, column)
            yield self._first(ListCrawl(column, pagination, memory, reliable, source))

    def _first(self, progress: ListCrawl[Column]) -> Request | PageSeen:
        source = progress.source or source_of(self.plan.site, progress.subject)
        return self.ask(source.first_request(self.plan.platforms), progress)

    def ask(self, turn: PageRequest, progress: ListCrawl[Column]) -> Request | PageSeen:
        """The request for a page; or, where the browser has opened enough pages tonight, the end of the list."""
        if not progress.subject.browser or progress.subject.endpoint:
            return super().ask(turn, progress)
        self.browsed += 1
        if self.browsed > MOST_PAGES:
            return self.unread(turn.url, progress, PageOutcome(Outcome.UNREADABLE, "browser_limit"))
        return ask(turn, self.page, self.failure, None, browser_meta(self.plan.mirror), progress=progress)

    def read(self, page: Page, progress: ListCrawl[Column]) -> PageReading[Listing]:
        site, column = self.plan.site, progress.subject
        source = progress.source or source_of(site, column)
        number = progress.pagination.pages + 1
        expect = expectation_of(site, column)
        return read_page(page, source, number, self.plan.as_of, expect, self.plan.platforms)

    async def look_up(self, listing: Listing, progress: ListCrawl[Column]) -> Seen:
        sightings = await self.details.look_up(progress, listing.entries)
        return Seen(sightings, sightings)

    def tags(self, page: Page, progress: ListCrawl[Column]) -> Sequence[str] | None:
        """The standard asks column pages for META tags; their first pages tell."""
        page_comes_first = (
            progress.source is None or progress.source.endpoint is None or progress.source.named
        )
        first = progress.pagination.pages == 0 and page_comes_first
        return meta_names(page) if first else None
