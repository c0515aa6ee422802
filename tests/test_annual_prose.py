"""The prose: what ties, what contradicts, what cannot be tied; shape, deadline and claims."""

from dataclasses import replace
from datetime import date

import pytest

from crawler.documents.plain_text import read_text
from crawler.page.page import Page
from monitor.annual.checks.claims import OwnCount
from monitor.annual.checks.deadline import Publisher, publisher_of
from monitor.annual.checks.examine import Examination, examine
from monitor.annual.checks.findings import EquationResult
from monitor.annual.checks.forms import FORM_2019
from monitor.annual.checks.report import Report
from monitor.annual.reading.compose import report_of
from monitor.annual.reading.reader import document_of
from tests.annual_made import Made, as_html, sound

ROWS = {
    "granted": (12, 6),
    "partial": (5,),
    "refused.1": (1,),
    "refused.7": (4,),
    "unable.1": (13,),
    "other.1": (1,),
}


def report(made: Made) -> Report:
    return report_of(document_of(Page("file:///", as_html(made))))


def busy() -> Made:
    """42 new (one of them left), 18 granted, 5 partial, 5 refused, 13 unable, 1 other; 9 documents made, 2 repealed,
    67 in force; 2 reviews, 1 + 2 suits."""
    made = sound(outcomes=ROWS).with_cells(
        t2_norm_made="9", t2_norm_repealed="2", t4_review_upheld="2", t4_review_total="2", t4_direct_other="1",
        t4_direct_total="1", t4_after_pending="2", t4_after_total="2", t3_carried_natural="3", t3_carried_total="3",
        t3_new_natural="34", t3_new_total="40",
    )  # fmt: skip
    cells = {p: "67" if (p.row, p.column) == ("norm", "in_force") else text for p, text in made.cells.items()}
    return replace(made, cells=cells)


def said(*sentences: str, section: int = 1) -> Examination:
    return examine(report(busy().with_prose(section, *sentences)))


TIES = [
    ("全年收到政府信息公开申请 40 件。", "40 件 = 表三新收总计 40"),
    ("受理依申请公开40件，均已答复。", "40件 = 表三新收总计 40"),
    ("共收到 40 件政府信息公开申请。", "40 件 = 表三新收总计 40"),
    ("共办理政府信息公开申请43件（含上年结转）。", "43件 = 表三新收加结转 43"),
    ("全年答复信息公开申请 42 件。", "42 件 = 表三办理结果总计 42"),
    ("予以公开 18 件。", "18 件 = 予以公开 18"),
    ("“不予公开”的5件，“无法提供”13件。", "5件 = 不予公开 5"),
    ("予以公开及部分公开23件。", "23件 = 予以公开+部分公开 23"),
    ("制发行政规范性文件9件。", "9件 = 表二“行政规范性文件”本年制发件数 9"),
    ("现行有效的行政规范性文件 67 件。", "67 件 = 表二“行政规范性文件”现行有效件数 67"),
    ("全年因政府信息公开被申请行政复议 2 件。", "2 件 = 表四复议 2"),
    ("因政府信息公开引发行政诉讼3起。", "3起 = 表四诉讼 3"),
]


@pytest.mark.parametrize(("sentence", "words"), TIES)
def test_what_the_tables_also_hold_ties(sentence: str, words: str) -> None:
    result = said(sentence)
    assert words in [tie.words for tie in result.ties]
    assert not result.findings


CONTRADICTIONS = [
    ("全年收到政府信息公开申请 41 件。", "正文依申请公开 41 件，表三新收总计为 40，表三新收加结转为 43"),
    ("全年没有收到政府信息公开申请。", "正文称没有收到申请，表三“一、本年新收政府信息公开申请数量”总计为 40"),
    ("不予公开 6 件。", "正文办理结果 6 件，不予公开为 5"),
    ("废止行政规范性文件3件。", "正文规范性文件 3件，表二“行政规范性文件”本年废止件数为 2"),
    ("公开行政规范性文件80件。", "正文规范性文件 80件"),
    ("本年信息公开行政诉讼1件。", "正文诉讼 1件，表四诉讼为 3"),
]


