"""The whole check of one annual report, as one value."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from monitor.annual.checks.claims import OwnCount, check_claims
from monitor.annual.checks.content import check_fees, check_repeated
from monitor.annual.checks.crossyear import a5, a6, a7, a8
from monitor.annual.checks.deadline import check_deadline
from monitor.annual.checks.equations import EQUATIONS
from monitor.annual.checks.findings import ARITHMETIC, Check, EquationResult, ReportFault, Tie, Unmatched
from monitor.annual.checks.forms import EARLIEST
from monitor.annual.checks.prose import read_prose
from monitor.annual.checks.report import Report
from monitor.annual.checks.shape import (
    check_cells,
    check_form,
    check_rows,
    check_sections,
    check_summary,
    check_tables,
    check_year,
    older,
)
from rules.vocabulary.terms import Severity

BASES = {
    "A1": "格式自带的勾稽关系",
    "A5": "与上年报告衔接",
    "A6": "与上年报告衔接",
    "A7": "与上年报告衔接",
    "A8": "汇总应包含各单位",
}
SHAPE = (
    check_sections,
    check_form,
    check_year,
    check_tables,
    check_rows,
    check_cells,
    check_summary,
    check_fees,
)
MOST_ALIKE = 3
HINTS = frozenset({"A5", "A6", "A7", "A8"})


@dataclass(frozen=True, slots=True)
class Examination:
    """Everything that was found. `checks` are all equations, whatever became of them; `unchecked` says in
    sentences what could not be looked at and why; `ties` and `unmatched` are the numbers of the prose."""

    report: Report
    findings: tuple[ReportFault, ...] = ()
    checks: tuple[Check, ...] = ()
    ties: tuple[Tie, ...] = ()
    unmatched: tuple[Unmatched, ...] = ()
    unchecked: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def weighty(self) -> tuple[ReportFault, ...]:
        return tuple(finding for finding in self.findings if finding.weighty)


def examine(
    report: Report,
    last: Report | None = None,
    units: Sequence[Report] = (),
    own: OwnCount | None = None,
) -> Examination:
    """Checks a report; `last` is last year's, `units` those that it sums up, `own` our count of its year."""
    if older(report):
        reason = f"{report.year} 年度报告早于统一格式（{EARLIEST} 年起），不按格式核对"
        return Examination(report, unchecked=(reason,))
    if report.year is None and report.form is None:
        return Examination(report, unchecked=("年度和格式都没有读到，不知道应按哪个格式核对",))
    checks = [*_equations(report), *_across(report, last), *a8(report, units)]
    remarks, unmatched = read_prose(report)
    said = [*check_deadline(report), *(check_claims(report, own) if own else ())]
    checks += [each for each in said if isinstance(each, Check)]
    findings = [
        *_shape(report),
        *(broken(check) for check in checks if check.verdict is EquationResult.BROKEN),
    ]
    findings += [remark.finding for remark in remarks if remark.finding]
    findings += [each for each in said if isinstance(each, ReportFault)]
    findings += [*check_repeated(report, last)] if last else []
    return Examination(
        report,
        tuple(findings),
        tuple(checks),
        tuple(remark.tie for remark in remarks if remark.tie),
        tuple(unmatched),
        tuple(_unchecked(report, last, checks)),
        tuple(each for each in said if isinstance(each, str)),
    )


def broken(check: Check) -> ReportFault:
    """The finding of an equation that does not hold."""
    severity = Severity.NOTICE if check.id in HINTS else Severity.SCORE
    return ReportFault(check.id, check.place, check.sentence, BASES.get(check.id, ARITHMETIC), severity)


def _shape(report: Report) -> Iterator[ReportFault]:
    for check in SHAPE:
        yield from check(report)


def _equations(report: Report) -> Iterator[Check]:
    for equation in EQUATIONS:
        yield from equation(report)


def _across(report: Report, last: Report | None) -> Iterator[Check]:
    """A5–A7, if the other report really is last year's."""
    if last is None or _gap(report, last):
        return
    for equation in (a5, a6, a7):
        yield from equation(report, last)


def _gap(report: Report, last: Report) -> str:
    if report.year and last.year and last.year != report.year - 1:
        return f"给出的上年报告是 {last.year} 年度，不是 {report.year - 1} 年度，没有核对跨年数据"
    return ""


def _unchecked(report: Report, last: Report | None, checks: Iterable[Check]) -> Iterator[str]:
    if report.year is None:
        yield "没有读到报告年度，无法核对格式是否适用"
    if report.form is None:
        yield "没有读到表二的表头，无法判断用的是旧格式还是现行格式"
    if last and (gap := _gap(report, last)):
        yield gap
    gathered: dict[str, list[Check]] = {}
    for check in checks:
        if check.verdict is EquationResult.UNCHECKED:
            gathered.setdefault(check.id, []).append(check)
    for id_, group in gathered.items():
        yield from (f"{id_} {check.place}：{check.sentence}" for check in group[:MOST_ALIKE])
        if len(group) > MOST_ALIKE:
            yield f"{id_} 还有 {len(group) - MOST_ALIKE} 处因空白或缺项无法核对"
