"""A sound bulletin and a sound score sheet altered in one place each: what a careful clerk would notice is found, and nothing is
found in copies that only look otherwise."""

from pathlib import Path

import pytest

from monitor.scores.printed.paper import Grid, GridRow
from monitor.scores.printed.recheck import recheck
from monitor.scores.printed_file import joined, read_paper

BULLETIN = """2023年4-6月，区政府网站共发布各类信息90条，其中：基层政务公开领域发布75条。
2023年4-6月，柏庄镇信息发布较少，其中，柏庄镇就业创业领域第二季度未发布信息。区审计局、区财政局发布信息较少。
区政府网站“区长信箱”平台共受理网民留言11个，办结10个，办结率90.9%。

附件1 4-6月区政府网站发布信息情况（各街道、柏庄镇）

排名\t街道（镇）\t专题\t发布信息数量\t
1\t解放路街道\t救灾领域\t10\t20
\t\t就业创业领域\t10
2\t曙光路街道\t救灾领域\t9\t15
\t\t就业创业领域\t6
3\t柏庄镇\t救灾领域\t4\t4
\t\t就业创业领域\t0
合计\t\t\t\t39

附件2 4-6月区政府网站发布信息情况（区直部门）

序号\t栏目\t发布信息数量\t\t责任单位
1\t招生信息\t14\t20\t区教育局
\t校园安全\t6\t
2\t就业服务信息\t9\t12\t区人社局
\t社会保险信息\t3\t
3\t审计报告信息\t1\t2\t区审计局
\t财政审计信息\t1\t
4\t部门预算信息\t1\t2\t区财政局
\t部门决算信息\t1\t
合计\t\t36\t\t
"""
SCORES = """2022年1—2月，共考核8个区直单位。1—2月表现较好的单位有：区民政局、区教育局。表现较差的有：区信访局。
民政局得分最高，为90分；信访局得分最低，为20分。

附件 2022年1—2月区直单位得分情况

单位名称\t公共服务得分\t信息公开得分\t1月得分\t1—2月总分
民政局\t10\t30\t50\t90
教育局\t10\t25\t45\t80
审计局\t10\t20\t40\t70
司法局\t10\t15\t35\t60
水利局\t10\t10\t30\t50
林业局\t10\t8\t22\t40
统计局\t10\t5\t15\t30
信访局\t10\t2\t8\t20
"""


def said(folder: Path, text: str, *change: str) -> set[tuple[str, str]]:
    """(kind, unit) of what is found in the text, changed in one place."""
    assert not change or text.count(change[0]) >= 1
    path = folder / "表.txt"
    path.write_text(text.replace(*change, 1) if change else text, encoding="utf-8")  # type: ignore[call-overload]
    return {(each.kind.value, each.unit) for each in recheck(read_paper(path)).discrepancies}


@pytest.mark.parametrize("text", [BULLETIN, SCORES], ids=["bulletin", "scores"])
def test_sound_papers_are_silent(tmp_path: Path, text: str) -> None:
    assert said(tmp_path, text) == set()


@pytest.mark.parametrize(
    ("old", "new", "kind", "unit"),
    [
        ("校园安全\t6", "校园安全\t7", "block.sum", "区教育局"),
        ("合计\t\t36", "合计\t\t35", "grand.sum", ""),
        ("2\t曙光路", "4\t曙光路", "rank", "曙光路街道"),
        ("3\t审计报告", "5\t审计报告", "serial", "区审计局"),
        ("发布75条", "发布76条", "prose.number", ""),
        ("信息90条", "信息60条", "prose.number", ""),  # less than its part
        ("办结率90.9%", "办结率100%", "prose.number", ""),
        ("办结10个", "办结12个", "prose.number", ""),
        ("柏庄镇就业创业领域第二季度", "柏庄镇救灾领域第二季度", "prose.number", "柏庄镇"),  # it has 4 there
        ("区审计局、区财政局发布信息较少", "区教育局、区财政局发布信息较少", "prose.criticism", "区教育局"),
        ("区审计局、区财政局发布信息较少", "区审计局（3条）、区财政局发布信息较少", "prose.number", "区审计局"),
        ("区审计局、区财政局发布信息较少", "区审计局、区林草局发布信息较少", "prose.criticism", "区林草局"),
        ("2023年4-6月，柏庄", "2023年1-3月，柏庄", "prose.period", ""),
    ],
)  # fmt: skip
def test_slips_of_a_bulletin(tmp_path: Path, old: str, new: str, kind: str, unit: str) -> None:
    assert (kind, unit) in said(tmp_path, BULLETIN, old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("区审计局、区财政局发布信息较少", "区财政局发布信息较少"),  # 审计局 published as many
        ("区审计局、区财政局发布信息较少", "区审计局（2条）、区财政局（2条）发布信息较少"),
        ("办结率90.9%", "办结率达到90.91%"),
        ("区审计局、区财政局发布信息较少", "区教育局部门文件栏目未发布信息"),  # no such column in the table
        ("2023年4-6月，柏庄镇信息发布较少", "2023年4-6月，柏庄镇信息发布较少，比上季度减少9条"),
    ],
)
def test_what_is_no_slip_of_a_bulletin(tmp_path: Path, old: str, new: str) -> None:
    assert said(tmp_path, BULLETIN, old, new) == set()


