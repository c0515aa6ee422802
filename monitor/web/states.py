"""What a cell's state is called in the style sheet. What the words of the cell say, the class says again in its look."""

from db.counting.counts import Count
from monitor.wording import Total
from rules.vocabulary.terms import Exactness, Severity

OF_SEVERITY = {
    Severity.VETO: "veto",
    Severity.SCORE: "score",
    Severity.PROBLEM: "problem",
    Severity.NOTICE: "notice",
}


def of_total(total: Total) -> str:
    """A sum's: kept elsewhere, not read, at least, a zero that was earned, some."""
    return _state(total.external, total.read, total.exact, total.number)


def of_count(count: Count) -> str:
    """One count's, by the same words."""
    exact = count.exactness is Exactness.EXACT
    return _state(bool(count.column.elsewhere), count.count is not None, exact, count.count or 0)


def _state(external: bool, read: bool, exact: bool, number: int) -> str:
    if external:
        return "external"
    if not read:
        return "unknown"
    if not exact:
        return "atleast"
    return "some" if number else "zero"
