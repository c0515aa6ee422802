"""Equations over the tables: what holds, what is broken, and what blanks leave undecided."""

from dataclasses import replace
from decimal import Decimal

import pytest

from crawler.page.page import Page
from monitor.annual.checks.equations import EQUATIONS
from monitor.annual.checks.examine import examine
from monitor.annual.checks.findings import Check, EquationResult
from monitor.annual.checks.forms import FORM_2019, FORM_2021, Form
from monitor.annual.checks.report import CellPlace, Report, ReportCell
from monitor.annual.reading.compose import report_of
from monitor.annual.reading.reader import document_of
from tests.annual_made import Made, as_html, sound

ISLAND_2024 = {
    "granted": (60, 8, 0, 0, 3),
    "partial": (29,),
    "refused.4": (4,),
    "refused.6": (3,),
    "refused.8": (30, 2),
    "unable.1": (70, 5),
    "unable.3": (1,),
    "ignored.1": (1,),
    "other.3": (2,),
}
"""A published report of 2024, split among applicants by hand: 71+29+4+3+32+75+1+1+2 = 218."""


def read(made: Made) -> Report:
    return report_of(document_of(Page("file:///", as_html(made))))


def checks(made: Made, verdict: EquationResult) -> dict[tuple[str, str], Check]:
    report = read(made)
    found = [check for equation in EQUATIONS for check in equation(report)]
    return {(check.id, check.place): check for check in found if check.verdict is verdict}


def broken(made: Made) -> dict[tuple[str, str], str]:
    return {key: check.sentence for key, check in checks(made, EquationResult.BROKEN).items()}


@pytest.mark.parametrize("form", [FORM_2019, FORM_2021])
def test_a_sound_report_holds_everywhere(form: Form) -> None:
    held = checks(sound(form), EquationResult.HOLDS)
    rows = len(form.request_rows)
    assert [len([key for key in held if key[0] == id_]) for id_ in ("A1", "A2", "A3", "A4")] == [
        7,
        rows,
        7,
        3,
    ]
    assert not broken(sound(form)) and not checks(sound(form), EquationResult.UNCHECKED)


def test_the_published_report_of_2024_holds() -> None:
    courts = {"review": (2, 1, 3, 1, 7), "after": (13, 2, 4, 0, 19)}
    names = ("upheld", "corrected", "other", "pending", "total")
    made = sound(FORM_2021, ISLAND_2024).with_cells(
        **{f"t4_{group}_{n}": str(v) for group, vs in courts.items() for n, v in zip(names, vs, strict=True)}
    )
    assert read(made).number(3, "decided", "total") == 218
    assert not broken(made)
    total = checks(made, EquationResult.HOLDS)["A3", "表三“总计”列"].sentence
    assert total == "办理结果各项之和 71 + 29 + 4 + 3 + 32 + 75 + 1 + 1 + 2 = 218，（七）总计 218"


def test_the_published_report_of_2020_breaks_a3_though_a1_holds() -> None:
    rows = {"granted": (10,), "partial": (2,), "refused.1": (0, 3), "unable.1": (6,), "other": (6,)}
    made = sound(FORM_2019, rows).with_cells(
        t3_decided_natural="20",
        t3_decided_business="1",
        t3_decided_total="21",
        t3_left_natural="0",
        t3_left_total="0",
        t3_new_natural="20",
        t3_new_business="1",
        t3_new_total="21",
    )
    assert broken(made) == {
        ("A3", "表三“自然人”列"): "办理结果各项之和 10 + 2 + 6 + 6 = 24，（七）总计 20",
        ("A3", "表三“商业企业”列"): "办理结果各项之和 3，（七）总计 1",
        ("A3", "表三“总计”列"): "办理结果各项之和 10 + 2 + 3 + 6 + 6 = 27，（七）总计 21",
    }


CASES = [
    ("t3_new_total", "9", {("A1", "表三“总计”列"), ("A2", "表三“一、本年新收政府信息公开申请数量”行")}),
    ("t3_left_research", "1", {("A1", "表三“科研机构”列"), ("A2", "表三“四、结转下年度继续办理”行")}),
    ("t3_refused__5_legal", "1", {("A3", "表三“法律服务机构”列"), ("A2", "表三“5.属于三类内部事务信息”行")}),
    ("t3_other__3_total", "1", {("A3", "表三“总计”列"), ("A2", "表三“3.其他”行")}),
    (
        "t3_decided_natural",
        "4",
        {("A1", "表三“自然人”列"), ("A3", "表三“自然人”列"), ("A2", "表三“（七）总计”行")},
    ),
    ("t4_direct_pending", "1", {("A4", "表四“未经复议直接起诉”")}),
    ("t4_after_total", "2", {("A4", "表四“复议后起诉”")}),
]


@pytest.mark.parametrize(("cell", "text", "places"), CASES)
def test_one_altered_number_breaks_exactly_what_it_stands_in(
    cell: str, text: str, places: set[tuple[str, str]]
) -> None:
    assert set(broken(sound().with_cells(**{cell: text}))) == places


def test_a_blank_that_could_be_anything_decides_nothing() -> None:
    made = sound().with_cells(t3_granted_charity="", t3_new_others="")
    assert not broken(made)
    undecided = checks(made, EquationResult.UNCHECKED)
    assert set(undecided) == {
        ("A1", "表三“其他”列"),
        ("A2", "表三“一、本年新收政府信息公开申请数量”行"),
        ("A2", "表三“（一）予以公开”行"),
        ("A3", "表三“社会公益组织”列"),
    }
    assert "没有数字不等于 0" in undecided["A3", "表三“社会公益组织”列"].sentence


