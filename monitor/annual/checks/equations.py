"""Equations A1–A4: within one report. A blank is not 0: it may be any number, so an equation with blanks is
broken only where no filling could make it true, and cannot be checked otherwise."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from monitor.annual.checks.findings import Check, EquationResult
from monitor.annual.checks.forms import (
    APPLICANTS,
    CARRIED,
    DECIDED,
    LAWSUITS,
    LEFT,
    NEW,
    RULINGS,
    Form,
    Label,
)
from monitor.annual.checks.report import CellPlace, Report

PARTS = APPLICANTS[:-1]


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of cells: at least `low`; exactly that if `blanks` is 0. `terms` are the known numbers."""

    low: Decimal
    blanks: int
    terms: tuple[Decimal, ...]

    def __str__(self) -> str:
        if self.blanks and not self.terms:
            return f"未知（{self.blanks} 格没有数字）"
        shown = [f"{term:f}" for term in self.terms if term] or ["0"]
        total = f"{self.low:f}" if len(shown) == 1 else f"{' + '.join(shown)} = {self.low:f}"
        return f"{total}（另有 {self.blanks} 格没有数字）" if self.blanks else total


def add(report: Report, places: Iterable[CellPlace]) -> Sum:
    """The sum of cells of a report; every one must be there (KeyError), numbers or not."""
    cells = [report.cells[place] for place in places]
    terms = tuple(cell.number for cell in cells if cell.number is not None)
    return Sum(sum(terms, Decimal(0)), len(cells) - len(terms), terms)


def compare(id_: str, place: str, left: tuple[str, Sum], right: tuple[str, Sum]) -> Check:
    """Whether two sums, each with its name, can be equal."""
    (left_name, one), (right_name, other) = left, right
    sentence = f"{left_name} {one}，{right_name} {other}"
    if not one.blanks and not other.blanks:
        return Check(
            id_, place, EquationResult.HOLDS if one.low == other.low else EquationResult.BROKEN, sentence
        )
    impossible = (not one.blanks and other.low > one.low) or (not other.blanks and one.low > other.low)
    if impossible:
        return Check(id_, place, EquationResult.BROKEN, sentence)
    return Check(id_, place, EquationResult.UNCHECKED, f"{sentence}；没有数字不等于 0，无法核对")


def a1(report: Report) -> Iterator[Check]:
    """Each column of table three: 一 + 二 = 三（七） + 四. Printed in the form itself."""
    rows = (NEW, CARRIED, DECIDED, LEFT)
    lack = missing(report, rows)
    if lack:
        yield Check("A1", "表三各列", EquationResult.UNCHECKED, f"{lack}，“一 + 二 = 三 + 四”无法核对")
        return
    for column in APPLICANTS:
        income = add(report, _cells((NEW, CARRIED), column))
        outcome = add(report, _cells((DECIDED, LEFT), column))
        yield compare(
            "A1", f"表三“{column.words}”列", ("第一项加第二项", income), ("第三项加第四项", outcome)
        )


def a2(report: Report) -> Iterator[Check]:
    """Each row of table three: 总计 = the six kinds of applicants."""
    form = report.expected
    for row in form.request_rows if form else ():
        if not report.has_row(3, row.key):
            continue
        parts = add(report, (CellPlace(3, row.key, column.key) for column in PARTS))
        total = add(report, [CellPlace(3, row.key, "total")])
        yield compare(
            "A2", f"表三“{report.row_words(3, row.key)}”行", ("各类申请人之和", parts), ("总计", total)
        )


def a3(report: Report) -> Iterator[Check]:
    """Each column of table three: （七）总计 = （一）+（二）+ the rows of （三）to （六）."""
    form = report.expected
    if form is None:
        return
    rows = results_of(report, form)
    lack = missing(report, (*rows, DECIDED))
    if lack:
        yield Check("A3", "表三各列", EquationResult.UNCHECKED, f"{lack}，办理结果各项之和无法核对")
        return
    for column in APPLICANTS:
        parts = add(report, _cells(rows, column))
        total = ("（七）总计", add(report, _cells([DECIDED], column)))
        more = add(report, _cells((*rows, *report.strange_rows), column))
        place = f"表三“{column.words}”列"
        checks = [compare("A3", place, ("办理结果各项之和", each), total) for each in (parts, more)]
        held = next((check for check in checks if check.verdict is EquationResult.HOLDS), None)
        yield held or (_doubted(report, checks[0]) if report.strange_rows else checks[0])


def _doubted(report: Report, check: Check) -> Check:
    """An equation that rows outside the form may belong to: parts of the sum, or sums of parts themselves."""
    rows = listed([row.words for row in report.strange_rows])
    words = f"{check.sentence}；另有格式之外的{rows}，不知是否应计入，无法核对"
    return replace(check, verdict=EquationResult.UNCHECKED, sentence=words)


def a4(report: Report) -> Iterator[Check]:
    """Each group of table four: 总计 = 维持 + 纠正 + 其他 + 尚未审结."""
    for group in LAWSUITS:
        if not report.has_row(4, group.key):
            yield Check(
                "A4", f"表四“{group.words}”", EquationResult.UNCHECKED, "没有读到这一组数据，无法核对"
            )
            continue
        parts = add(report, (CellPlace(4, group.key, ruling.key) for ruling in RULINGS[:-1]))
        total = add(report, [CellPlace(4, group.key, "total")])
        yield compare("A4", f"表四“{group.words}”", ("四种结果之和", parts), ("总计", total))


def results_of(report: Report, form: Form) -> tuple[Label, ...]:
    """The rows that （七）总计 adds up, as this report prints （六）其他处理: one row or three."""
    rows = form.outcomes
    whole = Label("other", "（六）其他处理", "")
    if report.has_row(3, "other") and not any(report.has_row(3, f"other.{n}") for n in (1, 2, 3)):
        return (*(row for row in rows if not row.key.startswith("other")), whole)
    return rows


def missing(report: Report, rows: Sequence[Label]) -> str:
    """What rows of table three are not there or not to be read, in words; "" if all are."""
    lacking = [row for row in rows if not report.has_row(3, row.key)]
    ragged = [report.row_words(3, row.key) for row in lacking if (3, row.key) in report.ragged]
    if ragged:
        return f"表三{listed(ragged)}的数字与列对不上"
    return f"表三没有{listed([report.row_words(3, row.key) for row in lacking])}" if lacking else ""


def listed(words: Sequence[str]) -> str:
    """Names in quotes, at most three of them."""
    more = f"等 {len(words)} 行" if len(words) > 3 else ""
    return f"“{'”“'.join(words[:3])}”{more}"


def _cells(rows: Iterable[Label], column: Label) -> Iterator[CellPlace]:
    return (CellPlace(3, row.key, column.key) for row in rows)


EQUATIONS = (a1, a2, a3, a4)
