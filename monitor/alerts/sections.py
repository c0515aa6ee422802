"""A mail's parts: a line reports one finding, lines on one column make one entry, entries of one severity a section. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from rules.alerting import Mark
from rules.dates.workdays import Due
from rules.vocabulary.terms import Scope, Severity

REASONS = (Mark.NEW, Mark.REMINDED, Mark.RECOVERED, Mark.ESCALATED)
ORDER = (Mark.NEW, Mark.ESCALATED, Mark.REMINDED, Mark.STANDING, Mark.RECOVERED)
TITLES = {
    Severity.VETO: "单项否决事项，请优先整改",
    Severity.SCORE: "扣分事项，请整改",
    Severity.PROBLEM: "问题，请整改",
    Severity.NOTICE: "提示，请核实",
}


# The entry of what a unit is told as a whole.
WHOLE_UNIT = ("@unit",)


@dataclass(frozen=True, slots=True)
class AlertLine:
    """One finding as one mail reports it. `remedy` and `basis` are its rule's. `last_on` is when it was last seen, `told_on`
    when the unit was first told of it, `reminders` how often it was reminded, this time included; `due` the last day to put it right
    (None: none is set) and `left` the working days until then, below zero past it; `at_once`: it is due the same day; `escalates`:
    the office is told of it past that day; `reported`: the office was told of it; `repeats`: the day of a mail with the same
    content that may not have arrived. `scope` is the rule's; `shared_with`: the other units that owe it; `part_of`: the
    finding of a greater line of the same mail that says this one too, and in whose `entry` it stands."""

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
    remedy: str = ""
    basis: str = ""
    reminders: int = 0
    due: Due | None = None
    left: int = 0
    at_once: bool = False
    escalates: bool = False
    closed_on: date | None = None
    reported: bool = False
    repeats: date | None = None
    scope: Scope = Scope.COLUMN
    shared_with: tuple[str, ...] = ()
    part_of: int | None = None
    entry: tuple[str, ...] = ()

    @property
    def place(self) -> tuple[str, tuple[str, ...]]:
        """What lines of one entry share: unit and column, or what the unit is told as a whole; the rest stands alone."""
        if self.entry or (self.scope is Scope.UNIT and not self.path):
            return self.unit, self.entry or WHOLE_UNIT
        return self.unit, self.path or (f"#{self.finding}",)


@dataclass(frozen=True, slots=True)
class MailSection:
    """Entries of a mail under their heading. `names`: whether the units' names are printed."""

    title: str
    lines: tuple[AlertLine, ...]
    names: bool = False


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to one recipient: `recipient` is a unit's key or @operator, `notes` are for the operator alone. `read_on`: the
    last day on which anything of the site was read."""

    recipient: str
    name: str
    to: tuple[str, ...]
    sections: tuple[MailSection, ...]
    notes: tuple[str, ...] = ()
    read_on: date | None = None

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

    @property
    def threatens(self) -> bool:
        """Whether anything in it is told to the office when its day is past."""
        return any(line.escalates for line in self.lines)


def merged(lines: Sequence[AlertLine]) -> list[tuple[AlertLine, ...]]:
    """The entries of a section's lines, which stand together already."""
    return [tuple(entry) for _, entry in groupby(lines, key=lambda line: line.place)]


def own_sections(lines: Iterable[AlertLine]) -> tuple[MailSection, ...]:
    """A unit's own lines: an entry stands under the greatest severity of its lines; what has been put right stands last."""
    rows = list(lines)
    standing = [line for line in rows if line.mark is not Mark.RECOVERED]
    gravest: dict[object, int] = {}
    for line in standing:
        gravest[line.place] = min(gravest.get(line.place, len(TITLES)), _severity(line))
    sections: list[MailSection] = []
    for number, title in enumerate(TITLES.values()):
        sections += section(title, [line for line in standing if gravest[line.place] == number])
    return (*sections, *section("已经恢复", [line for line in rows if line.mark is Mark.RECOVERED]))


def section(title: str, lines: Sequence[AlertLine], *, names: bool = False) -> tuple[MailSection, ...]:
    """A section, if there is anything to stand in it: entries by unit and then by their gravest line."""
    first: dict[object, tuple[object, ...]] = {}
    for line in sorted(lines, key=_rank):
        first.setdefault(line.place, _rank(line))
    ordered = sorted(lines, key=lambda line: (line.unit_name, first[line.place], line.place, _rank(line)))
    return (MailSection(title, tuple(ordered), names),) if lines else ()


def _rank(line: AlertLine) -> tuple[object, ...]:
    weight = (_severity(line), ORDER.index(line.mark))
    return (
        line.part_of is not None,
        *weight,
        line.opened_on,
        line.path,
        line.url,
        line.sentence,
        line.finding,
    )


def _severity(line: AlertLine) -> int:
    return list(TITLES).index(line.severity)
