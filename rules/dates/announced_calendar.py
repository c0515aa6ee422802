"""Announced calendars: the text of a TOML table of holidays and working weekends, read as a `Calendar`.

[2027]
source = "国务院办公厅关于2027年部分节假日安排的通知"
off = ["2027-01-01..2027-01-03", "2027-02-05..2027-02-11"]   # 放假：一天或起止两天
on = ["2027-02-20"]                                          # 调休上班的周末
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from rules.dates.workdays import SATURDAY, Calendar
from rules.errors import WrongCalendar
from rules.vocabulary.toml_text import parse_toml

# Days; the longest holiday so far has nine. A longer span is a slip in a date.
LONGEST_HOLIDAY = 31


def read_calendar(text: str) -> Calendar:
    """The years a table announces. Raises WrongCalendar with year and reason."""
    table = parse_toml(text, "节假日数据", WrongCalendar)
    years: set[int] = set()
    off: set[date] = set()
    on: set[date] = set()
    for key, announced in table.items():
        year = _year(key, announced)
        years.add(year)
        off.update(_days(year, announced, "off"))
        on.update(_days(year, announced, "on"))
    _refuse_contradictions(off, on)
    return Calendar(frozenset(years), frozenset(off), frozenset(on))


def _year(key: str, announced: Any) -> int:
    if not (key.isascii() and key.isdigit() and len(key) == 4) or not isinstance(announced, dict):
        raise WrongCalendar(f"节假日数据中的“{key}”不是年份，请写成 [2027] 这样的表。")
    unknown = announced.keys() - {"source", "off", "on"}
    if unknown:
        raise WrongCalendar(f"节假日数据 {key} 年不认识“{min(unknown)}”，可用的有：source、off、on。")
    if not announced.get("off"):
        raise WrongCalendar(f"节假日数据 {key} 年没有写明放假日期（off）。")
    return int(key)


def _days(year: int, announced: dict[str, Any], key: str) -> Iterator[date]:
    entries = announced.get(key, [])
    if not isinstance(entries, list):
        raise WrongCalendar(f"节假日数据 {year} 年的 {key} 应为列表。")
    for entry in entries:
        first, last = _span(year, entry)
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            if day.year != year and (day.year, day.month) != (year - 1, 12):
                raise WrongCalendar(f"节假日数据 {year} 年中的 {day} 不在这一年。")
            yield day


def _span(year: int, entry: Any) -> tuple[date, date]:
    parts = [entry] if type(entry) is date else str(entry).split("..")
    try:
        days = [part if isinstance(part, date) else date.fromisoformat(part.strip()) for part in parts]
    except ValueError:
        days = []
    if len(days) not in (1, 2) or not 0 <= (days[-1] - days[0]).days < LONGEST_HOLIDAY:
        raise WrongCalendar(
            f"节假日数据 {year} 年中的“{entry}”无法识别，请写成 2027-01-01 或 2027-01-01..2027-01-03。"
        )
    return days[0], days[-1]


def _refuse_contradictions(off: set[date], on: set[date]) -> None:
    for day in sorted(on):
        if day in off:
            raise WrongCalendar(f"节假日数据中 {day} 既放假又上班。")
        if day.weekday() < SATURDAY:
            raise WrongCalendar(f"节假日数据中 {day} 不是周末，不必写入调休上班（on）。")
