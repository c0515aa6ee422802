"""Equations A5–A7 (with last year's report) and A8 (with the reports that an aggregate sums up): hints."""

from collections.abc import Iterator, Sequence

from monitor.annual.checks.equations import add, compare
from monitor.annual.checks.findings import Check, EquationResult
from monitor.annual.checks.forms import APPLICANTS, CARRIED, FORM_2019, FORM_2021, LAWSUITS, LEFT, NEW
from monitor.annual.checks.report import CellPlace, Report

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


def a5(report: Report, last: Report) -> Iterator[Check]:
    """Each column: this year's 二、上年结转 = last year's 四、结转下年度."""
    for column in APPLICANTS:
        carried, left = CellPlace(3, CARRIED.key, column.key), CellPlace(3, LEFT.key, column.key)
        where = f"表三“{column.words}”列"
        yield _same("A5", where, report, [carried], "本年“上年结转”", last, [left], "上年“结转下年度”")


def a6(report: Report, last: Report) -> Iterator[Check]:
    """New form: 现行有效(t) + 废止(t) = 现行有效(t−1) + 制发(t)."""
    if report.form != FORM_2021.key:
        return
    if last.form != FORM_2021.key:
        yield Check("A6", "表二", EquationResult.UNCHECKED, "上年报告是旧格式，没有“现行有效件数”，无法核对")
        return
    for row in NORMS:
        now, made, repealed = (CellPlace(2, row, key) for key in ("in_force", "made", "repealed"))
        where = f"表二“{report.row_words(2, row)}”"
        if not {now, made, repealed} <= report.cells.keys() or now not in last.cells:
            yield Check("A6", where, EquationResult.UNCHECKED, "两年的数据不全，无法核对")
            continue
        before, issued = add(last, [now]), add(report, [made])
        gone, valid = add(report, [repealed]), add(report, [now])
        if before.blanks or issued.blanks or gone.blanks or valid.blanks:
            yield Check("A6", where, EquationResult.UNCHECKED, "有的格没有数字，没有数字不等于 0，无法核对")
            continue
        due = before.low + issued.low - gone.low
        words = (
            f"上年现行有效 {before.low:f} + 本年制发 {issued.low:f} - 本年废止 {gone.low:f} = {due:f}，"
            f"本年现行有效 {valid.low:f}"
        )
        yield Check("A6", where, EquationResult.HOLDS if due == valid.low else EquationResult.BROKEN, words)


def a7(report: Report, last: Report) -> Iterator[Check]:
    """Old form: 上一年项目数量(t) = 上一年项目数量(t−1) + 增减(t−1)."""
    if report.form != FORM_2019.key or last.form != FORM_2019.key:
        return
    for row in ITEMS:
        before, change = CellPlace(2, row, "before"), CellPlace(2, row, "change")
        where = f"表二“{report.row_words(2, row)}”"
        left, right = "本年报告的上一年项目数量", "上年报告的项目数量加增减"
        yield _same("A7", where, report, [before], left, last, [before, change], right)


def a8(report: Report, units: Sequence[Report]) -> Iterator[Check]:
    """An aggregate is no smaller than the sum of the published reports of its units, cell by cell."""
    for place in SUMMED:
        numbers = [unit.cells[place].number for unit in units if place in unit.cells]
        known = [number for number in numbers if number is not None]
        whole = report.number(place.table, place.row, place.column)
        if whole is None or not known:
            continue
        words = f"汇总 {whole:f}，{len(known)} 个单位之和 {sum(known):f}"
        verdict = EquationResult.HOLDS if whole >= sum(known) else EquationResult.BROKEN
        yield Check("A8", report.place_words(place), verdict, words)


def _same(
    id_: str,
    where: str,
    report: Report,
    places: Sequence[CellPlace],
    name: str,
    last: Report,
    last_places: Sequence[CellPlace],
    last_name: str,
) -> Check:
    if not set(places) <= report.cells.keys() or not set(last_places) <= last.cells.keys():
        return Check(id_, where, EquationResult.UNCHECKED, "两年的数据不全，无法核对")
    one, other = add(report, places), add(last, last_places)
    if one.blanks or other.blanks:
        return Check(id_, where, EquationResult.UNCHECKED, "有的格没有数字，没有数字不等于 0，无法核对")
    return compare(id_, where, (name, one), (last_name, other))