@pytest.mark.parametrize(("sentence", "words"), CONTRADICTIONS)
def test_what_the_tables_deny_is_a_hint(sentence: str, words: str) -> None:
    [finding] = said(sentence).findings
    assert finding.id == "A9" and not finding.weighty
    assert finding.sentence.startswith(words) and sentence[:20] in finding.sentence


SILENT = [
    "其中网上申请 16 件、信函申请 22 件。",
    "历年累计受理政府信息公开申请 461 件。",
    "区政府各部门受理政府信息公开申请 99 件。",
    "公开行政规范性文件 3 件。",
    "开展行政规范性文件解读 30 篇。",
    "办理行政复议案件 120 件。",
    "召开会议3次，培训 2 期 80 人次。",
    "公开信息 100 条，其中动态 60 条，公告 30 条。",
    "公开信息 100 条，其中动态 60 条，办结留言 80 条。",
    "2022年5月1日起施行，国办发〔2019〕54号第20条要求20个工作日内答复。",
]


@pytest.mark.parametrize("sentence", SILENT)
def test_numbers_of_other_things_are_left_alone(sentence: str) -> None:
    assert not said(sentence).findings


def test_numbers_without_a_counterpart_are_listed_and_no_fault() -> None:
    result = said("召开会议3次，培训 2 期 80 人次，解读文件 1.2 万字。", "20个工作日内答复。")
    assert [loose.words for loose in result.unmatched] == ["3次", "2 期", "80 人次"]
    assert not result.findings


def test_plans_are_not_compared_with_the_tables() -> None:
    assert not said("明年计划办理政府信息公开申请 99 件。", section=5).findings


TOTALS = [
    ("主动公开政府信息 300 条。", "通过政府网站、微信等平台发布各类信息 200 余条。", 1),
    ("主动公开政府信息 300 条。", "全年公开各类信息300条。", 0),
    ("发布各类信息 200 余条。", "主动公开信息 286 条。", 0),
    ("主动公开政府信息 300 条。", "通过政府网站公开信息 120 条。", 0),
    ("主动公开政府信息 300 条。", "教育领域公开信息 120 条。", 0),
    ("主动公开政府信息 300 条。", "历年累计公开政府信息 1616 条。", 0),
    ("主动公开政府信息 300 条。", "微信公众号发布信息 1616 条。", 0),
    ("主动公开政府信息1.17万条。", "全年发布各类信息 11720 条。", 0),
]


@pytest.mark.parametrize(("one", "other", "found"), TOTALS)
def test_two_totals_of_one_year(one: str, other: str, found: int) -> None:
    findings = said(one, other).findings
    assert [f.id for f in findings] == ["A9.two_totals"] * found
    assert all(f.weighty for f in findings)


@pytest.mark.parametrize(("whole", "found"), [(109, 0), (110, 1), (108, 1)])
def test_letters_are_the_sum_of_the_mailboxes(whole: int, found: int) -> None:
    text = f"全年共回复群众意见和咨询 {whole} 次。共办理市长信箱交办件 23 件、区长信箱 86 件，已办结。"
    result = said(text)
    assert [f.id for f in result.findings] == ["A9.sum"] * found
    assert ("109 次 = 23 件 + 86 件" in [tie.words for tie in result.ties]) == (not found)


@pytest.mark.parametrize(
    ("parts", "found"), [((60, 40), 0), ((60, 41), 1), ((60, 30), 0)], ids=["all", "too many", "a rest"]
)
def test_parts_never_exceed_the_whole(parts: tuple[int, int], found: int) -> None:
    result = said(f"公开信息 100 条，其中动态 {parts[0]} 条，公告 {parts[1]} 条。")
    assert [f.id for f in result.findings] == ["A9.sum"] * found


