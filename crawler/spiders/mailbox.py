"""The mailbox spider: letters of the last year, each opened until its answer is known."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.addresses import identity_of
from crawler.asking import READABLE_STATUSES, ask, fetch, kind_of, now, page_of
from crawler.attribution import Attribution
from crawler.crawl import Crawl
from crawler.ledger import Ledger
from crawler.reading.letters import read_letter, read_letters
from crawler.reading.outcome import see_failure, see_letter, see_letters
from crawler.reading.values import Expectation, Letter, LetterRow, Sight, Turn
from crawler.walk import Row, Walk
from db.recording import Close, LetterSighting, PageSeen
from rules.places import Mailbox
from rules.terms import Outcome

MOST_LETTERS = 300


class MailboxSpider(Spider):
    """Yields one PageSeen a page of a mailbox's list; the last one closes its reading."""

    name = "mailbox"
    handle_httpstatus_list = READABLE_STATUSES

    def __init__(self, crawl: Crawl, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.crawl = crawl
        self.plan = crawl.plan
        self.attribution = Attribution(self.plan.site.units, self.plan.site.name)
        self.opened = 0
        self._answered: dict[str, set[str]] = {}

    async def start(self) -> AsyncIterator[Request]:
        for mailbox in self.plan.mailboxes:
            memory = self.plan.mailboxes_before.get(mailbox.key)
            walk = Walk(self.plan.letters_since, self.plan.site.crawling.max_pages)
            yield self._ask(mailbox, Ledger(walk, memory), Turn(mailbox.url))

    async def page(
        self, response: Response, mailbox: Mailbox, ledger: Ledger
    ) -> AsyncIterator[PageSeen | Request]:
        page = page_of(response)
        letters = read_letters(page)
        expect = Expectation(self.plan.site.home, self.plan.site.name, (mailbox.name,))
        sight = see_letters(page, letters, expect)
        number = ledger.walk.pages + 1
        if sight.outcome is not Outcome.READ:
            yield self._without_rows(response, mailbox, ledger, number, sight)
            return
        if number == 1:
            ledger.open(response, letters)
        sightings = [await self._sighting(mailbox, row) for row in letters.rows]
        stop = ledger.walk.take(
            [Row(s.identity, s.received or s.answered, dated=True) for s in sightings],
            more=letters.next_page is not None,
            total=letters.stated_total,
            pages=letters.stated_pages,
        )
        close = ledger.stopped(stop, self.plan.as_of) if stop else None
        yield self._seen(response, mailbox, number, sight, sightings, close)
        if stop is None and letters.next_page:
            yield self._ask(mailbox, ledger, letters.next_page)

    async def failure(self, failure: Failure) -> AsyncIterator[PageSeen]:
        request: Request = failure.request  # type: ignore[attr-defined]
        mailbox, ledger = request.cb_kwargs["mailbox"], request.cb_kwargs["ledger"]
        sight = see_failure(kind_of(failure))
        close = ledger.failed(sight, self.plan.as_of)
        number = ledger.walk.pages + 1
        yield PageSeen(
            request.url, number, sight.outcome, now(), mailbox=mailbox.key, cause=sight.cause, close=close
        )

    def _without_rows(
        self, response: Response, mailbox: Mailbox, ledger: Ledger, number: int, sight: Sight
    ) -> PageSeen:
        if sight.outcome is not Outcome.EMPTY:
            close = ledger.failed(sight, self.plan.as_of)
        elif number == 1:
            close = ledger.empty(self.plan.as_of)
        else:
            close = ledger.stopped(ledger.walk.ended(), self.plan.as_of)
        return self._seen(response, mailbox, number, sight, [], close)

    async def _sighting(self, mailbox: Mailbox, row: LetterRow) -> LetterSighting:
        identity = identity_of(row.url, row.number or row.subject, row.received)
        if mailbox.key not in self._answered:
            self._answered[mailbox.key] = self.plan.answered(mailbox.key)
        complete = row.received and row.answered and row.unit
        letter = Letter()
        if row.url and not complete and identity not in self._answered[mailbox.key]:
            letter = await self._open(row.url)
        unit = row.unit or letter.unit
        return LetterSighting(
            identity=identity,
            subject=row.subject,
            url=row.url,
            number=row.number or letter.number,
            unit_name=unit,
            unit=self.attribution.owner(unit),
            received=row.received or _day(letter.received),
            answered=row.answered or _day(letter.answered),
            status=row.status or letter.status,
        )

    async def _open(self, url: str) -> Letter:
        if self.opened >= MOST_LETTERS:
            return Letter()
        self.opened += 1
        response = await fetch(self, url)
        if response is None:
            return Letter()
        page = page_of(response)
        letter = read_letter(page)
        return letter if see_letter(page, letter, None).outcome.good else Letter()

    def _ask(self, mailbox: Mailbox, ledger: Ledger, turn: Turn) -> Request:
        return ask(turn, self.page, self.failure, mailbox=mailbox, ledger=ledger)

    def _seen(
        self,
        response: Response,
        mailbox: Mailbox,
        number: int,
        sight: Sight,
        letters: list[LetterSighting],
        close: Close | None,
    ) -> PageSeen:
        return PageSeen(
            response.url, number, sight.outcome, now(), mailbox=mailbox.key, cause=sight.cause,
            status=response.status, snapshot=self.crawl.keep(response), letters=letters, close=close,
        )  # fmt: skip


def _day(moment: str | None) -> date | None:
    return date.fromisoformat(moment[:10]) if moment else None
