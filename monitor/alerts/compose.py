"""Composing alerts: the facts of a day → one mail a unit, with sections of lines; a line reports one finding. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from db.mail.notifications import Known
from monitor.alerts.gather import OPERATOR, AlertFacts
from monitor.alerts.settings import usable
from rules.alerting import (
    Mark,
    Notification,
    delivered,
    due,
    escalates,
    first_notified,
    reminders_of,
    repeats,
    workdays_elapsed,
)
from rules.dates.workdays import Due, due_after
from rules.vocabulary.places import Unit
from rules.vocabulary.terms import Severity

REASONS = (Mark.NEW, Mark.REMINDED, Mark.RECOVERED, Mark.ESCALATED)


@dataclass(frozen=True, slots=True)
class AlertLine:
    """One finding as one mail reports it. `last_on` is when it was last seen, `told_on` when the unit was first told of
    it, `reminders` how often it was reminded, this time included; `due` the last day to put it right (None: none
    is set) and `left` the working days until then, below zero past it; `reported`: the office was told of it;
    `repeats`: the day of a mail with the same content that may not have arrived."""

    finding: int
    unit: str
    unit_name: str
    mark: Mark
    severity: Severity
    path: tuple[str, ...]
    sentence: str
    url: str
    opened_on: date
    last_on: date
    days: int
    told_on: date
    reminders: int = 0
    due: Due | None = None
    left: int = 0
    closed_on: date | None = None
    reported: bool = False
    repeats: date | None = None


@dataclass(frozen=True, slots=True)
class MailSection:
    """A table of a mail under its heading. `names`: whether the units' names are a column of it."""

    title: str
    lines: tuple[AlertLine, ...]
    names: bool = False


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to one recipient: `recipient` is a unit's key or @operator, `notes` are for the operator alone."""

    recipient: str
    name: str
    to: tuple[str, ...]
    sections: tuple[MailSection, ...]
    notes: tuple[str, ...] = ()

    @property
    def lines(self) -> Iterator[AlertLine]:
        for section in self.sections:
            yield from section.lines

    @property
    def counts(self) -> Counter[Mark]:
        return Counter(line.mark for line in self.lines)

    @property
    def due(self) -> bool:
        """Whether there is any reason to write."""
        return bool(self.notes) or any(line.mark in REASONS for line in self.lines)


ORDER = (Mark.NEW, Mark.ESCALATED, Mark.REMINDED, Mark.STANDING, Mark.RECOVERED)


def compose(facts: AlertFacts) -> list[Mail]:
    """The mails that are due, each with somebody to go to or not (`to` may be empty where even the office has no
    address), in the site file's order, the office's last. Who has a mail of that day already gets none."""
    office, *units = facts.context.site.units
    lines = {unit.key: list(_lines(facts, unit)) for unit in facts.context.site.units}
    mails = [
        Mail(unit.key, unit.name, addresses(unit), _sections(lines[unit.key]))
        for unit in units
        if addresses(unit)
    ]
    unwritable = [unit for unit in units if not addresses(unit)]
    unwritten = [line for unit in unwritable for line in lines[unit.key] if line.mark is not Mark.STANDING]
    upwards = [line for unit in units if addresses(unit) for line in _escalated(facts, unit)]
    sections = (
        *_sections(lines[office.key]),
        *_section("逾期未整改，报政务公开办", upwards, names=True),
        *_section("没有可用邮箱的单位，请代为转告", unwritten, names=True),
    )
    mails += _to_office(facts, office, sections)
    return [mail for mail in mails if mail.due and mail.recipient not in facts.written]


def addresses(unit: Unit) -> tuple[str, ...]:
    """The unit's usable addresses, each once."""
    return tuple(dict.fromkeys(each for each in unit.emails if usable(each)))


def _to_office(facts: AlertFacts, office: Unit, sections: tuple[MailSection, ...]) -> Iterator[Mail]:
    if not facts.operators:
        yield Mail(office.key, office.name, addresses(office), sections, facts.notes)
        return
    yield Mail(office.key, office.name, addresses(office), sections)
    yield Mail(OPERATOR, "运维人员", facts.operators, (), facts.notes)


def _sections(lines: Iterable[AlertLine]) -> tuple[MailSection, ...]:
    """A unit's own lines: what is to be put right, what is to be looked into, what has been put right."""
    rows = list(lines)
    standing = [line for line in rows if line.mark is not Mark.RECOVERED]
    return (
        *_section("需要整改的问题", [line for line in standing if line.severity is not Severity.NOTICE]),
        *_section("提示，请核实", [line for line in standing if line.severity is Severity.NOTICE]),
        *_section("已经恢复", [line for line in rows if line.mark is Mark.RECOVERED]),
    )


def _section(title: str, lines: list[AlertLine], *, names: bool = False) -> tuple[MailSection, ...]:
    return (MailSection(title, tuple(sorted(lines, key=_rank)), names),) if lines else ()


def _rank(line: AlertLine) -> tuple[object, ...]:
    weight = (list(Severity).index(line.severity), ORDER.index(line.mark))
    return (line.unit_name, *weight, line.opened_on, line.path, line.url, line.sentence, line.finding)


def _owned(facts: AlertFacts, unit: Unit) -> Iterator[Known]:
    """The unit's findings; what no unit owns is the portal's."""
    portal = facts.context.site.units[0].key
    for known in facts.known:
        if unit.key in (known.finding.units or (portal,)):
            yield known


def _lines(facts: AlertFacts, unit: Unit) -> Iterator[AlertLine]:
    for known in _owned(facts, unit):
        mark = due(known.episode, _told(facts, unit, known), facts.context.as_of, facts.context.calendar)
        if mark is not None:
            yield _line(facts, unit, known, mark)


def _escalated(facts: AlertFacts, unit: Unit) -> Iterator[AlertLine]:
    for known in _owned(facts, unit):
        if escalates(known.episode, _told(facts, unit, known), facts.context.as_of, facts.context.calendar):
            yield _line(facts, unit, known, Mark.ESCALATED)


def _told(facts: AlertFacts, unit: Unit, known: Known) -> Sequence[Notification]:
    return facts.told.get((unit.key, known.id, known.episode.opened_on), ())


def _line(facts: AlertFacts, unit: Unit, known: Known, mark: Mark) -> AlertLine:
    finding, episode = known.finding, known.episode
    today, calendar = facts.context.as_of, facts.context.calendar
    said = _told(facts, unit, known)
    told = delivered(said)
    first = first_notified(told) or today
    deadline = episode.cadence.deadline
    last = due_after(first, deadline, calendar) if deadline and episode.closed_on is None else None
    left = 0
    if last is not None:
        left = workdays_elapsed(today, last.day, calendar) - workdays_elapsed(last.day, today, calendar)
    return AlertLine(
        finding=known.id, unit=unit.key, unit_name=unit.name, mark=mark, severity=finding.severity,
        path=finding.path, sentence=finding.sentence, url=finding.url, opened_on=episode.opened_on, last_on=episode.last_on,
        days=((episode.closed_on or today) - episode.opened_on).days, told_on=first,
        reminders=reminders_of(told) + (mark is Mark.REMINDED), due=last, left=left, closed_on=episode.closed_on,
        reported=any(each.mark is Mark.ESCALATED for each in told), repeats=repeats(said, mark),
    )  # fmt: skip
