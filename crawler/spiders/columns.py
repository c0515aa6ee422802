"""The columns spider: every column's list, from its first page back to the day the plan asks for."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.articles import ArticleDesk
from crawler.asking import NOT_MODIFIED, READABLE_STATUSES, ask, kind_of, now, page_of
from crawler.browser import MOST_PAGES, browser_meta
from crawler.crawl import Crawl
from crawler.ledger import Ledger
from crawler.reading.endpoint import first_turn, read_endpoint
from crawler.reading.listing import read_list
from crawler.reading.outcome import see_failure, see_list
from crawler.reading.page import Page
from crawler.reading.values import Entry, Expectation, Listing, Sight, Turn
from crawler.walk import Row, Walk
from db.recording import PageSeen, Sighting
from rules.places import Column
from rules.terms import Outcome


class ColumnsSpider(Spider):
    """Yields one PageSeen a page; the last page of a column closes its reading."""

    name = "columns"
    handle_httpstatus_list = READABLE_STATUSES

    def __init__(self, crawl: Crawl, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.crawl = crawl
        self.plan = crawl.plan
        self.browsed = 0
        self.desk = ArticleDesk(self.plan, self)

    async def start(self) -> AsyncIterator[Request | PageSeen]:
        for column in self.plan.columns:
            memory = self.plan.columns_before.get(column.key)
            walk = Walk(self.plan.since, self.plan.site.crawling.max_pages)
            ledger = Ledger(walk, memory, self.plan.reliable(memory, self.plan.since))
            turn = first_turn(column.endpoint) if column.endpoint else Turn(column.url or "")
            yield self._ask(column, ledger, turn)

    async def page(
        self, response: Response, column: Column, ledger: Ledger
    ) -> AsyncIterator[PageSeen | Request]:
        if response.status == NOT_MODIFIED and ledger.reliable:
            yield self._seen(response, column, 1, Sight(Outcome.UNCHANGED), close=ledger.unchanged(response))
            return
        number = ledger.walk.pages + 1
        listing, sight = self._read(page_of(response), column, number)
        if sight.outcome is not Outcome.READ:
            yield self._without_rows(response, column, ledger, number, sight)
            return
        if number == 1 and ledger.open(response, listing):
            sightings = await self.desk.look_up(column, listing.entries)
            close = ledger.unchanged(response)
            yield self._seen(response, column, 1, Sight(Outcome.UNCHANGED), sightings, close)
            return
        async for item in self._rows(response, column, ledger, listing):
            yield item

    async def failure(self, failure: Failure) -> AsyncIterator[PageSeen]:
        request: Request = failure.request  # type: ignore[attr-defined]
        column, ledger = request.cb_kwargs["column"], request.cb_kwargs["ledger"]
        sight = see_failure(kind_of(failure))
        close = ledger.failed(sight, self.plan.as_of)
        yield PageSeen(
            request.url,
            ledger.walk.pages + 1,
            sight.outcome,
            now(),
            column.key,
            cause=sight.cause,
            close=close,
        )

    def _read(self, page: Page, column: Column, number: int) -> tuple[Listing, Sight]:
        if column.endpoint:
            listing = read_endpoint(page, column.endpoint, number, self.plan.as_of)
            if listing and (listing.entries or listing.says_empty):
                return listing, Sight(Outcome.READ if listing.entries else Outcome.EMPTY)
            return Listing(), see_list(page, Listing(), self._expect(column))
        listing = read_list(page, self.plan.as_of)
        return listing, see_list(page, listing, self._expect(column))

    async def _rows(
        self, response: Response, column: Column, ledger: Ledger, listing: Listing
    ) -> AsyncIterator[PageSeen | Request]:
        number = ledger.walk.pages + 1
        sightings = await self.desk.look_up(column, listing.entries)
        stop = ledger.walk.take(
            list(_rows_of(listing.entries, sightings)),
            more=listing.next_page is not None,
            total=listing.stated_total,
            pages=listing.stated_pages,
        )
        close = ledger.stopped(stop, self.plan.as_of) if stop else None
        yield self._seen(response, column, number, Sight(Outcome.READ), sightings, close)
        if stop is None and listing.next_page:
            yield self._ask(column, ledger, listing.next_page)

    def _without_rows(
        self, response: Response, column: Column, ledger: Ledger, number: int, sight: Sight
    ) -> PageSeen:
        if sight.outcome is not Outcome.EMPTY:
            close = ledger.failed(sight, self.plan.as_of)
        elif number == 1:
            close = ledger.empty(self.plan.as_of)
        else:
            # A page past the last one says that it has nothing: the list has ended.
            close = ledger.stopped(ledger.walk.ended(), self.plan.as_of)
        return self._seen(response, column, number, sight, close=close)

    def _ask(self, column: Column, ledger: Ledger, turn: Turn) -> Request | PageSeen:
        """The request for a page; or, where the browser has opened enough pages tonight, the end of the walk."""
        with_browser = column.browser and not column.endpoint
        self.browsed += with_browser
        if with_browser and self.browsed > MOST_PAGES:
            close = ledger.failed(Sight(Outcome.UNREADABLE, "browser_limit"), self.plan.as_of)
            return PageSeen(turn.url, ledger.walk.pages + 1, close.outcome, now(), column.key, close=close)
        memory = ledger.conditional if ledger.walk.pages == 0 else None
        meta = browser_meta(self.plan.mirror) if with_browser else None
        return ask(turn, self.page, self.failure, memory, meta, column=column, ledger=ledger)

    def _seen(
        self,
        response: Response,
        column: Column,
        number: int,
        sight: Sight,
        sightings: list[Sighting] | None = None,
        close: Any = None,
    ) -> PageSeen:
        return PageSeen(
            response.url, number, sight.outcome, now(), column.key, cause=sight.cause, status=response.status,
            snapshot=self.crawl.keep(response), postings=sightings or (), close=close,
        )  # fmt: skip

    def _expect(self, column: Column) -> Expectation:
        owners = {key for duty in column.duties for key in duty.units}
        names = [name for unit in self.plan.site.units if unit.key in owners for name in unit.names]
        return Expectation(self.plan.site.home, self.plan.site.name, (*column.path, *names))


def _rows_of(entries: tuple[Entry, ...], sightings: list[Sighting]) -> Iterator[Row]:
    """An absurd date neither orders the list nor leaves the row undated."""
    for entry, sighting in zip(entries, sightings, strict=True):
        yield Row(
            sighting.identity, None if entry.absurd else sighting.published, sighting.published is not None
        )
