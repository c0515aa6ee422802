"""One list while its pages are turned: where it comes from, how far it was read, how its reading closes."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Generic, TypeVar

from scrapy.http import Response

from crawler.crawling.pagination import LIST_MOVED, Pagination, Stop
from crawler.fetching.requests import NOT_MODIFIED, OK, digest, fingerprint, header
from crawler.listing.source import ListSource
from crawler.page.values import ListPage, PageOutcome
from db.recording.closing import Close
from db.recording.earlier_readings import Memory
from rules.dates.periods import BEGINNING
from rules.vocabulary.places import Column, Mailbox
from rules.vocabulary.terms import Outcome, Witness

Subject = TypeVar("Subject", bound=Column | Mailbox)


@dataclass(slots=True, weakref_slot=True, eq=False)
class ListCrawl(Generic[Subject]):
    """One column or mailbox in one crawl."""

    subject: Subject
    pagination: Pagination
    memory: Memory | None = None
    reliable: bool = False
    source: ListSource | None = None
    etag: str | None = None
    last_modified: str | None = None
    fingerprint: str | None = None
    body_sha256: str | None = None
    template: str = ""
    repeated: bool = False
    # The end of a long walk, held until its first page was asked again.
    held: Stop | None = None

    @property
    def column(self) -> str | None:
        """The column's key, if it is one."""
        return self.subject.key if isinstance(self.subject, Column) else None

    @property
    def mailbox(self) -> str | None:
        """The mailbox's key, if it is one."""
        return self.subject.key if isinstance(self.subject, Mailbox) else None

    @property
    def conditional(self) -> Memory | None:
        """What a conditional request may lean on: never on the marks of another page."""
        return self.memory if self.reliable and not self.through_shell else None

    @property
    def through_shell(self) -> bool:
        """Whether another page came before the list's first: then an unchanged answer to the first request of a
        night would say nothing of the list, and no marks for one are kept."""
        return self.source is not None and self.source.named

    @property
    def composed(self) -> bool:
        """Whether an endpoint's recipe makes the addresses of the pages."""
        return self.source is not None and self.source.endpoint is not None

    def same_answer(self, response: Response) -> bool:
        """Whether the first page is, by the server's word or byte for byte, the one that the last reading read: then
        it need not be read again."""
        if not self.reliable or self.memory is None or self.pagination.pages or self.through_shell:
            return False
        if response.status == NOT_MODIFIED:
            return True
        known = self.memory.body_sha256
        return response.status == OK and known is not None and known == digest(response.body)

    def open(self, response: Response, listing: ListPage[Any]) -> bool:
        """Notes the first page's marks; true where it equals the last reading's and may stand for it."""
        self.template = listing.template
        if not self.through_shell:
            self.etag, self.last_modified = header(response, "ETag"), header(response, "Last-Modified")
            self.body_sha256 = digest(response.body)
        self.fingerprint = fingerprint(listing)
        return self.reliable and self.memory is not None and self.memory.fingerprint == self.fingerprint

    def unchanged(self, response: Response) -> Close:
        """The list is as it was: its reading stands on."""
        memory = self.memory
        assert memory is not None
        # A server's word is taken for one night: without these marks the next one asks for the page itself.
        asks_again = response.status != NOT_MODIFIED and not self.through_shell
        return Close(
            outcome=Outcome.UNCHANGED,
            standing=memory.standing,
            covered_since=memory.covered_since,
            read_through_on=memory.read_through_on,
            proof_crawl_id=memory.proof_crawl_id,
            stated_total=memory.stated_total,
            pages=memory.pages,
            witness=memory.witness,
            row_count=memory.row_count,
            page_size=memory.page_size,
            template=memory.template,
            etag=header(response, "ETag") if asks_again else None,
            last_modified=header(response, "Last-Modified") if asks_again else None,
            fingerprint=memory.fingerprint,
            body_sha256=self.body_sha256 or memory.body_sha256,
        )

    def stopped(self, stop: Stop, as_of: date) -> Close:
        """The list was read, to its end or as far as the plan asked, or fell short."""
        close = Close(
            outcome=stop.outcome,
            standing=stop.outcome,
            cause=stop.cause,
            covered_since=stop.covered_since,
            read_through_on=as_of if stop.outcome is Outcome.READ else None,
            stated_total=self.pagination.stated_total,
            pages=self.pagination.pages,
            undated=self.pagination.undated,
            witness=stop.witness,
            row_count=len(self.pagination.seen),
            page_size=self.pagination.page_size,
            template=self.template or None,
            withdraw=stop.covered_since is not None,
            only=frozenset(self.pagination.seen) if self.repeated else None,
        )
        return self._marked(close) if self.pagination.first_page_tells else close

    def _marked(self, close: Close) -> Close:
        """With that by which the first page is known again: kept only where it can stand for the list."""
        return replace(
            close, etag=self.etag, last_modified=self.last_modified, fingerprint=self.fingerprint,
            body_sha256=self.body_sha256,
        )  # fmt: skip

    def repeat(self) -> None:
        """Begins the list anew: it changed while its pages were turned."""
        self.pagination = Pagination(self.pagination.since, self.pagination.max_pages)
        self.repeated, self.held = True, None

    def empty(self, as_of: date) -> Close:
        """The page itself says that there is nothing."""
        close = self.stopped(Stop(Outcome.READ, BEGINNING, witness=Witness.EMPTY), as_of)
        return replace(close, outcome=Outcome.EMPTY, standing=Outcome.EMPTY, pages=1)

    def failed(self, seen: PageOutcome, as_of: date) -> Close:
        """A page could not be read. If it was the first, so was the list; else what came before is kept. At the last look of a
        long walk also an empty page is no answer."""
        if self.held:
            return self.stopped(self.pagination.not_confirmed(seen.cause or LIST_MOVED), as_of)
        if self.pagination.pages:
            return self.stopped(self.pagination.short(seen.cause), as_of)
        return Close(seen.outcome, seen.outcome, seen.cause, template=self.template or None)
