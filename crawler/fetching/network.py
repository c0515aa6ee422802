"""Asking politely: a mirror in place of the live site, Retry-After and robots' Crawl-delay obeyed, a host that no longer
answers left alone."""

import asyncio
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from typing import Any, Self, cast

from scrapy import Request, signals
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, IgnoreRequest, UnsupportedURLSchemeError
from scrapy.http import Response

from crawler.fetching.bounds import BoundedFactory, CookieNames, check_packing
from crawler.fetching.checked_resolver import CheckedResolver
from crawler.fetching.destinations import FetchFailed, NotAllowed
from crawler.fetching.patience import LONGEST_PAUSE, UNWELL, NotAsked
from crawler.fetching.requests import headers_of, kind_of, now
from crawler.page.addresses import host_of, origin_of, split

# As long as ten requests would take.
PAUSE_OF_DELAYS = 10


class PatientHandler(HTTP11DownloadHandler):
    """Leaves a host that answers 429 or 503 with Retry-After alone until then, and one that no longer answers for the
    rest of the night, both within the crawl's `Patience`; holds the servers' clocks against ours.

    Here, and not in a middleware: what waits in Scrapy's queues has passed them all, and would still go out; and so every
    address, a redirect's and a robots.txt's too, is checked before it is connected to."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = partial(BoundedFactory, self._sent)  # type: ignore[assignment]
        self._cookies = CookieNames()

    async def download_request(self, request: Request) -> Response:
        await check_destination(request)
        host, patience = host_of(request.url), spider_of(self._crawler).patience
        while (wait := patience.pause_left(host)) > 0:
            await asyncio.sleep(wait)
        if patience.doubts(host):
            await self._look_at(host, request)
        patience.refuse(host)
        await self._turn(request.url)
        response = await self._ask(host, request)
        if response.status in (429, 503) and (value := response.headers.get("Retry-After")):
            seconds = seconds_of(value.decode("latin-1"), datetime.now(UTC))
            # Asked again too early, it would only refuse again.
            request.meta["dont_retry"] = not patience.pause(host, seconds)
        if response.status in UNWELL and patience.wears_thin(host):
            request.meta["dont_retry"] = True
        return response

    def _sent(self, host: str) -> None:
        spider_of(self._crawler).patience.asked(split(f"//{host}").hostname or "")

    async def _turn(self, url: str) -> None:
        """Waits until a host's last request was sent long enough ago. Scrapy's own delay counts from when it takes a request
        from its queue, of one spider: a first connection, a look at the root and the next spider's start are not in it."""
        name = split(url).hostname or ""
        delay = self._crawler.settings.getfloat("DOWNLOAD_DELAY")
        while (wait := spider_of(self._crawler).patience.turn_left(name, delay)) > 0:
            await asyncio.sleep(wait)

    async def _ask(self, host: str, request: Request) -> Response:
        patience = spider_of(self._crawler).patience
        try:
            response = await super().download_request(request)
            check_packing(response)
        except (
            DownloadCancelledError,
            UnsupportedURLSchemeError,
        ):  # too large, or no address: it says nothing of the host
            raise
        except Exception as error:  # every failure of the network has a type of its own
            patience.failed(host, request.url, kind_of(error))
            request.meta["dont_retry"] = patience.wears_thin(host)
            raise
        self._cookies.bound(host, response)
        if not self._crawler.settings["GONGKAI_MIRROR"]:  # a mirror may answer with the days of long ago
            spider_of(self._crawler).clock.note(host, headers_of(response), now())
        if response.status in UNWELL:
            patience.failed(host, request.url, "given_up")
        else:
            patience.answered(host)
        return response

    async def _look_at(self, host: str, request: Request) -> None:
        """A host whose addresses fail one after the other: a pause, in which a server may have started again, and a
        look at its root. Where that serves, the next address is asked."""
        await asyncio.sleep(PAUSE_OF_DELAYS * self._crawler.settings.getfloat("DOWNLOAD_DELAY"))
        root = request.replace(url=origin_of(request.url) + "/", method="GET", body=b"")
        try:
            response = await super().download_request(root)
        except Exception:  # whatever it is, there is no answer
            spider_of(self._crawler).patience.give_up(host)
            return
        if response.status in UNWELL:
            spider_of(self._crawler).patience.give_up(host)


async def check_destination(request: Request) -> None:
    """Refuses an address that leads where no link may lead; one without an answer of the name server is left to fail as
    it does. Behind a proxy the address's own words are all there is to judge. Raises NotAsked."""
    resolver = checked_resolver()
    try:
        origin = resolver.hosts.destinations.check_url(request.url)
        if not request.meta.get("proxy"):
            await resolver.check(*origin)
    except NotAllowed as refused:
        raise NotAsked(request.url, refused.kind) from None
    except FetchFailed:
        return


def checked_resolver() -> CheckedResolver:
    """The resolver of the running crawl (TWISTED_DNS_RESOLVER)."""
    from twisted.internet import reactor

    return cast(CheckedResolver, reactor.nameResolver)


class MirrorHandler(PatientHandler):
    """Fetches live addresses at the mirror given by GONGKAI_MIRROR (`crawler.sites.hosts.Mirror`)."""

    async def download_request(self, request: Request) -> Response:
        mirror = self._crawler.settings["GONGKAI_MIRROR"]
        address = mirror.to_mirror(request.url)
        if address is None:
            raise IgnoreRequest("Not on the mirror")
        mirrored = request.replace(url=address)
        try:
            response = await super().download_request(mirrored)
        finally:
            request.meta.update(mirrored.meta)
        if location := response.headers.get("Location"):
            response.headers["Location"] = mirror.to_live(location.decode("latin-1"))
        return response.replace(url=request.url)


class GivenUpHosts:
    """Downloader middleware: what a host that was given up is still to be asked is refused before it waits its turn."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        mirror = self._crawler.settings["GONGKAI_MIRROR"]
        address = mirror.to_mirror(request.url) if mirror else None
        spider_of(self._crawler).patience.refuse(host_of(address or request.url))


def spider_of(crawler: Crawler) -> Any:
    """The spider at work, whose `patience` and `clock` are its crawl's: what is learnt outlasts the spider."""
    return crawler.spider


def seconds_of(value: str, now: datetime) -> float:
    """The seconds that a Retry-After header asks for; 0 where it cannot be read."""
    if re.fullmatch(r"[0-9]{1,12}", value.strip()):
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
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
        slot.delay = max(slot.delay, min(float(delay), LONGEST_PAUSE))
        spider_of(self._crawler).patience.slow_down(split(request.url).hostname or "", slot.delay)
        slot.jitter = 0
        engine.downloader.slots[key] = slot
