"""Ranks (名次): the higher total stands first."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from decimal import Decimal

from rules.scores.scheme import Ties


def rank_all(totals: Sequence[Decimal], ties: Ties = Ties.SHARED) -> list[int]:
    """The rank of each total; consecutive ranks give ties in the order they came."""
    order = sorted(range(len(totals)), key=lambda n: -totals[n])
    ranks = [0] * len(totals)
    for place, n in enumerate(order, start=1):
        before = order[place - 2] if place > 1 else None
        shared = ties is Ties.SHARED and before is not None and totals[before] == totals[n]
        ranks[n] = ranks[before] if shared and before is not None else place
    return ranks


def allowed_ranks(totals: Sequence[Decimal]) -> list[range]:
    """The ranks each total may be printed with: shared with its equals, or one after the other."""
    order = sorted(-total for total in totals)
    return [range(bisect_left(order, -total) + 1, bisect_right(order, -total) + 1) for total in totals]


def dense_ranks(totals: Sequence[Decimal]) -> list[int]:
    """1, 2, 2, 3: the ranks of offices that leave no gap after a tie."""
    steps = sorted(set(totals), reverse=True)
    place = {total: n for n, total in enumerate(steps, start=1)}
    return [place[total] for total in totals]
