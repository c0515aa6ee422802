"""What both spiders of lists do: turn pages, and close each list's reading with what was really seen."""

from abc import abstractmethod
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.crawling.crawl import Crawl
from crawler.crawling.list_crawl import ListCrawl, Subject
from crawler.crawling.pagination import Row
from crawler.fetching.requests import NOT_MODIFIED, READABLE_STATUSES, ask, kind_of, now, page_of
from crawler.outcomes.outcome import see_failure
from crawler.page.page import Page
from crawler.page.values import LetterList, Listing, PageOutcome, PageRequest
from db.recording.pages import Close, LetterSighting, PageSeen, Sighting
from rules.vocabulary.terms import Outcome

List = Listing | LetterList


@dataclass(frozen=True, slots=True)
class Seen:
    """A page's rows: for turning pages, and for the database."""

    rows: Sequence[Row] = ()
    postings: Sequence[Sighting] = ()
    letters: Sequence[LetterSighting] = ()
    tags: Sequence[str] | None = None


NOTHING = Seen()


class ListSpider(Spider, Generic[Subject]):
    """Yields one PageSeen a page; a list's last page closes its reading."""

    handle_httpstatus_list = READABLE_STATUSES

    def __init__(self, crawl: Crawl, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.crawl = crawl
        self.plan = crawl.plan

    @abstractmethod
    def read(self, page: Page, ledger: ListCrawl[Subject]) -> tuple[List, PageOutcome]:
        """One page of the list, and what was really seen of it."""

    @abstractmethod
    async def look_up(self, listing: List, ledger: ListCrawl[Subject]) -> Seen:
        """The page's rows, with what only their own pages tell."""

    def tags(self, page: Page, ledger: ListCrawl[Subject]) -> Sequence[str] | None:  # noqa: ARG002
        """The META names with a value, where they are wanted."""
        return None

    def ask(self, turn: PageRequest, ledger: ListCrawl[Subject]) -> Request | PageSeen:
        """The request for a page."""
        memory = ledger.conditional if ledger.walk.pages == 0 else None
        return ask(turn, self.page, self.failure, memory, ledger=ledger)

    async def page(self, response: Response, ledger: ListCrawl[Subject]) -> AsyncIterator[PageSeen | Request]:
        if response.status == NOT_MODIFIED and ledger.reliable:
            yield self._seen(
                response, ledger, PageOutcome(Outcome.UNCHANGED), NOTHING, ledger.unchanged(response)
            )
            return
        page = page_of(response)
        listing, sight = self.read(page, ledger)
        if sight.outcome is not Outcome.READ:
            yield self._seen(response, ledger, sight, NOTHING, self._without_rows(sight, ledger))
            return
        first = ledger.walk.pages == 0
        seen = replace(await self.look_up(listing, ledger), tags=self.tags(page, ledger))
        if first and ledger.open(response, listing):
            yield self._seen(
                response, ledger, PageOutcome(Outcome.UNCHANGED), seen, ledger.unchanged(response)
            )
            return
        for item in self._turn(response, ledger, listing, seen):
            yield item

    async def failure(self, failure: Failure) -> AsyncIterator[PageSeen]:
        request: Request = failure.request  # type: ignore[attr-defined]
        yield self.unread(request.url, request.cb_kwargs["ledger"], see_failure(kind_of(failure)))

    def unread(self, url: str, ledger: ListCrawl[Subject], sight: PageOutcome) -> PageSeen:
        """A page that never came, and the end of its list's walk."""
        close = ledger.failed(sight, self.plan.as_of)
        number = ledger.walk.pages + 1
        return PageSeen(
            url, number, sight.outcome, now(), ledger.column, ledger.mailbox, cause=sight.cause, close=close
        )

    def _turn(
        self, response: Response, ledger: ListCrawl[Subject], listing: List, seen: Seen
    ) -> list[PageSeen | Request]:
        number = ledger.walk.pages + 1
        stop = ledger.walk.take(
            seen.rows,
            more=listing.next_page is not None,
            total=listing.stated_total,
            pages=listing.stated_pages,
        )
        close = ledger.stopped(stop, self.plan.as_of) if stop else None
        items: list[PageSeen | Request] = [
            self._seen(response, ledger, PageOutcome(Outcome.READ), seen, close, number)
        ]
        if stop is None and listing.next_page:
            items.append(self.ask(listing.next_page, ledger))
        return items

    def _without_rows(self, sight: PageOutcome, ledger: ListCrawl[Subject]) -> Close:
        if sight.outcome is not Outcome.EMPTY:
            return ledger.failed(sight, self.plan.as_of)
        if ledger.walk.pages == 0:
            return ledger.empty(self.plan.as_of)
        # A page past the last one says that it has nothing: the list has ended.
        return ledger.stopped(ledger.walk.ended(), self.plan.as_of)

    def _seen(
        self,
        response: Response,
        ledger: ListCrawl[Subject],
        sight: PageOutcome,
        seen: Seen,
        close: Close | None,
        number: int | None = None,
    ) -> PageSeen:
        return PageSeen(
            response.url, number or ledger.walk.pages + 1, sight.outcome, now(), ledger.column, ledger.mailbox, cause=sight.cause,
            status=response.status, snapshot=self.crawl.keep(response), postings=seen.postings,
            letters=seen.letters, tags=seen.tags, close=close,
        )  # fmt: skip
