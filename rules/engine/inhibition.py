"""Inhibition: findings that are not reported because a greater one, or the night itself, accounts for them."""

from collections.abc import Iterable

from rules.engine.finding import Finding
from rules.engine.nights import NightKind
from rules.engine.rule import Rule
from rules.engine.ruling import Ruling
from rules.vocabulary.terms import Evidence

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
