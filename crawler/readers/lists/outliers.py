"""Dates that cannot be what they say: in the future, before governments had web sites, alone in their year."""

from collections.abc import Sequence
from datetime import date, timedelta

EARLIEST = date(1990, 1, 1)
FAR = timedelta(days=3653)
# With fewer days nobody can say which of them is the odd one.
FEWEST_NEIGHBOURS = 4


def find_absurd(days: Sequence[date | None], as_of: date | None) -> list[bool]:
    """For each shown date of one page whether it is absurd. `as_of` is the day the page was read, if known."""
    impossible = [day is not None and _impossible(day, as_of) for day in days]
    possible = sorted(day for day, bad in zip(days, impossible, strict=True) if day and not bad)
    alone = _alone(possible)
    return [bad or day in alone for day, bad in zip(days, impossible, strict=True)]


def _impossible(day: date, as_of: date | None) -> bool:
    return day < EARLIEST or (as_of is not None and day > as_of)


def _alone(days: list[date]) -> set[date]:
    """The first or last of the sorted days where it lies more than ten years, and five times the spread of
    all others, from its nearest neighbour. A column that grew slowly over decades has a wide spread."""
    if len(days) <= FEWEST_NEIGHBOURS:
        return set()
    alone = set()
    if _far(days[1] - days[0], days[-1] - days[1]):
        alone.add(days[0])
    if _far(days[-1] - days[-2], days[-2] - days[0]):
        alone.add(days[-1])
    return alone


def _far(gap: timedelta, spread: timedelta) -> bool:
    return gap > FAR and gap > 5 * spread
