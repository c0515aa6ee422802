"""One crawl: one short-lived process (Twisted's reactor cannot be started twice)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.http import Response
from scrapy.settings import Settings
from sqlalchemy import Connection, Engine

from crawler import settings as base_settings
from crawler.asking import NOT_MODIFIED, headers_of, now
from crawler.browser import browser_settings, needs_browser
from crawler.evidence import EvidenceRoom, Exhibit, evidence_folder
from crawler.plan import Plan
from crawler.spiders.columns import ColumnsSpider
from crawler.spiders.mailbox import MailboxSpider
from db.locks import hold
from db.memory import answered_letters, column_memories, known_postings, mailbox_memories
from db.recording import PageSeen, Recorder, Snapshot, begin_crawl, finish_crawl
from db.register import register
from rules.places import Site
from rules.terms import Outcome

Save = Callable[[PageSeen], None]
Keep = Callable[[Response], Snapshot | None]
MIRROR_HANDLER = "crawler.network.MirrorHandler"


@dataclass(slots=True)
class CrawlReport:
    """What a crawl saw: how its columns ended, requests made, rows met, faults of our own code."""

    crawl_id: int
    as_of: date
    since: date
    columns: dict[str, Outcome] = field(default_factory=dict)
    causes: dict[str, str] = field(default_factory=dict)
    mailboxes: dict[str, Outcome] = field(default_factory=dict)
    pages: int = 0
    requests: int = 0
    faults: int = 0
    finished: bool = False

    def note(self, page: PageSeen) -> None:
        self.pages += 1
        if page.close and page.column is not None:
            self.columns[page.column] = page.close.outcome
            self.causes[page.column] = page.close.cause
        elif page.close and page.mailbox is not None:
            self.mailboxes[page.mailbox] = page.close.outcome


def crawl_site(
    engine: Engine,
    site: Site,
    as_of: date,
    since: date,
    *,
    unit: str | None = None,
    at: str | None = None,
    on_page: Callable[[PageSeen], None] = lambda _page: None,
) -> CrawlReport:
    """Crawls a site (or one unit's columns) into the database. Raises SiteBusy where another crawl of the
    site runs. A process may call this once."""
    busy = f"站点“{site.name}”正在采集，本次没有开始，请等它结束后再试。"
    with hold(engine, f"crawl-{site.key}", busy):
        with engine.begin() as connection:
            site_id = register(connection, site)
            crawl_id = begin_crawl(connection, site_id, as_of, since, unit, now())
            plan = _plan(connection, engine, site, as_of, since, unit, at)
            recorder = Recorder(connection, site.key, crawl_id)
        report = CrawlReport(crawl_id, as_of, since)

        room = EvidenceRoom(evidence_folder(engine))

        def keep(response: Response) -> Snapshot | None:
            if response.status == NOT_MODIFIED:
                return None
            exhibit = Exhibit(response.url, response.status, headers_of(response), response.body, now())
            return room.keep(site.key, exhibit)

        def save(page: PageSeen) -> None:
            with engine.begin() as connection:
                recorder.save(connection, page)
            report.note(page)
            on_page(page)

        _run(plan, report, save, keep)
        if report.finished:
            with engine.begin() as connection:
                finish_crawl(connection, crawl_id, now())
    return report


def _plan(
    connection: Connection,
    engine: Engine,
    site: Site,
    as_of: date,
    since: date,
    unit: str | None,
    at: str | None,
) -> Plan:
    def known(column: str) -> Any:
        with engine.connect() as later:
            return known_postings(later, site.key, column)

    def answered(mailbox: str) -> set[str]:
        with engine.connect() as later:
            return answered_letters(later, site.key, mailbox)

    return Plan(
        site, as_of, since, unit, at,
        column_memories(connection, site.key, as_of), mailbox_memories(connection, site.key, as_of),
        known, answered,
    )  # fmt: skip


def _run(plan: Plan, report: CrawlReport, save: Save, keep: Keep) -> None:
    process = AsyncCrawlerProcess(_settings(plan))
    ended: list[str] = []

    def crawler_of(spider: type[ColumnsSpider | MailboxSpider]) -> Crawler:
        crawler = process.create_crawler(spider)
        crawler.signals.connect(closed, signals.spider_closed)
        crawler.signals.connect(fault, signals.spider_error)
        crawler.signals.connect(fault, signals.item_error)
        return crawler

    def closed(spider: ColumnsSpider | MailboxSpider, reason: str) -> None:
        ended.append(reason)
        stats = spider.crawler.stats
        report.requests += stats.get_value("downloader/request_count", 0) if stats else 0
        # One spider after the other: two at once would ask one host twice a second.
        if isinstance(spider, ColumnsSpider) and reason == "finished" and plan.mailboxes:
            process.crawl(crawler_of(MailboxSpider), plan=plan, save=save, keep=keep)

    def fault() -> None:
        report.faults += 1

    process.crawl(crawler_of(ColumnsSpider), plan=plan, save=save, keep=keep)
    process.start()
    report.finished = bool(ended) and all(reason == "finished" for reason in ended)


def _settings(plan: Plan) -> Settings:
    crawling = plan.site.crawling
    settings = Settings()
    settings.setmodule(base_settings)
    settings.setdict(
        {
            "DOWNLOAD_DELAY": crawling.delay,
            "DOWNLOAD_TIMEOUT": crawling.timeout,
            "ROBOTSTXT_OBEY": crawling.obey_robots,
        },
        priority="cmdline",
    )
    if plan.mirror:
        handlers = {"http": MIRROR_HANDLER, "https": MIRROR_HANDLER}
        settings.setdict({"DOWNLOAD_HANDLERS": handlers, "GONGKAI_MIRROR": plan.mirror}, priority="cmdline")
    if needs_browser(plan):
        settings.setdict(browser_settings(), priority="cmdline")
    return settings
