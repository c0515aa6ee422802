"""Dates as Chinese government pages print them. Strict: what is not surely a day is None.

A day needs a year, a month and a day that exist; 〔2019〕15号, 第2019号 and 2019-5-20号 are document numbers.
All days are days in Asia/Shanghai: as printed, or converted where UTC is written (2021-03-04T16:00:00Z).
No function here knows what day it is.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

# What a page means by a year; other figures are numbers (GB 3095, 8500-10-12).
FIRST_YEAR, LAST_YEAR = 1900, 2199
_EAST = 8  # hours that China's clock is before UTC

_DASH = r"\s?[-–—―－‐‑‒−﹣]{1,2}\s?"
_DIGITS = r"〇○零一二三四五六七八九Ｏ"
_SMALL = r"元正一二三四五六七八九十廿卅"
# Every form of a date that is understood has a year in four figures, or 年: most texts are done with here.
_YEAR = re.compile(r"\d{4}|年")
_DAY_ENDS = r"(?:(?!\d)|(?=\d\d?[:：]\d\d))"
_NUMERIC = re.compile(
    r"(?<![\d第])(?<!\d[-/.－])(?P<year>\d{4})"
    rf"(?:{_DASH}(?P<m1>\d\d?){_DASH}(?P<d1>\d\d?)"
    r"|\s?[/／]\s?(?P<m2>\d\d?)\s?[/／]\s?(?P<d2>\d\d?)"
    r"|\s?[.．]\s?(?P<m3>\d\d?)\s?[.．]\s?(?P<d3>\d\d?))"
    rf"{_DAY_ENDS}(?!\s?号)"
)
_WRITTEN = re.compile(
    rf"(?<![\d第{_DIGITS}])(?P<year>\d{{4}}|[{_DIGITS}Oo○]{{4}})\s{{0,3}}年\s{{0,3}}"
    rf"(?P<month>\d\d?|[{_SMALL}]{{1,2}})\s{{0,3}}(?:月(?!份)|(?<=\d\d)[-/.](?=\d\d))\s{{0,3}}"
    rf"(?P<day>\d\d?|[{_SMALL}]{{1,3}})\s{{0,3}}(?:[日号]|(?=[\s)）\]】]|$))"
)
_JAVA = re.compile(r"\b([A-Z][a-z]{2}) (\d\d) (\d\d:\d\d:\d\d) [A-Z]{3,4} (\d{4})\b")
_ENGLISH_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_UTC = re.compile(r"T(\d\d):\d\d(?::\d\d)?(?:\.\d{1,9})?(?:Z|\+00:?00)")
_CLOCK = re.compile(
    r"[\sT　,，]{0,3}(?:星期[一二三四五六日天])?[\s　]{0,2}(?P<half>上午|下午)?\s?"
    r"(?P<hour>\d\d?)(?:\s?[:：]\s?|\s?[时点]\s?)(?P<minute>\d\d?)(?:\s?分)?(?:\s?[:：]?\s?(?P<second>\d\d)(?!\d))?"
    r"(?:\s(?P<english>[AP]M)\b)?"
)
_MONTH_DAY = re.compile(
    r"(?<![\d年第])(?<!\d[-/.])(\d\d?)(?:[-–—/.]|\s?月\s?)(\d\d?)\s?日?(?![\d号%])(?![-/.]\d)"
)
_YEAR_MONTH = re.compile(r"(?<![\d第])(\d{4})(?:[-–—/.]|\s?年\s?)(\d\d?)\s?月?(?![\d号])(?![-/.]\d)")
_DAY_ALONE, _YEAR_ALONE = re.compile(r"\s*(\d\d?)\s*日?\s*"), re.compile(r"\s*(\d{4})\s*年?\s*")
_EPOCH = re.compile(r"[1-3]\d{9}(?:\d{3})?")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")


def find_date(text: str) -> date | None:
    """The first strict date in `text`, wherever it stands; None if there is none."""
    return next((day for day, _, _ in spans(text)), None)


def all_dates(text: str) -> list[date]:
    """Every strict date in `text`, in the order of reading, repeats kept."""
    return [day for day, _, _ in spans(text)]


def find_moment(text: str) -> str | None:
    """The first date with its clock time, as "2020-10-04 19:04:58", "2020-10-04 19:04" or "2020-10-04"."""
    for day, _, end in spans(text):
        clock = _clock(text, end)
        return f"{day.isoformat()} {clock}" if clock else day.isoformat()
    return None


def spans(text: str) -> Iterator[tuple[date, int, int]]:
    """(day, start, end) of every strict date in `text`, in the order of reading."""
    if not _YEAR.search(text):
        return
    found = [*_numeric(text), *_written(text), *_java(text)]
    found.sort(key=lambda one: one[1])
    yield from found


def make_date(year: int, month: int, day: int) -> date | None:
    """The day, or None where there is no such day or no such year on any government's page."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def find_month_day(text: str) -> tuple[int, int] | None:
    """(month, day) of 05-20, 5/20 or 5月20日 printed without a year; a day that no year has is None."""
    for match in _MONTH_DAY.finditer(text):
        month, day = int(match[1]), int(match[2])
        if make_date(2000, month, day):
            return month, day
    return None


