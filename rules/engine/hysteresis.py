"""A finding's life: watched, open, closed, open again, as night follows night. Pure: one night is one step.

A night on which the subject was not well read, or which is void, neither opens nor closes anything and breaks no
row of nights: it is as if it had not been."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


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


# What stands on a page is found at the first reading; that it is gone must be seen twice, lest one odd night hide it.
USUAL = Hysteresis()
# An empty or an old list is also what a page in the making or a half-filled cache shows: it must be seen twice too.
CONFIRMED = Hysteresis(open_after=2, close_after=2)


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
