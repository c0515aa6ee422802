"""How long the hosts of a site are borne with in one night: the pauses they ask for, failures in a row, and all the time that
a crawl has."""

import math
import time
from dataclasses import dataclass, field

from scrapy.exceptions import IgnoreRequest

LONGEST_PAUSE = 300.0  # seconds that a host may ask for at once
ALL_PAUSES = 600.0  # seconds, of all hosts of a site in a night
# So many addresses in a row without an answer that serves, and the host's root is looked at before another is asked.
# Where the root answers, single columns may be what is broken: only a longer row of them ends the host's night.
ROW = 5
LONGEST_ROW = 4 * ROW
# Answers of a server that cannot answer, or of the gateway before it.
UNWELL = frozenset({429, 502, 503, 504})


# The kind of what is left when the crawl's time is over; it says nothing of the page.
OUT_OF_TIME = "out_of_time"


class NotAsked(IgnoreRequest):
    """An address that is not asked for. `kind` as in `crawler.outcomes.outcome.see_failure`."""

    def __init__(self, what: str, kind: str) -> None:
        super().__init__(f"{what} is not asked: {kind}")
        self.kind = kind


class GivenUp(NotAsked):
    """The host is not asked any more tonight."""


@dataclass(slots=True)
class Patience:
    """What was borne with in one crawl, by host (with port). `given_up`: host → the last failure's kind. Nothing is asked
    after `end` (of the monotonic clock); `out_of_time`: something was left."""

    end: float = math.inf
    out_of_time: bool = False
    given_up: dict[str, str] = field(default_factory=dict)
    pauses_left: float = ALL_PAUSES
    _resume: dict[str, float] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)
    _delays: dict[str, float] = field(default_factory=dict)
    _rows: dict[str, dict[str, str]] = field(default_factory=dict)
    _looked: dict[str, int] = field(default_factory=dict)
    _failed: set[tuple[str, str]] = field(default_factory=set)

    def pause(self, host: str, seconds: float) -> bool:
        """Leaves a host alone for so long; False where that is more than the night has left."""
        if seconds > min(LONGEST_PAUSE, self.pauses_left, self.end - time.monotonic()):
            return False
        self.pauses_left -= seconds
        self._resume[host] = max(self._resume.get(host, 0.0), time.monotonic() + seconds)
        return True

    def pause_left(self, host: str) -> float:
        """Seconds until a host may be asked again."""
        return max(self._resume.get(host, 0.0) - time.monotonic(), 0.0)

    def asked(self, name: str) -> None:
        """A request has just been sent to a host (its name without a port: its ports are one machine)."""
        self._asked[name] = time.monotonic()

    def slow_down(self, name: str, delay: float) -> None:
        """A host's robots.txt asks for more seconds between two requests."""
        self._delays[name] = max(self._delays.get(name, 0.0), delay)

    def turn_left(self, name: str, delay: float) -> float:
        """Seconds until a host may be sent the next request, whatever asks for it and whichever spider is at work."""
        since = time.monotonic() - self._asked.get(name, -math.inf)
        return max(max(delay, self._delays.get(name, 0.0)) - since, 0.0)

    def answered(self, host: str) -> None:
        self._rows.pop(host, None)
        self._looked.pop(host, None)

    def failed(self, host: str, address: str, kind: str) -> None:
        """An address brought nothing, or the answer of a server that is unwell. That it fails again tells nothing new of its host:
        second tries come one after the other once all else was asked for."""
        row = self._rows.setdefault(host, {})
        if address in row or (host, address) not in self._failed:
            row[address] = kind
        self._failed.add((host, address))
        if len(row) >= LONGEST_ROW:
            self.give_up(host)

    def doubts(self, host: str) -> bool:
        """Whether a host is to be looked at before it is asked for another address; says so once."""
        row = len(self._rows.get(host, ()))
        if row - self._looked.get(host, 0) < ROW or host in self.given_up:
            return False
        self._looked[host] = row
        return True

    def wears_thin(self, host: str) -> bool:
        """Whether an address that failed is not worth a second try: those before it failed too."""
        return len(self._rows.get(host, ())) >= ROW

    def give_up(self, host: str) -> None:
        kinds = [*self._rows.get(host, {}).values()]
        self.given_up[host] = kinds[-1] if kinds else "given_up"

    def refuse(self, host: str) -> None:
        """Raises NotAsked where the crawl's time is over, GivenUp for a host that is not asked any more."""
        if time.monotonic() >= self.end:
            self.out_of_time = True
            raise NotAsked(host, OUT_OF_TIME)
        if host in self.given_up:
            raise GivenUp(host, self.given_up[host])
