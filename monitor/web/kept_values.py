"""Values that pages share for a minute, each made by one thread at a time."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from monitor.clock import Clock

# A page is at most so old; while it is made anew, whoever asks is shown what there is.
FRESH = timedelta(minutes=1)
# What nobody has asked for since is let go: keys name days, and a service runs for years.
LONGEST = timedelta(minutes=30)
Value = TypeVar("Value")


@dataclass(slots=True)
class Kept(Generic[Value]):
    """Values by key, each made by one thread at a time and kept for a minute."""

    clock: Clock
    values: dict[object, tuple[Value, datetime]] = field(default_factory=dict)
    locks: dict[object, threading.Lock] = field(default_factory=dict)

    def get(self, key: object, make: Callable[[], Value]) -> Value:
        """The value kept under a key, or a new one; an old one while another thread makes the new."""
        found = self.values.get(key)
        if found and self.clock() - found[1] < FRESH:
            return found[0]
        lock = self.locks.setdefault(key, threading.Lock())
        if not lock.acquire(blocking=found is None):
            return found[0] if found else make()
        try:
            newer = self.values.get(key)
            if newer and newer is not found:
                return newer[0]
            value = make()
            self._let_go()
            self.values[key] = (value, self.clock())
            return value
        finally:
            lock.release()

    def clear(self) -> None:
        self.values.clear()

    def _let_go(self) -> None:
        now = self.clock()
        old = [key for key, (_, made_at) in list(self.values.items()) if now - made_at > LONGEST]
        for key in old:
            self.values.pop(key, None)
            self.locks.pop(key, None)
