"""Whether links of postings and of the home page open: asked as a stranger should ask, within robots.txt, one request a second to any
one host, and no further of a host that wants to be left alone."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

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


class Answer(Enum):
    """What an address answered: a page; anything else by which nobody can tell whether there is one (403, 412, 5xx, too slow: many
    sites turn away programs and are open to citizens); that there is none (404, 410); nothing at all, or a circle."""

    OPENS = auto()
    UNCLEAR = auto()
    MISSING = auto()
    DEAD = auto()

    @property
    def alive(self) -> bool:
        return self in (Answer.OPENS, Answer.UNCLEAR)


def try_links(
    urls: Iterable[str], destinations: Destinations, delay: float = DELAY, budget: float = ALL
) -> Iterator[tuple[str, Answer]]:
    """What each address answers. Of one that is not asked (robots.txt, a host that is busy, a private address, no time left)
    nothing is said."""
    # A bad certificate is not a dead link.
    with Client(destinations, seconds=LONGEST, most_bytes=LONGEST_ROBOTS, verify=False) as client:
        # The crawl may have asked one of these hosts just now.
        begin = time.monotonic() + max(delay, DELAY)
        round_ = _Round(client, max(delay, DELAY), begin, begin + budget)
        for url in urls:
            answer = round_.ask(url)
            if answer is not None:
                yield url, answer


def confirmed(
    asked: Callable[[Iterable[str]], Iterator[tuple[str, Answer]]], answers: Mapping[str, Answer]
) -> Iterator[tuple[str, bool]]:
    """(address, whether it is surely missing): some servers tell programs that nothing is there. So a host of which no page opened
    tonight is `asked` for its first page, and believed if that opens."""
    open_ = {origin_of(url) for url, answer in answers.items() if answer is Answer.OPENS}
    missing = {origin_of(url) for url, answer in answers.items() if answer is Answer.MISSING}
    roots = asked(f"{origin}/" for origin in sorted(missing - open_))
    open_ |= {origin_of(url) for url, answer in roots if answer is Answer.OPENS}
    for url, answer in answers.items():
        yield url, answer is Answer.MISSING and origin_of(url) in open_


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

    def ask(self, url: str) -> Answer | None:
        """What an address answers; None where it is not asked. Each redirect waits for its turn at the host that it leads
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
                return Answer.UNCLEAR if failed.kind in SLOW else Answer.DEAD
            host.left_alone = page.status in BUSY
            if not 300 <= page.status < 400:
                missing = page.status in GONE
                return Answer.MISSING if missing else Answer.OPENS if page.status == 200 else Answer.UNCLEAR
            moved = web_address(page.url, page.headers.get("location"))
            if not moved:
                return None
            url = moved
        return Answer.DEAD

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
