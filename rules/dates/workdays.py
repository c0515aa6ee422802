"""Working days with 调休: chinesecalendar, and announced years laid over it. An unknown year is an error, never a
guess; only `due_after` goes on without it, and says that what it gives is provisional."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar

from rules.errors import UnknownYear

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """Announced years beyond chinesecalendar: `off` are weekdays without work, `on` weekends with work. Days of
    `off` and `on` outside `years` (the December before) correct a year that is known already."""

    years: frozenset[int] = frozenset()
    off: frozenset[date] = frozenset()
    on: frozenset[date] = frozenset()

    def works(self, day: date) -> bool | None:
        """Whether offices work that day; None where nobody has announced it."""
        if day in self.on:
            return True
        if day in self.off:
            return False
        return day.weekday() < SATURDAY if day.year in self.years else _announced(day)


# What chinesecalendar knows, and nothing beside it. Nothing falls back on it: whoever counts days says by which calendar.
OFFICIAL = Calendar()


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline's last day. `provisional`: it reaches into a year not announced yet, of which only the weekends
    were left out; it may be printed so marked, but no finding rests on it."""

    day: date
    provisional: bool

    @property
    def doubt(self) -> str:
        """What is printed beside the day, "" where it is certain."""
        return "，放假安排尚未公布，日期暂定" if self.provisional else ""


def is_workday(day: date, calendar: Calendar) -> bool:
    """Whether offices work that day. Raises UnknownYear."""
    works = calendar.works(day)
    if works is None:
        raise UnknownYear(
            f"{day.year} 年的放假安排尚未收录，涉及该年的工作日期限无法计算，请在放假安排公布后更新节假日数据。"
        )
    return works


def workdays_between(start: date, end: date, calendar: Calendar) -> int:
    """Working days after `start`, up to and with `end`: the day itself does not count (0 if end <= start)."""
    return sum(1 for day in _days(start, end) if is_workday(day, calendar))


def known_workdays(start: date, end: date, calendar: Calendar) -> int | None:
    """The same; None where they reach into a year that nobody announced."""
    try:
        return workdays_between(start, end, calendar)
    except UnknownYear:
        return None


def due_after(start: date, number: int, calendar: Calendar) -> Due:
    """The `number`-th working day after `start`, counting weekends only where a year is not announced."""
    day, provisional = start, False
    while number > 0:
        day += timedelta(days=1)
        works = calendar.works(day)
        provisional |= works is None
        number -= day.weekday() < SATURDAY if works is None else works
    return Due(day, provisional)


def is_past(start: date, number: int, end: date, calendar: Calendar) -> bool:
    """Whether more than `number` working days passed after `start` up to `end`, for certain: days of a year that nobody
    announced do not count."""
    late = due_after(start, number + 1, calendar)
    return end >= late.day and not late.provisional


def _days(start: date, end: date) -> Iterator[date]:
    return (start + timedelta(days=n) for n in range(1, (end - start).days + 1))


@lru_cache(maxsize=20_000)
def _announced(day: date) -> bool | None:
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None
