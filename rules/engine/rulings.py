"""What sets a finding aside: a waiver (豁免、报备), with who, why and until when; or inhibition, where a greater finding or the
night itself accounts for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rules.engine.finding import Finding
from rules.engine.nights import NightKind
from rules.engine.rule import Rule
from rules.vocabulary.places import Waiver
from rules.vocabulary.terms import Evidence


@dataclass(frozen=True, slots=True)
class Ruling:
    """A finding, with the reason of the waiver that sets it aside, and the reason why another finding or the night
    inhibits it (None: nothing does)."""

    finding: Finding
    waived: str | None = None
    inhibited: str | None = None

    @property
    def reported(self) -> bool:
        """Whether papers and mails report it."""
        return self.waived is None and self.inhibited is None

    @property
    def keeps_open(self) -> bool:
        """Whether the remembered finding opens or stays open by it; a waiver does not change that."""
        return self.inhibited is None and not self.finding.settled


def waive(rulings: Iterable[Ruling], waivers: Sequence[Waiver], as_of: date) -> list[Ruling]:
    """The rulings, with the reason of the waiver that covers each finding on a day, if one does."""
    covering = ((ruling, waiver_of(ruling.finding, waivers, as_of)) for ruling in rulings)
    return [replace(ruling, waived=reason_of(waiver)) if waiver else ruling for ruling, waiver in covering]


def waiver_of(finding: Finding, waivers: Iterable[Waiver], as_of: date) -> Waiver | None:
    """The first waiver that covers a finding on a day; None where none does, or none does any more."""
    return next((w for w in waivers if as_of <= w.until and covers(w, finding)), None)


def covers(waiver: Waiver, finding: Finding) -> bool:
    """Whether a waiver is for this finding, whatever the day."""
    prefix = waiver.rule.removesuffix("*")
    fits_rule = finding.rule.startswith(prefix) if prefix != waiver.rule else finding.rule == waiver.rule
    fits_unit = not waiver.unit or waiver.unit in finding.units
    return fits_rule and fits_unit and finding.path[: len(waiver.path)] == waiver.path


def reason_of(waiver: Waiver) -> str:
    """The waiver as it is printed beside the finding."""
    who = f"，{waiver.who}" if waiver.who else ""
    return f"{waiver.why}（豁免至 {waiver.until:%Y-%m-%d}{who}）"


# A site that is down shows none of its pages; probes from outside and imported data do not depend on them.
NOT_OF_THE_SITE = frozenset({Evidence.PROBES, Evidence.IMPORTED})


def inhibit(
    findings: Iterable[Finding],
    book: Iterable[Rule],
    night: NightKind = NightKind.GOOD,
    beside: Iterable[Finding] = (),
) -> list[Ruling]:
    """Every finding in its order, with the reason why it is not reported if there is one. `book` holds their rules.
    `beside` are findings of other periods, which may explain these and are not returned."""
    rules = {rule.id: rule for rule in book}
    found = list(findings)
    greater = [finding for finding in (*found, *beside) if rules[finding.rule].explains]
    return [Ruling(finding, inhibited=_reason(finding, greater, rules, night)) for finding in found]


def _reason(finding: Finding, greater: list[Finding], rules: dict[str, Rule], night: NightKind) -> str | None:
    rule = rules[finding.rule]
    if night is NightKind.VOID or (night is NightKind.DOWN and not rule.evidence <= NOT_OF_THE_SITE):
        return f"当夜{night.value}，不计问题"
    for each in greater:
        explains = rules[each.rule].explains
        if each is not finding and explains and explains(each, rule, finding):
            return f"已由另一问题说明：{each.sentence}"
    return None
