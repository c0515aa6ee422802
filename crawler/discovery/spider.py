"""The discovery spider: one page after the other by priority, as many as it may ask for."""

from collections.abc import AsyncIterator, Callable, Iterator
from datetime import date
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.discovery.areas import Area
from crawler.discovery.jumps import frame_in, jump_of
from crawler.discovery.study import PageNote, failed, study
from crawler.discovery.survey import Node, Survey
from crawler.fetching.requests import READABLE_STATUSES, kind_of, page_of
from crawler.outcomes.outcome import see_failure
from crawler.page.page import Page
from crawler.page.values import Expectation, PageOutcome
from rules.vocabulary.terms import Outcome

# Browsers give up after twenty; a site that needs more than five leads in a circle.
MOST_JUMPS = 5
ANSWERS = [*range(300, 400), *READABLE_STATUSES]


class DiscoverySpider(Spider):
    """Fills a Survey. `on_page` is called after each answer. Redirects are followed here, not by Scrapy, so
    that none leads away from the site."""

    name = "discovery"
    handle_httpstatus_list = ANSWERS

    def __init__(
        self, survey: Survey, pages: int, as_of: date, on_page: Callable[[Survey], None], **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.survey = survey
        self.pages = pages
        self.as_of = as_of
        self.on_page = on_page
        self.asked = 0

    async def start(self) -> AsyncIterator[Request]:
        yield self._ask(self.survey.home, 0)

    def page(self, response: Response, node: Node, jumps: int) -> Iterator[Request]:
        page = page_of(response)
        target = jump_of(page)
        if target and jumps < MOST_JUMPS:
            moved = self.survey.moved(node, target)
            if moved:
                yield self._ask(moved, jumps + 1)
                return
        else:
            note = self._take(page, node)
            frame = frame_in(page) if note.cause == "frame" and jumps < MOST_JUMPS else ""
            framed = self.survey.moved(node, frame) if frame else None
            if framed:
                yield self._ask(framed, jumps + 1)
                return
        yield from self._next()

    def failure(self, failure: Failure) -> Iterator[Request]:
        request: Request = failure.request  # type: ignore[attr-defined]
        node: Node = request.cb_kwargs["node"]
        self.survey.take(node, failed(node.url, see_failure(kind_of(failure))))
        self.on_page(self.survey)
        yield from self._next()

    def closed(self, reason: str) -> None:
        self.survey.finished = reason == "finished"

    def _take(self, page: Page, node: Node) -> PageNote:
        expect = Expectation(self.survey.scope.origin + "/")
        try:
            note = study(page, expect, self.as_of, name=node.name, mailbox=node.area is Area.MAILBOXES)
        except Exception:
            # A fault of our own reader on one page must not end the discovery; it is reported at the end.
            self.logger.exception("Cannot study %s", page.url)
            note = failed(page.url, PageOutcome(Outcome.UNREADABLE, "fault", "程序处理该页时出错"))
            self.survey.faults += 1
        self.survey.take(node, note, page)
        self.on_page(self.survey)
        return note

    def _next(self) -> Iterator[Request]:
        """One request at a time: its answer may bring a page of higher priority."""
        node = self.survey.next() if self.asked < self.pages else None
        if node:
            yield self._ask(node, 0)

    def _ask(self, node: Node, jumps: int) -> Request:
        self.asked += 1
        return Request(
            node.url,
            callback=self.page,
            errback=self.failure,
            cb_kwargs={"node": node, "jumps": jumps},
            meta={"dont_redirect": True},
            dont_filter=True,
        )
