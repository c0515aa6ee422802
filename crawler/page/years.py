"""The year of a row that shows only a month and a day: said by its link, its neighbours or the day of reading."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from crawler.page.dates import find_date, make_date

MonthDay = tuple[int, int]

_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/]?(0[1-9]|1[0-2])(?!\d)")
_DAY = re.compile(_MONTH.pattern.removesuffix(r"(?!\d)") + r"[-/]?([0-2]\d|3[01])(?!\d)")
_SLACK = timedelta(days=31)
_HALF_YEAR = timedelta(days=190)
# Rows that an editor keeps above a list: more would be the list.
MOST_PINNED = 3


def infer_years(
    days: Sequence[date | None], partial: Sequence[MonthDay | None], as_of: date | None
) -> list[date | None]:
    """The days of one page's rows, newest first, with a year inferred where only `partial` is known: what is likely,
    not what is sure. None where nothing decides it."""
    done: list[date | None] = []
    start = _first_unpinned(days, partial, as_of)
    for day, shown in zip(days, partial, strict=True):
        before = next((known for known in reversed(done[start:]) if known), None)
        done.append(day or (_by_row_before(shown, before, as_of) or _latest(shown, as_of) if shown else None))
    return done


def _first_unpinned(
    days: Sequence[date | None], partial: Sequence[MonthDay | None], as_of: date | None
) -> int:
    """Of the first rows the newest, if each were as new as it can be: what stands above it was put there."""
    first = zip(days[: MOST_PINNED + 1], partial[: MOST_PINNED + 1], strict=True)
    shown_days = [day or (_latest(shown, as_of) if shown else None) for day, shown in first]
    newest = [day if day and not (as_of and day > as_of) else date.min for day in shown_days]
    return newest.index(max(newest)) if newest else 0


def date_in_url(url: str) -> date | None:
    """The day an address carries: t20190520_1.html, /2019-05/20/, /2019/0520/; a bare month is its first day."""
    path = url.rpartition("://")[2].partition("/")[2]
    found = find_date(path) or _DAY.search(path)
    if isinstance(found, date):
        return found
    if found:
        return make_date(int(found[1]), int(found[2]), int(found[3]))
    month = _MONTH.search(path)
    return make_date(int(month[1]), int(month[2]), 1) if month else None


def year_by_link(shown: MonthDay | None, url: str | None) -> date | None:
    """The day shown without its year, with the one that the address says; None where it says none."""
    said = date_in_url(url) if url else None
    nearest = nearest_day(shown, said) if said and shown else None
    return nearest if said and nearest and abs(nearest - said) <= _HALF_YEAR else None


def _by_row_before(shown: MonthDay, before: date | None, as_of: date | None) -> date | None:
    """Lists run from new to old: the latest such day that is not after the row before, pinned rows allowed."""
    if before is None:
        return None
    limit = before + _SLACK
    return _latest(shown, min(limit, as_of) if as_of else limit)


def _latest(shown: MonthDay, limit: date | None) -> date | None:
    if limit is None:
        return None
    days = (make_date(year, *shown) for year in range(limit.year, limit.year - 5, -1))
    return next((day for day in days if day and day <= limit), None)


def nearest_day(shown: MonthDay, to: date) -> date | None:
    """That month and day of the year in which it is nearest to a day."""
    days = [day for year in (to.year - 1, to.year, to.year + 1) if (day := make_date(year, *shown))]
    return min(days, key=lambda day: abs(day - to), default=None)
