"""One discovery, from a home page's address to a proposal: a spider asks for one page after the other by priority, as
many as it may. A process may do this once."""

import math
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from scrapy.settings import Settings
from twisted.python.failure import Failure

import crawler.settings as base_settings
from crawler.discovery.page_links import absolute
from crawler.discovery.proposal import Proposal
from crawler.discovery.propose import Composer
from crawler.discovery.study import Kind, PageNote, failed, study
from crawler.discovery.survey import Node, Survey
from crawler.fetching.clock import ServersClock
from crawler.fetching.destinations import Destinations, origins_of
from crawler.fetching.patience import Patience
from crawler.fetching.requests import READABLE_STATUSES, kind_of, page_of
from crawler.outcomes.costly import within_budget
from crawler.outcomes.outcome import see_failure
from crawler.page.addresses import host_of, refresh_target, script_target
from crawler.page.list_place import frame_of
from crawler.page.page import Page
from crawler.page.values import Expectation, PageOutcome
from crawler.page.visible_text import visible_text
from crawler.sites.hosts import Mirror
from rules.errors import GongkaiError
from rules.vocabulary.terms import Outcome

# Characters shown: a page that only sends on says so in a sentence.
LITTLE = 200
# Seconds: a page that sends on later shows links of its own, which are read.
REFRESH_WITHIN = 10
# Browsers give up after twenty; a site that needs more than five leads in a circle.
MOST_JUMPS = 5
ANSWERS = [*range(300, 400), *READABLE_STATUSES]
# Seconds of a walk, besides its delays: a site so slow that more is needed is read on another day.
LONGEST = 2 * 3600.0
# A home page with fewer leads nowhere: it is a notice or a shell.
FEW_LINKS = 5


def jump_of(page: Page) -> str:
    """The absolute address the reader is sent on to; "" where he stays."""
    if 300 <= page.status < 400:
        return absolute(page.url, page.headers.get("location"))
    target = absolute(page.url, refresh_target(page, REFRESH_WITHIN) or _script(page))
    return "" if target == page.url else target


def frame_in(page: Page) -> str:
    """The absolute address of the frame that holds what the page is about; "" if there is none."""
    return absolute(page.url, frame_of(page))


def _script(page: Page) -> str:
    """A short page that shows next to nothing and whose script changes the address."""
    if len(page.body) > 20_000:
        return ""
    seen = visible_text(page)
    return script_target(seen.scripts) if seen.shown <= LITTLE else ""


@dataclass(slots=True)
class Hosts:
    """What `crawler.fetching.network` learns of the hosts while one walk lasts."""

    patience: Patience = field(default_factory=Patience)
    clock: ServersClock = field(default_factory=lambda: ServersClock(()))


class DiscoverySpider(Spider):
    """Fills a Survey. `on_page` is called after each answer; after `longest` seconds nothing more is asked. Redirects are
    followed here, not by Scrapy, so that none leads away from the site."""

    name = "discovery"
    handle_httpstatus_list = ANSWERS

    def __init__(
        self,
        survey: Survey,
        pages: int,
        as_of: date,
        on_page: Callable[[Survey], None],
        longest: float = math.inf,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.crawl = Hosts()
        self.survey = survey
        self.pages = pages
        self.as_of = as_of
        self.on_page = on_page
        self.asked = 0
        self.patience, self.clock = Patience(time.monotonic() + longest), ServersClock([])

    async def start(self) -> AsyncIterator[Request]:
        yield self._ask(self.survey.home, 0)

    def page(self, response: Response, node: Node, jumps: int) -> Iterator[Request]:
        page = page_of(response)
        target = within_budget(page, lambda: jump_of(page), lambda _: "") if jumps < MOST_JUMPS else ""
        if not target:
            note = self._take(page, node)
            target = frame_in(page) if note.cause == "frame" and jumps < MOST_JUMPS else ""
        moved = self.survey.moved(node, target) if target else None
        if moved:
            yield self._ask(moved, jumps + 1)
        else:
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
            note = study(page, expect, self.as_of, name=node.name)
        except Exception:
            # A fault of our own reader on one page must not end the discovery; it is reported at the end.
            self.logger.exception("Cannot study %s", page.url)
            note = failed(page.url, PageOutcome(Outcome.UNREADABLE, "fault", "程序处理该页时出错"))
            self.survey.faults += 1
        readable = within_budget(page, lambda: page.tree is not None, lambda _: False)
        self.survey.take(node, note, page if readable else None)
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
    longest = LONGEST + options.pages * options.delay
    process.crawl(
        DiscoverySpider,
        survey=survey,
        pages=options.pages,
        as_of=options.as_of,
        on_page=on_page,
        longest=longest,
    )
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
    changed: dict[str, Any] = {
        "DOWNLOAD_DELAY": options.delay,
        **base_settings.waited_settings(base_settings.LONGEST_WAITED),
        "DOWNLOAD_MAXSIZE": 4 * 1024 * 1024,
        "REDIRECT_ENABLED": False,
        "METAREFRESH_ENABLED": False,
        "ITEM_PIPELINES": {},
        "SPIDER_MODULES": [],
        "GONGKAI_DESTINATIONS": Destinations(origins_of(filter(None, [options.home, options.at]))),
    }
    if options.at:
        mirror = Mirror(options.at, frozenset({host_of(options.home)}), options.home)
        changed |= base_settings.mirror_settings(mirror)
    settings.setdict(changed, priority="cmdline")
    return settings
