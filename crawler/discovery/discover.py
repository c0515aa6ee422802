"""One discovery, from a home page's address to a proposal. A process may do this once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

import crawler.settings as base_settings
from crawler.discovery.proposal import Proposal
from crawler.discovery.propose import Composer
from crawler.discovery.spider import DiscoverySpider
from crawler.discovery.study import Kind
from crawler.discovery.survey import Survey
from crawler.page.addresses import host_of
from crawler.sites.hosts import Mirror
from rules.errors import GongkaiError

MIRROR_HANDLER = "crawler.fetching.network.MirrorHandler"
# A home page with fewer leads nowhere: it is a notice or a shell.
FEW_LINKS = 5


@dataclass(frozen=True, slots=True)
class DiscoveryOptions:
    """What is to be discovered: the home page, at most how many pages, seconds between two of them, and the
    address of a copy to read in place of the live site."""

    home: str
    pages: int = 400
    delay: float = 1.0
    at: str | None = None
    as_of: date = date.max


def discover(options: DiscoveryOptions, on_page: Callable[[Survey], None] = lambda _survey: None) -> Proposal:
    """Walks the site and proposes its site file. Raises GongkaiError where the home page cannot be read."""
    survey = Survey(options.home, alone=options.at is not None)
    process = AsyncCrawlerProcess(_settings(options))
    process.crawl(DiscoverySpider, survey=survey, pages=options.pages, as_of=options.as_of, on_page=on_page)
    process.start()
    if not survey.finished:
        raise GongkaiError("浏览被中途停止，没有写入文件，请重新运行。")
    _check_home(survey)
    return Composer(survey, options.delay).propose()


def _check_home(survey: Survey) -> None:
    note = survey.home.note
    if note is None:
        raise GongkaiError(f"首页 {survey.home.url} 未能读取：反复跳转没有终点，没有写入文件，请核对网址。")
    unread = note.kind is Kind.UNREAD and (note.cause.startswith("http_") or len(note.links) < FEW_LINKS)
    if note.kind is Kind.GONE or unread:
        raise GongkaiError(
            f"首页 {survey.home.url} 未能读取：{note.why}，没有写入文件，请核对网址或稍后重试。"
        )


def _settings(options: DiscoveryOptions) -> Settings:
    settings = Settings()
    settings.setmodule(base_settings)
    changed = {
        "DOWNLOAD_DELAY": options.delay,
        "DOWNLOAD_TIMEOUT": 30,
        "DOWNLOAD_MAXSIZE": 4 * 1024 * 1024,
        "REDIRECT_ENABLED": False,
        "METAREFRESH_ENABLED": False,
        "ITEM_PIPELINES": {},
        "SPIDER_MODULES": [],
    }
    settings.setdict(changed, priority="cmdline")
    if options.at:
        mirror = Mirror(options.at, frozenset({host_of(options.home)}), options.home)
        handlers = {"http": MIRROR_HANDLER, "https": MIRROR_HANDLER}
        settings.set("DOWNLOAD_HANDLERS", handlers, priority="cmdline")
        settings.set("GONGKAI_MIRROR", mirror, priority="cmdline")
    return settings
