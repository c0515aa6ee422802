"""Turning pages: when to stop, and what may be called exact."""

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.crawling.pagination import Pagination, Stop, reach_of
from db.recording.pages import Sighting
from rules.dates.periods import BEGINNING
from rules.vocabulary.terms import Outcome

SINCE = date(2023, 4, 1)
DAY = timedelta(days=1)


def rows(*days: str | None, start: int = 0) -> list[Sighting]:
    return [
        Sighting(f"p{start + n}", "公告", None, date.fromisoformat(day) if day else None)
        for n, day in enumerate(days)
    ]


def take(
    walk: Pagination, page: list[Sighting], *, more: bool, total: int | None = None, pages: int | None = None
) -> Stop | None:
    return walk.take(page, more=more, total=total, pages=pages)


def test_it_stops_at_the_periods_start_and_covers_what_lies_above() -> None:
    stop = take(Pagination(SINCE, 9), rows("2023-06-01", "2023-03-31"), more=True)
    assert stop == Stop(Outcome.READ, date(2023, 4, 1))


def test_a_last_row_on_the_first_day_turns_on_because_its_siblings_may_follow() -> None:
    assert take(Pagination(SINCE, 9), rows("2023-06-01", "2023-04-01"), more=True) is None


def test_one_pinned_old_row_does_not_stop_it() -> None:
    assert take(Pagination(SINCE, 9), rows("2016-01-01", "2023-06-20", "2023-06-10"), more=True) is None


def test_a_row_out_of_order_makes_it_look_further() -> None:
    walk = Pagination(SINCE, 9)
    page = rows("2023-06-20", "2023-03-30", "2023-05-30", "2023-03-28")
    assert take(walk, page, more=True) is None
    assert walk.covered() == date(2023, 3, 28) + (date(2023, 5, 30) - date(2023, 3, 30)) + DAY


def test_the_end_of_the_list_covers_everything() -> None:
    assert take(Pagination(SINCE, 9), rows("2023-06-01"), more=False) == Stop(Outcome.READ, BEGINNING)


def test_fewer_rows_than_stated_is_partial_but_what_was_passed_is_known() -> None:
    stop = take(Pagination(SINCE, 9), rows("2023-06-03", "2023-06-01"), more=False, total=5)
    assert stop == Stop(Outcome.PARTIAL, date(2023, 6, 2), "rows_missing")


def test_fewer_rows_than_stated_below_the_period_is_read() -> None:
    stop = take(Pagination(SINCE, 9), rows("2023-06-03", "2023-01-01"), more=False, total=50)
    assert stop == Stop(Outcome.READ, date(2023, 1, 2))


def test_as_many_rows_as_stated_are_the_whole_list() -> None:
    stop = take(Pagination(SINCE, 9), rows("2023-06-03", "2023-06-01"), more=False, total=2, pages=1)
    assert stop == Stop(Outcome.READ, BEGINNING)


def test_fewer_pages_than_the_first_one_stated_is_partial() -> None:
    walk = Pagination(SINCE, 9)
    assert take(walk, rows("2023-06-05", "2023-06-04"), more=True, pages=3) is None
    stop = take(walk, rows("2023-06-03", start=2), more=False)
    assert stop == Stop(Outcome.PARTIAL, date(2023, 6, 4), "pages_missing")


def test_a_clamped_last_page_ends_the_list() -> None:
    walk = Pagination(SINCE, 9)
    assert take(walk, rows("2023-06-05", "2023-06-04"), more=True) is None
    last = rows("2023-06-03", start=2)
    assert take(walk, last, more=True) is None
    assert take(walk, last, more=True) == Stop(Outcome.READ, BEGINNING)


def test_a_second_page_equal_to_the_first_proves_nothing() -> None:
    walk = Pagination(SINCE, 9)
    page = rows("2023-06-05", "2023-06-04")
    assert take(walk, page, more=True) is None
    assert take(walk, page, more=True) == Stop(Outcome.PARTIAL, date(2023, 6, 5), "page_repeats")


def test_an_endless_list_is_bounded() -> None:
    walk = Pagination(SINCE, 3)
    for number in range(2):
        assert take(walk, rows("2023-06-05", start=number), more=True) is None
    stop = take(walk, rows("2023-06-05", start=9), more=True)
    assert stop == Stop(Outcome.PARTIAL, date(2023, 6, 6), "page_limit")


def test_undated_rows_cover_nothing_until_the_end() -> None:
    walk = Pagination(SINCE, 9)
    assert take(walk, rows("2023-06-05", None), more=True) is None
    assert walk.covered() is None
    assert take(walk, rows("2020-01-01", start=5), more=False) == Stop(Outcome.READ, BEGINNING)
    assert walk.undated == 1


@pytest.mark.parametrize("pinned", [0, 1, 3])
def test_pinned_rows_repeated_on_every_page_are_met_once(pinned: int) -> None:
    head = [Sighting(f"top{n}", "公告", None, date(2015, 1, 1)) for n in range(pinned)]
    walk = Pagination(SINCE, 9)
    assert take(walk, head + rows("2023-06-09", "2023-06-08", "2023-06-07", "2023-06-06"), more=True) is None
    stop = take(walk, head + rows("2023-04-08", "2023-03-01", start=4), more=True)
    assert stop == Stop(Outcome.READ, date(2023, 3, 2))


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
    assert all(day <= reach for day in ordered[cut:])
    assert reach <= ordered[0]


@given(st.integers(0, 1000))
def test_disorder_never_makes_it_bolder(seed: int) -> None:
    days = sorted((date(2023, 1, 1) + DAY * Random(seed + n).randrange(180) for n in range(30)), reverse=True)
    shuffled = days[:]
    Random(seed).shuffle(shuffled)
    assert reach_of(shuffled) >= min(days)
