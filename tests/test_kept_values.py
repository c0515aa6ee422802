"""Values that pages share: made once a minute, by one thread, and let go when nobody asks for them any more."""

import threading
from datetime import timedelta

from monitor.web.kept_values import FRESH, LONGEST, Kept
from tests.web_made import Clock


def test_a_value_is_made_once_a_minute() -> None:
    clock, made = Clock(), []
    kept: Kept[int] = Kept(clock)

    def make() -> int:
        made.append(clock())
        return len(made)

    assert [kept.get("a", make), kept.get("a", make), kept.get("b", make)] == [1, 1, 2]
    clock.now += FRESH
    assert kept.get("a", make) == 3
    kept.clear()
    assert kept.get("a", make) == 4


def test_while_one_thread_makes_it_the_others_are_shown_the_old_one() -> None:
    clock, begun, go_on = Clock(), threading.Event(), threading.Event()
    kept: Kept[str] = Kept(clock)
    kept.get("a", lambda: "old")
    clock.now += FRESH

    def slowly() -> str:
        begun.set()
        go_on.wait(60)
        return "new"

    maker = threading.Thread(target=kept.get, args=("a", slowly))
    maker.start()
    assert begun.wait(60) and kept.get("a", lambda: "twice") == "old"
    go_on.set()
    maker.join()
    assert kept.get("a", lambda: "twice") == "new"


def test_a_service_that_runs_for_years_keeps_no_day_of_the_past() -> None:
    clock = Clock()
    kept: Kept[int] = Kept(clock)
    for day in range(1000):
        clock.now += LONGEST + timedelta(seconds=1)
        kept.get(day, lambda: 1)
    assert len(kept.values) == len(kept.locks) == 1
