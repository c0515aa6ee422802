"""The life of a finding, night by night: watched, open, closed, open again. Pure: one night is one step.

A night on which the subject was not well read, or which is void, is skipped: it opens and closes nothing, and does
not interrupt a row of nights."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


class Stage(StrEnum):
    """The state of a finding."""

    NONE = "无"
    WATCHED = "待确认"
    OPEN = "未解决"
    CLOSED = "已解决"


@dataclass(frozen=True, slots=True)
class Hysteresis:
    """After how many good readings on different nights a finding opens, and after how many without it closes."""

    open_after: int = 1
    close_after: int = 2


# One reading is enough to find something; two are needed to close it, since a single odd reading may have missed it.
USUAL = Hysteresis()
# An empty or an old list is also what a page in the making or a half-filled cache shows: it must be seen twice too.
CONFIRMED = Hysteresis(open_after=2, close_after=2)


@dataclass(frozen=True, slots=True)
class NightResult:
    """The result of one night for one finding. `good`: its subject was well read on a night that counts; `found`: the
    rule reported it."""

    night: date
    good: bool
    found: bool


@dataclass(frozen=True, slots=True)
class Span:
    """One time that a finding was open: first found, opened (found often enough), last found, closed."""

    first_found: date
    opened_on: date
    last_found: date
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Life:
    """The state of a finding after a night. `hits` and `misses` are good nights in a row with and without it,
    `first_found` the first of the hits; `spans` are its history, the last one perhaps still open."""

    last_good: date | None = None
    hits: int = 0
    misses: int = 0
    first_found: date | None = None
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


def after(life: Life, result: NightResult, hysteresis: Hysteresis) -> Life:
    """A finding's life one night on. A second good reading of the same night, or of an earlier one, changes
    nothing."""
    if not result.good or (life.last_good is not None and result.night <= life.last_good):
        return life
    return _hit(life, result.night, hysteresis) if result.found else _miss(life, result.night, hysteresis)


def _hit(life: Life, night: date, hysteresis: Hysteresis) -> Life:
    first = life.first_found if life.hits and life.first_found else night
    on = replace(life, last_good=night, hits=life.hits + 1, misses=0, first_found=first)
    if life.is_open:
        return replace(on, spans=(*life.spans[:-1], replace(life.spans[-1], last_found=night)))
    if on.hits >= hysteresis.open_after:
        return replace(on, spans=(*life.spans, Span(first, night, night)))
    return on


def _miss(life: Life, night: date, hysteresis: Hysteresis) -> Life:
    on = replace(life, last_good=night, hits=0, misses=life.misses + 1, first_found=None)
    if life.is_open and on.misses >= hysteresis.close_after:
        return replace(on, spans=(*life.spans[:-1], replace(life.spans[-1], closed_on=night)))
    return on
