"""The whole check of one annual report, as one value."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from monitor.annual.checks.claims import OwnCount, check_claims
from monitor.annual.checks.deadline import check_deadline
from monitor.annual.checks.equations import EQUATIONS, YEARLY_EQUATIONS, a8
from monitor.annual.checks.findings import ARITHMETIC, Check, EquationResult, ProseNumber, ReportFault
from monitor.annual.checks.forms import EARLIEST
from monitor.annual.checks.numbers import MarkedSentence, Remark
from monitor.annual.checks.prose_sums import PROSE_READERS
from monitor.annual.checks.prose_tables import TABLE_READERS
from monitor.annual.checks.report import Report
from monitor.annual.checks.shape import CHECKS, check_repeated
from rules.vocabulary.terms import Severity

LONGEST_SENTENCE = 2000
MOST_SENTENCES = 3000
MOST_ALIKE = 3  # reasons printed of one equation; the rest is counted
BASES = {
    "A1": "格式自带的勾稽关系",
    **dict.fromkeys(("A5", "A6", "A7"), "与上年报告衔接"),
    "A8": "汇总应包含各单位",
}
# Equations within the tables.
_OF_TABLES = ("A1", "A2", "A3", "A4")
HINTS = frozenset({"A5", "A6", "A7", "A8"})


@dataclass(frozen=True, slots=True)
class Examination:
    """Everything that was found. `checks` are all equations, whatever became of them; `unchecked` says in
    sentences what could not be looked at and why; `ties` and `unmatched` are the numbers of the prose."""

    report: Report
    findings: tuple[ReportFault, ...] = ()
    checks: tuple[Check, ...] = ()
    ties: tuple[ProseNumber, ...] = ()
    unmatched: tuple[ProseNumber, ...] = ()
    unchecked: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def weighty(self) -> tuple[ReportFault, ...]:
        return tuple(finding for finding in self.findings if finding.weighty)


def examine(
    report: Report, last: Report | None = None, units: Sequence[Report] = (), own: OwnCount | None = None
) -> Examination:
    """Checks a report; `last` is last year's, `units` those that it sums up, `own` our count of its year."""
    if report.year is not None and report.year < EARLIEST:
        reason = f"{report.year} 年度报告早于统一格式（{EARLIEST} 年起），不按格式核对"
        return Examination(report, unchecked=(reason,))
    if report.year is None and report.form is None:
        return Examination(report, unchecked=("年度和格式都没有读到，不知道应按哪个格式核对",))
    checks = [check for equation in EQUATIONS for check in equation(report)]
    if last and not _gap(report, last):
        checks += [check for equation in YEARLY_EQUATIONS for check in equation(report, last)]
    checks += a8(report, units)
    remarks, unmatched = _read_prose(report)
    said = [*check_deadline(report), *(check_claims(report, own) if own else ())]
    checks += [each for each in said if isinstance(each, Check)]
    findings = [fault for check in CHECKS for fault in check(report)]
    findings += [_broken(check) for check in checks if check.verdict is EquationResult.BROKEN]
    findings += [each.said for each in remarks if isinstance(each.said, ReportFault)]
    findings += [each for each in said if isinstance(each, ReportFault)]
    findings += check_repeated(report, last) if last else []
    return Examination(
        report,
        tuple(findings),
        tuple(checks),
        tuple(each.said for each in remarks if isinstance(each.said, ProseNumber)),
        tuple(unmatched),
        tuple(_unchecked(report, last, checks)),
        tuple(each for each in said if isinstance(each, str)),
    )


def _broken(check: Check) -> ReportFault:
    severity = Severity.NOTICE if check.id in HINTS else Severity.SCORE
    return ReportFault(check.id, check.place, check.sentence, BASES.get(check.id, ARITHMETIC), severity)


def _read_prose(report: Report) -> tuple[list[Remark], list[ProseNumber]]:
    """Every remark on the prose, and the numbers that no remark settles, in printed order."""
    sentences = [s for s in report.prose if s.section and len(s.text) <= LONGEST_SENTENCE][:MOST_SENTENCES]
    marked = [MarkedSentence(sentence) for sentence in sentences]
    remarks = [remark for each in marked for read in TABLE_READERS for remark in read(report, each)]
    remarks += [remark for read_all in PROSE_READERS for remark in read_all(marked)]
    settled = {quantity for remark in remarks for quantity in remark.quantities}
    unmatched = [
        (each, quantity) for each in marked for quantity in each.quantities if quantity not in settled
    ]
    return remarks, [ProseNumber(each.place, quantity.words, each.excerpt) for each, quantity in unmatched]


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
    cells = report.cells.values()
    if cells and 2 * sum(cell.unfilled for cell in cells) > len(cells):
        # One reason for all, which check_filled says.
        waiting = {id_: gathered.pop(id_) for id_ in _OF_TABLES if id_ in gathered}
        if waiting:
            yield f"{'、'.join(waiting)}：{sum(map(len, waiting.values()))} 处因表中待填的格尚未填写，没有核对"
    for id_, group in gathered.items():
        yield from (f"{id_} {check.place}：{check.sentence}" for check in group[:MOST_ALIKE])
        if len(group) > MOST_ALIKE:
            yield f"{id_} 还有 {len(group) - MOST_ALIKE} 处因空白或缺项无法核对"
