"""Which values of a sequence stand in order: the fewest are left out."""

from bisect import bisect_right
from collections.abc import Sequence


def longest_run(values: Sequence[int]) -> list[int]:
    """Indices of a longest run of values that never falls (patience sorting, n log n); of two equally long ones that
    with the lower end."""
    tails: list[int] = []
    tops: list[int] = []
    before: list[int] = []
    for index, value in enumerate(values):
        place = bisect_right(tops, value)
        before.append(tails[place - 1] if place else -1)
        tails[place : place + 1] = [index]
        tops[place : place + 1] = [value]
    run = tails[-1:]
    while run and before[run[-1]] >= 0:
        run.append(before[run[-1]])
    return run[::-1]