@pytest.mark.parametrize(
    ("old", "new", "kind", "unit"),
    [
        ("35\t60", "35\t66", "row.sum", "司法局"),
        ("水利局\t10", "司法局\t10", "unit.twice", "司法局"),
        ("信息公开得分\t1月得分\t1—2月总分", "1—2月总分\t1月得分\t信息公开得分", "heading", ""),
        ("区民政局、区教育局", "区民政局、区水利局", "prose.praise", "水利局"),
        ("差的有：区信访局", "差的有：区水利局", "prose.criticism", "水利局"),
        ("1—2月表现", "一季度表现", "prose.period", ""),
        ("附件 2022年1—2月", "附件 2022年1—3月", "prose.period", ""),
        ("共考核8个", "共考核9个", "prose.number", ""),
        ("最高，为90分", "最高，为92分", "prose.number", "民政局"),
        ("区民政局、区教育局", "区民政局、区机关事务中心", "prose.praise", "区机关事务中心"),
        ("司法局\t10\t15\t35\t60\n水利局\t10\t10\t30\t50", "水利局\t10\t10\t30\t50\n司法局\t10\t15\t35\t60", "order", "水利局"),
        ("信访局\t10\t2\t8\t20", "信访局\t10\t2\t8\t20\n合计\t80\t115\t245\t430", "column.sum", ""),
    ],
)  # fmt: skip
def test_slips_of_a_score_sheet(tmp_path: Path, old: str, new: str, kind: str, unit: str) -> None:
    assert (kind, unit) in said(tmp_path, SCORES, old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("最高，为90分", "最高，为90分，其中领导访谈加20分"),
        ("信访局\t10\t2\t8\t20", "信访局\t10\t2\t8\t20\n合计\t80\t115\t245\t440"),
        ("信访局\t10\t2\t8\t20", "信访局\t10\t2\t8\t20\n注：1月得分为上月累计。"),
        ("附件 2022年1—2月", "附件 2022年度"),
        ("1—2月表现", "1-2月份表现"),
    ],
)
def test_what_is_no_slip_of_a_score_sheet(tmp_path: Path, old: str, new: str) -> None:
    assert said(tmp_path, SCORES, old, new) == set()


def test_a_sum_of_all_below_the_sums_of_groups(tmp_path: Path) -> None:
    rows = ["类别,单位,甲,乙,总分", "区直,教育局,4,2,6", "区直,公安局,3,2,5", "区直,小计,7,4,11",
            "乡镇,城关镇,2,2,4", "乡镇,柏庄镇,1,2,3", "乡镇,小计,3,4,7"]  # fmt: skip
    path = tmp_path / "表.csv"
    for total, found in (("18", []), ("19", ["column.sum"])):
        path.write_text("\n".join([*rows, f"合计,,10,8,{total}"]), encoding="utf-8")
        assert [each.kind.value for each in recheck(read_paper(path)).discrepancies] == found


def page(*rows: str, captions: tuple[str, ...] = ()) -> Grid:
    cells = [GridRow(n, tuple(row.split(","))) for n, row in enumerate(rows, start=1)]
    return Grid("表", tuple(cells), captions)


def test_a_table_on_several_pages_is_one() -> None:
    """With its headings again or without; a caption, other than the page's number, begins another."""
    first = page("单位,甲,乙,总分", "教育局,4,2,6", captions=("附件1",))
    again = page("单位,甲,乙,总分", "公安局,3,2,5", captions=("— 2 —",))
    bare, other = page("民政局,2,2,4"), page("单位,甲,乙,总分", "城关镇,1,1,2", captions=("附件2",))
    one, two = joined([first, again, bare, other])
    assert [(row.number, row.cells[0]) for row in one.rows] == [
        (1, "单位"), (2, "教育局"), (3, "公安局"), (4, "民政局"),
    ]  # fmt: skip
    assert two.captions == ("附件2",)
