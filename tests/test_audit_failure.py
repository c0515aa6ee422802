"""An audit that fails says so itself, and says nothing of the site: no night is void for it, no column unread, no
finding moved."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from crawler.sites.load import parse_site
from db.facts.sites import night_case, night_coverage
from db.recording.articles import HomeSeen, save_home
from db.recording.closing import Close
from db.recording.pages import PageSeen, Recorder, Sighting, begin_crawl, finish_crawl
from db.recording.register import register
from db.tables.judgement import FindingRow
from monitor.audit.compose import ColumnState, Verdict, compose_audit
from monitor.audit.look import look_of
from monitor.judge.judging import judge_period
from monitor.night.night import remember_period
from rules.cases import ColumnCase
from rules.dates.periods import BEGINNING, parse_period
from rules.engine.nights import NightKind
from rules.vocabulary.places import Site
from rules.vocabulary.terms import Outcome, Witness
from tests.bulletin_made import NOON
from tests.conftest import context

Q2 = parse_period("2023Q2")
NIGHT, LATER = date(2023, 7, 3), date(2023, 7, 4)
TEXT = """
name = "某区"
home = "https://www.mou.example/"
units = [{id = "a", name = "甲局", kind = "部门"}]
columns = [
  {units = ["a"], path = ["救灾领域"], url = "/jz/", cycle = 30},
  {units = ["a"], path = ["教育领域"], url = "/jy/", cycle = 30},
]
"""
READ = Close(Outcome.READ, Outcome.READ, covered_since=BEGINNING, witness=Witness.PAGER_END)
FAILURES = {
    "blocked": Close(Outcome.BLOCKED, Outcome.BLOCKED),
    "unreachable": Close(Outcome.UNREACHABLE, Outcome.UNREACHABLE),
    "cut off": Close(Outcome.PARTIAL, Outcome.PARTIAL),
}


@pytest.fixture
def site() -> Site:
    return parse_site(TEXT, Path("mou.toml"))


def crawl(
    engine: Engine,
    site: Site,
    day: date,
    close: Close,
    unit: str | None = None,
    newest: date = date(2023, 5, 5),
) -> int:
    """A crawl of the site, or an audit of a unit; every column ends alike. Returns its id."""
    with engine.begin() as connection:
        number = begin_crawl(connection, register(connection, site), day, BEGINNING, unit, NOON)
        recorder = Recorder(connection, site.key, number)
        for column in site.columns:
            seen = (Sighting(f"{newest}", "关于防汛的通知", None, newest),) if close.outcome.seen else ()
            page = PageSeen("u", 1, close.outcome, NOON, column=column.key, postings=seen, close=close)
            recorder.save(connection, page)
        if unit is None:
            home = HomeSeen(Outcome.READ, newest=newest) if close.outcome.good else HomeSeen(close.outcome)
            save_home(connection, site.key, number, home, day)
        finish_crawl(connection, number, NOON)
    return number


def remembered(engine: Engine, site: Site, day: date) -> list[tuple[object, ...]]:
    """Every finding's life after the night of a day."""
    with engine.begin() as connection:
        remember_period(connection, context(site, day), Q2)
        rows = connection.execute(select(FindingRow.__table__).order_by(FindingRow.id))
        return [(r.rule, r.subject, r.stage, r.hits, r.misses, r.last_good) for r in rows]


def columns(engine: Engine, site: Site, day: date, audit: int | None = None) -> list[tuple[object, ...]]:
    """Outcome and count of every column as judged on a day."""
    with engine.connect() as connection:
        judgement = judge_period(connection, context(site, day), Q2, audit)
    cases = [case for case in judgement.cases if isinstance(case, ColumnCase)]
    return [(case.outcome, case.count, case.exactness) for case in cases]


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("day", [NIGHT, LATER])
def test_a_failed_audit_changes_nothing_that_is_said_of_the_site(
    any_engine: Engine, site: Site, failure: str, day: date
) -> None:
    crawl(any_engine, site, NIGHT, READ)
    lives = remembered(any_engine, site, NIGHT)
    with any_engine.connect() as connection:
        night, before = night_case(connection, site, day), judge_period(connection, context(site, day), Q2)
    crawl(any_engine, site, day, FAILURES[failure], unit="a")
    with any_engine.connect() as connection:
        assert night_case(connection, site, day) == night
        after = judge_period(connection, context(site, day), Q2)
        assert night_coverage(connection, site, NIGHT).columns == {"/jz/", "/jy/"}
    assert (after.rulings, after.counts, after.portal) == (before.rulings, before.counts, before.portal)
    assert after.rulings and after.portal and after.portal.unread_before == (None if day == NIGHT else 0)
    assert (after.night is None) == (day == LATER)
    assert remembered(any_engine, site, day) == lives


@pytest.mark.parametrize("failure", FAILURES)
def test_the_audit_itself_shows_its_failure(any_engine: Engine, site: Site, failure: str) -> None:
    crawl(any_engine, site, NIGHT, READ)
    close = FAILURES[failure]
    audit = crawl(any_engine, site, LATER, close, unit="a")
    assert {outcome for outcome, *_ in columns(any_engine, site, LATER)} == {Outcome.READ}
    assert {outcome for outcome, *_ in columns(any_engine, site, LATER, audit)} == {close.outcome}
    with any_engine.connect() as connection:
        judgement, look = (
            judge_period(connection, context(site, LATER), Q2, audit),
            look_of(connection, site, audit),
        )
        composed = compose_audit(judgement, site.unit("a"), (), look)
    state = ColumnState.PARTIAL if close.outcome.seen else ColumnState.UNKNOWN
    assert [line.state for line in composed.lines] == [state] * 2
    assert composed.problems == ()
    assert composed.verdict is (Verdict.IN_PART if close.outcome.seen else Verdict.UNKNOWN)


def test_what_an_audit_reads_well_counts_until_the_next_night(any_engine: Engine, site: Site) -> None:
    crawl(any_engine, site, NIGHT, FAILURES["blocked"])
    crawl(any_engine, site, LATER, READ, unit="a", newest=date(2023, 6, 30))
    assert [count for _, count, _ in columns(any_engine, site, LATER)] == [1, 1]
    assert columns(any_engine, site, NIGHT)[0][:2] == (Outcome.BLOCKED, None)


def test_a_site_that_only_audits_have_read_shows_what_they_saw(any_engine: Engine, site: Site) -> None:
    crawl(any_engine, site, LATER, FAILURES["cut off"], unit="a")
    assert [(outcome, count) for outcome, count, _ in columns(any_engine, site, LATER)] == [
        (Outcome.PARTIAL, 1)
    ] * 2
    with any_engine.connect() as connection:
        assert night_case(connection, site, LATER) is None


def test_a_night_of_our_own_failure_is_void_whatever_an_audit_read(any_engine: Engine, site: Site) -> None:
    crawl(any_engine, site, NIGHT, FAILURES["blocked"])
    crawl(any_engine, site, NIGHT, READ, unit="a")
    with any_engine.connect() as connection:
        night = judge_period(connection, context(site, NIGHT), Q2).night
    assert night is not None and night.kind is NightKind.VOID
