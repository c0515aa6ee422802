"""An audit (专项检查) of one unit, composed from a judgement: what stands now, since last night, and what to do. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from db.counting.counts import Count
from monitor.judge.judging import Judgement
from monitor.wording import Total, total_of
from rules.book.column_annual_overdue import annual_overdue
from rules.book.column_due_soon import due_soon
from rules.book.column_stale import stale
from rules.cases import ColumnCase, LetterCase
from rules.cases.update_windows import Windows, days_left, is_empty, window_of
from rules.dates.workdays import workday_after
from rules.engine.rule import thresholds_of
from rules.engine.rulings import Ruling
from rules.vocabulary.places import Unit


class ColumnState(StrEnum):
    """A column's verdict. What could not be read is never any of the others."""

    FRESH = "正常"
    DUE_SOON = "即将到期"
    STALE = "逾期未更新"
    BLANK = "空白"
    EXTERNAL = "外部网站"
    UNKNOWN = "未能检查"


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One column of the unit. `before` is the count as known before the audit; `days_left` until its window ends
    (negative: over), None where no window is set or nothing may be said."""

    count: Count
    verdict: ColumnState
    newest: date | None
    days_left: int | None
    before: Count | None = None

    @property
    def changed(self) -> bool:
        return self.before is not None and self.before.row != self.count.row


@dataclass(frozen=True, slots=True)
class Audit:
    """The content of an audit."""

    unit: Unit
    judgement: Judgement
    lines: tuple[AuditLine, ...]
    letters: tuple[LetterCase, ...]
    rulings: tuple[Ruling, ...]
    correct_by: date

    @property
    def unread(self) -> tuple[AuditLine, ...]:
        return tuple(line for line in self.lines if line.verdict is ColumnState.UNKNOWN)

    @property
    def total(self) -> Total:
        """The sum of its columns: exact where every one of them is, as in the bulletin."""
        return total_of(line.count for line in self.lines)


WORKDAYS_TO_CORRECT = 7


def compose_audit(judgement: Judgement, unit: Unit, before: Sequence[Count]) -> Audit:
    """The audit of a unit from the judgement of its site; `before`: the counts as known before it."""
    cases = {case.subject: case for case in judgement.cases if isinstance(case, ColumnCase)}
    known = {count.subject: count for count in before}
    mine = [count for count in judgement.counts if unit.key in count.duty.units]
    lines = tuple(_line(judgement, count, cases[count.subject], known.get(count.subject)) for count in mine)
    return Audit(
        unit=unit,
        judgement=judgement,
        lines=lines,
        letters=tuple(letter for letter in judgement.letters if unit.key in letter.units),
        rulings=tuple(r for r in judgement.rulings if unit.key in r.finding.units and r.inhibited is None),
        correct_by=workday_after(judgement.as_of, WORKDAYS_TO_CORRECT, judgement.context.calendar),
    )


def _line(judgement: Judgement, count: Count, case: ColumnCase, before: Count | None) -> AuditLine:
    rulings = [r.finding.rule for r in judgement.rulings if r.finding.subject == case.subject]
    window = window_of(case, Windows(**thresholds_of(stale, judgement.site.thresholds)))
    return AuditLine(count, _verdict(case, rulings), case.newest, days_left(case, window), before)


def _verdict(case: ColumnCase, rules: Sequence[str]) -> ColumnState:
    if case.elsewhere:
        return ColumnState.EXTERNAL
    if is_empty(case):
        return ColumnState.BLANK
    if case.outcome is None or not case.outcome.seen:
        return ColumnState.UNKNOWN
    if stale.id in rules or annual_overdue.id in rules:
        return ColumnState.STALE
    if due_soon.id in rules:
        return ColumnState.DUE_SOON
    return ColumnState.FRESH if case.outcome.good else ColumnState.UNKNOWN
