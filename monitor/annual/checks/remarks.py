"""A sentence with its numbers marked, and the remark that a reader makes on them."""

import re
from dataclasses import dataclass
from functools import cached_property

from monitor.annual.checks.findings import ReportFault, Tie
from monitor.annual.checks.numbers import Quantity, even, read_quantities
from monitor.annual.checks.report import Sentence, section_words

MARK = "#"
LONGEST_EXCERPT = 60
_PAUSE = re.compile(r"[，,；;。：:]")
_NUMERALS = "一二三四五六"


@dataclass(frozen=True, slots=True)
class Remark:
    """A reader's result for some numbers: they tie, or they are at fault; `quantities` need no other reader."""

    quantities: tuple[Quantity, ...]
    tie: Tie | None = None
    finding: ReportFault | None = None


@dataclass(frozen=True)
class MarkedSentence:
    """A sentence as readers take it. `marked` is the evened sentence in which every counted number without
    its measure word is one # (so that patterns need not know how numbers are written)."""

    sentence: Sentence

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        return tuple(read_quantities(self.sentence))

    @cached_property
    def _marks(self) -> tuple[str, tuple[int, ...]]:
        text, parts, places, at = even(self.sentence.text).replace(MARK, " "), [], [], 0
        length = 0
        for quantity in self.quantities:
            piece = text[at : quantity.start].rstrip(" ")
            parts += [piece, MARK, quantity.measure]
            places.append(length + len(piece))
            length += len(piece) + 1 + len(quantity.measure)
            at = quantity.end
        return "".join([*parts, text[at:]]), tuple(places)

    @property
    def marked(self) -> str:
        return self._marks[0]

    @property
    def place(self) -> str:
        section = self.sentence.section
        return f"{_NUMERALS[section - 1]}、{section_words(section)}" if section else "标题与说明"

    @property
    def excerpt(self) -> str:
        text = self.sentence.text
        return text if len(text) <= LONGEST_EXCERPT else text[:LONGEST_EXCERPT] + "…"

    def tie(self, words: str) -> Tie:
        """A number of this sentence that agrees with others, as `words` say."""
        return Tie(self.place, words, self.excerpt)

    def quantity_at(self, position: int) -> Quantity | None:
        """The number whose mark stands at a position of `marked`."""
        places = self._marks[1]
        return self.quantities[places.index(position)] if position in places else None

    def quantity_in(self, match: re.Match[str]) -> Quantity | None:
        """The number whose mark a match ends with, or the first that it holds."""
        found = [self.quantity_at(at) for at in range(match.start(), match.end()) if self.marked[at] == MARK]
        return found[-1] if found else None

    def clause_before(self, position: int) -> str:
        """The words from the last pause to a position of `marked`."""
        pauses = [match.end() for match in _PAUSE.finditer(self.marked, 0, position)]
        return self.marked[pauses[-1] if pauses else 0 : position]
