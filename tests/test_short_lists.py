"""Lists without a pager on a site whose longer lists show one: short ones, and such as are cut off."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.commandline import gongkai
from tests.paged_county import PagedCounty, days_before, serving

NEWEST = date(2023, 5, 20)
NIGHTS = ("2023-05-21", "2023-05-22", "2023-05-23")
# Beyond what any list holds.
ALL = 99


@contextmanager
def county_of(
    folder: Path, lists: dict[str, list[date]], shown: dict[str, int]
) -> Iterator[tuple[PagedCounty, Path]]:
    """Lists without a pager (as many rows shown of each), beside one of four pages of ten."""
    lists["long"] = days_before(NEWEST, 35)
    county = PagedCounty(lists, cut=shown, names={key: f"{key}事项公开" for key in lists})
    with serving(county) as port:
        yield county, county.site(folder, port)


def exact(folder: Path, site: Path, night: str) -> dict[str, bool]:
    """Column → whether its count is exact, after a night's crawl, in the file's order; `prove` must bear each out."""
    gongkai(folder, "crawl", site, "--as-of", night)
    rows = gongkai(folder, "count", site, "2023Q2", "--as-of", night, "--json").json
    said = gongkai(folder, "prove", site, "2023Q2", "--as-of", night, "--json").json
    assert not said["unproved"]
    return {row["level1"][:1]: row["exactness"] == "exact" for row in rows}


@pytest.mark.parametrize(
    ("rows", "doubted"),
    [
        ((8, 4, 1), set()),
        # Three end at the same number, and none goes beyond it: they are cut off there.
        ((7, 7, 7, 4), {7}),
        ((7, 7, 4), set()),
        ((7, 7, 7, 8), set()),
        # A round number takes two; lists of a few rows are often equally long.
        ((5, 5, 3), {5}),
        ((3, 3, 3, 1), set()),
    ],
)
def test_several_lists_that_end_at_the_same_number_are_cut_off(
    tmp_path: Path, rows: tuple[int, ...], doubted: set[int]
) -> None:
    lists = {
        key: days_before(NEWEST - timedelta(days=at), number)
        for at, (key, number) in enumerate(zip("abcd", rows, strict=False))
    }
    with county_of(tmp_path, lists, dict.fromkeys(lists, ALL)) as (_, site):
        for night in NIGHTS[:2]:
            told = exact(tmp_path, site, night)
            assert {number for key, number in zip("abcd", rows, strict=False) if not told[key]} == doubted


@pytest.mark.parametrize(
    ("come", "removed", "whole"),
    [
        (1, [], [False, False]),
        (2, [], [False, False]),
        # The list was never cut off: one was taken down, at its end or elsewhere.
        (0, [-1], [True, True]),
        (1, [3], [True, True]),
    ],
)
def test_a_list_whose_oldest_row_leaves_for_each_that_comes_is_cut_off(
    tmp_path: Path, come: int, removed: list[int], whole: list[bool]
) -> None:
    days = days_before(NEWEST - timedelta(days=5), 8)
    with county_of(tmp_path, {"a": days, "b": days[:3]}, {"a": ALL if removed else 8, "b": ALL}) as (
        _,
        site,
    ):
        assert exact(tmp_path, site, NIGHTS[0])["a"]
        for at in removed:
            del days[at]
        days[:0] = days_before(NEWEST, come)
        assert [exact(tmp_path, site, night)["a"] for night in NIGHTS[1:]] == whole
