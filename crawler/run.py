"""Running a crawl: one short-lived process (Twisted's reactor cannot be started twice)."""

import asyncio
import gc
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.http import Response
from scrapy.settings import Settings
from twisted.python.failure import Failure

from crawler import settings as base_settings
from crawler.crawling.crawl import Crawl, CrawlReport, Item
from crawler.crawling.plan import Plan
from crawler.crawling.rescanning import rescan_wording
from crawler.fetching.browser import browser_settings, needs_browser, why_no_sandbox
from crawler.fetching.destinations import destinations_of
from crawler.fetching.masked_log import log_masked
from crawler.fetching.requests import now
from crawler.fetching.resolving import Resolve, system_addresses
from crawler.fetching.snapshots import SnapshotStore, evidence_folder
from crawler.platforms import PLATFORMS, Platform
from crawler.sites.politeness import refuse_without_reason
from crawler.spiders.articles import ArticlesSpider
from crawler.spiders.columns import ColumnsSpider
from crawler.spiders.mailbox import MailboxSpider
from db.connect import Connection, Engine
from db.locks import hold
from db.recording.earlier_readings import answered_letters, column_memories, known_postings
from db.recording.empty_places import settle_empty_places
from db.recording.pages import Recorder, begin_crawl, finish_crawl
from db.recording.register import register
from db.recording.short_lists import settle_short_lists
from rules.vocabulary.places import Site

# One after the other: two at once would ask one host twice a second.
SPIDERS = (ColumnsSpider, MailboxSpider, ArticlesSpider)


def crawl_site(
    engine: Engine,
    site: Site,
    as_of: date,
    since: date,
    *,
    unit: str | None = None,
    at: str | None = None,
    on_item: Callable[[Item], None] = lambda _item: None,
    on_openings: Callable[[int], None] = lambda _number: None,
    platforms: Sequence[Platform] = PLATFORMS,
    resolve: Resolve = system_addresses,
) -> CrawlReport:
    """Crawls a site (or one unit's columns) into the database; `resolve` is the name server; `on_item` hears of all
    that was saved, `on_openings` how many postings will be opened. Raises SiteBusy where
    another crawl of the site runs, WrongSiteFile where the site file takes liberties without a reason. A process may
    call this once."""
    refuse_without_reason(site, at)
    busy = f"站点“{site.name}”正在采集，本次没有开始，请等它结束后再试。"
    with hold(engine, f"crawl-{site.key}", busy):
        with engine.begin() as connection:
            plan = replace(_plan(connection, engine, site, as_of, since, unit, at), platforms=platforms)
            browser = needs_browser(plan.columns)
            sandbox = why_no_sandbox() if browser else ""
            crawl_id = begin_crawl(connection, register(connection, site), as_of, since, unit, now())
            recorder = Recorder(connection, site.key, crawl_id)
        report = CrawlReport(crawl_id, as_of, since, browser=browser, no_sandbox=sandbox)
        crawl = Crawl(engine, plan, recorder, report, on_item, on_openings)
        _run(crawl, _settings(plan, report, resolve))
        crawl.close_lost()
        if report.finished:
            with engine.begin() as connection:
                for settle in (settle_short_lists, settle_empty_places):
                    for column, mailbox, close in settle(connection, site.key, crawl_id, as_of):
                        report.note_end(column, mailbox, close)
                finish_crawl(connection, crawl_id, now())
            if unit is None:
                with engine.begin() as connection:
                    rescan_wording(connection, site, SnapshotStore(evidence_folder(engine)))
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

    columns = column_memories(connection, site.key, as_of)
    return Plan(site, as_of, since, unit, at, columns, known, answered)


def _run(crawl: Crawl, settings: Settings) -> None:
    log_masked(settings["LOG_LEVEL"])
    process = AsyncCrawlerProcess(settings)
    # Scrapy sets its own logger to DEBUG: two records a page would be made and thrown away.
    logging.getLogger("scrapy").setLevel(settings["LOG_LEVEL"])
    ended: list[str] = []
    stopping: list[asyncio.Future[None]] = []

    def start_next() -> None:
        crawler = process.create_crawler(SPIDERS[len(ended)])
        crawler.signals.connect(closed, signals.spider_closed)
        crawler.signals.connect(lost, signals.spider_error)
        crawler.signals.connect(fault, signals.item_error)
        crawler.signals.connect(stop_if_told, signals.item_scraped)
        process.crawl(crawler, crawl=crawl)

    def closed(spider: Any, reason: str) -> None:
        ended.append(reason)
        crawl.report.requests += _requests(spider.crawler)
        if reason == "finished" and not crawl.report.stopped and len(ended) < len(SPIDERS):
            start_next()

    def fault() -> None:
        crawl.report.faults += 1

    def lost(failure: Failure, response: Response, spider: Any) -> None:
        progress = response.request.cb_kwargs.get("progress") if response.request else None
        column, mailbox = (progress.column, progress.mailbox) if progress else (None, None)
        if not crawl.lose(column, mailbox, failure.value):
            fault()
        stop_if_told(spider)

    def stop_if_told(spider: Any) -> None:
        if crawl.report.stopped and not stopping:
            stopping.append(asyncio.ensure_future(spider.crawler.engine.close_spider_async(reason="stopped")))

    start_next()
    # What is loaded so far stays to the end: the collector of cycles must not walk through it again and again.
    gc.freeze()
    process.start()
    whole = len(ended) == len(SPIDERS) and set(ended) == {"finished"}
    crawl.report.given_up = tuple(crawl.patience.given_up)
    crawl.report.out_of_time = crawl.patience.out_of_time
    crawl.report.finished = whole and not crawl.report.stopped


def _requests(crawler: Crawler) -> int:
    return int(crawler.stats.get_value("downloader/request_count", 0)) if crawler.stats else 0


def _settings(plan: Plan, report: CrawlReport, resolve: Resolve) -> Settings:
    crawling = plan.site.crawling
    settings = Settings()
    settings.setmodule(base_settings)
    own = {
        "DOWNLOAD_DELAY": crawling.delay,
        "DOWNLOAD_TIMEOUT": crawling.timeout,
        "ROBOTSTXT_OBEY": crawling.obey_robots,
        "GONGKAI_DESTINATIONS": destinations_of(plan.site, plan.at),
        "GONGKAI_RESOLVE": resolve,
    }
    settings.setdict(own, priority="cmdline")
    if plan.unit:  # an audit
        settings.setdict(base_settings.waited_settings(crawling.timeout), priority="cmdline")
    if plan.mirror:
        settings.setdict(base_settings.mirror_settings(plan.mirror), priority="cmdline")
    if report.browser:
        settings.setdict(browser_settings(sandbox=not report.no_sandbox), priority="cmdline")
    return settings
