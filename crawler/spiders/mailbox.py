"""The mailbox spider: letters of the last year, each opened until its answer is known."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from typing import Any

from scrapy import Request

from crawler.crawling.crawl import MOST_IN_AN_AUDIT, Crawl
from crawler.crawling.list_crawl import ListCrawl
from crawler.crawling.pagination import Pagination
from crawler.fetching.requests import fetch, page_of
from crawler.listing.letter_order import order_days, runs_by_answers
from crawler.listing.own_pages import read_single_letter
from crawler.listing.source import PageReading, read_mailbox
from crawler.page.addresses import identity_of
from crawler.page.page import Page
from crawler.page.values import (
    Expectation,
    Letter,
    LetterEntry,
    LetterList,
    PageRequest,
)
from crawler.spiders.list_spider import ListSpider, Seen
from db.recording.pages import LetterSighting, PageSeen
from rules.scanners.letter_status import read_delay
from rules.scanners.masking import EVERYTHING, masked, masked_address
from rules.vocabulary.places import Mailbox
from rules.vocabulary.unit_names import UnitMatcher

MOST_LETTERS = 300


class MailboxSpider(ListSpider[Mailbox, LetterList]):
    name = "mailbox"

    def __init__(self, crawl: Crawl, **kwargs: Any) -> None:
        super().__init__(crawl, **kwargs)
        self.unit_matcher = UnitMatcher(self.plan.site.units, self.plan.site.name)
        self.opened = 0
        self._answered: dict[str, set[str]] = {}
        self._shown: set[str] = set()
        self._by_answers: set[str] = set()

    async def start(self) -> AsyncIterator[Request | PageSeen]:
        for mailbox in self.plan.mailboxes:
            # Never leaning on memory: an unanswered letter is opened again though its list looks the same.
            pagination = Pagination(self.plan.letters_since, self.plan.site.crawling.max_pages)
            yield self._first(ListCrawl(mailbox, pagination))

    def _first(self, progress: ListCrawl[Mailbox]) -> Request | PageSeen:
        return self.ask(PageRequest(progress.subject.url), progress)

    def read(self, page: Page, progress: ListCrawl[Mailbox]) -> PageReading[LetterList]:
        expect = Expectation(self.plan.site.home, self.plan.site.name, (progress.subject.name,))
        return read_mailbox(page, expect, self.plan.platforms)

    async def look_up(self, listing: LetterList, progress: ListCrawl[Mailbox]) -> Seen:
        mailbox, entries = progress.subject, listing.entries
        if runs_by_answers(entries):
            self._by_answers.add(mailbox.key)
        unordered = mailbox.key in self._by_answers
        days = [None] * len(entries) if unordered else order_days(entries, self.plan.as_of)
        rows = zip(entries, days, strict=True)
        sightings = [await self._sighting(mailbox, row, day) for row, day in rows]
        return Seen(sightings, letters=sightings)

    async def _sighting(self, mailbox: Mailbox, row: LetterEntry, order_day: date | None) -> LetterSighting:
        undated = row.received is None and row.answered is None
        words = masked(row.number or row.subject, EVERYTHING)
        identity = identity_of(row.url and masked_address(row.url), words, row.received)
        if mailbox.key not in self._answered:
            self._answered[mailbox.key] = self.plan.answered(mailbox.key)
        if row.url and identity in self._answered[mailbox.key]:
            # Its own page was read, and told its days better than a list can.
            row = replace(row, received=None, accepted=None, answered=None, unanswered=False, blank=False)
            letter = Letter()
        else:
            letter = await self._open(row.url) if row.url else Letter()
        if letter.answer:
            self._shown.add(mailbox.key)
        unit = row.unit or letter.unit
        received = self._day(letter.received) or self._day(row.received)
        shown = [day for day in (self._day(letter.answered), self._day(row.answered)) if day]
        # The foot of an answer may bear last year's number, the list another day.
        answered = next((day for day in shown if received and day >= received), shown[0] if shown else None)
        return LetterSighting(
            identity=identity,
            subject=row.subject,
            url=row.url,
            number=row.number or letter.number,
            unit_name=unit,
            unit=self.unit_matcher.find(unit),
            received=received,
            answered=answered,
            status=row.status or letter.status,
            question=letter.question or None,
            answer=letter.answer or None,
            answer_unread=letter.unread if letter.unread or letter.answer else None,
            accepted=self._day(letter.accepted) or self._day(row.accepted),
            order_day=(received or answered) if undated else order_day,
            unanswered=self._is_unanswered(mailbox, row, letter),
            kind=row.kind or letter.kind,
            deadline=letter.deadline or row.deadline,
            delay=read_delay(letter.status or ""),
        )

    def _is_unanswered(self, mailbox: Mailbox, row: LetterEntry, letter: Letter) -> bool:
        """Whether a page shows that there is no answer. A day of an answer is one, however it is mistyped; an empty
        place in the list counts where the letter's own page was read and has none either, or where there is no page."""
        if row.answered or letter.answered or letter.answer or letter.unread:
            return False
        empty = letter.blank and self._shows_answers(mailbox)
        unseen = row.blank and (row.url is None or letter.blank or letter.bare)
        return row.unanswered or letter.unanswered or empty or unseen

    def _day(self, shown: str | date | None) -> date | None:
        """A shown day or moment; None for one that is still to come: its year is mistyped."""
        day = date.fromisoformat(shown[:10]) if isinstance(shown, str) else shown
        return day if day and day <= self.plan.as_of else None

    def _shows_answers(self, mailbox: Mailbox) -> bool:
        """Whether answers were read on the pages of this mailbox: then an empty place for one is no script's."""
        return mailbox.key in self._shown or bool(self._answered[mailbox.key])

    async def _open(self, url: str) -> Letter:
        if self.opened >= (MOST_IN_AN_AUDIT if self.plan.unit else MOST_LETTERS):
            return Letter()
        self.opened += 1
        response = await fetch(self, url)
        if response is None:
            return Letter()
        letter, outcome = read_single_letter(page_of(response))
        return letter if outcome.outcome.good else Letter()
