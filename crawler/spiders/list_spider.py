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
from crawler.crawling.pagination import LIST_MOVED, Row
from crawler.fetching.requests import READABLE_STATUSES, ask, kind_of, now, page_of
from crawler.listing.source import ListSource, PageReading, Shown
from crawler.outcomes.outcome import see_failure
from crawler.page.page import Page
from crawler.page.values import ListPage, PageOutcome, PageRequest
from db.recording.closing import Close
from db.recording.pages import LetterSighting, PageSeen, Sighting
from rules.vocabulary.terms import Outcome

# An endpoint that a page names is asked on the site's own host, and nowhere that it sends us on to.
STAYS = {"dont_redirect": True, "handle_httpstatus_list": [*range(300, 400), *READABLE_STATUSES]}
READ = PageOutcome(Outcome.READ)


@dataclass(frozen=True, slots=True)
class Seen:
    """A page's rows: for turning pages, and for the database."""

    rows: Sequence[Row] = ()
    postings: Sequence[Sighting] = ()
    letters: Sequence[LetterSighting] = ()
    tags: Sequence[str] | None = None


NOTHING = Seen()


class ListSpider(Spider, Generic[Subject, Shown]):
    """Yields one PageSeen a page; a list's last page closes its reading."""

    handle_httpstatus_list = READABLE_STATUSES

    def __init__(self, crawl: Crawl, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.crawl = crawl
        self.plan = crawl.plan
        self.patience, self.clock = crawl.patience, crawl.clock

    @abstractmethod
    def read(self, page: Page, progress: ListCrawl[Subject]) -> PageReading[Shown]:
        """One page of the list, and what was really seen of it."""

    @abstractmethod
    def _first(self, progress: ListCrawl[Subject]) -> Request | PageSeen:
        """The request for the list's first page."""

    @abstractmethod
    async def look_up(self, listing: Shown, progress: ListCrawl[Subject]) -> Seen:
        """The page's rows, with what only their own pages tell."""

    def tags(self, page: Page, progress: ListCrawl[Subject]) -> Sequence[str] | None:  # noqa: ARG002
        """The META names with a value, where they are wanted."""
        return None

    def _second_request(
        self,
        response: Response,
        tags: Sequence[str] | None,
        progress: ListCrawl[Subject],
        source: ListSource,
    ) -> list[PageSeen | Request]:
        """A shell: it is kept as a page of the list without rows, and its list is asked for where it says."""
        progress.source = source
        seen = self._seen(response, progress, READ, Seen(tags=tags), None)
        return [seen, self.ask(source.first_request(), progress)]

    def ask(self, turn: PageRequest, progress: ListCrawl[Subject]) -> Request | PageSeen:
        """The request for a page."""
        memory = progress.conditional if progress.pagination.pages == 0 else None
        meta = STAYS if progress.source and progress.source.named else None
        return ask(turn, self.page, self.failure, memory, meta, progress=progress)

    async def page(
        self, response: Response, progress: ListCrawl[Subject]
    ) -> AsyncIterator[PageSeen | Request]:
        if progress.same_answer(response):
            yield self._unchanged(response, progress)
            return
        reading, tags = self._read(response, progress)
        listing, outcome = reading.listing, reading.outcome
        if reading.source:
            for item in self._second_request(response, tags, progress, reading.source):
                yield item
            return
        if outcome.outcome is not Outcome.READ:
            progress.template = progress.template or listing.template
            # An empty column's page was read as well as any: its META tags are known.
            shown = Seen(tags=tags) if outcome.outcome is Outcome.EMPTY else NOTHING
            yield self._seen(response, progress, outcome, shown, self._without_rows(outcome, progress))
            return
        first = progress.pagination.pages == 0
        seen = replace(await self.look_up(listing, progress), tags=tags)
        if first and progress.open(response, listing):
            yield self._seen(
                response, progress, PageOutcome(Outcome.UNCHANGED), seen, progress.unchanged(response)
            )
            return
        turn = self._confirm if progress.held else self._turn
        for item in turn(response, progress, listing, seen):
            yield item

    def _read(
        self, response: Response, progress: ListCrawl[Subject]
    ) -> tuple[PageReading[Any], Sequence[str] | None]:
        """What a page says, and its tags. Its tree, which may take a hundred megabytes, ends here: other pages are read
        while this one's items are stored."""
        page = page_of(response)
        reading = self.read(page, progress)
        seen = reading.source or reading.outcome.outcome in (Outcome.READ, Outcome.EMPTY)
        return reading, self.tags(page, progress) if seen else None

    def _unchanged(self, response: Response, progress: ListCrawl[Subject]) -> PageSeen:
        """The visit of a page that came as the last reading read it: that one's snapshot is the evidence."""
        close = progress.unchanged(response)
        return _visit(response.url, progress, PageOutcome(Outcome.UNCHANGED), close, status=response.status)

    async def failure(self, failure: Failure) -> AsyncIterator[PageSeen]:
        request: Request = failure.request  # type: ignore[attr-defined]
        yield self.unread(request.url, request.cb_kwargs["progress"], see_failure(kind_of(failure)))

    def unread(self, url: str, progress: ListCrawl[Subject], outcome: PageOutcome) -> PageSeen:
        """A page that never came, and the end of its list's reading."""
        return _visit(url, progress, outcome, progress.failed(outcome, self.plan.as_of))

    def _turn(
        self, response: Response, progress: ListCrawl[Subject], listing: ListPage[Any], seen: Seen
    ) -> list[PageSeen | Request]:
        number = progress.pagination.pages + 1
        stop = progress.pagination.take(seen.rows, listing)
        if progress.pagination.moved and not progress.repeated:
            read = self._seen(response, progress, READ, seen, None, number)
            progress.repeat()
            return [read, self._first(progress)]
        if stop and stop.outcome is Outcome.READ and progress.pagination.is_to_be_confirmed:
            progress.held = stop
            return [self._seen(response, progress, READ, seen, None, number), self._first(progress)]
        close = progress.stopped(stop, self.plan.as_of) if stop else None
        items: list[PageSeen | Request] = [self._seen(response, progress, READ, seen, close, number)]
        if stop is None and listing.next_page:
            items.append(self.ask(listing.next_page, progress))
        return items

    def _confirm(
        self, response: Response, progress: ListCrawl[Subject], listing: ListPage[Any], seen: Seen
    ) -> list[PageSeen | Request]:
        """The first page again, at the end: where it shows other rows, rows may have slipped from one page to another
        meanwhile, and the list is read once more."""
        assert progress.held is not None
        same = progress.pagination.first_page == {row.identity for row in seen.rows}
        if not same and not progress.repeated:
            progress.repeat()
            return self._turn(response, progress, listing, seen)
        stop = progress.held if same else progress.pagination.not_confirmed(LIST_MOVED)
        close = progress.stopped(stop, self.plan.as_of)
        return [self._seen(response, progress, PageOutcome(Outcome.UNCHANGED), seen, close, 1)]

    def _without_rows(self, outcome: PageOutcome, progress: ListCrawl[Subject]) -> Close:
        if outcome.outcome is not Outcome.EMPTY or progress.held:
            return progress.failed(outcome, self.plan.as_of)
        if progress.pagination.pages == 0:
            return progress.empty(self.plan.as_of)
        # A page past the last one says that it has nothing: the list has ended.
        stop = progress.pagination.past_the_end(composed=progress.composed)
        return progress.stopped(stop, self.plan.as_of)

    def _seen(
        self,
        response: Response,
        progress: ListCrawl[Subject],
        outcome: PageOutcome,
        seen: Seen,
        close: Close | None,
        number: int | None = None,
    ) -> PageSeen:
        return _visit(
            response.url, progress, outcome, close, number, status=response.status, snapshot=self.crawl.keep(response),
            postings=seen.postings, letters=seen.letters, tags=seen.tags,
        )  # fmt: skip


def _visit(
    url: str,
    progress: ListCrawl[Any],
    outcome: PageOutcome,
    close: Close | None,
    number: int | None = None,
    **shown: Any,
) -> PageSeen:
    """The visit of one page; `number` where the page was counted already. The last look of a long walk is one at page 1."""
    place = number or (1 if progress.held else progress.pagination.pages + 1)
    keys = (progress.column, progress.mailbox)
    return PageSeen(url, place, outcome.outcome, now(), *keys, cause=outcome.cause, close=close, **shown)
