"""Whether outbound links of postings open: asked as a stranger should ask, within robots.txt, one request a second to any
one host, and no further of a host that wants to be left alone."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from protego import Protego

from crawler.fetching.client import Client
from crawler.fetching.destinations import Destinations, FetchFailed, NotAllowed
from crawler.page.addresses import origin_of
from crawler.page.values import PageRequest
from crawler.settings import USER_AGENT

LONGEST = 15.0  # seconds for one link
MOST = 100  # links tried a night and site
ALL = 900.0  # seconds for all links of a site
DELAY = 1.0  # seconds between two requests to one host, at least
LONGEST_DELAY = 60.0  # seconds: a host whose robots.txt asks for more is not asked
LONGEST_ROBOTS = 512_000  # bytes (RFC 9309)
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
        round_ = _Round(client, max(delay, DELAY), time.monotonic() + budget)
        for url in urls:
            opened = round_.opens(url)
            if opened is not None:
                yield url, opened


@dataclass(slots=True)
class _Host:
    """`robots` is None where a host has none; `next`: when it may be asked again, by the monotonic clock."""

    delay: float
    next: float = 0.0
    robots: Protego | None = None
    left_alone: bool = False


@dataclass(slots=True)
class _Round:
    """One night's links of a site."""

    client: Client
    delay: float
    end: float
    hosts: dict[str, _Host] = field(default_factory=dict)

    def opens(self, url: str) -> bool | None:
        """Whether an address opens; None where it is not asked."""
        host = self.hosts.get(origin_of(url)) or self._meet(url)
        if host.left_alone or (host.robots and not host.robots.can_fetch(url, USER_AGENT)):
            return None
        if not self._wait(host):
            return None
        try:
            status = self.client.head_of(url).status
        except NotAllowed:
            return None
        except FetchFailed as failed:
            return failed.kind in SLOW
        host.left_alone = status in BUSY
        return status not in GONE

    def _meet(self, url: str) -> _Host:
        """A host that was not asked before: its robots.txt is the first thing it is asked for."""
        host = self.hosts[origin_of(url)] = _Host(self.delay)
        if not self._wait(host):
            return host
        try:
            page = self.client.fetch(PageRequest(origin_of(url) + "/robots.txt"))
        except FetchFailed:
            return host
        if page.status == 200:
            host.robots = Protego.parse(page.body.decode("utf-8", errors="replace"))
            host.delay = max(host.delay, float(host.robots.crawl_delay(USER_AGENT) or 0))
        host.left_alone = page.status in BUSY or host.delay > LONGEST_DELAY
        return host

    def _wait(self, host: _Host) -> bool:
        """Waits until a host may be asked; False where that is after the end."""
        turn = max(host.next, time.monotonic())
        if turn >= self.end:
            return False
        time.sleep(max(0.0, turn - time.monotonic()))
        host.next = time.monotonic() + host.delay
        return True
