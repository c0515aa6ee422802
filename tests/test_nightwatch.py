"""The service under a simulated clock: 02:00 Asia/Shanghai, each night once, a missed one made up once."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

import pytest
import time_machine
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import Engine, select

from db.locks import hold
from db.tables.crawl import NightRow
from monitor.clock import SHANGHAI, shanghai_now
from monitor.night.schedule import Nightwatch, last_due
from rules.errors import SiteBusy


def at(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2023, 7, day, hour, minute, second, tzinfo=SHANGHAI)


class Runs(list[date]):
    """The nights that were run; `wait` gives the service a moment to run another."""

    def __init__(self) -> None:
        super().__init__()
        self.ran = threading.Event()

    def __call__(self, night: date) -> str:
        self.append(night)
        self.ran.set()
        return "一切正常"

    def wait(self, seconds: float = 5) -> None:
        self.ran.wait(seconds)
        self.ran.clear()


@contextmanager
def service(engine: Engine, run: Callable[[date], str]) -> Iterator[BackgroundScheduler]:
    scheduler = BackgroundScheduler(timezone=SHANGHAI)
    Nightwatch(engine, run, shanghai_now).schedule(scheduler)
    scheduler.start()
    try:
        yield scheduler
    finally:
        scheduler.shutdown(wait=True)


@pytest.mark.parametrize(
    ("now", "night"),
    [
        (at(3, 1, 59, 59), date(2023, 7, 2)),
        (at(3, 2), date(2023, 7, 3)),
        (at(3, 23), date(2023, 7, 3)),
        (datetime.fromisoformat("2023-07-02T18:00:00+00:00"), date(2023, 7, 3)),
    ],
)
def test_the_night_that_is_due(now: datetime, night: date) -> None:
    assert last_due(now) == night


def test_it_fires_at_two_in_shanghai(engine: Engine) -> None:
    runs = Runs()
    with time_machine.travel(at(3, 1, 59, 59), tick=True), service(engine, runs):
        runs.wait()
    assert runs == [date(2023, 7, 3)]
    with engine.connect() as connection:
        row = connection.execute(select(NightRow.__table__).where(NightRow.night == date(2023, 7, 3))).one()
    assert (row.attempts, row.note) == (1, "一切正常")
    assert row.finished_at is not None


def test_a_first_start_owes_nothing(engine: Engine) -> None:
    runs = Runs()
    with time_machine.travel(at(3, 12), tick=True), service(engine, runs):
        runs.wait(0.5)
    assert runs == []


def test_two_services_run_a_night_once(engine: Engine) -> None:
    runs = Runs()
    with time_machine.travel(at(3, 1, 59, 59), tick=True), service(engine, runs), service(engine, runs):
        runs.wait()
        runs.wait(1)
    assert runs == [date(2023, 7, 3)]


def test_a_night_missed_while_down_is_made_up_once(engine: Engine) -> None:
    runs = Runs()
    with time_machine.travel(at(3, 12), tick=True), service(engine, runs):
        runs.wait(0.5)
    for hour in (9, 10):
        with time_machine.travel(at(4, hour), tick=True), service(engine, runs):
            runs.wait(0.7)
    assert runs == [date(2023, 7, 4)]


def test_only_the_last_of_many_missed_nights_is_made_up(engine: Engine) -> None:
    runs = Runs()
    for day in (3, 9):
        with time_machine.travel(at(day, 12), tick=True), service(engine, runs):
            runs.wait(0.7)
    assert runs == [date(2023, 7, 9)]


def test_alerts_are_tried_at_every_full_hour_from_nine(engine: Engine) -> None:
    """On whatever day: who works when is the calendar's to say."""
    hours: list[int] = []
    watch = Nightwatch(engine, lambda _: "", shanghai_now, alert=lambda: hours.append(shanghai_now().hour))
    for hour in (7, 8, 12, 15, 16, 19):
        with time_machine.travel(at(8, hour, 59, 59), tick=True):
            scheduler = BackgroundScheduler(timezone=SHANGHAI)
            watch.schedule(scheduler)
            scheduler.start()
            threading.Event().wait(1.3)
            scheduler.shutdown(wait=True)
    assert hours == [9, 13, 16]


def test_a_night_cut_off_is_tried_once_more_and_no_oftener(any_engine: Engine) -> None:
    tries: list[date] = []

    def dies(night: date) -> str:
        tries.append(night)
        raise SystemExit

    worker = Nightwatch(any_engine, dies, lambda: at(3, 3))
    other = Nightwatch(any_engine, dies, lambda: at(3, 3))
    for _ in range(3):
        try:
            worker.make_up()
        except SystemExit:
            assert not other.night()
    assert tries == [date(2023, 7, 3)] * 2


def test_a_second_service_on_the_same_database_is_refused(any_engine: Engine) -> None:
    with hold(any_engine, "serve", "已有一个服务"), pytest.raises(SiteBusy, match="已有一个服务"):  # noqa: SIM117
        with hold(any_engine, "serve", "已有一个服务"):
            pass


def test_a_lock_is_free_again_after_its_holder(any_engine: Engine) -> None:
    for _ in range(2):
        with hold(any_engine, "crawl-x", "busy"):
            assert last_due(at(1, 0) + timedelta(hours=3)) == date(2023, 7, 1)