def find_year_month(text: str) -> tuple[int, int] | None:
    """(year, month) of 2019-05 or 2019年5月 where no day follows."""
    for match in _YEAR_MONTH.finditer(text):
        year, month = int(match[1]), int(match[2])
        if make_date(year, month, 1):
            return year, month
    return None


def join_split(parts: list[str]) -> date | None:
    """A date whose parts stand in elements of their own: 2019 / 05-20, 05-20 / 2019, 20 / 2019-05.

    `parts` are the texts of one row that hold nothing but a part of a date, in the order of reading.
    """
    return _day_beside_month(parts) or _year_beside_day(parts) or _three_numbers(parts)


def find_compact(text: str) -> date | None:
    """The first eight digits that are a day: t20190520_123.html. For addresses and identifiers only."""
    for match in _COMPACT.finditer(text):
        day = make_date(int(match[1]), int(match[2]), int(match[3]))
        if day:
            return day
    return None


def find_epoch(text: str) -> date | None:
    """The day in China of a moment in seconds or milliseconds since 1970: 1614875400000. For scripts only."""
    if not _EPOCH.fullmatch(text):
        return None
    return date(1970, 1, 1) + timedelta(hours=_EAST, seconds=int(text[:10]))


def _numeric(text: str) -> Iterator[tuple[date, int, int]]:
    for match in _NUMERIC.finditer(text):
        month = match["m1"] or match["m2"] or match["m3"]
        day = match["d1"] or match["d2"] or match["d3"]
        found = make_date(int(match["year"]), int(month), int(day))
        if found:
            utc = _UTC.match(text, match.end())
            late = utc and 24 - _EAST <= int(utc[1]) < 24
            yield found + timedelta(days=1) if late else found, match.start(), match.end()


def _written(text: str) -> Iterator[tuple[date, int, int]]:
    if "年" not in text:
        return
    for match in _WRITTEN.finditer(text):
        month, day = _small(match["month"]), _small(match["day"])
        found = make_date(_year(match["year"]), month, day)
        if found:
            yield found, match.start(), match.end()


def _java(text: str) -> Iterator[tuple[date, int, int]]:
    """Fri Jul 27 16:02:03 CST 2018: what a JSP prints for an unformatted date."""
    for match in _JAVA.finditer(text):
        if match[1] in _ENGLISH_MONTHS:
            found = make_date(int(match[4]), _ENGLISH_MONTHS.index(match[1]) + 1, int(match[2]))
            if found:
                yield found, match.start(), match.end()


def _year(text: str) -> int:
    if text.isdigit():
        return int(text)
    digits = text.translate(str.maketrans("〇○Ｏ零Oo一二三四五六七八九", "000000123456789"))
    return int(digits) if digits.isdigit() else 0


@lru_cache(maxsize=256)
def _small(text: str) -> int:
    """A month or a day of the month, in digits or in Chinese; 0 where it is neither."""
    if text.isdigit():
        return int(text)
    import cn2an  # only for dates in Chinese numerals: it takes as long to import as all other readers

    plain = text.replace("元", "一").replace("正", "一").replace("廿", "二十").replace("卅", "三十")
    try:
        return int(cn2an.cn2an(plain, "smart"))
    except ValueError:
        return 0


def _clock(text: str, start: int) -> str | None:
    match = _CLOCK.match(text, start)
    if not match:
        return None
    hour, minute, second = int(match["hour"]), int(match["minute"]), match["second"]
    if (match["half"] == "下午" or match["english"] == "PM") and hour < 12:
        hour += 12
    if _UTC.match(text, start) and hour < 24:
        hour = (hour + _EAST) % 24
    if hour > 23 or minute > 59 or int(second or 0) > 59:
        return None
    return f"{hour:02}:{minute:02}" + (f":{int(second):02}" if second else "")


def _day_beside_month(parts: list[str]) -> date | None:
    for here, there in _neighbours(parts):
        number = _DAY_ALONE.fullmatch(there)
        if number and (month := find_year_month(here)):
            return make_date(*month, int(number[1]))
    return None


def _year_beside_day(parts: list[str]) -> date | None:
    for here, there in _neighbours(parts):
        year = _YEAR_ALONE.fullmatch(here)
        if year and (day := find_month_day(there)):
            return make_date(int(year[1]), *day)
    return None


def _three_numbers(parts: list[str]) -> date | None:
    for at in range(len(parts) - 2):
        three = [part.strip().rstrip("年月日").strip() for part in parts[at : at + 3]]
        if all(part.isdecimal() for part in three) and len(three[0]) == 4:
            return make_date(*(int(part) for part in three))
    return None


def _neighbours(parts: list[str]) -> Iterator[tuple[str, str]]:
    for here, there in pairwise(parts):
        yield here, there
        yield there, here
