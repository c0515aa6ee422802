"""The letters of a bulletin's period: their figures, and whose answers were late. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from monitor.judge.judging import Judgement
from rules.book.letter_slow import slow
from rules.cases.letter_figures import LetterFigures, days_taken, figures
from rules.engine.finding import Finding
from rules.vocabulary.terms import Exactness


@dataclass(frozen=True, slots=True)
class PeriodLetters:
    """The mailboxes in the period: what was received, and of it closed by the day of the bulletin; slow units.
    `exact` when every mailbox was read over the whole period; `read` when any was; `clocked` when of every valid
    letter it is known how long it took or has waited."""

    figures: LetterFigures
    slow: tuple[Finding, ...]
    exact: bool = True
    read: bool = True
    clocked: bool = True

    @property
    def closed_exact(self) -> bool:
        """Of every letter it is known whether it was answered."""
        return self.exact and not self.figures.unknown

    @property
    def rate(self) -> str:
        """办结率, of the valid letters."""
        share = self.figures.closed_rate.share
        return "—" if share is None else f"{share:.2%}".replace(".00%", "%")

    @property
    def mean_days(self) -> str:
        """Working days from receipt to answer, on average; "" where none is known."""
        days = self.figures.mean_days
        return "" if days is None else f"{days:.1f}".removesuffix(".0")

    @property
    def slow_units(self) -> tuple[str, ...]:
        return _units(self.slow)

    @property
    def answered_late(self) -> tuple[str, ...]:
        """Whose answers came late."""
        return _units(finding for finding in self.slow if finding.settled)

    @property
    def unanswered_late(self) -> tuple[str, ...]:
        """Whose answers are overdue."""
        return _units(finding for finding in self.slow if not finding.settled)

    @property
    def none_late(self) -> bool:
        """Letters came, all of them were clocked, and none was late: what may be said only then."""
        return self.exact and self.clocked and bool(self.figures.valid) and not self.slow


def _units(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(finding.unit_names or "（未识别承办单位）" for finding in findings))


def period_letters(judgement: Judgement, mailboxes: Sequence[Exactness | None] | None) -> PeriodLetters:
    """`mailboxes` says of each mailbox how much of the period was read (None: nothing); not given, they are taken as
    read."""
    received = [case for case in judgement.letters if case.received and case.received in judgement.period]
    subjects = {case.subject for case in received}
    late = [finding for finding in judgement.reported(slow) if finding.subject in subjects]
    known = [Exactness.EXACT] * len(judgement.site.mailboxes) if mailboxes is None else mailboxes
    return PeriodLetters(
        figures(received),
        tuple(late),
        exact=all(each is Exactness.EXACT for each in known),
        read=not known or any(each is not None for each in known),
        clocked=all(days_taken(case) is not None for case in received if case.valid),
    )
