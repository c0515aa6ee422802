"""Composing a score sheet: what is earned, what is not known, who is ranked and who is named."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.scores.compose import MonthlySheet, ScoreRow, compose_sheet
from monitor.scores.earning import Noted, Posted, UnitFacts
from monitor.scores.form import best_of, criticism, praise, worst_of
from monitor.scores.ranks import fits, rank_all
from monitor.scores.scheme import Scheme, Ties, parse_scheme
from rules.dates.periods import parse_period
from rules.vocabulary.points import parse_points, show_points
from rules.vocabulary.terms import UnitKind

FEB = parse_period("2022-02")
TEXT = """
title = "信息公开情况"
groups = [{ name = "部门", kinds = ["部门"] }, { name = "镇", kinds = ["乡镇"] }]

[[components]]
name = "服务"
fixed = 4
deductions = [{ rule = "letter.slow", points = 1.5, cap = 4 }]

[[components]]
name = "公开"
cap = 60
postings = [{ path = [], points = 0.5 }, { path = ["救灾"], points = 1, cap = 3 }, { path = ["转载"], points = 0 }]
bonuses = [{ item = "访谈", points = 20, times = 1 }, { item = "采用", points = 5, cap = 12 }]
"""


def scheme(**changes: str) -> Scheme:
    extra = "\n".join(f"{key} = {value}" for key, value in changes.items())
    return parse_scheme(extra + TEXT, Path("x.toml"))


def unit(
    name: str = "甲局", carry: str | None = "10", kind: UnitKind = UnitKind.DEPARTMENT, **more: object
) -> UnitFacts:
    more.setdefault("posted", [posted("养老", 0)])
    return UnitFacts(name, kind, carry=None if carry is None else Decimal(carry), **more)  # type: ignore[arg-type]


def posted(path: str, count: int | None, exact: bool = True) -> Posted:
    return Posted(tuple(path.split("›")), count, exact, "" if exact else "被拦截")


def only_row(facts: UnitFacts, plan: Scheme | None = None) -> ScoreRow:
    (table,) = compose_sheet(plan or scheme(), FEB, [facts]).tables
    return table.rows[0]


def value(**more: object) -> str | None:
    part = only_row(unit(**more)).parts[1]
    return None if part.value is None else show_points(part.value)


@pytest.mark.parametrize(
    ("facts", "earned"),
    [
        ({}, "0"),
        ({"posted": [posted("养老", 7)]}, "3.5"),
        ({"posted": [posted("养老", 7), posted("救灾›备灾", 2)]}, "5.5"),
        ({"posted": [posted("救灾›备灾", 2), posted("救灾›业务", 5)]}, "3"),
        ({"posted": [posted("转载", 99)]}, "0"),
        ({"noted": {"访谈": [Noted(times=3)]}}, "20"),
        ({"noted": {"访谈": [Noted(times=1), Noted(times=1)]}}, "20"),
        ({"noted": {"采用": [Noted(times=1), Noted(points=Decimal("2.5"))]}}, "7.5"),
        ({"noted": {"采用": [Noted(times=5)]}}, "12"),
        ({"posted": [posted("养老", 200)]}, "60"),
        ({"posted": [posted("养老", None, exact=False)]}, None),
        ({"posted": [posted("养老", 5, exact=False)]}, None),
        ({"posted": [posted("养老", 120, exact=False)]}, "60"),
        ({"posted": [posted("转载", None, exact=False)]}, "0"),
    ],
)
def test_what_a_component_is_worth(facts: dict[str, object], earned: str | None) -> None:
    assert value(**facts) == earned


@pytest.mark.parametrize(("slow", "left"), [(0, "4"), (1, "2.5"), (2, "1"), (3, "0"), (9, "0")])
def test_findings_take_points_off_but_never_below_zero(slow: int, left: str) -> None:
    part = only_row(unit(findings={"letter.slow": slow})).parts[0]
    assert part.value is not None
    assert show_points(part.value) == left


def test_every_number_is_the_sum_of_its_lines() -> None:
    facts = unit(
        posted=[posted("养老", 7), posted("救灾›备灾", 9)],
        noted={"访谈": [Noted(times=2)], "采用": [Noted(times=9)]},
        findings={"letter.slow": 9},
    )
    for part in only_row(facts).parts:
        assert max(sum(line.earned for line in part.lines), Decimal(0)) == part.value


def test_a_month_a_carry_over_and_a_total() -> None:
    row = only_row(unit(carry="50.5", posted=[posted("养老", 3)]))
    assert [row.month, row.carry, row.total, row.rank] == [Decimal("5.5"), Decimal("50.5"), 56, 1]


def test_a_year_begins_without_carry_over() -> None:
    sheet = compose_sheet(scheme(), parse_period("2022-01"), [unit(carry="99")])
    assert (sheet.tables[0].rows[0].total, sheet.span, sheet.before) == (4, "1月", "")


def test_a_year_may_begin_in_another_month() -> None:
    sheet = compose_sheet(scheme(first="12"), parse_period("2022-01"), [unit(carry="9")])
    assert (sheet.before, sheet.year) == ("12月", 2021)
    assert sheet.tables[0].rows[0].total == 13


def field_of(sheet: MonthlySheet) -> list[tuple[str, int | None]]:
    return [(row.unit, row.rank) for table in sheet.tables for row in table.rows]


def compose(totals: Mapping[str, str | None], **changes: str) -> MonthlySheet:
    units = [unit(name, carry=carry) for name, carry in totals.items()]
    return compose_sheet(scheme(**changes), FEB, units)


def test_what_was_not_read_is_marked_and_not_ranked() -> None:
    blocked = unit("乙局", carry="1", posted=[posted("养老", None, exact=False)])
    sheet = compose_sheet(scheme(), FEB, [blocked, unit("甲局", "5"), unit("丙局", "3"), unit("丁局", "2")])
    assert field_of(sheet) == [("甲局", 1), ("丙局", 2), ("丁局", 3), ("乙局", None)]
    row = sheet.tables[0].unranked[0]
    assert (row.total, row.notes) == (None, ("养老未完整读取（被拦截）",))
    assert "乙局" not in praise(sheet) + criticism(sheet)
    assert criticism(sheet) == "表现较差的有：丁局。"


def test_a_unit_without_a_column_of_its_own_is_not_among_the_worst() -> None:
    units = [unit("甲局", "5"), unit("乙局", "4"), unit("丙局", "3"), unit("丁局", "2", posted=[])]
    sheet = compose_sheet(scheme(), FEB, units)
    assert field_of(sheet)[-1] == ("丁局", 4)
    assert sheet.tables[0].rows[-1].notes == ("没有单独负责的计分栏目",)
    assert criticism(sheet) == "表现较差的有：丙局。"


def test_a_unit_without_a_carry_over_is_not_ranked() -> None:
    sheet = compose({"甲局": "5", "乙局": None, "丙局": "4"})
    assert field_of(sheet) == [("甲局", 1), ("丙局", 2), ("乙局", None)]
    assert sheet.tables[0].rows[2].notes == ("1月得分未知",)


def test_equal_totals() -> None:
    totals = {"甲局": "5", "乙局": "8", "丙局": "5", "丁局": "1"}
    assert field_of(compose(totals)) == [("乙局", 1), ("甲局", 2), ("丙局", 2), ("丁局", 4)]
    ordered = compose(totals, ties='"consecutive"')
    assert field_of(ordered) == [("乙局", 1), ("甲局", 2), ("丙局", 3), ("丁局", 4)]


def test_everyone_equal_to_the_last_of_the_named_is_named() -> None:
    sheet = compose(
        {"甲局": "9", "乙局": "8", "丙局": "8", "丁局": "3", "戊局": "2", "己局": "2", "庚局": "4"}
    )
    assert praise(sheet) == "2022年1—2月表现较好的单位有：甲局、乙局、丙局。"
    assert criticism(sheet) == "表现较差的有：戊局、己局。"


def test_where_most_are_equal_nobody_is_named() -> None:
    sheet = compose({"甲局": "5", "乙局": "5", "丙局": "5"})
    assert praise(sheet) + criticism(sheet) == ""


def test_groups_are_ranked_apart_and_named_together() -> None:
    departments = [unit(f"{name}局", carry) for name, carry in zip("甲乙丙丁", "9871", strict=True)]
    towns = [unit(f"{name}镇", carry, UnitKind.TOWN) for name, carry in zip("东西南北", "4321", strict=True)]
    sheet = compose_sheet(scheme(), FEB, [*towns, *departments])
    assert praise(sheet) == "2022年1—2月表现较好的单位有：甲局、乙局和东镇、西镇。"
    assert criticism(sheet) == "表现较差的有：丁局和北镇。"


@given(st.lists(st.integers(0, 6), min_size=1, max_size=12), st.integers(0, 5), st.integers(0, 5))
def test_nobody_is_praised_below_or_blamed_above_someone_unnamed(
    totals: list[int], best: int, worst: int
) -> None:
    sheet = compose({f"{n}局": str(t) for n, t in enumerate(totals)}, best=str(best), worst=str(worst))
    table = sheet.tables[0]
    for named, sign in ((best_of(sheet, table), 1), (worst_of(sheet, table), -1)):
        inside = [sign * (row.total or 0) for row in named]
        outside = [sign * (row.total or 0) for row in table.rows if row not in named]
        assert not inside or not outside or min(inside) > max(outside)


@given(st.lists(st.decimals(0, 50, places=1), min_size=1, max_size=20), st.sampled_from(list(Ties)))
def test_our_own_ranks_always_pass_the_check(totals: list[Decimal], ties: Ties) -> None:
    assert set(fits(totals, rank_all(totals, ties))) == {True}


@given(st.decimals(-(10**9), 10**9, places=4))
def test_points_are_read_as_they_are_shown(value: Decimal) -> None:
    assert parse_points(show_points(value)) == value


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("８２．５", "82.5"), ("1,198", "1198"), ("+20", "20"), ("−1.5", "-1.5"), (" 4 分", "4"), ("82.50", "82.5"),
        ("1,98", None), ("92%", None), ("", None), ("—", None), ("1e5", None), ("٤", None), ("9" * 60, None),
    ],
)  # fmt: skip
def test_what_is_a_number(text: str, number: str | None) -> None:
    parsed = parse_points(text)
    assert parsed == (None if number is None else Decimal(number))
