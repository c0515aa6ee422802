"""Of a printed table: units that stand twice, numbers left out, headings exchanged, percentages, and who was passed over."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from monitor.scores.printed.recheck import recheck
from monitor.scores.printed_file import read_paper

SCORES = "序号,单位,公共服务,交流互动,政务公开,总分,名次"
ROWS = (
    "1,教育局,4,2,31,37,1", "2,公安局,4,2,30,36,2", "3,民政局,4,2,29,35,3", "4,审计局,4,2,19,25,4", "5,财政局,4,2,18,24,5",
    "6,司法局,4,2,17,23,6",
)  # fmt: skip
SHARES = "单位,受理件数,办结件数,办结率,占比"
DONE = (
    "教育局,20,20,100%,31.75%", "公安局,21,18,85.7%,28.57%", "民政局,20,15,75%,23.81%", "审计局,20,10,50.0%,15.87%",
)  # fmt: skip


def said(folder: Path, *lines: str) -> list[tuple[str, str, str, str]]:
    """(kind, unit, printed, reckoned) of all that is found in a CSV of these lines."""
    path = folder / "表.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return [(d.kind.value, d.unit, d.printed, d.reckoned) for d in recheck(read_paper(path)).discrepancies]


def changed(**rows: str) -> list[str]:
    """The table of scores with some rows written otherwise (r3=...)."""
    return [SCORES, *(rows.get(f"r{n}", row) for n, row in enumerate(ROWS, start=1))]


def test_a_sound_table_is_silent(tmp_path: Path) -> None:
    assert said(tmp_path, *changed()) == []
    assert said(tmp_path, SHARES, *DONE) == []


@pytest.mark.parametrize("name", ["公安局", "公 安 局", "县公安局"])
def test_a_unit_that_stands_twice(tmp_path: Path, name: str) -> None:
    twice = said(tmp_path, *changed(r4=f"4,{name},4,2,19,25,4"))
    assert [(kind, unit) for kind, unit, _, _ in twice] == [("unit.twice", name.replace(" ", ""))]


def test_a_table_with_a_line_for_each_column_of_a_unit_repeats_nobody(tmp_path: Path) -> None:
    units = ("教育局", "教育局", "公安局", "公安局", "民政局", "民政局")
    rows = [f"{n},{unit},{n},{n + 1},{2 * n + 1}" for n, unit in enumerate(units, start=1)]
    assert said(tmp_path, "序号,单位,一季度,二季度,合计", *rows) == []


@pytest.mark.parametrize(
    ("rows", "printed"),
    [
        ({"r3": "4,民政局,4,2,29,35,3", "r4": "5,审计局,4,2,19,25,4", "r5": "6,财政局,4,2,18,24,5", "r6": "7,司法局,4,2,17,23,6"}, ["4"]),
        ({"r3": "2,民政局,4,2,29,35,3", "r4": "3,审计局,4,2,19,25,4", "r5": "4,财政局,4,2,18,24,5", "r6": "5,司法局,4,2,17,23,6"}, ["2"]),
        ({"r1": "2,教育局,4,2,31,37,1", "r2": "3,公安局,4,2,30,36,2", "r3": "4,民政局,4,2,29,35,3", "r4": "5,审计局,4,2,19,25,4",
          "r5": "6,财政局,4,2,18,24,5", "r6": "7,司法局,4,2,17,23,6"}, ["2"]),
        ({"r4": "1,审计局,4,2,19,25,4", "r5": "2,财政局,4,2,18,24,5", "r6": "3,司法局,4,2,17,23,6"}, []),  # a second list
        ({f"r{n}": row.replace(f"{n},", f"{n + 30},", 1) for n, row in enumerate(ROWS, start=1)}, []),  # goes on from a page
        ({f"r{n}": row.replace(f"{n},", f"{n * 37},", 1) for n, row in enumerate(ROWS, start=1)}, []),  # codes
    ],
)  # fmt: skip
def test_numbers_that_do_not_follow(tmp_path: Path, rows: dict[str, str], printed: list[str]) -> None:
    assert [each for kind, _, each, _ in said(tmp_path, *changed(**rows)) if kind == "serial"] == printed


@pytest.mark.parametrize(
    ("heads", "exchanged"),
    [
        ("序号,单位,公共服务,交流互动,政务公开,名次,总分", ("总分", "名次")),
        ("序号,单位,公共服务,交流互动,总分,政务公开,名次", ("总分", "政务公开")),
        ("序号,单位,总分,交流互动,政务公开,公共服务,名次", ("总分", "公共服务")),
    ],
)
def test_headings_that_were_exchanged(tmp_path: Path, heads: str, exchanged: tuple[str, str]) -> None:
    assert said(tmp_path, heads, *ROWS) == [("heading", "", *exchanged)]


def test_ranks_under_the_total_without_parts(tmp_path: Path) -> None:
    rows = ["单位,名次,总分", "教育局,95.5,1", "公安局,90,2", "民政局,88,3"]
    assert said(tmp_path, *rows) == [("heading", "", "总分", "名次")]


def test_full_marks_that_were_exchanged(tmp_path: Path) -> None:
    heads = SCORES.replace("公共服务", "公共服务（2分）").replace("交流互动", "交流互动（4分）")
    assert said(tmp_path, heads, *ROWS) == [("heading", "", "公共服务（2分）", "交流互动（4分）")]


def test_a_total_that_is_made_in_an_unknown_way_is_no_exchange(tmp_path: Path) -> None:
    rows = [
        "单位,动态,政策,发布数,总分",
        "教育局,3,4,7,52",
        "公安局,2,5,7,61",
        "民政局,1,1,2,17",
        "审计局,6,2,8,48",
    ]
    assert not [kind for kind, *_ in said(tmp_path, *rows) if kind == "heading"]


def test_percentages(tmp_path: Path) -> None:
    wrong = "民政局,20,15,70%,23.81%"
    assert said(tmp_path, SHARES, *DONE[:2], wrong, DONE[3]) == [("share", "民政局", "70%", "75%")]
    wrong = "审计局,20,10,50%,18%"
    assert said(tmp_path, SHARES, *DONE[:3], wrong) == [("share", "审计局", "18%", "15.87%")]
    assert said(tmp_path, SHARES, *DONE, "合计,81,63,77.78%,100%") == []
    assert said(tmp_path, SHARES, *DONE, "合计,81,63,87.78%,100%") == [("share", "", "87.78%", "77.78%")]


def test_percentages_of_which_nothing_shows_how_they_are_made(tmp_path: Path) -> None:
    rows = ["单位,条数,得分,名次,满意率", "教育局,20,37,1,91%", "公安局,21,36,2,64%", "民政局,20,35,3,77%"]
    assert said(tmp_path, *rows) == []


def test_percentages_of_a_workbook(tmp_path: Path) -> None:
    book = Workbook()
    rows = (
        ("教育局", 20, 19, 0.95),
        ("公安局", 20, 18, 0.9),
        ("民政局", 20, 15, 0.7),
        ("审计局", 20, 10, 0.5),
    )
    for row in (SHARES.split(",")[:4], *rows):
        book.active.append(row)
    for cell in book.active["D"][1:]:
        cell.number_format = "0%"
    book.save(tmp_path / "表.xlsx")
    found = recheck(read_paper(tmp_path / "表.xlsx")).discrepancies
    assert [(d.kind.value, d.unit, d.printed) for d in found] == [("share", "民政局", "70%")]


ANNEX = (
    "附件", "序号\t单位\t领域\t条数\t合计", "1\t教育局\t甲\t30\t40", "\t\t乙\t10", "2\t住建局\t甲\t5\t9", "\t\t乙\t4",
    "3\t公安局\t甲\t3\t3", "4\t审计局\t甲\t1\t2", "\t\t乙\t1", "5\t民政局\t甲\t1\t2", "\t\t乙\t1", "6\t税务局、财政局\t甲\t1\t1",
    "合计\t\t\t\t57",
)  # fmt: skip


@pytest.mark.parametrize(
    ("prose", "spared"),
    [
        ("住建局发布信息较少。", "审计局（2）、民政局（2）、公安局（3）"),
        ("住建局、审计局发布信息较少。", "民政局（2）、公安局（3）"),
        ("公安局、审计局发布信息较少。", "民政局（2）"),
        ("住建局发布信息较少，公安局、审计局、民政局排名靠后。", ""),
        ("审计局发布信息较少。", ""),  # 民政局 published as many
        ("住建局工作扎实。", ""),
    ],
)
def test_who_is_passed_over(tmp_path: Path, prose: str, spared: str) -> None:
    path = tmp_path / "通报.txt"
    path.write_text("\n".join((prose, "", *ANNEX)), encoding="utf-8")
    found = [
        d.sentence for d in recheck(read_paper(path)).discrepancies if d.kind.value == "prose.passed_over"
    ]
    assert [sentence.partition("少于它的")[2].partition("没有点名")[0] for sentence in found] == (
        [spared] if spared else []
    )
