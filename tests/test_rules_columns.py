"""Kinds of columns told from their names, the windows they are held to, the gaps in them."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.cases import ColumnCase
from rules.cases.update_windows import Windows, age_of, is_empty, longest_gap, window_of
from rules.dates.periods import parse_period
from rules.vocabulary.column_kinds import ColumnKind, in_field, kind_of
from rules.vocabulary.terms import Outcome
from tests.book_cases import build

Q2 = parse_period("2023Q2")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (("区情动态",), ColumnKind.NEWS),
        (("新闻中心", "图片新闻"), ColumnKind.NEWS),
        (("走进柘城", "柘城要闻"), ColumnKind.NEWS),
        (("通知公告",), ColumnKind.NOTICE),
        (("政府信息公开目录", "公示公告"), ColumnKind.NOTICE),
        (("政务公告",), ColumnKind.NOTICE),
        (("政府信息公开目录", "政府文件"), ColumnKind.POLICY),
        (("政策", "规范性文件"), ColumnKind.POLICY),
        (("政策文件", "政府办"), ColumnKind.POLICY),  # the leaf says nothing, the name above it does
        (("人事信息", "人事任免"), ColumnKind.PERSONNEL),
        (("招考录用",), ColumnKind.PERSONNEL),
        (("发展规划",), ColumnKind.OTHER),
        (("规划计划", "年度计划"), ColumnKind.PLAN),
        (("规划计划", "专项规划"), ColumnKind.OTHER),  # written for many years
        (("规划计划", "十四五"), ColumnKind.OTHER),
        (("国民经济和社会发展总体规划",), ColumnKind.OTHER),
        (("统计数据",), ColumnKind.OTHER),
        (("政府采购", "招标公告"), ColumnKind.OTHER),
        (("新闻发布会",), ColumnKind.OTHER),
        (("疫情动态",), ColumnKind.OTHER),
        (("规划许可",), ColumnKind.OTHER),
        (("征求意见", "招标文件"), ColumnKind.OTHER),
        (("养老服务", "通知公告"), ColumnKind.OTHER),
        (("救灾领域", "工作动态"), ColumnKind.OTHER),
        (("城乡规划",), ColumnKind.OTHER),
        (("",), ColumnKind.OTHER),
        ((), ColumnKind.OTHER),
    ],
)
def test_kind(path: tuple[str, ...], kind: ColumnKind) -> None:
    assert kind_of(path) is kind


def test_a_field_goes_by_its_aliases_and_by_what_it_calls_itself() -> None:
    assert in_field(("重大项目建设领域", "办事指南"))
    assert in_field(("环境保护",))
    assert in_field(("本地自设领域", "通知公告"))
    assert not in_field(("政务公开", "通知公告"))


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"path": ["区情动态"], "cycle": 7}, "7 天"),
        ({"path": ["区情动态"]}, "14 天"),
        ({"path": ["通知公告"]}, "6 个月"),
        ({"path": ["人事任免"]}, "12 个月"),
        ({"path": ["统计数据"]}, ""),
        ({"path": ["统计数据"], "kind": "通知公告"}, "6 个月"),
        ({"path": ["救灾领域", "通知公告"]}, ""),
        ({"path": ["部门决算"], "due": [9, 20]}, ""),
        ({"path": ["规划计划", "总体规划"]}, ""),
    ],
)
def test_window(facts: dict[str, Any], words: str) -> None:
    window = window_of(build(ColumnCase, facts), Windows())
    assert (window.words if window else "") == words


def test_the_sites_window_holds_where_no_kind_has_one() -> None:
    own = Windows(days=60)
    assert getattr(window_of(build(ColumnCase, {}), own), "length", None) == 60
    assert getattr(window_of(build(ColumnCase, {"path": ["区情动态"]}), own), "length", None) == 14


OUTCOMES = st.sampled_from(
    ["read", "unchanged", "empty", "partial", "blocked", "unreadable", "unreachable", "elsewhere", ""]
)
FACTS = st.fixed_dictionaries(
    {
        "outcome": OUTCOMES,
        "postings": st.integers(0, 2),
        "postings_below": st.integers(0, 1),
        "undated": st.integers(0, 1),
        "unread_below": st.booleans(),
        "elsewhere": st.booleans(),
        "newest": st.sampled_from(["", date(2022, 1, 1), date(2023, 6, 1)]),
        "covered_since": st.sampled_from(["", date(2022, 6, 1)]),
        "newest_below": st.sampled_from(["", date(2022, 6, 1)]),
    }
)


@given(FACTS)
def test_nothing_is_said_of_a_column_that_was_not_read(facts: dict[str, Any]) -> None:
    case = build(ColumnCase, facts)
    if facts["outcome"] not in ("read", "unchanged", "empty") or case.elsewhere or case.unread_below:
        proved = case.outcome is Outcome.PARTIAL and facts["covered_since"] and case.read_to_newest
        assert age_of(case) is None or proved
        assert not is_empty(case)
    if age_of(case) is not None:
        assert not case.undated
    if is_empty(case):
        assert case.postings == case.postings_below == 0


@pytest.mark.parametrize(
    ("days", "since", "gap"),
    [
        (
            [date(2023, 4, 1), date(2023, 4, 10), date(2023, 6, 1)],
            date.min,
            (date(2023, 4, 10), date(2023, 6, 1)),
        ),
        ([date(2022, 12, 1), date(2023, 4, 10)], date.min, (date(2022, 12, 1), date(2023, 4, 10))),
        (
            [date(2022, 12, 1), date(2023, 4, 10)],
            date(2023, 1, 1),
            None,
        ),  # what stood between may not be seen
        ([date(2023, 4, 10)], date.min, None),
        ([date(2022, 1, 1), date(2022, 12, 1)], date.min, None),  # an older period's gap
        ([date(2023, 4, 1), date(2023, 7, 1)], date.min, None),  # the next period's
        ([date(2023, 4, 1), date(2023, 5, 1)], None, None),
        (
            [date(2023, 4, 1), date(2023, 5, 1), date(2023, 5, 31)],
            date.min,
            (date(2023, 5, 1), date(2023, 5, 31)),
        ),
        ([], date.min, None),
    ],
)
def test_longest_gap(days: list[date], since: date | None, gap: tuple[date, date] | None) -> None:
    assert longest_gap(days, Q2, since) == gap
