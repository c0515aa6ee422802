"""One crawl while it runs: what it is to do, where what it sees is kept, and how it went."""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from scrapy.http import Response

from crawler.crawling.plan import Plan
from crawler.fetching.clock import ServersClock
from crawler.fetching.patience import Patience
from crawler.fetching.requests import NOT_MODIFIED, now, page_of
from crawler.fetching.snapshots import SnapshotStore, evidence_folder
from crawler.sites.hosts import clocks_of
from db.connect import DBAPIError, Engine
from db.error_words import in_chinese
from db.recording.articles import ArticleSeen, HomeSeen, save_article, save_home, to_open
from db.recording.closing import Close
from db.recording.pages import PageSeen, Recorder, Snapshot, void_crawl
from db.recording.stock_pages import stock_to_open
from rules.vocabulary.terms import Outcome

Item = PageSeen | ArticleSeen | HomeSeen
RECENT = timedelta(days=31)
# An audit of one unit is waited for; what it leaves the night opens.
MOST_IN_AN_AUDIT = 30
# A list of which a page was not saved: without marks, so that no later night takes it for known.
NOT_SAVED = Close(Outcome.PARTIAL, Outcome.PARTIAL, "not_saved")
FAULTY = Close(Outcome.UNREADABLE, Outcome.UNREADABLE, "own_fault")
# What a full disk, a locked database or a text that it refuses raise; anything else is a fault of our own code.
MISFORTUNES = (DBAPIError, OSError, UnicodeError, OverflowError)
# So many saves in a row that fail are no accident of one page: asking for more would be in vain.
MOST_UNSAVED = 3


@dataclass(slots=True)
class CrawlReport:
    """How a crawl went: how its columns and mailboxes ended and why, pages read, postings opened, requests
    made, pages that could not be saved (`why_unsaved`: the last error), faults of our own code; hosts that were
    not asked any more (`given_up`), whether its time was over before everything was asked (`out_of_time`), by how much our
    clock was ahead where it was wrong; whether a browser was needed, and why it ran without its sandbox. `finished` is
    false where it was stopped; `stopped` says why, in Chinese, where we stopped it ourselves."""

    crawl_id: int
    as_of: date
    since: date
    columns: dict[str, Outcome] = field(default_factory=dict)
    causes: dict[str, str] = field(default_factory=dict)
    mailboxes: dict[str, Outcome] = field(default_factory=dict)
    pages: int = 0
    opened: int = 0
    requests: int = 0
    unsaved: int = 0
    why_unsaved: str = ""
    faults: int = 0
    given_up: tuple[str, ...] = ()
    out_of_time: bool = False
    clock_off: timedelta | None = None
    stopped: str = ""
    finished: bool = False
    browser: bool = False
    no_sandbox: str = ""

    def note(self, item: Item) -> None:
        if isinstance(item, ArticleSeen):
            self.opened += 1
        elif isinstance(item, PageSeen):
            self._note_page(item)

    def _note_page(self, page: PageSeen) -> None:
        self.pages += 1
        if page.close:
            self.note_end(page.column, page.mailbox, page.close)

    def note_end(self, column: str | None, mailbox: str | None, close: Close) -> None:
        """How the reading of a column or a mailbox (their keys) ended."""
        if column is not None:
            self.columns[column] = close.outcome
            self.causes[column] = close.cause
        elif mailbox is not None:
            self.mailboxes[mailbox] = close.outcome


