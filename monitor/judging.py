"""Judging a site: cases are put together from the facts, the book is read to them, waivers are laid over."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from db.counting import Count, count_period
from db.facts.columns import column_cases
from db.facts.letters import letter_cases
from db.findings import keep_findings
from rules.book import BOOK
from rules.cases import Case, ColumnCase, LetterCase, UnitCase
from rules.engine import Finding, judge
from rules.periods import Period
from rules.places import Site, Unit
from rules.terms import Exactness


@dataclass(frozen=True, slots=True)
class Ruling:
    """A finding, and the reason that waives it if one does."""

    finding: Finding
    waived: str | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A site as judged on a day: counts of the period, cases, rulings. The papers are composed from it."""

    site: Site
    period: Period
    as_of: date
    counts: Sequence[Count]
    cases: Sequence[Case]
    rulings: Sequence[Ruling]

    def standing(self, rule: str) -> list[Finding]:
        """A rule's findings that no waiver sets aside."""
        return [r.finding for r in self.rulings if r.finding.rule == rule and r.waived is None]

    @property
    def letters(self) -> list[LetterCase]:
        return [case for case in self.cases if isinstance(case, LetterCase)]


def judge_site(connection: Connection, site: Site, period: Period, as_of: date) -> Judgement:
    """Counts, judges and keeps the findings. Raises WrongInput on a wrong threshold in the site file."""
    counts = count_period(connection, site, period, as_of)
    columns = column_cases(connection, site, as_of, period, counts)
    cases: list[Case] = [*columns, *unit_cases(site, counts, period, as_of)]
    cases += letter_cases(connection, site, as_of)
    rulings = [Ruling(f, _waiver(site, f, cases, as_of)) for f in judge(cases, BOOK, site.thresholds)]
    unseen = {case.subject for case in columns if case.outcome is None or not case.outcome.good}
    keep_findings(
        connection, site.key, [(r.finding, r.waived) for r in rulings], as_of, ("", period.key),
        lambda _rule, subject: subject not in unseen,
    )  # fmt: skip
    return Judgement(site, period, as_of, counts, cases, rulings)


def unit_cases(site: Site, counts: Sequence[Count], period: Period, as_of: date) -> Iterator[UnitCase]:
    """One case a unit that owes columns of its own inside 基层政务公开; a joint duty is nobody's alone."""
    own: dict[str, list[Count]] = {}
    for count in counts:
        if len(count.duty.units) == 1 and not count.column.outside and not count.column.elsewhere:
            own.setdefault(count.duty.units[0], []).append(count)
    peers: dict[bool, list[int]] = {}
    for unit in site.units[1:]:
        if unit.key in own:
            peers.setdefault(unit.kind.local, []).append(_sum(own[unit.key]))
    for unit in site.units[1:]:
        if unit.key in own:
            yield _unit_case(unit, own[unit.key], tuple(peers[unit.kind.local]), period, as_of)


def _unit_case(
    unit: Unit, counts: list[Count], peers: tuple[int, ...], period: Period, as_of: date
) -> UnitCase:
    exact = all(count.exactness is Exactness.EXACT for count in counts)
    return UnitCase(unit.key, (unit.key,), unit.name, unit.kind, as_of, period, _sum(counts), exact, peers)


def _sum(counts: Sequence[Count]) -> int:
    return sum(count.count or 0 for count in counts)


def _waiver(site: Site, finding: Finding, cases: Sequence[Case], as_of: date) -> str | None:
    path = next((c.path for c in cases if isinstance(c, ColumnCase) and c.subject == finding.subject), ())
    for waiver in site.waivers:
        fits_unit = not waiver.unit or waiver.unit in finding.units
        fits_path = not waiver.path or path[: len(waiver.path)] == waiver.path
        if waiver.rule == finding.rule and as_of <= waiver.until and fits_unit and fits_path:
            return f"{waiver.why}（豁免至 {waiver.until:%Y-%m-%d}）"
    return None
