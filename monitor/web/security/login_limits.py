"""How often signing in may fail: by name and by address, within a quarter of an hour."""

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=15)
# Of one name, and of one address: an office may sit behind one address.
MOST_BY_NAME, MOST_BY_ADDRESS = 5, 30
MOST_KEPT = 10_000


@dataclass(slots=True)
class LoginLimits:
    """Failures of this process. The service is one process, and a restart forgives."""

    failures: dict[str, deque[datetime]] = field(default_factory=lambda: defaultdict(deque))

    def refuse(self, name: str, address: str, moment: datetime) -> bool:
        """Whether an attempt is refused without looking at the password."""
        return (
            self._count(f"n:{name}", moment) >= MOST_BY_NAME
            or self._count(f"a:{address}", moment) >= MOST_BY_ADDRESS
        )

    def failed(self, name: str, address: str, moment: datetime) -> None:
        if len(self.failures) > MOST_KEPT:
            self._forget(moment)
        for key in (f"n:{name}", f"a:{address}"):
            self.failures[key].append(moment)

    def signed_in(self, name: str) -> None:
        self.failures.pop(f"n:{name}", None)

    def _count(self, key: str, moment: datetime) -> int:
        kept: Iterable[datetime] = self.failures.get(key, ())
        return sum(moment - each < WINDOW for each in kept)

    def _forget(self, moment: datetime) -> None:
        for key in [key for key in self.failures if not self._count(key, moment)]:
            del self.failures[key]
