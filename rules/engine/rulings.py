"""What sets a finding aside: a waiver (豁免、报备), with who, why and until when; or inhibition, where a greater finding or the
night itself accounts for it."""

from collections.abc import Iterable, Mapping, Sequence
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


def waive(
    rulings: Iterable[Ruling], waivers: Sequence[Waiver], as_of: date, book: Iterable[Rule]
) -> list[Ruling]:
    """The rulings, with the reason of the waiver that covers each finding on a day, if one does. Of a joint finding a waiver
    for one unit frees that one alone: the finding is the others'."""
    rules = {rule.id: rule for rule in book}
    return [_waived(ruling, waivers_of(ruling.finding, waivers, as_of, rules)) for ruling in rulings]


def _waived(ruling: Ruling, waivers: Sequence[Waiver]) -> Ruling:
    finding = ruling.finding
    if not waivers:
        return ruling
    if whole := frees_all(finding, waivers):
        return replace(ruling, waived=reason_of(whole))
    return replace(ruling, finding=for_the_others(finding, waivers))


def waivers_of(
    finding: Finding, waivers: Iterable[Waiver], as_of: date, book: Mapping[str, Rule]
) -> list[Waiver]:
    """The waivers that cover a finding on a day, for all its units or some. `book`: rules by id."""
    return [w for w in waivers if as_of <= w.until and covers(w, finding, book)]


def frees_all(finding: Finding, waivers: Sequence[Waiver]) -> Waiver | None:
    """Of the waivers that cover a finding, the one that sets it aside altogether; None where some unit still owes it."""
    whole = next((w for w in waivers if not w.unit or finding.units == (w.unit,)), None)
    freed = {w.unit for w in waivers}
    return whole or (waivers[0] if waivers and freed >= set(finding.units) else None)


def for_the_others(finding: Finding, waivers: Iterable[Waiver]) -> Finding:
    """A joint finding without the units that were waived, who are named among its observations."""
    freed = {w.unit: w for w in waivers}
    names = dict(zip(finding.units, finding.unit_names.split("、"), strict=False))
    rest = tuple(unit for unit in finding.units if unit not in freed)
    waived = "；".join(f"{names.get(unit, unit)}：{reason_of(w)}" for unit, w in freed.items())
    return replace(
        finding,
        units=rest,
        unit_names="、".join(names.get(unit, unit) for unit in rest),
        observations=(*finding.observations, ("已豁免的单位", waived)),
    )


def covers(waiver: Waiver, finding: Finding, book: Mapping[str, Rule]) -> bool:
    """Whether a waiver is for this finding, whatever the day. A rule that warns of another's finding (同一对象, `follows`)
    is waived with it."""
    rule = book.get(finding.rule)
    warns_of = rule.follows.id if rule and rule.follows and rule.follows.takes is rule.takes else finding.rule
    prefix = waiver.rule.removesuffix("*")
    fits_rule = any(
        name.startswith(prefix) if prefix != waiver.rule else name == waiver.rule
        for name in (finding.rule, warns_of)
    )
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
