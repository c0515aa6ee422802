"""The order in which a list shows itself: how far down it is known, and whether it runs newest first. Pure."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from crawler.page.longest_run import longest_run
from rules.dates.workdays import OFFICIAL, SATURDAY

# Days in order that show a list to run newest first: two rows stand in some order by chance.
FEWEST_IN_ORDER = 3


def reach_of(days: Sequence[date]) -> date | None:
    """The newest day that may still hide below the last row of a newest-first list: its oldest day in order,
    plus as much as a row ever stood below an older one. None where too few rows show any order.

    Rows out of place are the fewest whose removal leaves the rest in order. A pinned or backdated one (older
    than what follows) is harmless, a newer one among older ones is not; where both readings are possible, the
    harmful one counts. Half of the rows in order show one; by chance a third of twenty fall into it."""
    orders = orders_of(days)
    in_order = len(orders[0][0])
    if in_order < FEWEST_IN_ORDER or in_order * 2 < len(days):
        return None
    return max(days[kept[-1]] + slack for kept, slack in orders)


def orders_of(days: Sequence[date]) -> list[tuple[Sequence[int], timedelta]]:
    """Both readings of a list's order: the indices of the rows in order, and how many days newer a row ever stood
    below an older one."""
    forward = longest_run([-day.toordinal() for day in days])
    backward = [len(days) - 1 - n for n in longest_run([day.toordinal() for day in reversed(days)])][::-1]
    return [(kept, _slack(days, kept)) for kept in (forward, backward)]


def newest_first(days: Sequence[date]) -> int:
    """How many of the days run newest first, the others (pinned ones) left out."""
    return len(longest_run([-day.toordinal() for day in days])) if days else 0


def pages_apart(before: Sequence[date], after: Sequence[date]) -> bool:
    """Whether between two successive pages the days leap further than anywhere within them: rows may lie between, where a
    cache shows an older page beside a newer one. Only lists that run newest first are judged. In working days, for over
    weekends and holidays nothing is published; two that follow one another never are a leap."""
    kept = [_in_order(days) for days in (before, after)]
    if min(map(len, kept)) < FEWEST_IN_ORDER:
        return False
    within = max(_working_days(one, other) for days in kept for one, other in pairwise(days))
    return _working_days(kept[0][-1], kept[1][0]) > max(within, 1)


def _in_order(days: Sequence[date]) -> list[date]:
    return [days[index] for index in longest_run([-day.toordinal() for day in days])]


def _working_days(later: date, earlier: date) -> int:
    """How many working days `later` is behind `earlier`; in a year whose holidays are not announced, weekdays."""
    days = (later - timedelta(days=n) for n in range((later - earlier).days))
    return sum(map(_works, days))


def _works(day: date) -> bool:
    works = OFFICIAL.works(day)
    return day.weekday() < SATURDAY if works is None else works


def _slack(days: Sequence[date], kept: Sequence[int]) -> timedelta:
    """How many days newer a row ever stood below an older one. Old rows that stand alone, or on top of the list, were pinned or
    backdated; several together below others end a part of the list, and what follows them begins the next."""
    slack = timedelta(0)
    order, above, floor = set(kept), date.max, date.max
    older: list[date] = []
    for index, day in enumerate(days):
        slack = max(slack, day - (floor if index in order else min(above, floor)))
        if index in order:
            above, older = day, []
        elif day < above and above is not date.max:
            older.append(day)
            floor = min(floor, day) if len(older) >= FEWEST_IN_ORDER else floor
    return slack
