"""Findings as every listing and paper says them: one unit and one column is one line, with its reasons, the main one first.
Pure.

How to use it: `lines_of(rulings)` gives the lines in the order in which they are printed (the vetoes, then unit by unit,
the gravest first). A line prints its `main` finding's sentence and, after it, `beside`: the other rules by name and how often.
Joining is for saying alone: what is judged, remembered, mailed, scored and counted stays finding by finding.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rules.book import BOOK, RULES
from rules.engine.finding import Finding
from rules.engine.rulings import Ruling
from rules.vocabulary.terms import Scope, Severity

_ORDER = {rule.id: rank for rank, rule in enumerate(BOOK)}


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One line: its rulings, the main one first. All are waived for the same reason, or none is."""

    rulings: tuple[Ruling, ...]

    @property
    def main(self) -> Finding:
        """The finding whose sentence is printed."""
        return self.rulings[0].finding

    @property
    def severity(self) -> Severity:
        return self.main.severity

    @property
    def units(self) -> tuple[str, ...]:
        return self.main.units

    @property
    def waived(self) -> str:
        """The reason of its waiver; "" where there is none."""
        return self.rulings[0].waived or ""

    @property
    def others(self) -> tuple[Finding, ...]:
        """The further reasons."""
        return tuple(ruling.finding for ruling in self.rulings[1:])

    @property
    def beside(self) -> str:
        """The further reasons in words: 时段内未发布信息 7 项、超过规定时间公开; "" where there is none."""
        names = Counter(RULES[finding.rule].name for finding in self.others)
        return "、".join(f"{name} {number} 项" if number > 1 else name for name, number in names.items())

    @property
    def sentence(self) -> str:
        """The main finding's sentence, and what there is beside it."""
        return self.main.sentence + (f"（另：{self.beside}）" if self.others else "")


def lines_of(rulings: Iterable[Ruling]) -> list[FindingLine]:
    """The lines of all rulings that are said (waived ones too, not those that another finding or the night explains):
    the vetoes first, then unit by unit in the order in which they first occur, of each unit the gravest first."""
    said = [ruling for ruling in rulings if ruling.inhibited is None]
    greater = [ruling for ruling in said if RULES[ruling.finding.rule].includes]
    gathered: dict[object, list[Ruling]] = {}
    for ruling in said:
        including = _including(ruling, greater)
        gathered.setdefault((ruling.waived, _place((including or ruling).finding)), []).append(ruling)
    lines = [FindingLine(tuple(sorted(each, key=_weight))) for each in gathered.values()]
    order = {units: n for n, units in enumerate(dict.fromkeys(ruling.finding.units for ruling in said))}

    def place(line: FindingLine) -> tuple[bool, int, int]:
        return line.severity is not Severity.VETO, order[line.units], line.severity.rank

    return sorted(lines, key=place)


def _place(finding: Finding) -> tuple[object, ...]:
    """What findings of one line share: the unit with its column, its letter, or nothing but its own name. What the whole
    site is told stands alone, each veto for itself; and so does what is due at once, for its sentence says where it is."""
    about = finding.about
    if RULES[finding.rule].within == 0:
        return finding.units, finding.rule, finding.subject
    if finding.path:
        return finding.units, finding.path
    if about.mailbox and about.identity:
        return finding.units, about.mailbox, about.identity
    if finding.scope is Scope.UNIT:
        return (finding.units,)
    return finding.units, finding.scope, finding.subject, finding.rule if finding.scope is Scope.SITE else ""


def says_too(greater: Finding, finding: Finding) -> bool:
    """Whether a finding's sentence says another one too, by its rule; never, of a rule that has left the book."""
    rule, said = RULES.get(greater.rule), RULES.get(finding.rule)
    return bool(rule and said and rule.includes and rule.includes(greater, said, finding))


def _including(ruling: Ruling, greater: Sequence[Ruling]) -> Ruling | None:
    """The greater finding whose sentence says this one too."""
    alike = (each for each in greater if each.waived == ruling.waived)
    return next((each for each in alike if says_too(each.finding, ruling.finding)), None)


def _weight(ruling: Ruling) -> tuple[int, bool, int]:
    """The gravest first, of equals one that includes others, then as in the book."""
    finding = ruling.finding
    return finding.severity.rank, RULES[finding.rule].includes is None, _ORDER[finding.rule]
