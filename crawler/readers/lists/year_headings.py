"""The year that stands over rows which show only a month and a day: 2021年, or 2021 between two of them."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby, pairwise

from crawler.page.dates import make_date
from crawler.page.tokens import TokenStream
from crawler.page.years import MonthDay
from crawler.readers.lists.groups import Group

_YEAR = re.compile(r"[\s\[【(（—–|·•-]*((?:19|20)\d\d)\s?年?度?[\s\]】)）—–|·•-]*")
# Tokens before the first row in which its year's heading stands.
NEAR = 8
_SLACK = timedelta(days=31)


def read_years(stream: TokenStream, group: Group) -> list[int | None]:
    """For each row the year last said before it, None where none was."""
    said: int | None = None
    years: list[int | None] = []
    end = max(0, group.start - NEAR)
    for row in group.rows:
        found = set(_years(stream, end, row.extent[0]))
        # Several years side by side are a choice of years, not a heading.
        said = found.pop() if len(found) == 1 else None if found else said
        years.append(said)
        end = row.extent[1]
    return years


def _years(stream: TokenStream, start: int, end: int) -> Iterator[int]:
    for token in stream.tokens[start:end]:
        year = _YEAR.fullmatch(token.text)
        if year:
            yield int(year[1])


def days_under(
    years: Sequence[int | None], partial: Sequence[MonthDay | None], as_of: date | None
) -> list[date | None]:
    """The rows' days by their heading's year; None for all rows of a heading under which the days do not run
    downwards, or reach beyond the day of reading: it was no heading of theirs."""
    days: list[date | None] = []
    for year, rows in groupby(zip(years, partial, strict=True), key=lambda row: row[0]):
        own = [make_date(year, *shown) if year and shown else None for _, shown in rows]
        days += own if _runs_down([day for day in own if day], as_of) else [None] * len(own)
    return days


def _runs_down(days: Sequence[date], as_of: date | None) -> bool:
    if as_of and any(day > as_of for day in days):
        return False
    return all(later <= earlier + _SLACK for earlier, later in pairwise(days))
