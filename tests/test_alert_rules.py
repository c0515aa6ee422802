"""What is due to a unit on a day: notifications, reminders, deadlines, silence."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.clock import SHANGHAI
from rules.alerting import (
    TOLD_ONCE,
    Cadence,
    Episode,
    Mark,
    Notification,
    cadence_of,
    due,
    escalates,
    is_office_day,
    quiet_hours,
    repeats,
    workdays_elapsed,
)
from rules.dates.workdays import OFFICIAL, Calendar, due_after, workdays_between
from rules.errors import UnknownYear

TOLD = date(2023, 6, 19)
SEVEN_DAYS = cadence_of(7)


def episode(last: date, **facts: object) -> Episode:
    usual: dict[str, object] = {"cadence": SEVEN_DAYS, "opened_on": TOLD, "last_on": last}
    return Episode(**(usual | facts))  # type: ignore[arg-type]


def told(*marks: tuple[date, Mark]) -> list[Notification]:
    return [Notification(day, mark) for day, mark in marks]


@pytest.mark.parametrize(
    ("moment", "why"),
    [
        ("2023-06-19 08:29", "发送时间"),
        ("2023-06-19 08:30", ""),
        ("2023-06-19 17:29", ""),
        ("2023-06-19 17:30", "发送时间"),
        ("2023-06-22 10:00", "节假日"),  # 端午, a Thursday
        ("2023-06-24 10:00", "节假日"),
        ("2023-06-25 10:00", ""),  # a Sunday that is worked
        ("2023-07-01 10:00", "节假日"),
        ("2031-10-02 10:00", "节假日"),  # not announced, but off by law
        ("2031-10-04 10:00", "节假日"),  # not announced, a Saturday
        ("2031-10-08 10:00", ""),
    ],
)
def test_silence_at_night_on_weekends_and_holidays(moment: str, why: str) -> None:
    said = quiet_hours(datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI), OFFICIAL)
    assert why in said
    assert bool(said) is bool(why)


def test_an_announced_calendar_is_laid_over() -> None:
    calendar = Calendar(
        frozenset({2031}), off=frozenset({date(2031, 10, 8)}), on=frozenset({date(2031, 10, 11)})
    )
    assert not is_office_day(date(2031, 10, 8), calendar)
    assert is_office_day(date(2031, 10, 11), calendar)


def test_the_steps_of_a_cadence() -> None:
    assert list(SEVEN_DAYS.steps(25)) == [3, 7, 12, 17, 22]
    assert list(Cadence((3, 7), 0).steps(25)) == [3, 7]
    assert list(Cadence((), 5).steps(11)) == [5, 10]


@given(st.integers(0, 60))
def test_every_step_is_said_once_on_its_day(days: int) -> None:
    """Looked at every day, a finding is told on the first and reminded on the working days 3, 7, 12, 17 …"""
    history: list[Notification] = []
    reminded = []
    for day in (TOLD + timedelta(days=n) for n in range(days + 1)):
        mark = due(episode(day), history, day, OFFICIAL) if is_office_day(day, OFFICIAL) else None
        if mark in (Mark.NEW, Mark.REMINDED):
            history.append(Notification(day, mark))
        if mark is Mark.REMINDED:
            reminded.append(workdays_between(TOLD, day, OFFICIAL))
    whole = workdays_between(TOLD, TOLD + timedelta(days=days), OFFICIAL)
    assert reminded == [step for step in (3, 7, 12, 17, 22, 27, 32, 37, 42) if step <= whole]
    assert [each.mark for each in history].count(Mark.NEW) == 1


def test_missed_steps_are_made_up_for_by_one_reminder() -> None:
    history = told((TOLD, Mark.NEW))
    late = date(2023, 7, 3)  # nine working days after
    assert due(episode(late), history, late, OFFICIAL) is Mark.REMINDED
    history += told((late, Mark.REMINDED))
    assert due(episode(late), history, late + timedelta(days=1), OFFICIAL) is Mark.STANDING


def test_the_office_hears_of_it_once_when_the_deadline_has_passed() -> None:
    history = told((TOLD, Mark.NEW))
    last = due_after(TOLD, 7, OFFICIAL).day
    assert last == date(2023, 6, 29)
    assert not escalates(episode(last), history, last, OFFICIAL)
    after = last + timedelta(days=1)
    assert escalates(episode(after), history, after, OFFICIAL)
    assert not escalates(episode(after), [*history, Notification(after, Mark.ESCALATED)], after, OFFICIAL)
    assert not escalates(episode(after), [], after, OFFICIAL)


def test_what_was_not_seen_lately_is_not_said() -> None:
    seen = episode(TOLD)
    assert due(seen, [], TOLD + timedelta(days=3), OFFICIAL) is Mark.NEW
    assert due(seen, [], TOLD + timedelta(days=4), OFFICIAL) is None
    assert due(episode(TOLD, fading=True), [], TOLD, OFFICIAL) is None


def test_a_recovery_is_said_once_and_only_to_who_was_told() -> None:
    closed = episode(TOLD, closed_on=date(2023, 6, 21))
    history = told((TOLD, Mark.NEW))
    assert due(closed, [], date(2023, 6, 21), OFFICIAL) is None
    assert due(closed, history, date(2023, 6, 21), OFFICIAL) is Mark.RECOVERED
    assert (
        due(closed, [*history, Notification(date(2023, 6, 21), Mark.RECOVERED)], date(2023, 6, 25), OFFICIAL)
        is None
    )


def test_a_notice_is_told_once_and_neither_reminded_nor_reported_nor_recovered() -> None:
    history = told((TOLD, Mark.NEW))
    for days in range(1, 40):
        day = TOLD + timedelta(days=days)
        notice = episode(day, cadence=TOLD_ONCE)
        assert due(notice, history, day, OFFICIAL) is Mark.STANDING
        assert not escalates(notice, history, day, OFFICIAL)
    closed = episode(TOLD, cadence=TOLD_ONCE, closed_on=date(2023, 6, 21))
    assert due(closed, history, date(2023, 6, 21), OFFICIAL) is None


def test_unknown_years_are_counted_provisionally() -> None:
    with pytest.raises(UnknownYear):
        workdays_between(date(2031, 9, 29), date(2031, 10, 8), OFFICIAL)
    assert workdays_elapsed(date(2031, 9, 29), date(2031, 10, 8), OFFICIAL) == 4
    assert due_after(date(2031, 9, 29), 7, OFFICIAL).provisional


def test_opening_hours_are_within_the_day() -> None:
    assert quiet_hours(datetime.combine(TOLD, time.max, SHANGHAI), OFFICIAL)
    assert quiet_hours(datetime.combine(TOLD, time.min, SHANGHAI), OFFICIAL)


D1, D2, D3, D4 = date(2023, 6, 19), date(2023, 6, 20), date(2023, 6, 21), date(2023, 6, 26)


@pytest.mark.parametrize(
    ("history", "day", "mark", "repeated"),
    [
        # What may not have arrived is said again, and names the day on which it was said.
        ([(D1, Mark.NEW, False)], D2, Mark.NEW, D1),
        # Said twice in a row it counts, known to have arrived or not; reminders run from the second time.
        ([(D1, Mark.NEW, False), (D2, Mark.NEW, True)], D3, Mark.STANDING, None),
        ([(D1, Mark.NEW, False), (D2, Mark.NEW, False)], D3, Mark.STANDING, None),
        ([(D1, Mark.NEW, True)], D4 - timedelta(days=1), Mark.REMINDED, None),
        ([(D1, Mark.NEW, False), (D2, Mark.NEW, True)], D4 - timedelta(days=1), Mark.STANDING, None),
        # A reminder too, and each time that it is in doubt.
        ([(D1, Mark.NEW, True), (D4, Mark.REMINDED, False)], date(2023, 6, 27), Mark.REMINDED, D4),
        (
            [
                (date(2023, 6, 5), Mark.NEW, True),
                (date(2023, 6, 8), Mark.REMINDED, False),
                (date(2023, 6, 9), Mark.REMINDED, True),
                (date(2023, 6, 14), Mark.REMINDED, False),
            ],
            date(2023, 6, 15),
            Mark.REMINDED,
            date(2023, 6, 14),
        ),
    ],
)
def test_what_may_not_have_arrived_is_said_once_more(
    history: list[tuple[date, Mark, bool]], day: date, mark: Mark, repeated: date | None
) -> None:
    said = [Notification(*each) for each in history]
    assert due(episode(day), said, day, OFFICIAL) is mark
    assert repeats(said, mark) == repeated


def test_a_recovery_is_owed_to_whoever_may_have_been_told() -> None:
    closed = episode(D1, closed_on=D2)
    assert due(closed, [Notification(D1, Mark.NEW, sure=False)], D2, OFFICIAL) is Mark.RECOVERED


def test_the_office_hears_nothing_of_a_deadline_that_may_never_have_been_told() -> None:
    late = date(2023, 7, 20)
    assert escalates(episode(late), [Notification(D1, Mark.NEW)], late, OFFICIAL)
    assert not escalates(episode(late), [Notification(D1, Mark.NEW, sure=False)], late, OFFICIAL)
