"""Dates: every form the pages print, what only looks like one, and properties over wild input."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.page.dates import (
    all_dates,
    find_compact,
    find_date,
    find_moment,
    find_month_day,
    find_year_month,
    join_split,
)
from crawler.page.years import date_in_url, infer_years, year_by_link
from crawler.readers.lists.row_days import find_absurd

DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))

PRINTED = [
    ("2019-05-20", "2019-05-20"),
    ("[2019-05-20 16:35]", "2019-05-20"),
    ("(2021-04-19)", "2021-04-19"),
    ("（2021-4-9）", "2021-04-09"),
    ("2021/4/9", "2021-04-09"),
    ("2021.04.09", "2021-04-09"),
    ("2021年4月9日", "2021-04-09"),
    ("2023 年 7 月 3 日", "2023-07-03"),
    ("2021年4月9号", "2021-04-09"),
    ("二〇二六年十一月三日", "2026-11-03"),
    ("二○二六年十月二十日", "2026-10-20"),
    ("二零一九年六月廿三日", "2019-06-23"),
    ("二〇二〇年元月十日", "2020-01-10"),
    ("2019年05-20", "2019-05-20"),
    ("2019–05–20", "2019-05-20"),
    ("2019—05—20", "2019-05-20"),
    ("2019——05——20", "2019-05-20"),
    ("2019 - 5 - 20", "2019-05-20"),
    ("２０１９－０５－２０", "2019-05-20"),
    ("２０２１年４月９日", "2021-04-09"),
    ("2019-05-2016:35", "2019-05-20"),
    ("2020-10-04T19:04:58+08:00", "2020-10-04"),
    ("2021-03-04T16:00:00.000Z", "2021-03-05"),
    ("2021-03-04T16:00:00.000+0000", "2021-03-05"),
    ("2021-03-04T15:59:59Z", "2021-03-04"),
    ("Fri Jul 27 16:02:03 CST 2018", "2018-07-27"),
    ("发布时间：2016-08-18 民发〔2016〕139号", "2016-08-18"),
    ("豫政办〔2019〕15号 2019年3月1日", "2019-03-01"),
    ("2019-02-30 2019-03-01", "2019-03-01"),
]

NO_DATES = [
    "",
    "〔2019〕15号",
    "豫政〔2019〕5-20号",
    "2019-5-20号",
    "第2019号",
    "第2019-05-20",
    "2019年第5号",
    "2021年4月",
    "2021年4月份",
    "2023 年 4-6",
    "2019年5月20万元",
    "2021-02-30",
    "2021-13-01",
    "2021年0月9日",
    "12019-05-20",
    "2019-05-203",
    "20190520",
    "2019-05.20",
    "0372-2019-05-20",
    "1.2019.05.20",
    "二〇二六年第三季度",
    "共2019条 5-20 页",
    "八月三十五日",
    "²⁰¹⁹-05-20",
]


@pytest.mark.parametrize(("text", "day"), PRINTED)
def test_printed_forms(text: str, day: str) -> None:
    assert find_date(text) == date.fromisoformat(day)


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date(text: str) -> None:
    assert find_date(text) is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2020-10-04 19:04:58", "2020-10-04 19:04:58"),
        ("时间：2020年10月4日 9时04分", "2020-10-04 09:04"),
        ("2020-10-04T19:04:58", "2020-10-04 19:04:58"),
        ("2021-03-04T16:30:00Z", "2021-03-05 00:30:00"),
        ("2017/3/4 下午 3:05:02", "2017-03-04 15:05:02"),
        ("2017/3/4 3:05:02 PM", "2017-03-04 15:05:02"),
        ("2020-11-20 10:54:31.0", "2020-11-20 10:54:31"),
        ("2020-10-04 25:00", "2020-10-04"),
        ("2020-10-04 共3条", "2020-10-04"),
        ("没有时间", None),
    ],
)
def test_moments(text: str, moment: str | None) -> None:
    assert find_moment(text) == moment


def test_all_dates_in_the_order_of_reading() -> None:
    text = "来信时间：二〇二〇年十月四日；答复时间：2020-10-08（原定2020年10月15日）"
    assert all_dates(text) == [date(2020, 10, 4), date(2020, 10, 8), date(2020, 10, 15)]


@pytest.mark.parametrize(
    ("parts", "day"),
    [
        (["20", "2019-05"], date(2019, 5, 20)),
        (["2019-05", "20"], date(2019, 5, 20)),
        (["2019年", "05-20"], date(2019, 5, 20)),
        (["05/20", "2019"], date(2019, 5, 20)),
        (["2019", "05", "20"], date(2019, 5, 20)),
        (["31", "2019-02"], None),
        (["05-20"], None),
        (["12", "13"], None),
    ],
)
def test_parts_in_elements_of_their_own(parts: list[str], day: date | None) -> None:
    assert join_split(parts) == day


def test_month_and_day_without_a_year() -> None:
    assert find_month_day("[05-20]") == (5, 20)
    assert find_month_day("5月20日") == (5, 20)
    assert find_month_day("2019-05-20") is None
    assert find_month_day("13-40") is None
    assert find_year_month("2019年5月") == (2019, 5)
    assert find_year_month("2019-05-20") is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("http://a.gov.cn/tzgg/201905/t20190520_123.html", date(2019, 5, 20)),
        ("http://a.gov.cn/2018-07-27/10312.html", date(2018, 7, 27)),
        ("http://a.gov.cn/2020/0417/53228.html", date(2020, 4, 17)),
        ("http://a.gov.cn/art/2020/3/9/art_1_2.html", date(2020, 3, 9)),
        ("http://a.gov.cn/202007/content.html", date(2020, 7, 1)),
        ("http://20190520.gov.cn/a.html", None),
    ],
)
def test_days_in_addresses(url: str, day: date | None) -> None:
    assert date_in_url(url) == day


@pytest.mark.parametrize(
    ("shown", "as_of", "days"),
    [
        ("01-03 12-31 12-30 03-02", "2020-01-05", "2020-01-03 2019-12-31 2019-12-30 2019-03-02"),
        ("01-03 12-31 12-30 03-02", None, "- - - -"),
        # What stands above a newer row is pinned, and says nothing of the year of those below.
        ("03-11 12-28 12-20 08-30", "2025-12-29", "2025-03-11 2025-12-28 2025-12-20 2025-08-30"),
        ("03-11 02-01 12-28 12-20", "2025-12-29", "2025-03-11 2025-02-01 2025-12-28 2025-12-20"),
        ("2023-11-15 12-28 12-20", "2025-12-29", "2023-11-15 2025-12-28 2025-12-20"),
        ("12-31 12-30", "2026-01-01", "2025-12-31 2025-12-30"),
        ("02-29", "2026-01-01", "2024-02-29"),
    ],
)
def test_years_run_backwards_down_a_list(shown: str, as_of: str | None, days: str) -> None:
    printed = shown.split()
    whole = [date.fromisoformat(one) if len(one) > 5 else None for one in printed]
    partial = [None if len(one) > 5 else find_month_day(one) for one in printed]
    found = infer_years(whole, partial, date.fromisoformat(as_of) if as_of else None)
    assert [str(day or "-") for day in found] == days.split()


def test_the_year_that_an_address_says() -> None:
    assert year_by_link((1, 2), "http://a.gov.cn/2019-12-31/1.html") == date(2020, 1, 2)
    assert year_by_link((6, 2), "http://a.gov.cn/show.php?id=7") is None


@given(DAYS)
def test_a_day_is_found_in_its_own_print(day: date) -> None:
    forms = [
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"[{day:%Y/%m/%d}]",
        f"{day:%Y.%m.%d} 08:30",
    ]
    assert [find_date(form) for form in forms] == [day] * 4
    assert find_compact(f"t{day:%Y%m%d}_12.html") == (day if 1900 <= day.year < 2100 else None)


@given(st.text(alphabet="0123456789年月日-–—/.:： 〇零一二三十廿[]（）第号AaT²٣", max_size=60))
def test_wild_text_gives_a_day_or_nothing(text: str) -> None:
    found = find_date(text)
    assert found is None or (found in all_dates(text) and find_date(found.isoformat()) == found)
    moment = find_moment(text)
    assert (moment is None) == (found is None)
    assert moment is None or moment.startswith(found.isoformat() if found else "")


@given(st.lists(st.none() | DAYS, max_size=30), DAYS)
def test_the_future_is_always_absurd(days: list[date | None], as_of: date) -> None:
    absurd = find_absurd(days, as_of)
    assert len(absurd) == len(days)
    for day, bad in zip(days, absurd, strict=True):
        assert bad or day is None or date(1990, 1, 1) <= day <= as_of


def test_a_day_alone_in_its_decade_is_absurd_but_slow_growth_is_not() -> None:
    column = [date(2018, 5, 18), date(2018, 5, 11), date(2018, 4, 2), date(2017, 11, 12), date(2000, 11, 30)]
    assert find_absurd(column, None) == [False, False, False, False, True]
    slow = [date(2018, 5, 1), date(2009, 1, 1), date(2003, 6, 1), date(1998, 1, 1), date(1995, 3, 1)]
    assert not any(find_absurd(slow, None))
