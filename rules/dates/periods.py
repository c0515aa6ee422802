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


def is_period(text: str) -> bool:
    """Whether it is written as a period is."""
    return FORM.fullmatch(text.strip()) is not None


def parse_period(text: str, today: date | None = None) -> Period:
    """`2023`, `2023Q2` or `2023-04` as a Period. Raises WrongPeriod, with what may have been meant; `today` for words that
    name no year (上季度)."""
    match = FORM.fullmatch(text.strip())
    if not match or match["year"] == "0000" or match["year"] == "9999":
        meant = _meant(text) or (_relative(text, today) if today else "") or _beyond(text)
        raise WrongPeriod(
            f"时段“{text}”无法识别{f'，{meant}' if meant else ''}，请写成 2023、2023Q2 或 2023-04 的形式。"
        )
    year = int(match["year"])
    if match["quarter"]:
        return _span(year, int(match["quarter"]) * 3 - 2, 3, f"{year:04}Q{match['quarter']}")
    if match["month"]:
        return _span(year, int(match["month"]), 1, f"{year:04}-{match['month']}")
    return _span(year, 1, 12, f"{year:04}")


def _meant(text: str) -> str:
    """是否要写 2023Q2: the key of a period written otherwise (2023年第二季度, 2023-4, 202304, 23Q2, Q2 2023); "" where it is
    not plain."""
    text = re.sub(r"^\s*([12]\d{3})(0[1-9]|1[0-2])\s*$", r"\1-\2", text)
    text = re.sub(r"^\s*(\d\d)(?=\s*[年Qq])", r"20\1", text)
    years = re.findall(r"(?<!\d)[12]\d{3}(?!\d)", text)
    if len(years) != 1:
        return ""
    key = _in_year(years[0], text.replace(years[0], " ", 1))
    return f"是否要写 {key}" if key else ""


def _in_year(year: str, rest: str) -> str:
    """The key of a period of the year; `rest`: what is written beside the year."""
    quarters = re.findall(rf"[Qq]0?([1-4])(?!\d)|([1-4{QUARTERS}])\s*季", rest)
    if len(quarters) == 1:
        told = "".join(quarters[0])
        return f"{year}Q{QUARTERS.index(told) + 1 if told in QUARTERS else told}"
    if month := re.fullmatch(r"[\s年./_-]*(1[0-2]|0?[1-9])[\s月份]*", rest):
        return f"{year}-{int(month[1]):02}"
    return year if re.fullmatch(r"[\s年度全]*", rest) else ""


def _relative(text: str, today: date) -> str:
    """上季度, 本月, 去年 and 第二季度 seen from a day."""
    quarter, month = quarter_of(today), parse_period(f"{today.year:04}-{today.month:02}")
    word = re.sub(r"[\s个的]", "", text)
    known = {
        "上季度": quarter_before(quarter).key, "本季度": quarter.key, "这季度": quarter.key, "上月": period_before(month).key,
        "本月": month.key, "这月": month.key, "今年": f"{today.year}", "本年": f"{today.year}", "去年": f"{today.year - 1}",
    }  # fmt: skip
    key = known.get(word) or _in_year(f"{today.year}", word)
    return f"是否要写 {key}" if key else ""


def _beyond(text: str) -> str:
    """A quarter after the fourth, a month after the twelfth, half a year."""
    if re.search(r"半年", text):
        return "没有半年的时段，可分两个季度"
    if re.fullmatch(r"\s*\d{4}\s*[Qq]\s*\d+\s*", text):
        return "季度是 Q1 至 Q4"
    return "月份是 01 至 12" if re.fullmatch(r"\s*\d{4}-\d{1,2}\s*", text) else ""


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
