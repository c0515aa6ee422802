"""Composing alerts: the facts of a day → one mail a unit. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from db.mail.notifications import Known
from monitor.alerts.gather import OPERATOR, AlertFacts
from monitor.alerts.sections import WHOLE_UNIT, AlertLine, Mail, MailSection, own_sections, section
from monitor.alerts.settings import usable
from monitor.finding_lines import says_too
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
from rules.book import RULES
from rules.dates.workdays import Calendar, Due, due_after
from rules.vocabulary.places import Unit


def compose(facts: AlertFacts) -> list[Mail]:
    """The mails that are due, each with somebody to go to or not (`to` may be empty where even the office has no
    address), in the site file's order, the office's last. Who has a mail of that day already gets none."""
    office, *units = facts.context.site.units
    lines = {unit.key: list(_lines(facts, unit)) for unit in facts.context.site.units}
    mails = [
        Mail(unit.key, unit.name, addresses(unit), own_sections(lines[unit.key]))
        for unit in units
        if addresses(unit)
    ]
    unwritable = [unit for unit in units if not addresses(unit)]
    unwritten = [line for unit in unwritable for line in lines[unit.key] if line.mark is not Mark.STANDING]
    upwards = [line for unit in units if addresses(unit) for line in _escalated(facts, unit)]
    sections = (
        *own_sections(lines[office.key]),
        *section("逾期未整改，报政务公开办", upwards, names=True),
        *section("须立即处理，责任单位尚未通知，请核实后放行", list(_urgent(facts, office)), names=True),
        *section("没有可用邮箱的单位，请代为转告", unwritten, names=True),
    )
    mails += _to_office(facts, office, sections)
    due_ones = [mail for mail in mails if mail.due and mail.recipient not in facts.written]
    return [replace(mail, read_on=facts.read_on) for mail in due_ones]


def addresses(unit: Unit) -> tuple[str, ...]:
    """The unit's usable addresses, each once."""
    return tuple(dict.fromkeys(each for each in unit.emails if usable(each)))


def _to_office(facts: AlertFacts, office: Unit, sections: tuple[MailSection, ...]) -> Iterator[Mail]:
    if not facts.operators:
        yield Mail(office.key, office.name, addresses(office), sections, facts.notes)
        return
    yield Mail(office.key, office.name, addresses(office), sections)
    yield Mail(OPERATOR, "运维人员", facts.operators, (), facts.notes)


def _owned(facts: AlertFacts, unit: Unit) -> Iterator[Known]:
    """The unit's findings that it may be told of; what no unit owns is the portal's."""
    for known in facts.known:
        if unit.key in owners_of(facts, known) and not facts.baseline.holds(known, unit.key):
            yield known


def owners_of(facts: AlertFacts, known: Known) -> tuple[str, ...]:
    """The keys of the units whose finding it is."""
    return known.finding.units or (facts.context.site.units[0].key,)


def held(facts: AlertFacts) -> Iterator[tuple[Unit, Known]]:
    """What is open and the baseline keeps from its units, unit by unit."""
    for unit in facts.context.site.units:
        for known in facts.known:
            kept = unit.key in owners_of(facts, known) and facts.baseline.holds(known, unit.key)
            if kept and known.episode.closed_on is None:
                yield unit, known


def _urgent(facts: AlertFacts, office: Unit) -> Iterator[AlertLine]:
    """What is due at once does not wait for its release: the office, and nobody else, is told of it and reminded."""
    seen: set[int] = set()
    for unit, known in held(facts):
        said = _told(facts, office, known)
        mark = due(known.episode, said, facts.context.as_of, facts.context.calendar)
        if known.episode.cadence.deadline == 0 and mark is not None and known.id not in seen:
            seen.add(known.id)
            yield replace(_line(facts, office, known, mark), unit_name=known.finding.unit_names or unit.name)


def _lines(facts: AlertFacts, unit: Unit) -> Iterator[AlertLine]:
    """The unit's lines. What is told once is not listed again beside what is due, but for a day that is still to come."""
    said: list[tuple[Known, Mark]] = []
    for known in _owned(facts, unit):
        mark = due(known.episode, _told(facts, unit, known), facts.context.as_of, facts.context.calendar)
        once = known.episode.cadence.deadline is None and known.finding.due_on is None
        if mark is not None and not (mark is Mark.STANDING and once):
            said.append((known, mark))
    standing = [known for known, mark in said if mark is not Mark.RECOVERED]
    for known, mark in said:
        greater = _including(known, standing) if mark is not Mark.RECOVERED else None
        line = _line(facts, unit, known, mark)
        yield replace(line, part_of=greater.id, entry=greater.finding.path or WHOLE_UNIT) if greater else line


def _including(known: Known, others: Sequence[Known]) -> Known | None:
    """The greater finding, no less grave, that says this one too."""
    grave = (each for each in others if each.finding.severity.rank <= known.finding.severity.rank)
    return next((each for each in grave if says_too(each.finding, known.finding)), None)


def _escalated(facts: AlertFacts, unit: Unit) -> Iterator[AlertLine]:
    for known in _owned(facts, unit):
        if escalates(known.episode, _told(facts, unit, known), facts.context.as_of, facts.context.calendar):
            yield _line(facts, unit, known, Mark.ESCALATED)


def _told(facts: AlertFacts, unit: Unit, known: Known) -> Sequence[Notification]:
    return facts.told.get((unit.key, known.id, known.episode.opened_on), ())


def _line(facts: AlertFacts, unit: Unit, known: Known, mark: Mark) -> AlertLine:
    finding, episode, rule = known.finding, known.episode, RULES.get(known.finding.rule)
    today, calendar = facts.context.as_of, facts.context.calendar
    said = _told(facts, unit, known)
    told = delivered(said)
    first = first_notified(told) or today
    last = last_day(known, first, calendar)
    left = 0
    if last is not None:
        left = workdays_elapsed(today, last.day, calendar) - workdays_elapsed(last.day, today, calendar)
    within = episode.cadence.deadline
    return AlertLine(
        finding=known.id, unit=unit.key, unit_name=unit.name, mark=mark, severity=finding.severity,
        path=finding.path, sentence=finding.sentence, url=finding.url, opened_on=episode.opened_on, last_on=episode.last_on,
        days=((episode.closed_on or today) - episode.opened_on).days, told_on=first,
        remedy=rule.remedy if rule else "", basis=rule.basis if rule else "",
        reminders=reminders_of(told) + (mark is Mark.REMINDED), due=last, left=left, at_once=within == 0,
        escalates=last is not None and within is not None, closed_on=episode.closed_on,
        reported=any(each.mark is Mark.ESCALATED for each in told), repeats=repeats(said, mark),
        scope=finding.scope, shared_with=_shared_with(facts, unit, known),
    )  # fmt: skip


def _shared_with(facts: AlertFacts, unit: Unit, known: Known) -> tuple[str, ...]:
    """The names of the other units that owe it too."""
    owed = set(known.finding.units) - {unit.key}
    return tuple(each.name for each in facts.context.site.units if each.key in owed)


def last_day(known: Known, first: date, calendar: Calendar) -> Due | None:
    """The last day to put a finding right of which its unit was told on `first`; None where none is set."""
    episode = known.episode
    if episode.closed_on is not None or episode.ended:
        return None
    if episode.cadence.deadline is not None:
        return due_after(first, episode.cadence.deadline, calendar)
    return Due(known.finding.due_on, provisional=False) if known.finding.due_on else None
