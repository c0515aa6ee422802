"""One crawl while it runs: what it is to do, where what it sees is kept, and how it went."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from scrapy.http import Response

from crawler.crawling.plan import Plan
from crawler.fetching.requests import NOT_MODIFIED, now, page_of
from crawler.fetching.snapshots import SnapshotStore, evidence_folder
from db.connect import Engine
from db.recording.articles import ArticleSeen, HomeSeen, save_article, save_home, to_open
from db.recording.pages import PageSeen, Recorder, Snapshot
from rules.vocabulary.terms import Outcome

Item = PageSeen | ArticleSeen | HomeSeen
RECENT = timedelta(days=31)
# An audit of one unit is waited for; what it leaves the night opens.
MOST_IN_AN_AUDIT = 30


@dataclass(slots=True)
class CrawlReport:
    """How a crawl went: how its columns and mailboxes ended and why, pages read, postings opened, requests
    made, faults of our own code. `finished` is false where it was stopped."""

    crawl_id: int
    as_of: date
    since: date
    columns: dict[str, Outcome] = field(default_factory=dict)
    causes: dict[str, str] = field(default_factory=dict)
    mailboxes: dict[str, Outcome] = field(default_factory=dict)
    pages: int = 0
    opened: int = 0
    requests: int = 0
    faults: int = 0
    finished: bool = False

    def note(self, item: Item) -> None:
        if isinstance(item, ArticleSeen):
            self.opened += 1
        elif isinstance(item, PageSeen):
            self._note_page(item)

    def _note_page(self, page: PageSeen) -> None:
        self.pages += 1
        if page.close and page.column is not None:
            self.columns[page.column] = page.close.outcome
            self.causes[page.column] = page.close.cause
        elif page.close and page.mailbox is not None:
            self.mailboxes[page.mailbox] = page.close.outcome


class Crawl:
    """The spiders' only door: `plan` says what to ask for, `keep` makes evidence of an answer, `save` enters
    what was seen, one page a transaction."""

    def __init__(
        self,
        engine: Engine,
        plan: Plan,
        recorder: Recorder,
        report: CrawlReport,
        on_item: Callable[[Item], None],
    ) -> None:
        self.plan = plan
        self.report = report
        self._engine = engine
        self._recorder = recorder
        self._on_item = on_item
        self._room = SnapshotStore(evidence_folder(engine))

    def keep(self, response: Response) -> Snapshot | None:
        """The answer as evidence; a 304 brings nothing to keep."""
        if response.status == NOT_MODIFIED:
            return None
        return self._room.keep(self.plan.site.key, page_of(response), now())

    def save(self, item: Item) -> None:
        site, as_of = self.plan.site.key, self.plan.as_of
        with self._engine.begin() as connection:
            if isinstance(item, ArticleSeen):
                save_article(connection, item, as_of)
            elif isinstance(item, HomeSeen):
                save_home(connection, site, self.report.crawl_id, item, as_of)
            else:
                self._recorder.save(connection, item)
        self.report.note(item)
        self._on_item(item)

    def openings(self) -> list[tuple[int, str]]:
        """Id and address of the recent postings whose own pages are still to be opened."""
        plan = self.plan
        columns = [column.key for column in plan.columns]
        most = (
            min(plan.site.crawling.articles, MOST_IN_AN_AUDIT) if plan.unit else plan.site.crawling.articles
        )
        with self._engine.connect() as connection:
            return to_open(connection, plan.site.key, columns, plan.as_of - RECENT, plan.as_of, most)
