"""Periods (时段): a year, a quarter or a month, as a half-open range of days in Asia/Shanghai."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from rules.errors import WrongPeriod

FORM = re.compile(r"(?P<year>\d{4})(?:Q(?P<quarter>[1-4])|-(?P<month>0[1-9]|1[0-2]))?", re.IGNORECASE)
QUARTERS = "一二三四"
# As the day since which a list is known: to its very end.
BEGINNING = date.min


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """`start` is inside, `end` is not. `key` is how it is written: 2023, 2023Q2 or 2023-04."""

    start: date
    end: date
    key: str

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    @property
    def kind(self) -> str:
        """year, quarter or month."""
        months = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month
        return {12: "year", 3: "quarter", 1: "month"}.get(months, "")

    @property
    def last(self) -> date:
        """The last day inside."""
        return self.end - timedelta(days=1)

    def over(self, as_of: date) -> bool:
        """Whether it has ended by a day: a night of its last day still lies inside it."""
        return as_of >= self.end

    @property
    def months(self) -> str:
        """4-6 月, 7 月 or 1-12 月, as bulletins write it."""
        first, last = self.start.month, self.last.month
        return f"{first} 月" if first == last else f"{first}-{last} 月"

    @property
    def title(self) -> str:
        """2023 年第二季度, 2023 年 7 月 or 2023 年."""
        months = self.last.month - self.start.month + 1
        if months == 12:
            return f"{self.start.year} 年"
        if months == 3:
            return f"{self.start.year} 年第{QUARTERS[self.start.month // 3]}季度"
        return f"{self.start.year} 年 {self.start.month} 月"


def parse_period(text: str) -> Period:
    """`2023`, `2023Q2` or `2023-04` as a Period. Raises WrongPeriod."""
    match = FORM.fullmatch(text.strip())
    if not match or match["year"] == "0000" or match["year"] == "9999":
        meant = _meant(text)
        raise WrongPeriod(
            f"时段“{text}”无法识别{f'，是否要写 {meant}' if meant else ''}，请写成 2023、2023Q2 或 2023-04 的形式。"
        )
    year = int(match["year"])
    if match["quarter"]:
        return _span(year, int(match["quarter"]) * 3 - 2, 3, f"{year:04}Q{match['quarter']}")
    if match["month"]:
        return _span(year, int(match["month"]), 1, f"{year:04}-{match['month']}")
    return _span(year, 1, 12, f"{year:04}")


def _meant(text: str) -> str:
    """The key of a period written otherwise (2023年第二季度, 2023-4, Q2 2023, 2023/06); "" where it is not plain."""
    years = re.findall(r"(?<!\d)[12]\d{3}(?!\d)", text)
    if len(years) != 1:
        return ""
    rest = text.replace(years[0], " ", 1)
    if quarter := re.search(rf"[Qq]0?([1-4])(?!\d)|([1-4{QUARTERS}])\s*季", rest):
        told = quarter[1] or quarter[2]
        return f"{years[0]}Q{QUARTERS.index(told) + 1 if told in QUARTERS else told}"
    if month := re.fullmatch(r"[\s年./_-]*(1[0-2]|0?[1-9])[\s月份]*", rest):
        return f"{years[0]}-{int(month[1]):02}"
    return years[0] if re.fullmatch(r"[\s年度全]*", rest) else ""


def quarter_of(day: date) -> Period:
    """The quarter that holds a day."""
    return parse_period(f"{day.year:04}Q{(day.month + 2) // 3}")


def quarter_before(period: Period) -> Period:
    """The quarter before the one that holds the period's start."""
    return quarter_of(quarter_of(period.start).start - timedelta(days=1))


def period_before(period: Period) -> Period:
    """The year, quarter or month before one."""
    last = period.start - timedelta(days=1)
    if period.kind == "quarter":
        return quarter_of(last)
    return parse_period(f"{last.year:04}-{last.month:02}" if period.kind == "month" else f"{last.year:04}")


def _span(year: int, month: int, months: int, key: str) -> Period:
    after = month + months
    end = date(year + 1, 1, 1) if after > 12 else date(year, after, 1)
    return Period(date(year, month, 1), end, key)


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
