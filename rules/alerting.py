"""Alerts: what a unit is told of a finding, when it is reminded, when the office hears of it, and when nobody is
written to. Pure.

新增 → 提醒 (3 and 7 working days after, then every 5) → 上报 (past the deadline) → 已恢复. Which step is due follows
from what was told before and the day; nothing else is remembered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from rules.dates.workdays import OFFICIAL, SATURDAY, Calendar
from rules.vocabulary.terms import Mail

OPENS, CLOSES = time(8, 30), time(17, 30)
FRESH_DAYS = 3
# Off by law in every year (国务院《全国年节及纪念日放假办法》): known before a year's arrangement is announced.
ALWAYS_OFF = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})


class Mark(StrEnum):
    """What a line of a mail says of a finding. STANDING is listed beside what is due, and is no notification."""

    NEW = "新增"
    REMINDED = "提醒"
    STANDING = "已告知"
    ESCALATED = "上报"
    RECOVERED = "已恢复"


@dataclass(frozen=True, slots=True)
class Cadence:
    """When to come back to what was told, in working days after it: at each of `reminders`, then `every` so many
    (0: never). After `deadline` working days (0: none) the office is told."""

    reminders: tuple[int, ...] = (3, 7)
    every: int = 5
    deadline: int = 7

    def steps(self, upto: int) -> Iterator[int]:
        """The reminders' distances, up to and with `upto`."""
        yield from (step for step in self.reminders if step <= upto)
        if self.every:
            last = max(self.reminders, default=0)
            yield from range(last + self.every, upto + 1, self.every)


# NEVER has none: such findings are not among those that are mailed.
CADENCES: Mapping[Mail, Cadence] = {Mail.REMIND: Cadence(), Mail.ONCE: Cadence((), 0, 0)}


@dataclass(frozen=True, slots=True)
class Notification:
    """That something was said of a finding to (or about) a unit on a day. `sure`: False where nobody knows whether
    the mail that said it arrived."""

    day: date
    mark: Mark
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Course:
    """One time that a finding was open, as alerts look at it. `fading`: the last good night no longer said it."""

    mail: Mail
    opened_on: date
    last_on: date
    closed_on: date | None = None
    fading: bool = False

    @property
    def cadence(self) -> Cadence:
        return CADENCES[self.mail]

    def stands(self, day: date) -> bool:
        """It is open and was seen lately: what nobody saw again may have been put right long ago."""
        return self.closed_on is None and not self.fading and (day - self.last_on).days <= FRESH_DAYS


def silence(moment: datetime, calendar: Calendar = OFFICIAL) -> str:
    """Why nothing is sent at this moment (Asia/Shanghai), as a Chinese phrase; "" where mail may go."""
    if not works(moment.date(), calendar):
        return "今天是周末或节假日"
    if not OPENS <= moment.time() < CLOSES:
        return f"现在不在发送时间（工作日 {OPENS:%H:%M}—{CLOSES:%H:%M}）内"
    return ""


def works(day: date, calendar: Calendar = OFFICIAL) -> bool:
    """Whether offices work that day; in a year not announced yet, as far as weekends and the law tell."""
    announced = calendar.works(day)
    if announced is not None:
        return announced
    return day.weekday() < SATURDAY and (day.month, day.day) not in ALWAYS_OFF


def elapsed(start: date, end: date, calendar: Calendar = OFFICIAL) -> int:
    """Working days after `start`, up to and with `end`, provisionally where a year is not announced."""
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(works(day, calendar) for day in days)


def due(
    course: Course, told: Sequence[Notification], day: date, calendar: Calendar = OFFICIAL
) -> Mark | None:
    """What a unit's mail of that day says of the finding; None: nothing. Of what it says, STANDING alone is no
    reason to write."""
    taken = heard(told)
    if course.closed_on is not None:
        # Whoever may have been told is told that it is over.
        owed = told_first(told) and course.cadence.deadline and not _ever(taken, Mark.RECOVERED)
        return Mark.RECOVERED if owed else None
    if not course.stands(day):
        return None
    first = told_first(taken)
    if first is None:
        return Mark.NEW
    return Mark.REMINDED if _reminder_due(course.cadence, taken, first, day, calendar) else Mark.STANDING


def escalates(course: Course, told: Sequence[Notification], day: date, calendar: Calendar = OFFICIAL) -> bool:
    """Whether the office is to be told on that day that the deadline has passed. It is told once."""
    taken = heard(told)
    first, deadline = told_first(taken), course.cadence.deadline
    if first is None or not deadline or not course.stands(day) or _ever(taken, Mark.ESCALATED):
        return False
    return elapsed(first, day, calendar) > deadline


def heard(told: Sequence[Notification]) -> list[Notification]:
    """The notifications that count: no reminder and no deadline runs from a mail that may never have arrived, so what it
    said is said again. Said twice in a row it counts: a server that never answers is not to make us write every
    day."""
    doubted: set[Mark] = set()
    counting = []
    for each in told:
        if each.sure or each.mark in doubted:
            counting.append(each)
            doubted.discard(each.mark)
        else:
            doubted.add(each.mark)
    return counting


def repeats(told: Sequence[Notification], mark: Mark) -> date | None:
    """The day on which a mail that may not have arrived said the same, if this mark says it again."""
    said = [each for each in told if each.mark is mark]
    return said[-1].day if said and said[-1] not in heard(told) else None


def told_first(told: Sequence[Notification]) -> date | None:
    """The day from which reminders and deadline run."""
    return min((each.day for each in told if each.mark is Mark.NEW), default=None)


def reminders_of(told: Sequence[Notification]) -> int:
    return sum(each.mark is Mark.REMINDED for each in told)


def _reminder_due(
    cadence: Cadence, told: Sequence[Notification], first: date, day: date, calendar: Calendar
) -> bool:
    """A step of the cadence was reached since the last word; steps missed together are made up for by one."""
    last = max(each.day for each in told if each.mark in (Mark.NEW, Mark.REMINDED))
    spoken, now = elapsed(first, last, calendar), elapsed(first, day, calendar)
    return any(step > spoken for step in cadence.steps(now))


def _ever(told: Sequence[Notification], mark: Mark) -> bool:
    return any(each.mark is mark for each in told)
