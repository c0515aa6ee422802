"""Gaps: the longest stretch without a posting between two neighbouring ones."""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from rules.dates.periods import Period


def longest_gap(days: Iterable[date], period: Period, covered_since: date | None) -> tuple[date, date] | None:
    """The two neighbouring days furthest apart of which the later lies in the period; None where there are no
    two. Days before `covered_since` (from which on the list was read whole; None: not at all) are not used: what
    stood between them may not have been seen."""
    if covered_since is None:
        return None
    known = sorted({day for day in days if covered_since <= day < period.end})
    pairs = [(first, second) for first, second in pairwise(known) if second in period]
    return max(pairs, key=lambda pair: (pair[1] - pair[0], pair[1]), default=None)
