"""The days by which letters stand in their mailbox's list: what tells how far down a list need be read. Pure.

A list that runs by the days of the answers (`runs_by_answers`) says nothing of where the letters stand that have none,
and is read to its end. Nor has a letter whose year is mistyped: it would end the list where it stands."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from crawler.page.longest_run import longest_run
from crawler.page.values import LetterEntry

# Letters with both days from which on an order is seen: of fewer both may be in order by chance.
FEWEST = 3
# Two letters side by side are no farther apart, and no year typed wrong is as near.
NEIGHBOURS = timedelta(days=180)


def order_days(rows: Sequence[LetterEntry], as_of: date) -> list[date | None]:
    """For each row of a page its day, None where that cannot be trusted to order the list. `as_of` is the day of
    reading."""
    days = [_past(row.received, as_of) or _past(row.answered, as_of) for row in rows]
    shown = [day for day in days if day]
    if len(shown) < 2:
        return days
    near = {day for one, two in pairwise(shown) if abs(one - two) <= NEIGHBOURS for day in (one, two)}
    return [day if day in near else None for day in days]


def runs_by_answers(rows: Sequence[LetterEntry]) -> bool:
    """Whether the rows of a page run by the days of the answers rather than of the letters."""
    both = [(row.received, row.answered) for row in rows if row.received and row.answered]
    if len(both) < FEWEST:
        return False
    by_letter, by_answer = (
        len(longest_run([-day.toordinal() for day in days])) for days in zip(*both, strict=True)
    )
    return by_answer > by_letter and 4 * by_answer >= 3 * len(both)


def _past(day: date | None, as_of: date) -> date | None:
    return day if day and day <= as_of else None
