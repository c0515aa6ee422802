"""Alerts: when a unit is notified of a finding and reminded, when it is escalated to the office, and when nothing is
sent. Pure.

新增 → 提醒 (half-way to the deadline and at it, then every 5 working days) → 上报 (past the deadline) → 已恢复. Which step is due follows
from the notifications sent before and the day; nothing else is kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from rules.dates.workdays import SATURDAY, Calendar

# Inside the office hours that most governments keep, whatever the season; nothing is sent outside them.
OPENS, CLOSES = time(8, 30), time(17, 30)
# Three nights bridge a weekend on which the site was down; after longer it is not known whether the finding still holds.
FRESH_DAYS = 3
# Off by law in every year (国务院《全国年节及纪念日放假办法》): known before a year's arrangement is announced.
ALWAYS_OFF = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})


class Mark(StrEnum):
    """The kind of a mail's line about a finding. STANDING is listed beside what is due, and is no notification by
    itself."""

    NEW = "新增"
    REMINDED = "提醒"
    STANDING = "已告知"
    ESCALATED = "上报"
    RECOVERED = "已恢复"


@dataclass(frozen=True, slots=True)
class Cadence:
    """When to come back to a finding, in working days after the first notification: at each of `reminders`, then
    `every` so many (0: never). After `deadline` working days (0: the same day; None: there is none) it is escalated to
    the office."""

    reminders: tuple[int, ...] = ()
    every: int = 0
    deadline: int | None = None

    def steps(self, upto: int) -> Iterator[int]:
        """The reminders' distances, up to and with `upto`."""
        yield from (step for step in self.reminders if step <= upto)
        if self.every:
            last = max(self.reminders, default=0)
            yield from range(last + self.every, upto + 1, self.every)


# What has no deadline is told once.
TOLD_ONCE = Cadence()


def cadence_of(within: int | None) -> Cadence:
    """The cadence of a rule whose findings are to be put right `within` so many working days from being told. Our choice, no
    document sets it: half-way, at the deadline, then weekly; every day of what is due at once."""
    if within is None:
        return TOLD_ONCE
    reminders = tuple(day for day in (within // 2, within) if day)
    return Cadence(reminders, 5 if within else 1, within)


@dataclass(frozen=True, slots=True)
class Notification:
    """One line of a mail of that day about a finding, to its unit or (escalated) to the office. `sure`: False where it
    is not known whether the mail arrived."""

    day: date
    mark: Mark
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Episode:
    """One time that a finding was open. `fading`: the last good night no longer found it; `ended`: it is about a period
    that is over, so that it is told once and nothing more can come of it."""

    cadence: Cadence
    opened_on: date
    last_on: date
    closed_on: date | None = None
    fading: bool = False
    ended: bool = False

    def is_current(self, day: date) -> bool:
        """It is open and was found lately: what was not read since may have been corrected long ago."""
        return self.closed_on is None and not self.fading and (day - self.last_on).days <= FRESH_DAYS


def quiet_hours(moment: datetime, calendar: Calendar) -> str:
    """Why nothing is sent at this moment (Asia/Shanghai), as a Chinese phrase; "" where mail may go."""
    if not is_office_day(moment.date(), calendar):
        return "今天是周末或节假日"
    if not OPENS <= moment.time() < CLOSES:
        return f"现在不在发送时间（工作日 {OPENS:%H:%M}—{CLOSES:%H:%M}）内"
    return ""


def is_office_day(day: date, calendar: Calendar) -> bool:
    """Whether offices work that day; in a year not announced yet, by weekends and the law alone."""
    announced = calendar.works(day)
    if announced is not None:
        return announced
    return day.weekday() < SATURDAY and (day.month, day.day) not in ALWAYS_OFF


def workdays_elapsed(start: date, end: date, calendar: Calendar) -> int:
    """Working days after `start`, up to and with `end`, provisionally where a year is not announced."""
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(is_office_day(day, calendar) for day in days)


def due(
    episode: Episode, notifications: Sequence[Notification], day: date, calendar: Calendar
) -> Mark | None:
    """The line about the finding in a unit's mail of that day; None: none. A mail with STANDING lines alone is not
    sent."""
    counted = delivered(notifications)
    if episode.closed_on is not None:
        # Whoever may have been notified is notified that it is over.
        reminded = episode.cadence.deadline is not None and not episode.ended
        owed = first_notified(notifications) and reminded and not _ever(counted, Mark.RECOVERED)
        return Mark.RECOVERED if owed else None
    if not episode.is_current(day):
        return None
    first = first_notified(counted)
    if first is None:
        return Mark.NEW
    if episode.ended:
        return None
    return Mark.REMINDED if _reminder_due(episode.cadence, counted, first, day, calendar) else Mark.STANDING


def escalates(episode: Episode, notifications: Sequence[Notification], day: date, calendar: Calendar) -> bool:
    """Whether the finding is to be escalated to the office on that day: its deadline has passed. It is done once."""
    counted = delivered(notifications)
    first, deadline = first_notified(counted), episode.cadence.deadline
    if first is None or deadline is None or episode.ended or _ever(counted, Mark.ESCALATED):
        return False
    if not episode.is_current(day):
        return False
    return workdays_elapsed(first, day, calendar) > deadline


def delivered(notifications: Sequence[Notification]) -> list[Notification]:
    """The notifications that count. A mail that may never have arrived starts no reminder and no deadline, and its
    notification is repeated; repeated once, it counts, so that a server that never answers does not cause a mail
    every day."""
    doubted: set[Mark] = set()
    counting = []
    for each in notifications:
        if each.sure or each.mark in doubted:
            counting.append(each)
            doubted.discard(each.mark)
        else:
            doubted.add(each.mark)
    return counting


def repeats(notifications: Sequence[Notification], mark: Mark) -> date | None:
    """The day of the mail that may not have arrived, if a notification with this mark repeats it."""
    same = [each for each in notifications if each.mark is mark]
    return same[-1].day if same and same[-1] not in delivered(notifications) else None


def first_notified(notifications: Sequence[Notification]) -> date | None:
    """The day from which reminders and deadline run."""
    return min((each.day for each in notifications if each.mark is Mark.NEW), default=None)


def reminders_of(notifications: Sequence[Notification]) -> int:
    return sum(each.mark is Mark.REMINDED for each in notifications)


def _reminder_due(
    cadence: Cadence, notifications: Sequence[Notification], first: date, day: date, calendar: Calendar
) -> bool:
    """A step of the cadence was reached since the last notification; several missed ones make one reminder."""
    last = max(each.day for each in notifications if each.mark in (Mark.NEW, Mark.REMINDED))
    then, now = workdays_elapsed(first, last, calendar), workdays_elapsed(first, day, calendar)
    return any(step > then for step in cadence.steps(now))


def _ever(notifications: Sequence[Notification], mark: Mark) -> bool:
    return any(each.mark is mark for each in notifications)
