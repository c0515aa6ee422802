"""An audit (专项检查) of one unit, composed from a judgement and from what its own crawl saw today: what stands now, what was
not seen, and what to do. Pure."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from db.counting.counts import Count
from monitor.audit.look import Look
from monitor.audit.problems import AuditProblem, Demand, of_columns, problems_of
from monitor.judge.judging import Judgement
from monitor.wording import Total, total_of
from rules.book.column_annual_overdue import annual_overdue
from rules.book.column_due_soon import due_soon
from rules.book.column_empty import empty
from rules.book.column_report_late import report_late
from rules.book.column_stale import stale
from rules.cases import ColumnCase, LetterCase
from rules.cases.update_windows import Windows, days_left, is_empty, window_of
from rules.engine.rule import thresholds_of
from rules.engine.rulings import Ruling
from rules.vocabulary.places import Unit
from rules.vocabulary.terms import Outcome, Scope

OVERDUE = {stale.id, annual_overdue.id, report_late.id}


class ColumnState(StrEnum):
    """A column's verdict: what the list of problems says of it, or that there is nothing to say. What could not be read
    today is never any of the others."""

    FRESH = "正常"
    DUE_SOON = "即将到期"
    STALE = "逾期未更新"
    BLANK = "空白"
    LISTED = "见问题清单"
    WAIVED = "已豁免"
    NOTHING = "暂无信息"
    PARTIAL = "未读完整"
    EXTERNAL = "外部网站"
    UNKNOWN = "未能检查"


class Verdict(StrEnum):
    """What the whole audit says."""

    UNKNOWN = "无法判断"
    PROBLEMS = "发现问题"
    IN_PART = "读到的部分没有发现问题"
    SOUND = "没有发现问题"


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One column of the unit. `before` is the count as known before the audit; `days_left` until its window ends
    (negative: over), None where no window is set or nothing may be said; `outcome` and `cause` are today's;
    `problems` the numbers of the list."""

    count: Count
    state: ColumnState
    newest: date | None
    days_left: int | None
    before: Count | None = None
    outcome: Outcome | None = None
    cause: str = ""
    problems: tuple[int, ...] = ()

    @property
    def changed(self) -> bool:
        return self.before is not None and self.before.row != self.count.row

    @property
    def seen(self) -> bool:
        return self.outcome is not None and self.outcome.seen


@dataclass(frozen=True, slots=True)
class Audit:
    """The content of an audit. `unverified` are findings of earlier readings about what was not seen today: nothing is asked
    for them. `reach` says how far the data go."""

    unit: Unit
    judgement: Judgement
    look: Look
    lines: tuple[AuditLine, ...]
    letters: tuple[LetterCase, ...]
    problems: tuple[AuditProblem, ...]
    unverified: tuple[Ruling, ...]
    reach: str = ""

    @property
    def asked(self) -> tuple[AuditLine, ...]:
        """The columns that were to be looked at: all but those on other sites."""
        return tuple(line for line in self.lines if line.state is not ColumnState.EXTERNAL)

    @property
    def unread(self) -> tuple[AuditLine, ...]:
        """The columns not seen, or not whole."""
        return tuple(line for line in self.asked if not (line.outcome and line.outcome.good))

    def demanded(self, demand: Demand) -> tuple[AuditProblem, ...]:
        return tuple(problem for problem in self.problems if problem.demand is demand)

    @property
    def verdict(self) -> Verdict:
        """Where none of what was to be looked at was seen, nothing can be said of it."""
        boxes = self.look.mailboxes.values()
        seen = [line.seen for line in self.asked] or [outcome.seen for outcome in boxes]
        if not any(seen):
            return Verdict.UNKNOWN
        if any(problem.demand is not Demand.WAIVED for problem in self.problems):
            return Verdict.PROBLEMS
        whole = bool(self.asked) and not self.unread and all(outcome.good for outcome in boxes)
        return Verdict.SOUND if whole else Verdict.IN_PART

    @property
    def total(self) -> Total:
        """The sum of its columns: exact where every one of them is, as in the bulletin."""
        return total_of(line.count for line in self.lines)


def compose_audit(
    judgement: Judgement, unit: Unit, before: Sequence[Count], look: Look, reach: str = ""
) -> Audit:
    """The audit of a unit from the judgement of its site; `before`: the counts as known before it."""
    mine = [r for r in judgement.rulings if unit.key in r.finding.units and r.inhibited is None]
    keys = {c.column.key for c in judgement.counts if unit.key in c.duty.units and not c.column.elsewhere}
    unverified = tuple(ruling for ruling in mine if not _verified(ruling, look, keys))
    problems = problems_of(
        [ruling for ruling in mine if ruling not in unverified], judgement.as_of, judgement.context.calendar
    )
    cases = {case.subject: case for case in judgement.cases if isinstance(case, ColumnCase)}
    known = {count.subject: count for count in before}
    lines = tuple(
        _line(judgement, count, cases[count.subject], known.get(count.subject), look, problems)
        for count in judgement.counts
        if unit.key in count.duty.units
    )
    letters = tuple(letter for letter in judgement.letters if unit.key in letter.units)
    return Audit(unit, judgement, look, lines, letters, problems, unverified, reach)


def _verified(ruling: Ruling, look: Look, columns: Set[str]) -> bool:
    """Whether what it is about was seen today; what is about the unit rests on all its columns (their keys)."""
    about, seen = ruling.finding.about, {key for key, (outcome, _) in look.columns.items() if outcome.seen}
    if about.column:
        return about.column in seen
    if about.mailbox:
        return look.mailboxes.get(about.mailbox, Outcome.UNREACHABLE).seen
    return columns <= seen if ruling.finding.scope is Scope.UNIT else True


def _line(
    judgement: Judgement,
    count: Count,
    case: ColumnCase,
    before: Count | None,
    look: Look,
    problems: Sequence[AuditProblem],
) -> AuditLine:
    outcome, cause = look.columns.get(count.column.key, (None, ""))
    own = of_columns(problems, count.column.key)
    window = window_of(case, Windows(**thresholds_of(stale, judgement.site.thresholds)))
    left = days_left(case, window) if outcome is not None and outcome.seen else None
    state = _state(case, outcome, own)
    return AuditLine(
        count, state, case.newest, left, before, outcome, cause, tuple(problem.number for problem in own)
    )


def _state(case: ColumnCase, outcome: Outcome | None, problems: Sequence[AuditProblem]) -> ColumnState:
    if case.elsewhere:
        return ColumnState.EXTERNAL
    if outcome is None or not outcome.seen:
        return ColumnState.UNKNOWN
    said = {each.finding.rule for p in problems if p.demand is not Demand.WAIVED for each in p.line.rulings}
    if said:
        return _named_by(said)
    if problems:
        return ColumnState.WAIVED
    if not outcome.good:
        return ColumnState.PARTIAL
    return ColumnState.NOTHING if is_empty(case) else ColumnState.FRESH


def _named_by(said: set[str]) -> ColumnState:
    """The state that the gravest of a column's findings names."""
    if empty.id in said:
        return ColumnState.BLANK
    if said & OVERDUE:
        return ColumnState.STALE
    return ColumnState.DUE_SOON if said == {due_soon.id} else ColumnState.LISTED
