"""Asking politely: a mirror in place of the live site, Retry-After and robots' Crawl-delay obeyed."""

import asyncio
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Self

from scrapy import Request, signals
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

LONGEST_WAIT = 300.0


class PatientHandler(HTTP11DownloadHandler):
    """Leaves a host that answers 429 or 503 with Retry-After alone until then.

    Here, and not in a middleware: what waits in Scrapy's queues has passed them all, and would still go out."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._resume: dict[str, float] = {}

    async def download_request(self, request: Request) -> Response:
        host = urlparse_cached(request).netloc
        while (wait := self._resume.get(host, 0.0) - time.monotonic()) > 0:
            await asyncio.sleep(wait)
        response = await super().download_request(request)
        if response.status in (429, 503) and (value := response.headers.get("Retry-After")):
            seconds = min(seconds_of(value.decode("latin-1"), datetime.now(UTC)), LONGEST_WAIT)
            self._resume[host] = time.monotonic() + seconds
        return response


class MirrorHandler(PatientHandler):
    """Fetches live addresses at the mirror given by GONGKAI_MIRROR (`crawler.sites.hosts.Mirror`)."""

    async def download_request(self, request: Request) -> Response:
        mirror = self._crawler.settings["GONGKAI_MIRROR"]
        address = mirror.to_mirror(request.url)
        if address is None:
            raise IgnoreRequest("Not on the mirror")
        response = await super().download_request(request.replace(url=address))
        if location := response.headers.get("Location"):
            response.headers["Location"] = mirror.to_live(location.decode("latin-1"))
        return response.replace(url=request.url)


def seconds_of(value: str, now: datetime) -> float:
    """The seconds that a Retry-After header asks for; 0 where it cannot be read."""
    if value.strip().isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return 0.0
    return max((moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds(), 0.0)


class CrawlDelay:
    """Extension: robots.txt's Crawl-delay slows its host down, never speeds it up."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        crawler.signals.connect(self.robots_parsed, signals.robots_parsed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def robots_parsed(self, robotparser: Any, request: Request) -> None:
        delay = robotparser.crawl_delay(self._crawler.settings["USER_AGENT"])
        engine = self._crawler.engine
        if not delay or engine is None:
            return
        key, slot = engine.downloader._get_slot(request)
        slot.delay = max(slot.delay, min(float(delay), LONGEST_WAIT))
        slot.jitter = 0
        engine.downloader.slots[key] = slot
