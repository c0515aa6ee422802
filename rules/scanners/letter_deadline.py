"""The time that a letter's own page prints for its answer (办理期限：15个工作日, 应办结时间：2023-06-12): the office's own promise."""

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import islice

# Printed under the same labels, and no limit: what is left of it, by how much it was passed.
_NO_LIMIT = re.compile(r"剩|余|超|逾|还有|倒计时|已用|用时")
_DAY = re.compile(r"(?<!\d)(20\d\d)\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)")
_FIGURES = "一二三四五六七八九"
_SPAN = re.compile(
    rf"(?P<number>\d{{1,3}}|[{_FIGURES}十两]{{1,3}})\s?(?P<unit>个?工作日|个?法定工作日|日|天|个?星期|周|个?月|个?小时)"
)
# As so many working days, also where the page says days: whoever may have more time is not late.
_DAYS = {"工作日": 1, "法定工作日": 1, "日": 1, "天": 1, "星期": 7, "周": 7, "月": 31}
HOURS_A_DAY = 24
# Characters of one value, and how many are kept: a day, a number of days, both.
LONGEST = 40
MOST = 3


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day for an answer, or the working days for it; of several that are printed the longest."""

    day: date | None = None
    workdays: int | None = None


def printed_deadline(values: Iterable[str]) -> str | None:
    """What is printed under the labels of a letter's time, as far as it tells a limit; None where nothing does."""
    told = dict.fromkeys(value for value in values if len(value) <= LONGEST and read_deadline(value))
    return "；".join(islice(told, MOST)) or None


def read_deadline(printed: str) -> Deadline | None:
    """The limit that a text tells; None where it tells none."""
    if _NO_LIMIT.search(printed):
        return None
    days = []
    for year, month, day in _DAY.findall(printed):
        with suppress(ValueError):
            days.append(date(int(year), int(month), int(day)))
    spans = [_workdays(found) for found in _SPAN.finditer(_DAY.sub(" ", printed))]
    return Deadline(max(days, default=None), max(spans, default=None)) if days or any(spans) else None


def _workdays(found: re.Match[str]) -> int:
    number, unit = _number(found["number"]), found["unit"].removeprefix("个")
    return -(-number // HOURS_A_DAY) if unit == "小时" else number * _DAYS[unit]


def _number(text: str) -> int:
    """Up to 99 in Chinese figures."""
    if text.isdecimal():
        return int(text)
    tens, mark, ones = text.replace("两", "二").rpartition("十")
    figure = _FIGURES.find(ones[-1:]) + 1 if ones else 0
    return ((_FIGURES.find(tens[-1:]) + 1 if tens else 1) * 10 if mark else 0) + figure
