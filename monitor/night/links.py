"""Whether outbound links of postings open: asked as a stranger should ask, within robots.txt, one request a second to any
one host, and no further of a host that wants to be left alone."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from protego import Protego

from crawler.fetching.bounds import LONGEST_ROBOTS
from crawler.fetching.client import Client
from crawler.fetching.destinations import Destinations, FetchFailed, NotAllowed
from crawler.page.addresses import origin_of, split, web_address
from crawler.page.page import Page
from crawler.page.values import PageRequest
from crawler.settings import REDIRECT_MAX_TIMES, USER_AGENT

LONGEST = 15.0  # seconds for one link
MOST = 100  # links tried a night and site
ALL = 900.0  # seconds for all links of a site
DELAY = 1.0  # seconds between two requests to one host, at least
LONGEST_DELAY = 60.0  # seconds: a host whose robots.txt asks for more is not asked
GONE = frozenset({404, 410})
BUSY = frozenset({429, 503})
# Answers that bring no page though somebody is there: no death.
SLOW = frozenset({"timeout", "too_large"})


def try_links(
    urls: Iterable[str], destinations: Destinations, delay: float = DELAY, budget: float = ALL
) -> Iterator[tuple[str, bool]]:
    """(address, whether it opens). Of an address that is not asked (robots.txt, a host that is busy, a private address,
    no time left) nothing is said. A refusal (403, 412, 5xx) or a slow answer is no death: many sites turn away
    programs and are open to citizens."""
    # A bad certificate is not a dead link.
    with Client(destinations, seconds=LONGEST, most_bytes=LONGEST_ROBOTS, verify=False) as client:
        # The crawl may have asked one of these hosts just now.
        begin = time.monotonic() + max(delay, DELAY)
        round_ = _Round(client, max(delay, DELAY), begin, begin + budget)
        for url in urls:
            opened = round_.opens(url)
            if opened is not None:
                yield url, opened


@dataclass(slots=True)
class _Host:
    """`robots` is None where a host has none; `delay`: seconds between two requests."""

    delay: float
    robots: Protego | None = None
    left_alone: bool = False

    def may_be_asked(self, url: str) -> bool:
        return not self.left_alone and (not self.robots or self.robots.can_fetch(url, USER_AGENT))


@dataclass(slots=True)
class _Round:
    """One night's links of a site, from `begin` to `end` of the monotonic clock. `turns`: when a host (by its name: http and
    https are one machine) may be asked again."""

    client: Client
    delay: float
    begin: float
    end: float
    hosts: dict[str, _Host] = field(default_factory=dict)
    turns: dict[str, float] = field(default_factory=dict)

    def opens(self, url: str) -> bool | None:
        """Whether an address opens; None where it is not asked. Each redirect waits for its turn at the host that it leads
        to, and is asked for by that host's rules: a hundred links may lead to one."""
        for _hop in range(REDIRECT_MAX_TIMES + 1):
            host = self.hosts.get(origin_of(url)) or self._meet(url)
            if not host.may_be_asked(url) or not self._wait(url, host):
                return None
            try:
                page = self.client.head_of(url, follow=False)
            except NotAllowed:
                return None
            except FetchFailed as failed:
                return failed.kind in SLOW
            host.left_alone = page.status in BUSY
            if not 300 <= page.status < 400:
                return page.status not in GONE
            moved = web_address(page.url, page.headers.get("location"))
            if not moved:
                return None
            url = moved
        return False

    def _meet(self, url: str) -> _Host:
        """A host that was not asked before: its robots.txt is the first thing it is asked for."""
        host = self.hosts[origin_of(url)] = _Host(self.delay)
        page = self._robots(origin_of(url) + "/robots.txt", host)
        if page and page.status == 200:
            host.robots = Protego.parse(page.body.decode("utf-8", errors="replace"))
            host.delay = max(host.delay, float(host.robots.crawl_delay(USER_AGENT) or 0))
        busy = page is not None and page.status in BUSY
        host.left_alone = busy or host.delay > LONGEST_DELAY
        return host

    def _robots(self, url: str, host: _Host) -> Page | None:
        """What a robots.txt's address answers, its redirects followed; None where nothing comes."""
        for _hop in range(REDIRECT_MAX_TIMES + 1):
            if not self._wait(url, host):
                return None
            try:
                page = self.client.fetch(PageRequest(url), follow=False)
            except FetchFailed:
                return None
            moved = web_address(page.url, page.headers.get("location")) if 300 <= page.status < 400 else None
            if not moved:
                return page
            url = moved
        return None

    def _wait(self, url: str, host: _Host) -> bool:
        """Waits until a host may be asked; False where that is after the end."""
        name = split(url).hostname or ""
        turn = max(self.turns.get(name, self.begin), time.monotonic())
        if turn >= self.end:
            return False
        time.sleep(max(0.0, turn - time.monotonic()))
        self.turns[name] = time.monotonic() + host.delay
        return True
