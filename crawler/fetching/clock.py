"""Our own clock, held against the servers': a machine whose clock has jumped enters a night under a wrong day.

Servers may be wrong too, and caches answer with old days. So a server counts by the answer that is nearest to us (a jump
of ours is in all of them); of several hosts the middle one decides; and where the hosts seen so far speak against us,
others are asked before we believe it."""

from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from crawler.fetching.destinations import Destinations, FetchFailed, origins_of
from crawler.page.addresses import host_of

# A server that prints its local time as if it were Greenwich's is eight hours off; a day that is wrong, more.
MOST_OFF = timedelta(hours=12)
# A machine that has lost its battery wakes up in 1970; what is further off is no clock's day.
MOST_BELIEVED = timedelta(days=36_525)
MOST_ASKED = 4
LONGEST_WAIT = 10.0  # seconds
ANSWERS = 9  # of a host: the latest


class ServersClock:
    """By how much our clock stands ahead of the servers'. `others` are addresses that are asked in doubt."""

    def __init__(self, others: Sequence[str]) -> None:
        self._others = list(others)
        self._ahead: dict[str, deque[float]] = {}
        self._sure = False

    def note(self, host: str, headers: Mapping[str, str], now: datetime) -> None:
        """An answer that has just come; header names in lower case."""
        try:
            moment = parsedate_to_datetime(headers["date"])
            kept = timedelta(seconds=int(headers.get("age", "0")))
            ahead = now - moment.replace(tzinfo=moment.tzinfo or UTC) - kept
        except (KeyError, ValueError, OverflowError):
            return
        if abs(ahead) > MOST_BELIEVED:
            return
        self._ahead.setdefault(host, deque(maxlen=ANSWERS)).append(ahead.total_seconds())

    def off(self) -> timedelta | None:
        """How far our clock is ahead (behind: less than nothing) where that is most of a day or more; else None."""
        if self._sure or not self._ahead:
            return None
        if self._is_off():
            self._ask_others()
        self._sure = not self._is_off()
        return None if self._sure else self._middle()

    def _is_off(self) -> bool:
        return abs(self._middle()) >= MOST_OFF

    def _middle(self) -> timedelta:
        """Of the hosts, the one in the middle; of an even number, the one that speaks for us."""
        hosts = sorted((min(answers, key=abs) for answers in self._ahead.values()), key=abs)
        return timedelta(seconds=hosts[(len(hosts) - 1) // 2])

    def _ask_others(self) -> None:
        from crawler.fetching.client import Client  # only here: most nights nobody is asked

        asked, self._others = self._others[:MOST_ASKED], []
        # Of a clock no secret is asked, and the addresses are the site file's own.
        with Client(Destinations(origins_of(asked)), seconds=LONGEST_WAIT, verify=False) as client:
            for url in asked:
                with suppress(FetchFailed):
                    self.note(host_of(url), client.head_of(url, follow=False).headers, datetime.now(UTC))
