"""The schedule of `gongkai serve`: at 02:00 Asia/Shanghai, in exactly one process, each night once, a missed one made up once."""

import os
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from apscheduler.schedulers.base import BaseScheduler
from apscheduler.triggers.cron import CronTrigger

from db.connect import Engine
from db.locks import begin_service, claim_night, finish_night, last_finished, release_night
from monitor.clock import SHANGHAI, Clock

HOUR = 2
GRACE = timedelta(hours=20)
PROBE_MINUTE = 17
# Alerts are tried every hour of the working day: a unit gets one mail a day all the same, and what a server that was
# down did not take goes out an hour later.
ALERT_HOURS = "9-16"


def last_due(now: datetime) -> date:
    """The night that began last: the day of the latest 02:00 not after `now`."""
    here = now.astimezone(SHANGHAI)
    return here.date() if here.time() >= time(HOUR) else here.date() - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Nightwatch:
    """`run` does a night's work (its day is given) and returns a Chinese note, None where the day is wrong and nothing
    was done; `clock` tells the time; `probe`, if given, is called 24 times a day, and `alert` at every full hour from
    9:00 to 16:00 once the night of that day is done."""

    engine: Engine
    run: Callable[[date], str | None]
    clock: Clock
    probe: Callable[[], None] | None = None
    alert: Callable[[], None] | None = None
    who: str = field(default_factory=lambda: f"{socket.gethostname()}:{os.getpid()}")

    def schedule(self, scheduler: BaseScheduler) -> None:
        """Enters the nightly job, and one at once for a night missed while the service was down."""
        now = self.clock()
        begin_service(self.engine, last_due(now), now, self.who)
        trigger = CronTrigger(hour=HOUR, minute=0, second=0, timezone=SHANGHAI)
        lasting = {"coalesce": True, "max_instances": 1, "misfire_grace_time": int(GRACE.total_seconds())}
        scheduler.add_job(self.night, trigger, id="nightly", **lasting)
        scheduler.add_job(self.make_up, id="made-up", misfire_grace_time=None)
        hourly = CronTrigger(minute=PROBE_MINUTE, timezone=SHANGHAI)
        by_day = CronTrigger(hour=ALERT_HOURS, minute=0, timezone=SHANGHAI)
        for name, job, when in (
            ("probe", self.probe, hourly),
            ("alert", self.alert and self.alert_now, by_day),
        ):
            if job:
                scheduler.add_job(job, when, id=name, coalesce=True, max_instances=1)

    def make_up(self) -> bool:
        """Runs the night that is due if it was missed, or cut off by the end of an earlier service."""
        return self.night(again=True)

    def night(self, *, again: bool = False) -> bool:
        """Runs the night that is due, if nobody has; true if it ran here."""
        night = last_due(self.clock())
        if not claim_night(self.engine, night, self.clock(), self.who, again=again):
            return False
        note = self.run(night)
        with self.engine.begin() as connection:
            if note is None:
                release_night(connection, night)
            else:
                finish_night(connection, night, self.clock(), note)
        return True

    def alert_now(self) -> None:
        """Sends what is due, on a day whose own night is done: a clock that has jumped finds no such night."""
        with self.engine.connect() as connection:
            done = last_finished(connection)
        if self.alert and done == last_due(self.clock()):
            self.alert()
