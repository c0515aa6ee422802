"""Working days with 调休, announced years, provisional deadlines."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.dates.announced_calendar import read_calendar
from rules.dates.workdays import OFFICIAL, Due, due_after, is_workday, workdays_between
from rules.errors import UnknownYear, WrongCalendar

YEAR_2027 = """
[2027]
source = "放假安排（测试用）"
off = ["2027-01-01..2027-01-03", 2027-02-08]
on = ["2026-12-27", "2027-02-20"]
"""


def test_weekends_that_work_and_weekdays_that_do_not() -> None:
    assert is_workday(date(2023, 6, 25), OFFICIAL)  # 端午调休的周日
    assert not is_workday(date(2023, 6, 22), OFFICIAL)  # 端午
    assert not is_workday(date(2023, 6, 17), OFFICIAL)


def test_counting_starts_the_day_after() -> None:
    assert workdays_between(date(2023, 6, 12), date(2023, 6, 12), OFFICIAL) == 0
    assert workdays_between(date(2023, 6, 12), date(2023, 6, 13), OFFICIAL) == 1
    assert workdays_between(date(2023, 6, 13), date(2023, 6, 12), OFFICIAL) == 0
    assert workdays_between(date(2022, 9, 30), date(2022, 10, 10), OFFICIAL) == 3


def test_twenty_days_from_a_day_off_are_not_one_late() -> None:
    # 2026-09-25 is 中秋: a library function answers 10-30 here.
    assert due_after(date(2026, 9, 25), 20, OFFICIAL) == Due(date(2026, 10, 29), provisional=False)
    assert due_after(date(2026, 11, 20), 20, OFFICIAL) == Due(date(2026, 12, 18), provisional=False)


def test_an_unknown_year_is_an_error_that_names_it() -> None:
    with pytest.raises(UnknownYear, match="2027 年的放假安排尚未收录"):
        workdays_between(date(2026, 12, 1), date(2027, 1, 5), OFFICIAL)


def test_a_deadline_into_an_unknown_year_is_provisional() -> None:
    assert due_after(date(2026, 12, 1), 20, OFFICIAL) == Due(date(2026, 12, 29), provisional=False)
    assert due_after(date(2026, 12, 4), 20, OFFICIAL) == Due(date(2027, 1, 1), provisional=True)


def test_an_announced_year_makes_it_certain() -> None:
    calendar = read_calendar(YEAR_2027)
    # 12-27 is a Sunday that works, 1 January a Friday that does not.
    assert due_after(date(2026, 12, 4), 20, calendar) == Due(date(2026, 12, 31), provisional=False)
    assert is_workday(date(2026, 12, 27), calendar)
    assert not is_workday(date(2027, 1, 1), calendar)
    assert not is_workday(date(2027, 2, 8), calendar)
    assert is_workday(date(2027, 2, 9), calendar)
    assert is_workday(date(2027, 2, 20), calendar)
    assert workdays_between(date(2026, 12, 31), date(2027, 1, 5), calendar) == 2


@given(st.dates(date(2015, 1, 1), date(2025, 6, 1)), st.integers(1, 60))
def test_the_nth_day_is_the_nth(start: date, number: int) -> None:
    due = due_after(start, number, OFFICIAL)
    last = due.day
    assert is_workday(last, OFFICIAL) and not due.provisional
    assert workdays_between(start, last, OFFICIAL) == number
    assert workdays_between(start, last - timedelta(days=1), OFFICIAL) == number - 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("off = [", "不是正确的 TOML"),
        ('[later]\noff = ["2027-01-01"]', "“later”不是年份"),
        ('2027 = "全年无休"', "“2027”不是年份"),
        ('[2027]\nholidays = ["2027-01-01"]', "不认识“holidays”"),
        ("[2027]\non = []", "没有写明放假日期"),
        ('[2027]\noff = "2027-01-01"', "off 应为列表"),
        ('[2027]\noff = ["元旦"]', "“元旦”无法识别"),
        ('[2027]\noff = ["2027-01-03..2027-01-01"]', "无法识别"),
        ('[2027]\noff = ["2027-01-01..2027-12-31"]', "无法识别"),
        ('[2027]\noff = ["2028-01-01"]', "2028-01-01 不在这一年"),
        ('[2027]\noff = ["2027-01-02"]\non = ["2027-01-02"]', "既放假又上班"),
        ('[2027]\noff = ["2027-01-01"]\non = ["2027-01-04"]', "2027-01-04 不是周末"),
        ("[2027]\noff = [2027-01-01T08:00:00]", "无法识别"),
    ],
)
def test_a_wrong_table_is_refused_with_its_reason(text: str, said: str) -> None:
    with pytest.raises(WrongCalendar, match=said):
        read_calendar(text)
