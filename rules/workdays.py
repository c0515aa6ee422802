"""Working days with 调休, by chinesecalendar. A year it does not know is an error, never a guess."""

from collections.abc import Iterator
from datetime import date, timedelta

import chinese_calendar

from rules.errors import UnknownYear


def is_workday(day: date) -> bool:
    """Whether offices work that day. Raises UnknownYear."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        raise UnknownYear(
            f"{day.year} 年的放假安排尚未收录，涉及该年的工作日期限无法计算，请在放假安排公布后更新节假日数据。"
        ) from None


def workdays_between(start: date, end: date) -> int:
    """Working days after `start`, up to and with `end`: the day itself does not count (0 if end <= start)."""
    return sum(1 for day in _days(start, end) if is_workday(day))


def workday_after(start: date, number: int) -> date:
    """The `number`-th working day after `start` (number >= 1)."""
    day = start
    while number > 0:
        day += timedelta(days=1)
        number -= is_workday(day)
    return day


def _days(start: date, end: date) -> Iterator[date]:
    return (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