class Crawl:
    """The spiders' only door: `plan` says what to ask for, `keep` makes evidence of an answer, `save` enters
    what was seen, one page a transaction. A list of which a page was lost on the way is partial."""

    def __init__(
        self,
        engine: Engine,
        plan: Plan,
        recorder: Recorder,
        report: CrawlReport,
        on_item: Callable[[Item], None],
        on_openings: Callable[[int], None] = lambda _number: None,
    ) -> None:
        self.plan = plan
        self.report = report
        self.patience = Patience(time.monotonic() + plan.site.crawling.max_hours * 3600)
        self.clock = ServersClock(clocks_of(plan.site))
        self._engine = engine
        self._recorder = recorder
        self._on_item = on_item
        self._on_openings = on_openings
        self._room = SnapshotStore(evidence_folder(engine))
        self._lost: dict[tuple[str | None, str | None], Close] = {}
        self._lost_in_a_row = 0

    def keep(self, response: Response) -> Snapshot | None:
        """The answer as evidence; a 304 brings nothing to keep. Raises OSError where it cannot be written: then the
        page is lost (`lose`)."""
        if response.status == NOT_MODIFIED:
            return None
        return self._room.keep(self.plan.site.key, page_of(response), now())

    def save(self, item: Item) -> None:
        """Enters what was seen. Raises what a fault of our own code raises, and nothing else."""
        if self.report.stopped or self._clock_is_off():
            return
        if isinstance(item, PageSeen) and item.close and (item.column, item.mailbox) in self._lost:
            item = replace(item, close=self._lost[item.column, item.mailbox])
        try:
            item = self._enter(item)
        except Exception as error:
            subject = (item.column, item.mailbox) if isinstance(item, PageSeen) else (None, None)
            if not self.lose(*subject, error):
                raise
            return
        self._lost_in_a_row = 0
        if isinstance(item, PageSeen) and item.close:
            self._lost.pop((item.column, item.mailbox), None)
        self.report.note(item)
        self._on_item(item)

    def lose(self, column: str | None, mailbox: str | None, error: BaseException | None) -> bool:
        """A page of a column or mailbox (its key; neither: of no list) was not saved: its list was not read through.
        True for a misfortune, which is told by the report; several in a row stop the crawl."""
        unforeseen = not isinstance(error, MISFORTUNES)
        if column is not None or mailbox is not None:
            self._lost[column, mailbox] = FAULTY if unforeseen else NOT_SAVED
        if unforeseen:
            return False
        self.report.unsaved += 1
        self.report.why_unsaved = in_chinese(error)
        self._lost_in_a_row += 1
        if self._lost_in_a_row >= MOST_UNSAVED:
            self.report.stopped = f"连续 {MOST_UNSAVED} 次未能写入，采集已停止"
        return True

    def close_lost(self) -> None:
        """Closes the lists of which a page was lost and which no later page closed. Where not even that can be
        written, the readings of earlier nights stand, as of those nights."""
        with suppress(*MISFORTUNES), self._engine.begin() as connection:
            for (column, mailbox), close in self._lost.items():
                self._recorder.close(connection, column, mailbox, close)
        for (column, mailbox), close in self._lost.items():
            self.report.note_end(column, mailbox, close)

    def _clock_is_off(self) -> bool:
        """Whether our clock has jumped: then the crawl's day is wrong, and nothing may be entered under it."""
        off = self.clock.off()
        if off is None:
            return False
        self.report.clock_off = off
        self.report.stopped = "本机时钟有误"
        with suppress(*MISFORTUNES), self._engine.begin() as connection:
            void_crawl(connection, self.report.crawl_id, off)
        return True

    def _enter(self, item: Item) -> Item:
        """Enters it, and returns it as it was entered."""
        site, as_of = self.plan.site.key, self.plan.as_of
        with self._engine.begin() as connection:
            if isinstance(item, ArticleSeen):
                save_article(connection, item, as_of)
            elif isinstance(item, HomeSeen):
                save_home(connection, site, self.report.crawl_id, item, as_of)
            else:
                return self._recorder.save(connection, item)
        return item

    def openings(self) -> list[tuple[int, str]]:
        """Id and address of the recent postings whose own pages are still to be opened, and of a few in stock."""
        plan = self.plan
        columns = [column.key for column in plan.columns]
        most = (
            min(plan.site.crawling.articles, MOST_IN_AN_AUDIT) if plan.unit else plan.site.crawling.articles
        )
        with self._engine.connect() as connection:
            recent = to_open(connection, plan.site.key, columns, plan.as_of - RECENT, plan.as_of, most)
            left = 0 if plan.unit else min(plan.site.crawling.stock_pages, most - len(recent))
            stock = stock_to_open(connection, plan.site.key, columns, plan.as_of, left)
        asked = {url for _, url in recent}
        found = recent + [(posting, url) for posting, url in stock if url not in asked]
        self._on_openings(len(found))
        return found
