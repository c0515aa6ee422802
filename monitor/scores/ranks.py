"""Ranks (名次): the higher total stands first."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from monitor.scores.scheme import Ties


def rank_all(totals: Sequence[Decimal], ties: Ties = Ties.SHARED) -> list[int]:
    """The rank of each total; consecutive ranks give ties in the order they came."""
    if ties is Ties.SHARED:
        return [ranks.start for ranks in allowed_ranks(totals)]
    order = sorted(range(len(totals)), key=lambda n: -totals[n])
    place = {n: rank for rank, n in enumerate(order, start=1)}
    return [place[n] for n in range(len(totals))]


def allowed_ranks(totals: Sequence[Decimal]) -> list[range]:
    """The ranks each total may be printed with: shared with its equals, or one after the other."""
    order = sorted(-total for total in totals)
    return [range(bisect_left(order, -total) + 1, bisect_right(order, -total) + 1) for total in totals]


def dense_ranks(totals: Sequence[Decimal]) -> list[int]:
    """1, 2, 2, 3: the ranks of offices that leave no gap after a tie."""
    steps = sorted(set(totals), reverse=True)
    place = {total: n for n, total in enumerate(steps, start=1)}
    return [place[total] for total in totals]


def fits(totals: Sequence[Decimal], printed: Sequence[int | None], slack: int = 0) -> list[bool | None]:
    """Whether each printed rank follows from the totals (None where none is printed). Equals either all share
    the first of their ranks or have one each; `slack` rows that nobody could read may stand above any."""
    met = Counter((total, rank) for total, rank in zip(totals, printed, strict=True))

    def fit(total: Decimal, rank: int, ranks: range) -> bool:
        alone = met[total, rank] == 1 or rank == ranks.start or bool(slack)
        return alone and rank in range(ranks.start, ranks.stop + slack)

    rows = zip(totals, printed, allowed_ranks(totals), strict=True)
    return [None if rank is None else fit(total, rank, ranks) for total, rank, ranks in rows]


def say_due(ranks: range, printed: int | None) -> str:
    """What a wrong rank should have been, in words."""
    if len(ranks) == 1:
        return f"名次应为第 {ranks.start}，表中为第 {printed}"
    span = f"同分的应并列第 {ranks.start}，或依次排第 {ranks.start} 至 {ranks.stop - 1}"
    return f"{span}，表中为第 {printed}"
