"""The vetoes of a site together: each with its number, its line and the distance left, hit or not."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rules.book import BOOK
from rules.cases import SiteCase
from rules.engine.rule import Rule, thresholds_of


@dataclass(frozen=True, slots=True)
class VetoLine:
    """One line of the summary (单项否决距离). `number` None: not measured, `note` says why and nothing is hit;
    otherwise `distance` is what is left before the line, 0 once it is crossed. `note` also says what the number
    leaves out; `examples` name what was counted."""

    id: str
    name: str
    number: float | None
    line: float
    unit: str
    distance: float | None
    hit: bool
    note: str = ""
    examples: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The line as a bulletin prints it, without the final stop."""
        line = f"{self.name}（否决线 {self.line:g} {self.unit}）："
        if self.number is None:
            return f"{line}未能判断，{self.note}"
        state = "已触及否决线" if self.hit else f"距否决线 {self.distance or 0:g} {self.unit}"
        return f"{line}{self.number:g} {self.unit}，{state}" + (f"（{self.note}）" if self.note else "")


def veto_summary(case: SiteCase, overrides: Mapping[str, Mapping[str, Any]] | None = None) -> list[VetoLine]:
    """Every veto of the book that can be measured over a site, in the book's order. `overrides` are the site's own
    thresholds; a wrong one raises WrongInput."""
    return [_line(rule, case, overrides or {}) for rule in BOOK if rule.measure is not None]


def _line(rule: Rule, case: SiteCase, overrides: Mapping[str, Mapping[str, Any]]) -> VetoLine:
    if rule.measure is None:
        raise TypeError(f"{rule.id} measures nothing")
    found = rule.measure(case, **thresholds_of(rule, overrides))
    return VetoLine(
        id=rule.id,
        name=rule.name,
        number=found.number,
        line=found.line,
        unit=found.unit,
        distance=found.distance,
        hit=found.hit,
        note=found.note,
        examples=found.examples,
    )
