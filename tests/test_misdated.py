"""A posting whose day lies in the future: a discrepancy of the pen may hide a posting, never make a zero or an old column."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from crawler.sites.load import parse_site
from db.counting.counts import counts_as_of
from db.facts.columns import column_cases
from db.recording.register import register
from monitor.audit.compose import compose_audit
from monitor.audit.papers import as_json as audit_json
from monitor.judge.judging import judge_period
from rules.vocabulary.places import Site
from rules.vocabulary.terms import Exactness
from tests.audit_made import all_read
from tests.conftest import context
from tests.test_counting import Q2, counts, night, posting, read, seen

TEXT = """
name = "某区"
home = "https://www.mou.example/"
units = [{id = "a", name = "甲局", kind = "部门"}, {id = "b", name = "乙局", kind = "部门"}]
columns = [
  {units = ["a"], path = ["", "工作动态"], url = "/dt/"},
  {shared = true, path = ["", "公告"], url = "/gg/"},
]
"""
AFTER = date(2023, 7, 3)
SLIP = date(2062, 6, 20)


@pytest.fixture
def site() -> Site:
    return parse_site(TEXT, Path("mou.toml"))


@pytest.mark.parametrize(
    ("first_seen", "day", "exactness"),
    [
        (date(2023, 6, 21), SLIP, Exactness.AT_LEAST),
        (AFTER, SLIP, Exactness.AT_LEAST),
        (date(2023, 3, 1), SLIP, Exactness.EXACT),  # it stood there before the period began
        (date(2023, 6, 29), date(2023, 7, 1), Exactness.EXACT),  # put up a few days ahead
        (date(2023, 6, 29), date(2023, 7, 6), Exactness.EXACT),  # a week ahead
        (date(2023, 6, 29), date(2023, 7, 7), Exactness.AT_LEAST),
        (date(2023, 6, 21), date(2023, 6, 30), Exactness.EXACT),  # the period is the same
    ],
)
def test_a_day_in_the_future_may_be_any_day_until_it_was_first_seen(
    any_engine: Engine, site: Site, first_seen: date, day: date, exactness: Exactness
) -> None:
    discrepancy = posting("discrepancy", day)
    for when in sorted({first_seen, AFTER}):
        night(any_engine, site, when, "/dt/", read(), posting("x", date(2023, 5, 5)), discrepancy)
    assert seen(counts(any_engine, site, AFTER)["/dt/ a"]) == (1 + (day in Q2), exactness, "read")


def test_in_a_shared_list_it_puts_its_own_unit_in_doubt_alone(any_engine: Engine, site: Site) -> None:
    night(any_engine, site, AFTER, "/gg/", read(), posting("discrepancy", SLIP, "a"))
    rows = counts(any_engine, site)
    assert seen(rows["/gg/ a"]) == (0, Exactness.AT_LEAST, "read")
    assert seen(rows["/gg/ b"]) == (0, Exactness.EXACT, "read")


def test_a_column_is_as_new_as_the_night_that_first_saw_it(any_engine: Engine, site: Site) -> None:
    old, discrepancy = posting("x", date(2023, 1, 5)), posting("discrepancy", SLIP)
    night(any_engine, site, date(2023, 6, 1), "/dt/", read(), old)
    for when in (date(2023, 6, 25), date(2023, 7, 3), date(2023, 8, 3)):
        night(any_engine, site, when, "/dt/", read(), old, discrepancy)
    with any_engine.begin() as connection:
        register(connection, site)
        known = counts_as_of(connection, site, Q2, AFTER)
        [case, *_] = column_cases(connection, site, AFTER, Q2, known)
        assert case.newest == date(2023, 6, 25)
        said = {day: rules_said(judge_period(connection, context(site, day), Q2).rulings) for day in NIGHTS}
    assert said == {
        AFTER: {"posting.future_dated"},
        date(2023, 8, 3): {"posting.future_dated", "column.stale"},
    }


def test_the_audit_of_its_unit_is_no_surer_than_the_count(any_engine: Engine, site: Site) -> None:
    night(any_engine, site, AFTER, "/dt/", read(), posting("discrepancy", SLIP))
    night(any_engine, site, AFTER, "/gg/", read())
    with any_engine.begin() as connection:
        register(connection, site)
        judgement = judge_period(connection, context(site, AFTER), Q2)
    totals = [audit_json(compose_audit(judgement, site.unit(key), (), all_read(site))) for key in ("a", "b")]
    assert [(each["total"], each["exact"]) for each in totals] == [(0, False), (0, True)]


NIGHTS = (AFTER, date(2023, 8, 3))
ASKED = ("column.stale", "column.silent", "posting.future_dated")


def rules_said(rulings: object) -> set[str]:
    return {ruling.finding.rule for ruling in rulings if ruling.finding.rule in ASKED}  # type: ignore[attr-defined]
