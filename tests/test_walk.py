"""Turning pages: when to stop, and what may be called exact."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.crawling.list_order import FEWEST_IN_ORDER, reach_of
from crawler.crawling.pagination import Pagination, Stop
from crawler.page.values import ListPage, PageRequest
from db.recording.pages import Sighting
from rules.dates.periods import BEGINNING
from rules.vocabulary.terms import Outcome, Witness

SINCE = date(2023, 4, 1)
DAY = timedelta(days=1)


def rows(*days: str | None, start: int = 0) -> list[Sighting]:
    return [
        Sighting(f"p{start + n}", "公告", None, date.fromisoformat(day) if day else None)
        for n, day in enumerate(days)
    ]


def take(walk: Pagination, page: list[Sighting], *, more: bool, **said: Any) -> Stop | None:
    turn = PageRequest("https://x.gov.cn/index_1.html", guessed=said.pop("guessed", False)) if more else None
    return walk.take(page, ListPage(next_page=turn, **said))


def test_it_stops_at_the_periods_start_and_covers_what_lies_above() -> None:
    page = rows("2023-06-01", "2023-05-01", "2023-03-31")
    stop = take(Pagination(SINCE, 9), page, more=True, stated_total=50)
    assert stop == Stop(Outcome.READ, date(2023, 4, 1), witness=Witness.OLDER_ROW)


@pytest.mark.parametrize(
    ("following", "stop"),
    [
        (("2023-03-30", "2023-03-01"), Stop(Outcome.READ, date(2023, 3, 2), witness=Witness.OLDER_ROW)),
        # Of the days between the two pages none counts.
        (("2021-03-30", "2021-03-29", "2021-03-28"), Stop(Outcome.READ, date(2021, 3, 29), witness=Witness.OLDER_ROW)),
        # The next category begins, the next unit, the next year's table, or the list is in no order at all.
        (("2023-06-03", "2023-05-03", "2023-03-03"), None),
        (("2023-03-30", "2023-06-03", "2023-05-03"), None),
        (("2020-05-02", "2023-04-30", "2021-06-01"), None),
    ],
)  # fmt: skip
def test_where_no_total_bounds_a_list_the_page_after_the_older_row_has_to_go_on(
    following: tuple[str, ...], stop: Stop | None
) -> None:
    walk = Pagination(SINCE, 9)
    assert take(walk, rows("2023-06-01", "2023-05-01", "2023-03-31"), more=True) is None
    assert take(walk, rows(*following, start=3), more=True) == stop


@pytest.mark.parametrize(
    ("following", "stop"),
    [
        (("2021-03-30", "2021-03-01"), Stop(Outcome.READ, date(2021, 3, 2), witness=Witness.OLDER_ROW)),
        # The years stand one after another, the earliest first; or another category begins.
        (("2023-06-03", "2023-05-03", "2023-03-03"), None),
    ],
)
def test_a_first_page_with_nothing_of_the_days_that_count_is_not_enough_for_a_zero(
    following: tuple[str, ...], stop: Stop | None
) -> None:
    walk = Pagination(SINCE, 9)
    first = rows("2021-12-01", "2021-08-01", "2021-03-31")
    assert take(walk, first, more=True, stated_total=50) is None
    assert take(walk, rows(*following, start=3), more=True, stated_total=50) == stop


def test_an_address_that_no_page_names_is_not_asked_only_to_see_whether_the_order_goes_on() -> None:
    page = rows("2023-06-01", "2023-05-01", "2023-03-31")
    assert take(Pagination(SINCE, 9), page, more=True, guessed=True) is not None


@pytest.mark.parametrize(("pages", "covered"), [(1, date(2023, 4, 1)), (2, date(2023, 3, 2))])
def test_the_page_after_the_older_row_that_cannot_be_read_or_goes_beyond_the_limit_takes_nothing_back(
    pages: int, covered: date
) -> None:
    walk = Pagination(SINCE, pages)
    stop = take(walk, rows("2023-06-01", "2023-05-01", "2023-03-31"), more=True)
    if pages > 1:
        assert stop is None
        assert walk.short("http_404") == Stop(Outcome.READ, date(2023, 4, 1), witness=Witness.OLDER_ROW)
        stop = take(walk, rows("2023-03-20", "2023-03-01", start=3), more=True)
    assert stop == Stop(Outcome.READ, covered, witness=Witness.OLDER_ROW)


def test_a_last_row_on_the_first_day_turns_on_because_its_siblings_may_follow() -> None:
    assert take(Pagination(SINCE, 9), rows("2023-06-01", "2023-05-01", "2023-04-01"), more=True) is None


def test_two_rows_show_no_order() -> None:
    assert take(Pagination(SINCE, 9), rows("2023-06-01", "2023-01-01"), more=True) is None
    assert take(Pagination(SINCE, 9), rows("2023-06-01", "2023-01-01"), more=False) == Stop(
        Outcome.PARTIAL, None, "end_not_shown"
    )


def test_an_order_by_title_is_none() -> None:
    days = [
        "2023-06-20",
        "2022-01-05",
        "2023-05-30",
        "2021-03-02",
        "2023-06-01",
        "2021-11-11",
        "2020-02-02",
        "2023-05-02",
        "2021-07-07",
        "2023-06-03",
    ]
    assert reach_of([date.fromisoformat(day) for day in days]) is None


@pytest.mark.parametrize(
    ("pages", "composed", "stop"),
    [
        # A page that leads on, and the next one shows nothing: as likely a fault as the end.
        ([3], False, Stop(Outcome.PARTIAL, date(2023, 6, 28), "end_not_shown", Witness.OLDER_ROW)),
        ([3, 3], False, Stop(Outcome.PARTIAL, date(2023, 6, 25), "end_not_shown", Witness.OLDER_ROW)),
        # The page before it was not full.
        ([3, 2], False, Stop(Outcome.READ, BEGINNING, witness=Witness.PAGER_END)),
        # Behind an endpoint's last page there is always nothing.
        ([3, 3], True, Stop(Outcome.READ, BEGINNING, witness=Witness.PAGER_END)),
    ],
)
def test_a_page_that_shows_nothing_behind_others(pages: list[int], composed: bool, stop: Stop) -> None:
    walk, taken = Pagination(SINCE, 9), 0
    for size in pages:
        days = [str(date(2023, 6, 29) - DAY * (taken + n)) for n in range(size)]
        assert take(walk, rows(*days, start=taken), more=True) is None
        taken += size
    assert walk.past_the_end(composed=composed) == stop


@pytest.mark.parametrize(
    ("sizes", "doubts", "stop"),
    [
        # It leads nowhere and is not full: the last, though no pager says so.
        ([3, 2], (), Stop(Outcome.READ, BEGINNING, witness=Witness.PAGER_END)),
        ([3, 3, 1], (), Stop(Outcome.READ, BEGINNING, witness=Witness.PAGER_END)),
        # Full, cut short by a fault, or the only one: as likely a pager that is not understood.
        ([3, 3], (), Stop(Outcome.PARTIAL, date(2023, 6, 25), "end_not_shown", Witness.OLDER_ROW)),
        ([3, 2], ("cut_short",), Stop(Outcome.PARTIAL, date(2023, 6, 26), "cut_short", Witness.OLDER_ROW)),
        ([3], (), Stop(Outcome.PARTIAL, date(2023, 6, 28), "end_not_shown", Witness.OLDER_ROW)),
    ],
)
def test_a_page_that_leads_nowhere_and_is_not_full(
    sizes: list[int], doubts: tuple[str, ...], stop: Stop
) -> None:
    walk, taken, told = Pagination(SINCE, 9), 0, None
    for at, size in enumerate(sizes, start=1):
        days = [str(date(2023, 6, 29) - DAY * (taken + n)) for n in range(size)]
        last = at == len(sizes)
        told = take(walk, rows(*days, start=taken), more=not last, doubts=doubts if last else ())
        taken += size
    assert told == stop


def test_one_pinned_old_row_does_not_stop_it() -> None:
    assert take(Pagination(SINCE, 9), rows("2016-01-01", "2023-06-20", "2023-06-10"), more=True) is None


def test_a_row_out_of_order_makes_it_look_further() -> None:
    walk = Pagination(SINCE, 9)
    page = rows("2023-06-20", "2023-03-30", "2023-05-30", "2023-03-28")
    assert take(walk, page, more=True) is None
    assert walk.covered() == date(2023, 3, 28) + (date(2023, 5, 30) - date(2023, 3, 30)) + DAY


JUNE = rows("2023-06-05", "2023-06-04", "2023-06-03")


@pytest.mark.parametrize(
    ("said", "stop"),
    [
        # Nothing is whole by default.
        ({}, Stop(Outcome.PARTIAL, date(2023, 6, 4), "end_not_shown", Witness.OLDER_ROW)),
        ({"ended": True}, Stop(Outcome.READ, BEGINNING, witness=Witness.PAGER_END)),
        ({"stated_total": 3}, Stop(Outcome.READ, BEGINNING, witness=Witness.LAST_PAGE)),
        ({"stated_total": 3, "stated_pages": 1}, Stop(Outcome.READ, BEGINNING, witness=Witness.LAST_PAGE)),
        # A stated total outweighs a link that offers more, and nothing outweighs a total that is not met.
        ({"stated_total": 3, "doubts": ("more_link",)}, Stop(Outcome.READ, BEGINNING, witness=Witness.LAST_PAGE)),
        ({"stated_total": 5, "ended": True}, Stop(Outcome.PARTIAL, date(2023, 6, 4), "rows_missing", Witness.OLDER_ROW)),
        ({"stated_total": 2, "ended": True}, Stop(Outcome.PARTIAL, date(2023, 6, 4), "totals_differ", Witness.OLDER_ROW)),
        ({"stated_pages": 3}, Stop(Outcome.PARTIAL, date(2023, 6, 4), "pages_missing", Witness.OLDER_ROW)),
        ({"ended": True, "doubts": ("more_link",)}, Stop(Outcome.PARTIAL, date(2023, 6, 4), "more_link", Witness.OLDER_ROW)),
        # Of a part a total says nothing, and where rows may stand anywhere an older one says nothing.
        # A total beside a pager that a script is to draw may count this page only.
        ({"stated_total": 3, "doubts": ("pager_empty",)}, Stop(Outcome.PARTIAL, date(2023, 6, 4), "pager_empty", Witness.OLDER_ROW)),
        ({"stated_total": 3, "doubts": ("year_choice",)}, Stop(Outcome.PARTIAL, date(2023, 6, 4), "year_choice", Witness.OLDER_ROW)),
        ({"stated_total": 3, "doubts": ("rows_hidden",)}, Stop(Outcome.PARTIAL, None, "rows_hidden")),
        ({"ended": True, "doubts": ("tabs_unread",)}, Stop(Outcome.PARTIAL, None, "tabs_unread")),
    ],
)  # fmt: skip
def test_the_end_of_a_list_needs_a_witness(said: dict[str, Any], stop: Stop) -> None:
    assert take(Pagination(SINCE, 9), JUNE, more=False, **said) == stop


def test_fewer_rows_than_stated_below_the_period_is_read() -> None:
    page = rows("2023-06-03", "2023-05-03", "2023-01-01")
    stop = take(Pagination(SINCE, 9), page, more=False, stated_total=50)
    assert stop == Stop(Outcome.READ, date(2023, 1, 2), witness=Witness.OLDER_ROW)


def test_a_total_that_changes_between_pages_says_that_the_list_moved() -> None:
    walk = Pagination(SINCE, 9)
    assert take(walk, JUNE, more=True, stated_total=5) is None
    stop = take(walk, rows("2023-06-02", "2023-01-01", start=3), more=False, stated_total=6)
    assert stop == Stop(Outcome.PARTIAL, None, "rows_missing")
    assert walk.moved


def test_an_address_that_no_page_names_proves_only_what_a_total_proves() -> None:
    older = rows("2023-06-02", "2023-01-01", start=3)
    for said, stop in (
        ({}, Stop(Outcome.PARTIAL, None, "guessed_address")),
        ({"stated_total": 5}, Stop(Outcome.READ, BEGINNING, witness=Witness.LAST_PAGE)),
    ):
        walk = Pagination(SINCE, 9)
        assert take(walk, JUNE, more=True, guessed=True, **said) is None
        assert take(walk, older, more=False, **said) == stop


@pytest.mark.parametrize(
    ("first", "second", "cause"),
    [
        (("06-30", "06-28", "06-25", "06-24"), ("06-22", "06-20", "06-19", "03-01"), ""),
        # A cache shows a second page that is two weeks old: what has come since has pushed rows between the two.
        (("06-30", "06-28", "06-25", "06-24"), ("06-12", "06-11", "06-08", "06-05"), "pages_apart"),
        (
            ("06-30", "06-18", "06-15", "06-14"),
            ("06-04", "06-01", "05-30", "05-28"),
            "",
        ),  # a leap as on the first page
        (("06-30", "06-29", "06-28", "06-28"), ("06-28", "06-27", "06-27", "06-26"), ""),
        # Busy days: one ends with the first page; a weekend, or the days off of 端午 (22 to 24 June), lie between the two.
        (("06-28", "06-28", "06-28", "06-28"), ("06-27", "06-27", "06-27", "06-27"), ""),
        (("06-15", "06-14", "06-13", "06-12"), ("06-09", "06-09", "06-08", "06-07"), ""),
        (("06-28", "06-27", "06-26", "06-25"), ("06-21", "06-21", "06-20", "06-19"), ""),
        # A working day more than anywhere else.
        (("06-30", "06-29", "06-28", "06-27"), ("06-21", "06-21", "06-20", "06-19"), "pages_apart"),
        (("06-28", "06-28", "06-28", "06-28"), ("06-20", "06-20", "06-20", "06-20"), "pages_apart"),
        (("06-30", "06-28", "06-25", "06-24"), ("2022-06-12", "2022-06-11", "2022-06-08"), "pages_apart"),
    ],
)
def test_days_that_leap_between_two_pages_may_hide_rows(
    first: tuple[str, ...], second: tuple[str, ...], cause: str
) -> None:
    def of(days: tuple[str, ...], start: int) -> list[Sighting]:
        return rows(*(day if len(day) > 5 else f"2023-{day}" for day in days), start=start)

    walk = Pagination(SINCE, 9)
    assert take(walk, of(first, 0), more=True) is None
    stop = take(walk, of(second, len(first)), more=True)
    assert (cause in walk.doubts) == bool(cause)
    assert stop is None or not cause
    # Where the list states a total that does not change, its pages are of one moment.
    whole = Pagination(SINCE, 9)
    take(whole, of(first, 0), more=True, stated_total=90)
    take(whole, of(second, len(first)), more=True, stated_total=90)
    assert "pages_apart" not in whole.doubts


def test_fewer_pages_than_the_first_one_stated_is_partial() -> None:
    walk = Pagination(SINCE, 9)
    assert take(walk, JUNE, more=True, stated_pages=3) is None
    stop = take(walk, rows("2023-06-02", start=3), more=False, ended=True)
    assert stop == Stop(Outcome.PARTIAL, date(2023, 6, 3), "pages_missing", Witness.OLDER_ROW)


def test_a_clamped_last_page_ends_the_list() -> None:
    walk = Pagination(SINCE, 9)
    assert take(walk, JUNE, more=True) is None
    last = rows("2023-06-03", start=3)
    assert take(walk, last, more=True) is None
    assert take(walk, last, more=True) == Stop(Outcome.READ, BEGINNING, witness=Witness.PAGER_END)


def test_a_page_that_repeats_another_while_more_are_stated_is_partial() -> None:
    walk = Pagination(SINCE, 9)
    assert take(walk, JUNE, more=True, stated_pages=5) is None
    last = rows("2023-06-03", start=3)
    assert take(walk, last, more=True) is None
    stop = take(walk, last, more=True)
    assert stop == Stop(Outcome.PARTIAL, date(2023, 6, 4), "page_repeats", Witness.OLDER_ROW)


def test_a_second_page_equal_to_the_first_proves_nothing() -> None:
    walk = Pagination(SINCE, 9)
    assert take(walk, JUNE, more=True) is None
    stop = take(walk, JUNE, more=True)
    assert stop == Stop(Outcome.PARTIAL, date(2023, 6, 4), "page_repeats", Witness.OLDER_ROW)


def test_an_endless_list_is_bounded() -> None:
    walk = Pagination(SINCE, 3)
    for number in range(2):
        assert take(walk, rows("2023-06-05", start=number), more=True) is None
    stop = take(walk, rows("2023-06-05", start=9), more=True)
    assert stop == Stop(Outcome.PARTIAL, date(2023, 6, 6), "page_limit", Witness.OLDER_ROW)


def test_undated_rows_cover_nothing_until_the_end() -> None:
    walk = Pagination(SINCE, 9)
    assert take(walk, rows("2023-06-05", "2023-06-04", None), more=True) is None
    assert walk.covered() is None
    stop = take(walk, rows("2020-01-01", start=5), more=False, ended=True)
    assert stop == Stop(Outcome.READ, BEGINNING, witness=Witness.PAGER_END)
    assert walk.undated == 1


@pytest.mark.parametrize("pinned", [0, 1, 3])
def test_pinned_rows_repeated_on_every_page_are_met_once(pinned: int) -> None:
    head = [Sighting(f"top{n}", "公告", None, date(2015, 1, 1)) for n in range(pinned)]
    walk = Pagination(SINCE, 9)
    first = rows("2023-06-09", "2023-06-08", "2023-06-07", "2023-06-06")
    assert take(walk, head + first, more=True, stated_total=99) is None
    stop = take(walk, head + rows("2023-04-08", "2023-03-01", start=4), more=True, stated_total=99)
    assert stop == Stop(Outcome.READ, date(2023, 3, 2), witness=Witness.OLDER_ROW)


@given(
    st.lists(st.dates(date(2020, 1, 1), date(2023, 12, 31)), min_size=1, max_size=60),
    st.integers(0, 3),
    st.data(),
)
def test_nothing_hides_below_a_list_that_goes_on_in_order(
    days: list[date], pins: int, data: st.DataObject
) -> None:
    """A sorted list with a few old rows pinned on top: whatever stands below a cut is not newer than claimed."""
    ordered = sorted(days, reverse=True)
    cut = data.draw(st.integers(1, len(ordered)))
    head = [date(2010, 1, 1)] * min(pins, max(cut - 1, 0) // 2)
    reach = reach_of(head + ordered[:cut])
    if reach is None:
        assert cut < FEWEST_IN_ORDER
        return
    assert all(day <= reach for day in ordered[cut:])
    assert reach <= ordered[0]


@given(st.integers(0, 1000))
def test_disorder_never_makes_it_bolder(seed: int) -> None:
    days = sorted((date(2023, 1, 1) + DAY * Random(seed + n).randrange(180) for n in range(30)), reverse=True)
    shuffled = days[:]
    Random(seed).shuffle(shuffled)
    reach = reach_of(shuffled)
    assert reach is None or reach >= min(days)


def test_a_row_that_comes_in_between_two_pages_makes_no_doubt() -> None:
    walk = Pagination(SINCE, 9)
    first = rows("2023-06-28", "2023-06-28", "2023-06-27", "2023-06-27")
    assert take(walk, first, more=True) is None
    # The second page begins with the first one's last row, and then comes a long pause.
    assert (
        take(walk, [first[-1], *rows("2023-06-12", "2023-06-12", "2023-06-09", start=4)], more=True) is None
    )
    assert "pages_apart" not in walk.doubts


@pytest.mark.parametrize(
    ("days", "newest_below"),
    [
        # One category ends and the next begins: as much may come again.
        (("12-20", "12-01", "11-05", "06-01", "05-01", "04-01", "12-18", "11-30", "06-20", "05-20", "04-20"), "01-06"),
        # One row of an earlier day, or two, were put up late.
        (("12-20", "12-01", "04-01", "11-05", "10-01", "09-01"), "09-01"),
        (("12-20", "12-01", "04-01", "03-01", "11-05", "10-01", "09-01"), "09-01"),
        # Pinned on top.
        (("06-01", "05-01", "04-01", "12-20", "12-01", "11-05", "10-01"), "10-01"),
    ],
)  # fmt: skip
def test_several_old_rows_among_newer_ones_end_a_part_of_the_list(
    days: tuple[str, ...], newest_below: str
) -> None:
    reach = reach_of([date.fromisoformat(f"2022-{day}") for day in days])
    year = 2023 if newest_below < "04-01" else 2022
    assert reach == date.fromisoformat(f"{year}-{newest_below}")