def test_a_blank_cannot_save_a_sum_that_is_already_too_large() -> None:
    made = sound().with_cells(t3_granted_charity="", t3_granted_total="1")
    assert (
        broken(made)["A2", "表三“（一）予以公开”行"]
        == "各类申请人之和 2 + 1 = 3（另有 1 格没有数字），总计 1"
    )


def test_a_report_of_2021_may_still_print_other_results_in_one_row() -> None:
    made = replace(
        sound(FORM_2019, {"granted": (1,), "other": (2,)}), title="某局2022年政府信息公开工作年度报告"
    )
    assert not broken(made)
    assert [f.id for f in examine(read(made)).findings] == ["A10.form", "A10.year"]


def test_across_years() -> None:
    last = read(replace(sound(), title="某局2021年政府信息公开工作年度报告"))
    this = sound().with_cells(
        t3_carried_natural="1", t3_carried_total="1", t3_new_natural="3", t3_new_total="7"
    )
    this = this.with_prose(5, "今年的问题是解读不够生动，将增加图解。")
    assert [f.id for f in examine(read(this), last).findings] == []
    assert [(f.id, f.place) for f in examine(read(sound()), last).findings] == [
        ("A5", "表三“自然人”列"),
        ("A5", "表三“总计”列"),
        ("A10.repeated", "五、存在的主要问题及改进情况"),
    ]


def documents(year: int, made: int, repealed: int, valid: int) -> Report:
    cells = {"t2_norm_made": f"{made}", "t2_norm_repealed": f"{repealed}", "t2_norm_in_force": f"{valid}"}
    report = read(replace(sound(), title=f"某局{year}年政府信息公开工作年度报告"))
    return _altered(report, cells)


def _altered(report: Report, cells: dict[str, str]) -> Report:
    changed = dict(report.cells)
    for name, text in cells.items():
        _, row, column = name.split("_", 2)
        changed[CellPlace(2, row, column)] = ReportCell(text, Decimal(text) if text else None)
    return replace(report, cells=changed)


@pytest.mark.parametrize(
    ("valid", "verdict"),
    [(22, EquationResult.HOLDS), (21, EquationResult.BROKEN)],
    ids=["follows", "does not follow"],
)
def test_documents_in_force_follow_from_last_year(valid: int, verdict: EquationResult) -> None:
    last, this = documents(2021, 5, 0, 20), documents(2022, 3, 1, valid)
    [check] = [c for c in examine(this, last).checks if c.id == "A6" and c.place == "表二“行政规范性文件”"]
    assert check.verdict is verdict
    assert check.sentence == f"上年现行有效 20 + 本年制发 3 - 本年废止 1 = 22，本年现行有效 {valid}"


def items(year: int, before: int, change: int) -> Report:
    report = read(replace(sound(FORM_2019), title=f"某局{year}年政府信息公开工作年度报告"))
    return _altered(report, {"t2_licence_before": f"{before}", "t2_licence_change": f"{change}"})


@pytest.mark.parametrize(("before", "ids"), [(62, []), (66, ["A7"])])
def test_items_follow_from_last_year_and_changes_may_be_negative(before: int, ids: list[str]) -> None:
    findings = examine(items(2020, before, 0), items(2019, 66, -4)).findings
    assert [f.id for f in findings if f.id == "A7"] == ids


def test_a_report_of_another_year_is_not_compared() -> None:
    result = examine(documents(2022, 1, 0, 9), documents(2020, 0, 0, 1))
    assert not [check for check in result.checks if check.id in ("A5", "A6", "A7")]
    assert "给出的上年报告是 2020 年度，不是 2021 年度，没有核对跨年数据" in result.unchecked


def test_the_old_form_has_no_documents_in_force_to_follow_from() -> None:
    last = read(replace(sound(FORM_2019), title="某局2021年政府信息公开工作年度报告"))
    checks_ = [check for check in examine(documents(2022, 1, 0, 9), last).checks if check.id == "A6"]
    assert [check.verdict for check in checks_] == [EquationResult.UNCHECKED]


def test_an_aggregate_smaller_than_its_units_is_noticed() -> None:
    whole, unit = read(sound()), read(sound())
    assert not [f for f in examine(whole, units=[unit]).findings if f.id == "A8"]
    findings = [f for f in examine(whole, units=[unit, unit]).findings if f.id == "A8"]
    assert [f.place for f in findings] == [
        "表三“一、本年新收政府信息公开申请数量”总计",
        "表三“四、结转下年度继续办理”总计",
    ]
    assert findings[0].sentence == "汇总 8，2 个单位之和 16"


@pytest.mark.parametrize(
    ("column", "id_"), [("法律服务机构", "A1"), ("尚未审结", "A4")], ids=["applicants", "rulings"]
)
def test_a_column_that_is_not_recognised_leaves_its_equations_unchecked(column: str, id_: str) -> None:
    page = as_html(sound()).replace(column.encode(), "所".encode())
    result = examine(report_of(document_of(Page("file:///", page))))
    assert not result.findings
    assert any(sentence.startswith(id_) for sentence in result.unchecked)
