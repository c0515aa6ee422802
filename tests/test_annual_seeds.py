"""The two real reports beside the project give exactly what truth/README.md lists, and nothing else of weight."""

from pathlib import Path

import pytest

from monitor.annual.checks.examine import Examination, examine
from monitor.annual.checks.findings import EquationResult
from monitor.annual.reading.reader import read_report


def seed(shared: Path, number: str) -> Examination:
    [path] = (shared / "seeds").glob(f"{number}_*.txt")
    return examine(read_report(str(path)))


@pytest.fixture
def district(shared: Path) -> Examination:
    """A district's report of 2020."""
    return seed(shared, "001")


@pytest.fixture
def street(shared: Path) -> Examination:
    """A street office's report of 2019."""
    return seed(shared, "003")


def test_the_district_gives_its_three_findings_and_one_hint(district: Examination) -> None:
    assert [(f.id, f.place, f.weighty) for f in district.findings] == [
        ("A10.section.missing", "第四部分", True),
        ("A10.table.incomplete", "表三", True),
        ("A9.two_totals", "一、总体情况", True),
        ("A9.fields", "一、总体情况", False),
    ]
    heading, table, totals, fields = (finding.sentence for finding in district.findings)
    assert heading == "缺少标题“四、政府信息公开行政复议、行政诉讼情况”（表中数据仍在）"
    assert table.startswith("在“二、上年结转政府信息公开申请数量”之后中断，缺 21 行")
    assert "3509 条" in totals and "2200 余条" in totals
    assert "26 个" in fields and "21 个" in fields


def test_the_district_ties_where_it_ties(district: Examination) -> None:
    held = {(c.id, c.place): c.sentence for c in district.checks if c.verdict is EquationResult.HOLDS}
    assert held["A4", "表四“行政复议”"] == "四种结果之和 1，总计 1"
    assert held["A4", "表四“未经复议直接起诉”"] == "四种结果之和 3 + 1 + 2 = 6，总计 6"
    assert held["A4", "表四“复议后起诉”"] == "四种结果之和 2 + 1 = 3，总计 3"
    assert held["A2", "表三“一、本年新收政府信息公开申请数量”行"] == "各类申请人之和 4，总计 4"
    assert held["A2", "表三“二、上年结转政府信息公开申请数量”行"] == "各类申请人之和 0，总计 0"
    assert {tie.words for tie in district.ties} >= {"109 次 = 23 件 + 86 件", "4 件 = 表三新收总计 4"}


def test_the_district_says_what_it_could_not_check(district: Examination) -> None:
    assert (
        "A1 表三各列：表三没有“（七）总计”“四、结转下年度继续办理”，“一 + 二 = 三 + 四”无法核对"
        in district.unchecked
    )


def test_the_district_keeps_separators_decimals_and_negative_changes(district: Examination) -> None:
    report = district.report
    assert (report.year, report.form, report.unit) == (2020, "2019", "洛阳市瀍河区人民政府")
    assert report.number(2, "service", "decisions") == 1198
    assert f"{report.number(2, 'purchase', 'amount'):f}" == "18759.694"
    assert report.number(2, "penalty", "change") == -205


def test_the_street_gives_its_findings(street: Examination) -> None:
    assert [(f.id, f.place, f.weighty) for f in street.findings] == [
        ("A10.section.missing", "第三部分", True),
        ("A10.section.missing", "第四部分", True),
        ("A10.section.renumbered", "各部分标题", False),
        ("A10.cell.blank", "表二", True),
    ]
    assert street.findings[3].sentence.startswith("16 格空白")


def test_the_street_has_zeros_and_blanks_and_three_loose_numbers(street: Examination) -> None:
    cells = street.report.cells
    assert sum(cell.blank for cell in cells.values()) == 16
    assert {place.row for place, cell in cells.items() if cell.number == 0} == {"regulation", "norm"}
    assert [loose.words for loose in street.unmatched] == ["145 条", "20 次", "17件"]
    assert not street.ties


ALTERED = [
    ("市长信箱交办件 23 件", "市长信箱交办件 24 件", "A9.sum"),
    ("依申请公开 4 件", "依申请公开 5 件", "A9"),
    ("申请数量\t4\t0\t0\t0\t0\t0\t4", "申请数量\t3\t0\t0\t0\t0\t0\t4", "A2"),
    ("\t1\t3\t0\t1\t2\t6\t", "\t1\t3\t0\t1\t2\t7\t", "A4"),
    ("191\t-62\t1,198", "191\t\t1,198", "A10.cell.blank"),
    ("\t157\t", "\t无\t", "A10.cell.text"),
    ("## 五、存在", "## 四、存在", "A10.section.renumbered"),
]


@pytest.mark.parametrize(("old", "new", "id_"), ALTERED, ids=[case[2] for case in ALTERED])
def test_one_altered_number_is_found(shared: Path, tmp_path: Path, old: str, new: str, id_: str) -> None:
    [path] = (shared / "seeds").glob("001_*.txt")
    text = path.read_text(encoding="utf-8")
    assert old in text
    changed = tmp_path / "report.txt"
    changed.write_text(text.replace(old, new), encoding="utf-8")
    before = {finding.id for finding in seed(shared, "001").findings}
    after = [finding.id for finding in examine(read_report(str(changed))).findings]
    assert id_ in after and set(after) - before == {id_}


def test_reports_before_the_common_form_are_read_and_not_judged(shared: Path) -> None:
    pages = sorted((shared / "real").glob("*/xxgk/xxgknb/bmnb/*/*.html"))
    assert pages
    for path in pages:
        result = examine(read_report(str(path)))
        assert (result.report.year, result.findings) == (2017, ())
        assert result.report.published is not None and result.report.published.year == 2018
