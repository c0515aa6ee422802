"""Results of checking an annual report: faults, equations that hold or cannot be checked, matched and unmatched numbers."""

from dataclasses import dataclass
from enum import StrEnum

from rules.vocabulary.terms import Severity

ARTICLE_49 = "《政府信息公开条例》第四十九条"
ARTICLE_50 = "《政府信息公开条例》第五十条"
ARITHMETIC = "表内数据应自相一致（算术关系）"


@dataclass(frozen=True, slots=True)
class ReportFault:
    """问题 in one annual report. `id` is A1–A10 or a code of this package (see docs/annual.md); `place` is
    where in the report, `sentence` what is wrong there, with the numbers."""

    id: str
    place: str
    sentence: str
    basis: str
    severity: Severity

    @property
    def weighty(self) -> bool:
        """More than a hint."""
        return self.severity is not Severity.NOTICE


class EquationResult(StrEnum):
    """What became of one equation at one place."""

    HOLDS = "相符"
    BROKEN = "不符"
    UNCHECKED = "未能核对"


@dataclass(frozen=True, slots=True)
class Check:
    """One equation at one place (a column, a row, a group). `sentence` has the numbers, or why it could not
    be checked."""

    id: str
    place: str
    verdict: EquationResult
    sentence: str


def unchecked(id_: str, place: str, why: str) -> Check:
    """An equation that cannot be checked."""
    return Check(id_, place, EquationResult.UNCHECKED, why)


@dataclass(frozen=True, slots=True)
class ProseNumber:
    """A number of the prose and its sentence. `words` says what it agrees with in the tables or the prose; of a number
    that nothing can be tied to (no fault, only not proved) it is as printed."""

    place: str
    words: str
    sentence: str
