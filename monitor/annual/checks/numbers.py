"""Numbers as offices write them: in cells (1,198; 18,759.694; -62; 251000元) and in prose (2200 余条, 1.17 万条)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from monitor.annual.checks.findings import ProseNumber, ReportFault
from monitor.annual.checks.report import Sentence, section_words
from rules.vocabulary.terms import Severity

_WIDE = "０１２３４５６７８９．－—–−＋％／（）：；"
_NARROW = "0123456789.----+%/():;"
_BLANKS = "\u3000\xa0\u2002\u2003\u2009\u200b\ufeff"
EVEN = str.maketrans(_WIDE + _BLANKS, _NARROW + " " * len(_BLANKS))
_CELL = re.compile(
    r"(?P<sign>[-+]|增加?|减少?)?\s*(?P<digits>\d{1,3}(?:[,，]\d{3})+|\d{1,18})(?P<rest>\.\d{1,6})?\s*"
    r"(?P<ten>万(?!元))?\(?(?:万?元|件|条|个|项|份|人?次|宗|起|例)?\)?"
)
_SPACE = re.compile(r"\s+")
_PROSE = re.compile(
    r"(?<![\d.\[〔第\-/])(?<!\d,)(?<!第 )(?P<about>约|近|超过?|逾|达到?)?\s{0,2}"
    r"(?P<digits>\d{1,3}(?:,\d{3})+|\d{1,12})(?P<rest>\.\d{1,6})?\s{0,2}(?P<scale>[万亿])?\s{0,2}(?P<more>[余多几])?"
    r"\s{0,2}(?P<measure>人次|场次|批次|篇次|万元|个(?!工作日|自然日|月|小时|百分点)|"
    r"[条件次篇份期项起宗场人家幅部张例批户本册块处种类元])"
)
SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
SHORT_OF = Decimal("0.999")
NEGATIVE = ("-", "减")
ZEROS = frozenset({"零", "〇", "○"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """A counted number in a sentence: from `low` to `high` (equal where it is exact), as printed in `words`;
    `start` and `end` are its place in the evened sentence."""

    sentence: Sentence
    start: int
    end: int
    low: Decimal
    high: Decimal
    measure: str
    words: str

    def may_be(self, number: Decimal) -> bool:
        """Whether an exact number is what these words say."""
        return self.low <= number <= self.high

    def meets(self, other: "Quantity") -> bool:
        """Whether two may be the same number."""
        return self.low <= other.high and other.low <= self.high


def even(text: str) -> str:
    """Full-width digits, signs and brackets made narrow, blanks made plain; the length stays."""
    return text.translate(EVEN)


def read_number(text: str) -> Decimal | None:
    """The number that a whole cell holds; None if it is blank or holds anything else. Never raises."""
    plain = even(text).strip()
    match = _CELL.fullmatch(plain)
    if not match:
        return Decimal(0) if plain in ZEROS else None
    number = Decimal(match["digits"].replace(",", "").replace("，", "") + (match["rest"] or ""))
    if match["ten"]:
        number *= SCALES["万"]
    return -number if (match["sign"] or "").startswith(NEGATIVE) else number


def read_quantities(sentence: Sentence) -> Iterator[Quantity]:
    """Every number with a measure word in a sentence; days, years, articles and document numbers have none."""
    text = even(sentence.text)
    for match in _PROSE.finditer(text):
        low, high = _range(match)
        words = _SPACE.sub(" ", match.group().strip())
        yield Quantity(sentence, match.start("digits"), match.end(), low, high, match["measure"], words)


def _range(match: re.Match[str]) -> tuple[Decimal, Decimal]:
    digits = match["digits"].replace(",", "")
    number = Decimal(digits + (match["rest"] or ""))
    scale = SCALES.get(match["scale"] or "", Decimal(1))
    number *= scale
    if match["more"]:
        return number, number + _last_place(digits, match["rest"]) * scale * SHORT_OF
    if match["about"] in ("约", "近"):
        return number * Decimal("0.9"), number * Decimal("1.1")
    if match["about"] in ("超", "超过", "逾"):
        return number, number * Decimal("1.1")
    if match["scale"] and match["rest"]:
        half = scale / 10 ** (len(match["rest"]) - 1) / 2
        return number - half, number + half
    return number, number


def _last_place(digits: str, rest: str | None) -> Decimal:
    """2200 余 is less than 2300: the unit of the last figure that is not 0."""
    if rest:
        return Decimal(1).scaleb(1 - len(rest))
    zeros = len(digits) - len(digits.rstrip("0"))
    return Decimal(1).scaleb(min(zeros, len(digits) - 1))


MARK = "#"
LONGEST_EXCERPT = 60
_PAUSE = re.compile(r"[，,；;。：:]")
_NUMERALS = "一二三四五六"


@dataclass(frozen=True, slots=True)
class Remark:
    """A reader's result for some numbers, which then need no other reader: what they tie with, or a fault."""

    quantities: tuple[Quantity, ...]
    said: ProseNumber | ReportFault


@dataclass(frozen=True)
class MarkedSentence:
    """A sentence as readers take it."""

    sentence: Sentence

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        return tuple(read_quantities(self.sentence))

    @cached_property
    def marked(self) -> str:
        """The evened sentence in which every counted number without its measure word is one # (so that patterns need
        not know how numbers are written)."""
        text, parts, at = even(self.sentence.text).replace(MARK, " "), list[str](), 0
        for quantity in self.quantities:
            parts += [text[at : quantity.start].rstrip(" "), MARK, quantity.measure]
            at = quantity.end
        return "".join([*parts, text[at:]])

    @cached_property
    def placed(self) -> list[tuple[Quantity, int]]:
        """Every number with the position of its mark in `marked`."""
        marks = [at for at, letter in enumerate(self.marked) if letter == MARK]
        return list(zip(self.quantities, marks, strict=True))

    def found(self, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], Quantity]]:
        """Every match of a pattern in `marked` that holds a number, with the last number it holds."""
        for match in pattern.finditer(self.marked):
            held = [quantity for quantity, at in self.placed if match.start() <= at < match.end()]
            if held:
                yield match, held[-1]

    @property
    def place(self) -> str:
        section = self.sentence.section
        return f"{_NUMERALS[section - 1]}、{section_words(section)}" if section else "标题与说明"

    @property
    def excerpt(self) -> str:
        text = self.sentence.text
        return text if len(text) <= LONGEST_EXCERPT else text[:LONGEST_EXCERPT] + "…"

    def clause_before(self, position: int) -> str:
        """The words from the last pause to a position of `marked`."""
        pauses = [match.end() for match in _PAUSE.finditer(self.marked, 0, position)]
        return self.marked[pauses[-1] if pauses else 0 : position]

    def tied(self, words: str, *quantities: Quantity) -> Remark:
        """The remark that numbers agree, in words."""
        return Remark(quantities, ProseNumber(self.place, words, self.excerpt))

    def fault(
        self, id_: str, words: str, basis: str, *quantities: Quantity, severity: Severity = Severity.NOTICE
    ) -> Remark:
        """The remark that numbers are at fault."""
        return Remark(quantities, ReportFault(id_, self.place, words, basis, severity))
