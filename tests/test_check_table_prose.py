"""The prose beside a table: whose names it names, which months it speaks of, and what it claims of whom."""

import pytest

from monitor.scores.printed.discrepancies import Kind
from monitor.scores.printed.month_words import find_spans
from monitor.scores.printed.paper import Paper, Paragraph
from monitor.scores.printed.prose import Names, claims

UNITS = [
    "区住房和城乡建设局", "发展和改革委员会", "市场监督管理局", "区教育局", "教育考试中心", "红旗路街道 办事处", "柏庄镇人民政府",
    "公安局", "文化广电和旅游局", "人力资源社会保障局", "民政局", "审计局", "财政局",
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("区住建局", ["区住房和城乡建设局"]),
        ("县发改委、市市场监管局", ["发展和改革委员会", "市场监督管理局"]),
        ("市场监管局", ["市场监督管理局"]),
        ("教育局和教育考试中心", ["区教育局", "教育考试中心"]),
        ("红旗路街道、柏庄镇", ["红旗路街道 办事处", "柏庄镇人民政府"]),
        ("红旗路街道办", ["红旗路街道 办事处"]),
        ("区文广旅局以及人社局", ["文化广电和旅游局", "人力资源社会保障局"]),
        ("区建设局", []),
        ("住房局长讲话", []),
        ("各镇（街道）、部门", []),
    ],
)
def test_whose_names_are_meant(text: str, named: list[str]) -> None:
    assert Names(UNITS).find(text)[0] == named


def test_an_abbreviation_two_units_fit_means_neither() -> None:
    assert Names(["农业农村局", "农业机械管理局"]).find("农业局")[0] == []


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("2022年1—2月份", [(1, 2, 2022)]),
        ("2023 年 4-6 月", [(4, 6, 2023)]),
        ("1月至3月", [(1, 3, None)]),
        ("今年第二季度", [(4, 6, None)]),
        ("4季度", [(10, 12, None)]),
        ("前三季度", [(1, 9, None)]),
        ("上半年、下半年", [(1, 6, None), (7, 12, None)]),
        ("全年", [(1, 12, None)]),
        ("2021年度", [(1, 12, 2021)]),
        ("3月份", [(3, 3, None)]),
        ("全年目标任务", []),
        ("2022年3月7日", []),
        ("4月1日至6月30日", []),
        ("《2023年度工作要点》", []),
        ("第13月", []),
        ("6-4月", []),
    ],
)
def test_which_months_are_meant(text: str, months: list[tuple[int, int, int | None]]) -> None:
    assert [(span.first, span.last, span.year) for span in find_spans(text)] == months


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        ("表现较好的单位有：民政局、审计局。", [(Kind.PRAISE, ["民政局", "审计局"])]),
        (
            "表现较好的有民政局，较差的另行通报；得分较低的是审计局",
            [(Kind.PRAISE, ["民政局"]), (Kind.CRITICISM, ["审计局"])],
        ),
        (
            "民政局、审计局排名靠前，财政局排名靠后。",
            [(Kind.PRAISE, ["民政局", "审计局"]), (Kind.CRITICISM, ["财政局"])],
        ),
        ("民政局，审计局，公安局排名后三位。", [(Kind.CRITICISM, ["民政局", "审计局", "公安局"])]),
        (
            "表现较好的有：民政局，审计局，下一步由财政局牵头整改。",
            [(Kind.PRAISE, ["民政局"]), (Kind.PRAISE, ["审计局"])],
        ),
        ("按照财政局要求，民政局表现较好。", [(Kind.PRAISE, ["民政局"])]),
        ("民政局对栏目内容保障工作重视不够，发布信息较少。", [(Kind.CRITICISM, ["民政局"])]),
        ("民政局要加强工作，及时公开。", []),
        ("部分单位表现较差。", []),
    ],
)
def test_what_is_claimed_of_whom(text: str, claimed: list[tuple[Kind, list[str]]]) -> None:
    paper = Paper((Paragraph(1, text),), ())
    found = [(claim.kind, list(claim.units)) for claim in claims(paper, Names(UNITS))]
    assert found == claimed
