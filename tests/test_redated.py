"""Rows that suddenly show other days: an index made anew, a clock in another zone, the day of the last change."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.test_seams import NEWEST, county_of, new_posting

Days = Callable[[date], object]
TRUE: Days = lambda day: day  # noqa: E731
NIGHTS = ("2023-05-22", "2023-05-23", "2023-05-24")
HELD = (12, "at least", "partial")


def tonight(day: date) -> date:
    return date(2023, 5, 21)


def shifted(years: int = 0, days: int = 0) -> Days:
    return lambda day: day.replace(year=day.year - years) + timedelta(days=days)


def every_second(day: date) -> date:
    return date(2023, 5, 21) if day.toordinal() % 2 else day


def none(day: date) -> str:
    return ""


@pytest.mark.parametrize(
    "shown", [tonight, shifted(years=1), shifted(days=1), shifted(days=-40), every_second, none]
)
def test_days_that_change_for_one_night_change_nothing(tmp_path: Path, shown: Days) -> None:
    with county_of(tmp_path, 12) as (county, night):
        night.crawl()
        county.shown = shown
        night.crawl(NIGHTS[0])
        assert night.count(NIGHTS[0]) == HELD
        assert not night.unproved(NIGHTS[0])
        county.shown = TRUE
        night.crawl(NIGHTS[1])
        assert night.count(NIGHTS[1]) == (12, "exact", "read")
        assert not night.unproved(NIGHTS[1])


def test_what_a_second_night_shows_too_is_believed(tmp_path: Path) -> None:
    with county_of(tmp_path, 12) as (county, night):
        night.crawl()
        county.shown = shifted(days=-45)
        for day in NIGHTS[:2]:
            night.crawl(day)
        # Of 9 to 20 May only the days from 16 May on still fall into the quarter.
        assert night.count(NIGHTS[1]) == (5, "exact", "read")
        assert not night.unproved(NIGHTS[1])


def test_days_that_are_others_every_night_are_never_believed(tmp_path: Path) -> None:
    with county_of(tmp_path, 12) as (county, night):
        night.crawl()
        for number, day in enumerate(NIGHTS):
            county.shown = lambda _, day=day: day  # type: ignore[misc]
            night.crawl(day)
            assert night.count(day) == HELD, number


@pytest.mark.parametrize(("corrected", "number"), [(1, 12), (3, 12)])
def test_a_few_days_corrected_by_hand_are_believed_at_once(
    tmp_path: Path, corrected: int, number: int
) -> None:
    with county_of(tmp_path, number) as (county, night):
        night.crawl()
        county.shown = lambda day: day - timedelta(days=90) if (NEWEST - day).days < corrected else day
        night.crawl(NIGHTS[0])
        assert night.count(NIGHTS[0]) == (number - corrected, "exact", "read")
        assert not night.unproved(NIGHTS[0])


def test_a_posting_that_is_new_on_such_a_night_counts_once_its_day_is_known(tmp_path: Path) -> None:
    with county_of(tmp_path, 12) as (county, night):
        night.crawl()
        new_posting(county)
        county.shown = tonight
        night.crawl(NIGHTS[0])
        assert night.count(NIGHTS[0]) == HELD
        county.shown = TRUE
        night.crawl(NIGHTS[1])
        assert night.count(NIGHTS[1]) == (13, "exact", "read")
        rows = night.findings(NIGHTS[1])
        assert not [row for row in rows if row["rule"] == "posting.backdated"]
