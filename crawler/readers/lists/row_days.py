"""Dates that cannot be what they say: in the future, before governments had web sites, alone in their year; and the year
that stands over rows which show only a month and a day: 2021年, or 2021 between two of them.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby, pairwise

from crawler.page.dates import make_date
from crawler.page.tokens import TokenStream
from crawler.page.years import MonthDay
from crawler.readers.lists.groups import Group

EARLIEST = date(1990, 1, 1)
FAR = timedelta(days=3653)
# Rows that are put in by hand stand weeks out of place; a wrong year, or month, puts them further.
SLIP = timedelta(days=92)
# With fewer days nobody can say which of them is the odd one.
FEWEST_NEIGHBOURS = 4
_YEAR = re.compile(r"[\s\[【(（—–|·•-]*((?:19|20)\d\d)\s?年?度?[\s\]】)）—–|·•-]*")
# Tokens before the first row in which its year's heading stands.
NEAR = 8
_SLACK = timedelta(days=31)


def find_absurd(days: Sequence[date | None], as_of: date | None) -> list[bool]:
    """For each shown date of one page whether it is absurd. `as_of` is the day the page was read, if known."""
    shown = [day for day in days if day and EARLIEST <= day <= (as_of or date.max)]
    possible = sorted(shown)
    sound = set(possible) - _alone(possible) - _out_of_turn(shown)
    return [day is not None and day not in sound for day in days]


def _out_of_turn(days: Sequence[date]) -> set[date]:
    """The one day that lies months off its place, where without it the days run strictly downwards: a slip of the pen (2015
    for 2025). The first may be pinned, and the last may be what it says."""
    breaks = [at for at, (day, older) in enumerate(pairwise(days)) if day < older]
    if len(days) <= FEWEST_NEIGHBOURS or len(breaks) != 1:
        return set()
    at = breaks[0]
    odd = {days[one] for one in (at, at + 1) if 0 < one < len(days) - 1 and _off(days, one)}
    return odd if len(odd) == 1 else set()


def _off(days: Sequence[date], at: int) -> bool:
    """Whether its neighbours agree with each other, and the day lies far from both."""
    before, day, after = days[at - 1], days[at], days[at + 1]
    return before >= after and min(abs(day - before), abs(day - after)) > SLIP


def _alone(days: list[date]) -> set[date]:
    """The first or last of the sorted days where it lies more than ten years, and five times the spread of
    all others, from its nearest neighbour. A column that grew slowly over decades has a wide spread."""
    if len(days) <= FEWEST_NEIGHBOURS:
        return set()
    first = days[0], days[1] - days[0], days[-1] - days[1]
    last = days[-1], days[-1] - days[-2], days[-2] - days[0]
    return {day for day, gap, spread in (first, last) if gap > FAR and gap > 5 * spread}


def read_years(stream: TokenStream, group: Group) -> list[int | None]:
    """For each row the year last said before it, None where none was."""
    said: int | None = None
    years: list[int | None] = []
    end = max(0, group.start - NEAR)
    for row in group.rows:
        before = (_YEAR.fullmatch(token.text) for token in stream.tokens[end : row.extent[0]])
        found = {int(year[1]) for year in before if year}
        # Several years side by side are a choice of years, not a heading.
        said = found.pop() if len(found) == 1 else None if found else said
        years.append(said)
        end = row.extent[1]
    return years


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
