"""The values of an alert: a line reports one finding to one unit, a mail has sections of lines."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rules.alerting import Mark
from rules.dates.workdays import Due
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
