"""What a veto measures: how far a site is from the line, whether or not it has crossed it."""

from dataclasses import dataclass
from typing import NamedTuple


class Said(NamedTuple):
    """A sentence with the observations that the case alone does not print. `settled`: a fact that remains, and
    which nobody can do anything about any more."""

    sentence: str
    observations: tuple[tuple[str, str], ...] = ()
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """`number` against `line`, both in `unit`; `number` None: could not be measured, `note` says why. `distance`
    is what is left before the line (0 once it is crossed). `examples` name what was counted; `note` is what the
    number leaves out. `sentence` is said when it is `hit`."""

    number: float | None
    line: float
    unit: str
    hit: bool = False
    distance: float | None = None
    sentence: str = ""
    note: str = ""
    examples: tuple[str, ...] = ()

    @property
    def said(self) -> Said:
        """The sentence as a finding says it."""
        shown = (("现值", f"{self.number:g} {self.unit}"), ("否决线", f"{self.line:g} {self.unit}"))
        rows = tuple((f"第 {n} 个", example) for n, example in enumerate(self.examples, start=1))
        return Said(self.sentence, shown + rows + ((("说明", self.note),) if self.note else ()))


def unknown(line: float, unit: str, note: str) -> Measure:
    """What could not be measured."""
    return Measure(None, line, unit, note=note)
