"""Inhibition: which findings are not said because a greater one, or the night itself, explains them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rules.engine.judge import Finding
from rules.engine.nights import NightKind
from rules.engine.observations import LABELS

OF_COLUMNS = ("column.", "unit.", "posting.", "page.")
OF_SITE_COLUMNS = ("site.stale_columns", "site.overdue_columns", "site.empty_columns")

# What a night silences, by the beginnings of rule ids ("" is everything).
BY_NIGHT: dict[NightKind, tuple[str, ...]] = {
    NightKind.GOOD: (),
    NightKind.DOWN: (*OF_COLUMNS, *OF_SITE_COLUMNS, "site.home_stale", "site.no_consultation", "letter."),
    NightKind.VOID: ("",),
}


@dataclass(frozen=True, slots=True)
class Inhibited:
    """A finding, and why it is not said; "" where it is."""

    finding: Finding
    inhibited: str = ""


def inhibit(
    findings: Iterable[Finding], night: NightKind = NightKind.GOOD, beside: Iterable[Finding] = ()
) -> list[Inhibited]:
    """Every finding in its order, with the reason why it is not said if there is one. `beside` are findings of
    other periods, which may explain these and are not heard themselves."""
    found = list(findings)
    greater = [finding for finding in (*found, *beside) if finding.rule in EXPLAINS]
    return [Inhibited(finding, _reason(finding, greater, night)) for finding in found]


def _reason(finding: Finding, greater: list[Finding], night: NightKind) -> str:
    if any(finding.rule.startswith(prefix) for prefix in BY_NIGHT[night]):
        return f"当夜{night.value}，不计问题"
    for each in greater:
        if each is not finding and EXPLAINS[each.rule](each, finding):
            return f"已由另一问题说明：{each.sentence}"
    return ""


def _redesign_explains(_greater: Finding, finding: Finding) -> bool:
    return finding.rule.startswith((*OF_COLUMNS, *OF_SITE_COLUMNS, "site.home_stale"))


def _rush_explains(greater: Finding, finding: Finding) -> bool:
    same = greater.units == finding.units and greater.path == finding.path
    day = dict(finding.observations).get(LABELS["published"])
    named = any(label.split(" ")[0] == day for label, _ in greater.observations)
    return finding.rule == "posting.backdated" and same and named


EXPLAINS: dict[str, Callable[[Finding, Finding], bool]] = {
    "site.redesigned": _redesign_explains,
    "posting.rush_filled": _rush_explains,
}
