"""The vetoes of a site together: each with its number, its line and the distance left, hit or not."""

from dataclasses import asdict, dataclass

from rules.book import BOOK
from rules.cases import SiteCase
from rules.engine.rule import Measure, Overrides, thresholds_of


@dataclass(frozen=True, slots=True, kw_only=True)
class VetoLine(Measure):
    """One line of the summary (单项否决距离): a veto's measure, with the rule's id and name."""

    id: str
    name: str

    @property
    def limit(self) -> str:
        """The line in words: 否决线 5 个."""
        return f"少于 {self.line:g} {self.unit}即否决" if self.least else f"否决线 {self.line:g} {self.unit}"

    @property
    def state(self) -> str:
        """The number and what is left before the line."""
        if self.number is None:
            return f"未能判断，{self.note}"
        left = "未触及" if self.least else f"距否决线 {self.distance or 0:g} {self.unit}"
        reached = "已触及否决线" if self.hit else left
        return f"{self.number:g} {self.unit}，{reached}" + (f"（{self.note}）" if self.note else "")

    @property
    def summary(self) -> str:
        """The whole line, without the final stop."""
        return f"{self.name}（{self.limit}）：{self.state}"


def veto_summary(case: SiteCase, overrides: Overrides) -> list[VetoLine]:
    """Every veto of the book that can be measured over a site, in the book's order. `overrides` are the site's own
    thresholds; a wrong one raises WrongInput."""
    measures = ((rule, rule.measure) for rule in BOOK if rule.measure is not None)
    return [
        VetoLine(id=rule.id, name=rule.name, **asdict(measure(case, **thresholds_of(rule, overrides))))
        for rule, measure in measures
    ]