def test_fields_deployed_and_fields_catalogued() -> None:
    result = said("细化 26 个试点领域工作。", "编制 21 个重点领域公开标准目录。")
    assert [(f.id, f.weighty) for f in result.findings] == [("A9.fields", False)]
    assert not said("细化 26 个试点领域工作。", "编制 26 个试点领域公开标准目录。").findings


SHAPES = [
    ({"headings": (1, 2, 3, 5, 6)}, ["A10.section.missing", "A10.section.renumbered"]),
    ({"headings": (1, 3, 2, 4, 5, 6)}, ["A10.section.order", "A10.section.renumbered"]),
    ({"tables": (2, 3)}, ["A10.table.missing"]),
    ({"prose": {5: ["不够。"], 6: ["无处理费。"]}}, ["A10.summary.empty"]),
    ({"prose": {1: ["好。"], 5: ["不够。"], 6: ["无。"]}}, ["A10.fees"]),
    ({"prose": {1: ["做好工作。" * 250], 5: ["不够。"], 6: ["无处理费。"]}}, ["A10.summary.long"]),
    ({"preamble": "统计期限自 2021 年 1 月 1 日起。"}, ["A10.year"]),
]


@pytest.mark.parametrize(("changes", "ids"), SHAPES)
def test_shape(changes: dict[str, object], ids: list[str]) -> None:
    made = replace(sound(), **changes)  # type: ignore[arg-type]
    assert [finding.id for finding in examine(report(made)).findings] == ids


def test_a_missing_part_is_named_and_its_table_not_blamed_twice() -> None:
    [missing, renumbered] = examine(report(replace(sound(), headings=(1, 2, 3, 5, 6)))).findings
    assert missing.sentence == "缺少标题“四、政府信息公开行政复议、行政诉讼情况”"
    assert "“存在的主要问题及改进情况”应为“五”，写成“四”" in renumbered.sentence


def test_a_picture_in_place_of_a_table_is_a_hint() -> None:
    page = as_html(replace(sound(), tables=(2, 4))).decode()
    page = page.replace("申请情况</p>", "申请情况</p><p><img src='t3.png'></p>")
    findings = examine(report_of(document_of(Page("file:///", page.encode())))).findings
    assert [(f.id, f.weighty) for f in findings] == [("A10.table.picture", False)]


def test_a_text_without_a_table_may_be_our_own_failure() -> None:
    text = "某局2022年政府信息公开工作年度报告\n二、主动公开政府信息情况\n规章\n0\n0\n0"
    findings = {f.id: f for f in examine(report_of(read_text(text))).findings}
    assert not findings["A10.table.unread"].weighty


CELLS = [
    ({"t2_norm_made": ""}, "A10.cell.blank", True, "1 格空白（“行政规范性文件”本年制发件数）"),
    ({"t2_fee_charged": "/"}, "A10.cell.text", False, "“行政事业性收费”本年收费金额（单位：万元）填“/”"),
    ({"t4_review_upheld": "-1", "t4_review_total": "-1"}, "A10.cell.wrong", True, "件数应为非负整数"),
    ({"t4_review_upheld": "0.5", "t4_review_total": "0.5"}, "A10.cell.wrong", True, "件数应为非负整数"),
]


@pytest.mark.parametrize(("cells", "id_", "weighty", "words"), CELLS)
def test_cells(cells: dict[str, str], id_: str, weighty: bool, words: str) -> None:
    [finding] = examine(report(sound().with_cells(**cells))).findings
    assert (finding.id, finding.weighty) == (id_, weighty) and words in finding.sentence


def test_decimals_and_separators_and_negative_changes_are_numbers() -> None:
    made = sound(FORM_2019).with_cells(
        t2_purchase_amount="18,759.694", t2_penalty_before="1,443", t2_penalty_change="-205"
    )
    assert not examine(report(made)).findings


def test_the_form_of_the_year() -> None:
    old = replace(sound(FORM_2019), title="某县民政局 2023 年政府信息公开工作年度报告", preamble="")
    [finding] = examine(report(old)).findings
    assert finding.id == "A10.form" and finding.weighty
    assert "应使用 2021 年格式" in finding.sentence and finding.basis == "国办公开办函〔2021〕30号"


