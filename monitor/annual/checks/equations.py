"""Equations A1–A4 within one report, A5–A7 with last year's, A8 with the reports that an aggregate sums up. A blank is
not 0: it may be any number, so an equation with blanks is broken only where no filling could make it true, and cannot
be checked otherwise."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from monitor.annual.checks.findings import Check, EquationResult, unchecked
from monitor.annual.checks.forms import (
    APPLICANTS,
    CARRIED,
    DECIDED,
    FORM_2019,
    FORM_2021,
    LAWSUITS,
    LEFT,
    NEW,
    RULINGS,
    Form,
    Label,
)
from monitor.annual.checks.report import CellPlace, Report, ReportCell

NORMS = ("regulation", "norm")
ITEMS = ("licence", "service", "penalty", "force", "fee")
SUMMED = (
    *(CellPlace(3, row.key, "total") for row in (NEW, CARRIED, LEFT)),
    *(CellPlace(4, group.key, "total") for group in LAWSUITS),
    CellPlace(2, "norm", "made"),
    CellPlace(2, "licence", "decisions"),
    CellPlace(2, "penalty", "decisions"),
    CellPlace(2, "force", "decisions"),
)


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
    """The sum of cells of a report; one that is not there counts as blank."""
    numbers = [report.number(place.table, place.row, place.column) for place in places]
    terms = tuple(number for number in numbers if number is not None)
    return Sum(sum(terms, Decimal(0)), len(numbers) - len(terms), terms)


def compare(id_: str, place: str, left: tuple[str, Sum], right: tuple[str, Sum]) -> Check:
    """Whether two sums, each with its name, can be equal."""
    (left_name, one), (right_name, other) = left, right
    sentence = f"{left_name} {one}，{right_name} {other}"
    if (not one.blanks and other.low > one.low) or (not other.blanks and one.low > other.low):
        return Check(id_, place, EquationResult.BROKEN, sentence)
    if one.blanks or other.blanks:
        return unchecked(id_, place, f"{sentence}；没有数字不等于 0，无法核对")
    return Check(id_, place, EquationResult.HOLDS, sentence)


def a1(report: Report) -> Iterator[Check]:
    """Each column of table three: 一 + 二 = 三（七） + 四. Printed in the form itself."""
    if lack := missing(report, (NEW, CARRIED, DECIDED, LEFT)):
        yield unchecked("A1", "表三各列", f"{lack}，“一 + 二 = 三 + 四”无法核对")
        return
    for column in APPLICANTS:
        income = ("第一项加第二项", _add_rows(report, (NEW, CARRIED), column))
        outcome = ("第三项加第四项", _add_rows(report, (DECIDED, LEFT), column))
        yield compare("A1", f"表三“{column.words}”列", income, outcome)


def a2(report: Report) -> Iterator[Check]:
    """Each row of table three: 总计 = the six kinds of applicants."""
    for row in report.expected.request_rows if report.expected else ():
        if report.has_row(3, row.key):
            where = f"表三“{report.row_words(3, row.key)}”行"
            yield _against_total("A2", where, report, (3, row.key), APPLICANTS, "各类申请人之和")


def a3(report: Report) -> Iterator[Check]:
    """Each column of table three: （七）总计 = （一）+（二）+ the rows of （三）to （六）."""
    form = report.expected
    if form is None:
        return
    rows = results_of(report, form)
    if lack := missing(report, (*rows, DECIDED)):
        yield unchecked("A3", "表三各列", f"{lack}，办理结果各项之和无法核对")
        return
    for column in APPLICANTS:
        total = ("（七）总计", _add_rows(report, [DECIDED], column))
        place = f"表三“{column.words}”列"
        checks = [
            compare("A3", place, ("办理结果各项之和", _add_rows(report, parts, column)), total)
            for parts in (rows, (*rows, *report.strange_rows))
        ]
        held = next((check for check in checks if check.verdict is EquationResult.HOLDS), None)
        yield held or (_doubted(report, checks[0]) if report.strange_rows else checks[0])


def _doubted(report: Report, check: Check) -> Check:
    """An equation that rows outside the form may belong to: parts of the sum, or sums of parts themselves."""
    rows = listed([row.words for row in report.strange_rows])
    return unchecked(
        check.id, check.place, f"{check.sentence}；另有格式之外的{rows}，不知是否应计入，无法核对"
    )


def a4(report: Report) -> Iterator[Check]:
    """Each group of table four: 总计 = 维持 + 纠正 + 其他 + 尚未审结."""
    for group in LAWSUITS:
        where = f"表四“{group.words}”"
        if report.has_row(4, group.key):
            yield _against_total("A4", where, report, (4, group.key), RULINGS, "四种结果之和")
        else:
            yield unchecked("A4", where, "没有读到这一组数据，无法核对")


def a5(report: Report, last: Report) -> Iterator[Check]:
    """Each column: this year's 二、上年结转 = last year's 四、结转下年度."""
    for column in APPLICANTS:
        carried, left = CellPlace(3, CARRIED.key, column.key), CellPlace(3, LEFT.key, column.key)
        now, then = ("本年“上年结转”", report, [carried]), ("上年“结转下年度”", last, [left])
        yield _across_years("A5", f"表三“{column.words}”列", now, then)


def a6(report: Report, last: Report) -> Iterator[Check]:
    """New form: 现行有效(t) + 废止(t) = 现行有效(t−1) + 制发(t)."""
    if report.form != FORM_2021.key:
        return
    if last.form != FORM_2021.key:
        yield unchecked("A6", "表二", "上年报告是旧格式，没有“现行有效件数”，无法核对")
        return
    for row in NORMS:
        now, made, repealed = (CellPlace(2, row, key) for key in ("in_force", "made", "repealed"))
        where = f"表二“{report.row_words(2, row)}”"
        numbers, why = _known([last.cells.get(now), *map(report.cells.get, (made, repealed, now))])
        if why:
            yield unchecked("A6", where, why)
            continue
        before, issued, gone, valid = numbers
        due = before + issued - gone
        words = (
            f"上年现行有效 {before:f} + 本年制发 {issued:f} - 本年废止 {gone:f} = {due:f}，"
            f"本年现行有效 {valid:f}"
        )
        yield Check("A6", where, EquationResult.HOLDS if due == valid else EquationResult.BROKEN, words)


def a7(report: Report, last: Report) -> Iterator[Check]:
    """Old form: 上一年项目数量(t) = 上一年项目数量(t−1) + 增减(t−1)."""
    for row in ITEMS if report.form == last.form == FORM_2019.key else ():
        before, change = CellPlace(2, row, "before"), CellPlace(2, row, "change")
        now = ("本年报告的上一年项目数量", report, [before])
        then = ("上年报告的项目数量加增减", last, [before, change])
        yield _across_years("A7", f"表二“{report.row_words(2, row)}”", now, then)


def a8(report: Report, units: Sequence[Report]) -> Iterator[Check]:
    """An aggregate is no smaller than the sum of the published reports of its units, cell by cell."""
    for place in SUMMED:
        numbers = [unit.number(place.table, place.row, place.column) for unit in units]
        known = [number for number in numbers if number is not None]
        whole = report.number(place.table, place.row, place.column)
        if whole is None or not known:
            continue
        words = f"汇总 {whole:f}，{len(known)} 个单位之和 {sum(known):f}"
        verdict = EquationResult.HOLDS if whole >= sum(known) else EquationResult.BROKEN
        yield Check("A8", report.place_words(place), verdict, words)


EQUATIONS = (a1, a2, a3, a4)
YEARLY_EQUATIONS = (a5, a6, a7)


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


def _add_rows(report: Report, rows: Iterable[Label], column: Label) -> Sum:
    """The sum of rows of table three in one column."""
    return add(report, (CellPlace(3, row.key, column.key) for row in rows))


def _against_total(
    id_: str, where: str, report: Report, row: tuple[int, str], columns: Sequence[Label], name: str
) -> Check:
    """Whether a row's last column is the sum of the others."""
    *parts, total = (CellPlace(*row, column.key) for column in columns)
    return compare(id_, where, (name, add(report, parts)), ("总计", add(report, [total])))


def _across_years(
    id_: str,
    where: str,
    now: tuple[str, Report, Sequence[CellPlace]],
    then: tuple[str, Report, Sequence[CellPlace]],
) -> Check:
    """Whether cells of one report are those of another, each with its name."""
    sides = (now, then)
    _, why = _known([report.cells.get(place) for _, report, places in sides for place in places])
    if why:
        return unchecked(id_, where, why)
    one, other = ((name, add(report, places)) for name, report, places in sides)
    return compare(id_, where, one, other)


def _known(cells: Sequence[ReportCell | None]) -> tuple[list[Decimal], str]:
    """The numbers of cells of two years; else why they cannot be compared."""
    if None in cells:
        return [], "两年的数据不全，无法核对"
    numbers = [cell.number for cell in cells if cell and cell.number is not None]
    return (numbers, "") if len(numbers) == len(cells) else ([], "有的格没有数字，没有数字不等于 0，无法核对")
