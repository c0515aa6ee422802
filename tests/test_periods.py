from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.dates.periods import parse_period, quarter_before, quarter_of
from rules.errors import WrongPeriod


@pytest.mark.parametrize(
    ("text", "start", "end", "title", "months"),
    [
        ("2023Q2", date(2023, 4, 1), date(2023, 7, 1), "2023 年第二季度", "4-6 月"),
        ("2023q4", date(2023, 10, 1), date(2024, 1, 1), "2023 年第四季度", "10-12 月"),
        ("2018-07", date(2018, 7, 1), date(2018, 8, 1), "2018 年 7 月", "7 月"),
        ("2018-12", date(2018, 12, 1), date(2019, 1, 1), "2018 年 12 月", "12 月"),
        ("2018", date(2018, 1, 1), date(2019, 1, 1), "2018 年", "1-12 月"),
    ],
)
def test_forms(text: str, start: date, end: date, title: str, months: str) -> None:
    period = parse_period(text)
    assert (period.start, period.end, period.title, period.months) == (start, end, title, months)
    assert start in period
    assert end not in period
    assert period.last in period
    assert [period.over(day) for day in (period.last, period.end)] == [False, True]


@pytest.mark.parametrize("text", ["", "2023Q5", "2023-13", "2023-7", "23Q1", "2023 Q1", "0000", "二〇二三"])
def test_wrong_forms_are_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(WrongPeriod, match="时段“"):
        parse_period(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("23Q1", "是否要写 2023Q1"),
        ("23年第三季度", "是否要写 2023Q3"),
        ("202306", "是否要写 2023-06"),
        ("2023 Q1", "是否要写 2023Q1"),
        ("2023Q5", "季度是 Q1 至 Q4"),
        ("2023-13", "月份是 01 至 12"),
        ("2023年上半年", "没有半年的时段"),
        ("上季度", "是否要写 2022Q4"),
        ("本季度", "是否要写 2023Q1"),
        ("上个月", "是否要写 2022-12"),
        ("去年", "是否要写 2022"),
        ("二季度", "是否要写 2023Q2"),
        ("6月", "是否要写 2023-06"),
    ],
)
def test_what_may_be_meant(text: str, meant: str) -> None:
    with pytest.raises(WrongPeriod, match=meant):
        parse_period(text, date(2023, 1, 31))


@pytest.mark.parametrize("text", ["202313", "20230630", "季度", "上季", "Q2-Q3", "2022-2023"])
def test_what_nobody_can_guess_is_not_guessed(text: str) -> None:
    with pytest.raises(WrongPeriod) as refused:
        parse_period(text, date(2023, 1, 31))
    assert "是否要写" not in str(refused.value)


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)))
def test_every_day_stands_in_its_quarter_and_not_in_the_one_before(day: date) -> None:
    quarter = quarter_of(day)
    assert day in quarter
    assert quarter_before(quarter).end == quarter.start