def test_before_2019_there_was_no_form_and_nobody_is_blamed() -> None:
    made = replace(sound(), title="某局2017年政府信息公开工作年度报告", headings=(1, 5), tables=())
    result = examine(report(made))
    assert not result.findings and "早于统一格式" in result.unchecked[0]


@pytest.mark.parametrize(
    ("unit", "whose"),
    [
        ("洛阳市瀍河区人民政府", Publisher.GOVERNMENT),
        ("某县", Publisher.GOVERNMENT),
        ("某市人民政府办公室", Publisher.DEPARTMENT),
        ("某县教育局", Publisher.DEPARTMENT),
        ("某县某镇人民政府", Publisher.LOCAL),
        ("伊洛街道办事处", Publisher.LOCAL),
        ("某经济开发区管理委员会", None),
        ("", None),
    ],
)
def test_whose_report_it_is(unit: str, whose: Publisher | None) -> None:
    assert publisher_of(unit) is whose


DEADLINES = [
    ("某县教育局", 2022, date(2023, 1, 31), [], False),
    ("某县教育局", 2022, date(2023, 2, 1), ["R-NB-DEPT"], False),
    ("某县某镇人民政府", 2022, date(2023, 2, 1), ["R-NB-DEPT"], False),
    ("某县人民政府", 2022, date(2023, 3, 31), [], False),
    ("某县人民政府", 2022, date(2023, 4, 2), ["R-NB-GOV"], False),
    ("某县某街道办事处", 2020, date(2021, 6, 1), [], True),
    ("某县教育局", 2022, date(2022, 5, 1), [], True),
]


@pytest.mark.parametrize(("unit", "year", "published", "ids", "doubtful"), DEADLINES)
def test_deadlines(unit: str, year: int, published: date, ids: list[str], doubtful: bool) -> None:
    title = f"{unit}{year}年政府信息公开工作年度报告"
    made = replace(sound(FORM_2019 if year < 2021 else busy().form), title=title, preamble="")
    result = examine(replace(report(made), published=published))
    assert [f.id for f in result.findings] == ids
    assert any("R-NB" in sentence for sentence in result.unchecked) == doubtful


def test_days_late_are_counted() -> None:
    [finding] = examine(replace(report(sound()), published=date(2023, 3, 2))).findings
    assert finding.sentence == "2023-03-02 发布，部门的期限是 2023-01-31，逾期 30 天"
    assert finding.basis == "《政府信息公开条例》第四十九条"


CLAIMS = [
    (145, True, [], "一致"),
    (120, True, ["claim"], ""),
    (150, False, ["claim"], ""),
    (120, False, [], "不能判断"),
]


@pytest.mark.parametrize(("number", "exact", "ids", "note"), CLAIMS)
def test_claims_against_our_own_count(number: int, exact: bool, ids: list[str], note: str) -> None:
    own = OwnCount(number, exact, "某县教育局", 2022, date(2023, 2, 1))
    made = sound().with_prose(1, "本年度主动公开政府信息 145 条。")
    result = examine(report(made), own=own)
    assert [f.id for f in result.findings] == ids and not result.weighty
    assert all(note in sentence for sentence in result.notes) and bool(result.notes) == bool(note)


def test_a_count_of_another_year_is_not_compared() -> None:
    own = OwnCount(1, True, "某县教育局", 2021, date(2023, 2, 1))
    result = examine(report(sound().with_prose(1, "主动公开政府信息 145 条。")), own=own)
    assert not result.findings and "没有比对" in result.notes[0]


def test_what_could_not_be_checked_is_said() -> None:
    result = examine(report(replace(sound(), tables=(2,))))
    places = {check.id for check in result.checks if check.verdict is EquationResult.UNCHECKED}
    assert places == {"A1", "A3", "A4", "R-NB"}
    assert any(sentence.startswith("A1 表三各列：表三没有") for sentence in result.unchecked)
