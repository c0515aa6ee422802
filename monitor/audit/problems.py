"""The problems of an audit: one line a column, numbered, and what may still be asked of the unit about each. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from monitor.finding_lines import FindingLine, lines_of
from rules.book import RULES
from rules.dates.periods import parse_period
from rules.dates.workdays import Calendar, Due, due_after
from rules.engine.finding import Finding
from rules.engine.rulings import Ruling


class Demand(StrEnum):
    """What is asked of the unit."""

    CORRECT = "需要整改"
    VERIFY = "请核实处理"
    PAST = "已成事实、不要求整改"
    WAIVED = "已豁免"


@dataclass(frozen=True, slots=True)
class AuditProblem:
    """One line of the list. `asked`: those of its findings that can still be put right, `days` the last day for each (None: no
    deadline); `due`: the first of these days; `at_once`: without delay."""

    number: int
    line: FindingLine
    demand: Demand
    asked: tuple[Finding, ...] = ()
    days: tuple[Due | None, ...] = ()
    due: Due | None = None
    at_once: bool = False

    @property
    def columns(self) -> frozenset[str]:
        """Keys of the columns it is about."""
        return frozenset(each.finding.about.column for each in self.line.rulings if each.finding.about.column)


def problems_of(rulings: Iterable[Ruling], as_of: date, calendar: Calendar) -> tuple[AuditProblem, ...]:
    """The list of a unit's rulings: what is to be put right first, then what is to be verified, what is past, what is
    waived; in each the gravest first."""
    found = [_problem(line, as_of, calendar) for line in lines_of(rulings)]
    order = list(Demand)
    found.sort(key=lambda problem: order.index(problem.demand))
    return tuple(replace(each, number=number) for number, each in enumerate(found, start=1))


def _problem(line: FindingLine, as_of: date, calendar: Calendar) -> AuditProblem:
    if line.waived:
        return AuditProblem(0, line, Demand.WAIVED)
    asked = tuple(each.finding for each in line.rulings if not is_past(each.finding, as_of))
    if not asked:
        return AuditProblem(0, line, Demand.PAST)
    days = tuple(_last_day(finding, as_of, calendar) for finding in asked)
    due = min((day for day in days if day), key=lambda due: due.day, default=None)
    at_once = any(RULES[finding.rule].within == 0 for finding in asked)
    return AuditProblem(0, line, Demand.CORRECT if due else Demand.VERIFY, asked, days, due, at_once)


def is_past(finding: Finding, as_of: date) -> bool:
    """Nothing can be put right any more: it is settled, it happened, or it is about a period that has ended."""
    ended = bool(finding.period) and parse_period(finding.period).over(as_of)
    return finding.settled or ended or RULES[finding.rule].lasting


def _last_day(finding: Finding, as_of: date, calendar: Calendar) -> Due | None:
    """The day its facts set, or so many working days from today; None where no deadline is set."""
    if finding.due_on:
        return Due(finding.due_on, provisional=False)
    within = RULES[finding.rule].within
    return None if within is None else due_after(as_of, within, calendar)


def of_columns(problems: Sequence[AuditProblem], key: str) -> tuple[AuditProblem, ...]:
    """The problems about a column (its key)."""
    return tuple(problem for problem in problems if key in problem.columns)
