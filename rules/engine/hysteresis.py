"""A finding's life: watched, open, closed, open again, as night follows night. Pure: one night is one step.

A night on which the subject was not well read, or which is void, neither opens nor closes anything and breaks no
row of nights: it is as if it had not been."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import reduce


class Stage(StrEnum):
    """Where a finding stands."""

    NONE = "无"
    WATCHED = "待确认"
    OPEN = "未解决"
    CLOSED = "已解决"


@dataclass(frozen=True, slots=True)
class Hysteresis:
    """After how many good readings on different nights a finding opens, and after how many without it closes."""

    open_after: int = 1
    close_after: int = 2


# "Empty" and "stale" wait for a second night; what is summed from them waits with them. A countdown ends at once.
HYSTERESIS: Mapping[str, Hysteresis] = {
    "column.empty": Hysteresis(2, 2),
    "column.stale": Hysteresis(2, 2),
    "column.due_soon": Hysteresis(1, 1),
    "site.stale_columns": Hysteresis(2, 2),
    "site.overdue_columns": Hysteresis(2, 2),
    "site.empty_columns": Hysteresis(2, 2),
    "site.home_stale": Hysteresis(2, 2),
    "site.no_consultation": Hysteresis(2, 2),
}
USUAL = Hysteresis()


@dataclass(frozen=True, slots=True)
class Observation:
    """One night's word on one finding. `good`: its subject was well read on a night that counts."""

    night: date
    good: bool
    said: bool


@dataclass(frozen=True, slots=True)
class Span:
    """One time that a finding was open: first said, opened (said often enough), last said, closed."""

    first_said: date
    opened_on: date
    last_said: date
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Life:
    """What is known of a finding after a night. `hits` and `misses` are good nights in a row with and
    without it, `first_said` the first of the former; `spans` are its history, the last one perhaps still open."""

    last_good: date | None = None
    hits: int = 0
    misses: int = 0
    first_said: date | None = None
    spans: tuple[Span, ...] = ()

    @property
    def stage(self) -> Stage:
        if self.is_open:
            return Stage.OPEN
        if self.hits:
            return Stage.WATCHED
        return Stage.CLOSED if self.spans else Stage.NONE

    @property
    def is_open(self) -> bool:
        return bool(self.spans) and self.spans[-1].closed_on is None

    @property
    def reopened(self) -> bool:
        """It is open, and was closed before."""
        return self.is_open and len(self.spans) > 1


def hysteresis_of(rule: str, own: Mapping[str, Hysteresis] | None = None) -> Hysteresis:
    """A rule's hysteresis: the site's own, or the book's."""
    return (own or {}).get(rule) or HYSTERESIS.get(rule, USUAL)


def live(observations: Iterable[Observation], hysteresis: Hysteresis = USUAL) -> Life:
    """A finding's life through all its nights, in whatever order they come."""
    nights = sorted(observations, key=lambda each: each.night)
    return reduce(lambda life, seen: after(life, seen, hysteresis), nights, Life())


def after(life: Life, seen: Observation, hysteresis: Hysteresis) -> Life:
    """A finding's life one night on. A second good reading of the same night, or of an earlier one, changes
    nothing."""
    if not seen.good or (life.last_good is not None and seen.night <= life.last_good):
        return life
    return _said(life, seen.night, hysteresis) if seen.said else _gone(life, seen.night, hysteresis)


def _said(life: Life, night: date, hysteresis: Hysteresis) -> Life:
    first = life.first_said if life.hits and life.first_said else night
    on = replace(life, last_good=night, hits=life.hits + 1, misses=0, first_said=first)
    if life.is_open:
        return replace(on, spans=(*life.spans[:-1], replace(life.spans[-1], last_said=night)))
    if on.hits >= hysteresis.open_after:
        return replace(on, spans=(*life.spans, Span(first, night, night)))
    return on


def _gone(life: Life, night: date, hysteresis: Hysteresis) -> Life:
    on = replace(life, last_good=night, hits=0, misses=life.misses + 1, first_said=None)
    if life.is_open and on.misses >= hysteresis.close_after:
        return replace(on, spans=(*life.spans[:-1], replace(life.spans[-1], closed_on=night)))
    return on
