"""What a rule reports: a statement; for a veto over the whole site, a measure of how far it is from the limit."""

from dataclasses import dataclass
from typing import NamedTuple


class Statement(NamedTuple):
    """A sentence, with observations that are not fields of the case. `settled`: the fact remains, and nothing can
    be done about it any more."""

    sentence: str
    observations: tuple[tuple[str, str], ...] = ()
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """`number` against the limit `line`, both in `unit`; `number` None: it could not be measured, `note` says why.
    `distance` is what is left before the limit (0 once it is reached). `examples` name what was counted; `note` is
    what the number leaves out. `sentence` is reported when the limit is `hit`."""

    number: float | None
    line: float
    unit: str
    hit: bool = False
    distance: float | None = None
    sentence: str = ""
    note: str = ""
    examples: tuple[str, ...] = ()

    @property
    def statement(self) -> Statement:
        """The sentence with the numbers behind it."""
        shown = (("现值", f"{self.number:g} {self.unit}"), ("否决线", f"{self.line:g} {self.unit}"))
        rows = tuple((f"第 {n} 个", example) for n, example in enumerate(self.examples, start=1))
        return Statement(self.sentence, shown + rows + ((("说明", self.note),) if self.note else ()))


def unknown(line: float, unit: str, note: str) -> Measure:
    """What could not be measured."""
    return Measure(None, line, unit, note=note)
