"""From readings to counts: what is exact, what is at least, and what is nothing at all."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from crawler.sites.load import parse_site
from db.counting.counts import Count, counts_as_of, write_counts
from db.facts.columns import column_cases
from db.recording.closing import Close
from db.recording.pages import PageSeen, Recorder, Sighting, begin_crawl, finish_crawl
from db.recording.register import register
from db.tables.judgement import PeriodCountRow
from rules.dates.periods import BEGINNING, parse_period
from rules.vocabulary.places import Site
from rules.vocabulary.terms import Exactness, Outcome, Witness

NOON = datetime(2023, 7, 3, 4, tzinfo=UTC)
Q2 = parse_period("2023Q2")
TEXT = """
name = "某区"
home = "https://www.mou.example/"
units = [{id = "a", name = "甲局", kind = "部门"}, {id = "b", name = "乙局", kind = "部门"}]
columns = [
  {units = ["a"], path = ["救灾领域"], url = "/jz/"},
  {units = ["b"], path = ["税收管理领域"], elsewhere = "跳转"},
  {shared = true, path = ["", "公告"], url = "/gg/"},
]
"""


@pytest.fixture
def site() -> Site:
    return parse_site(TEXT, Path("mou.toml"))


def night(engine: Engine, site: Site, as_of: date, column: str, close: Close, *postings: Sighting) -> None:
    with engine.begin() as connection:
        site_id = register(connection, site)
        crawl = begin_crawl(connection, site_id, as_of, Q2.start, None, NOON)
        recorder = Recorder(connection, site.key, crawl)
        page = PageSeen("u", 1, close.outcome, NOON, column=column, postings=postings, close=close)
        recorder.save(connection, page)
        finish_crawl(connection, crawl, NOON)


def counts(engine: Engine, site: Site, as_of: date = date(2023, 7, 3)) -> dict[str, Count]:
    with engine.connect() as connection:
        rows = counts_as_of(connection, site, Q2, as_of)
    return {f"{row.column.key} {row.duty.key}".strip(): row for row in rows}


def written(engine: Engine, site: Site, as_of: date) -> None:
    """The counts as a night writes them."""
    with engine.begin() as connection:
        write_counts(connection, site.key, counts_as_of(connection, site, Q2, as_of), Q2, as_of)


def posting(name: str, day: date | None, unit: str | None = None) -> Sighting:
    return Sighting(name, name, f"https://www.mou.example/{name}", day, None, unit)


def read(covered: date | None = BEGINNING, **more: object) -> Close:
    return Close(Outcome.READ, Outcome.READ, covered_since=covered, witness=Witness.PAGER_END, **more)  # type: ignore[arg-type]


def seen(count: Count) -> tuple[int | None, Exactness | None, str]:
    return count.count, count.exactness, count.status


def test_never_visited_is_nothing_not_zero(any_engine: Engine, site: Site) -> None:
    assert seen(counts(any_engine, site)["/jz/ a"]) == (None, None, "")


def test_external_is_a_note(any_engine: Engine, site: Site) -> None:
    assert seen(counts(any_engine, site)["b:税收管理领域 b"]) == (None, None, "external")


def test_edges_of_the_quarter(any_engine: Engine, site: Site) -> None:
    days = [date(2023, 3, 31), date(2023, 4, 1), date(2023, 6, 30), date(2023, 7, 1)]
    night(
        any_engine, site, date(2023, 7, 3), "/jz/", read(), *(posting(day.isoformat(), day) for day in days)
    )
    assert seen(counts(any_engine, site)["/jz/ a"]) == (2, Exactness.EXACT, "read")


def test_an_empty_page_earns_its_zero(any_engine: Engine, site: Site) -> None:
    close = Close(Outcome.EMPTY, Outcome.EMPTY, covered_since=BEGINNING, witness=Witness.PAGER_END)
    night(any_engine, site, date(2023, 7, 3), "/jz/", close)
    assert seen(counts(any_engine, site)["/jz/ a"]) == (0, Exactness.EXACT, "empty")


@pytest.mark.parametrize(
    "outcome", [Outcome.BLOCKED, Outcome.UNREADABLE, Outcome.UNREACHABLE, Outcome.ELSEWHERE]
)
def test_what_was_not_read_is_no_zero(any_engine: Engine, site: Site, outcome: Outcome) -> None:
    night(any_engine, site, date(2023, 7, 3), "/jz/", Close(outcome, outcome))
    assert seen(counts(any_engine, site)["/jz/ a"]) == (None, None, outcome.value)


def test_a_list_cut_short_inside_the_period_is_at_least(any_engine: Engine, site: Site) -> None:
    close = Close(Outcome.PARTIAL, Outcome.PARTIAL, covered_since=date(2023, 6, 1), witness=Witness.OLDER_ROW)
    night(any_engine, site, date(2023, 7, 3), "/jz/", close, posting("x", date(2023, 6, 2)))
    assert seen(counts(any_engine, site)["/jz/ a"]) == (1, Exactness.AT_LEAST, "partial")


def test_a_list_cut_short_before_the_period_is_exact(any_engine: Engine, site: Site) -> None:
    close = Close(Outcome.PARTIAL, Outcome.PARTIAL, covered_since=date(2023, 3, 1), witness=Witness.OLDER_ROW)
    night(any_engine, site, date(2023, 7, 3), "/jz/", close, posting("x", date(2023, 6, 2)))
    assert seen(counts(any_engine, site)["/jz/ a"]) == (1, Exactness.EXACT, "read")


def test_rows_without_a_day_leave_it_at_least(any_engine: Engine, site: Site) -> None:
    night(any_engine, site, date(2023, 7, 3), "/jz/", read(undated=1), posting("x", None))
    assert seen(counts(any_engine, site)["/jz/ a"]) == (0, Exactness.AT_LEAST, "partial")


def test_blocked_after_the_period_was_seen_whole_stays_exact(any_engine: Engine, site: Site) -> None:
    night(any_engine, site, date(2023, 7, 1), "/jz/", read(), posting("x", date(2023, 6, 2)))
    night(any_engine, site, date(2023, 7, 2), "/jz/", Close(Outcome.BLOCKED, Outcome.BLOCKED))
    assert seen(counts(any_engine, site)["/jz/ a"]) == (1, Exactness.EXACT, "read")


def test_blocked_since_before_its_end_is_at_least(any_engine: Engine, site: Site) -> None:
    night(any_engine, site, date(2023, 6, 20), "/jz/", read(), posting("x", date(2023, 6, 2)))
    night(any_engine, site, date(2023, 7, 2), "/jz/", Close(Outcome.BLOCKED, Outcome.BLOCKED))
    assert seen(counts(any_engine, site)["/jz/ a"]) == (1, Exactness.AT_LEAST, "blocked")


@pytest.mark.parametrize(
    ("read_on", "asked_on", "exactness"),
    [
        (date(2023, 6, 30), date(2023, 6, 30), Exactness.EXACT),  # so far: the period still runs
        (date(2023, 6, 30), date(2023, 7, 1), Exactness.AT_LEAST),
        (date(2023, 6, 30), date(2023, 8, 1), Exactness.AT_LEAST),
        (date(2023, 7, 1), date(2023, 7, 1), Exactness.EXACT),
        (date(2023, 6, 29), date(2023, 6, 30), Exactness.AT_LEAST),
    ],
)
def test_a_reading_of_the_last_day_has_not_seen_the_period_whole(
    any_engine: Engine, site: Site, read_on: date, asked_on: date, exactness: Exactness
) -> None:
    night(any_engine, site, read_on, "/jz/", read(), posting("x", date(2023, 6, 2)))
    count = counts(any_engine, site, asked_on)["/jz/ a"]
    assert (count.count, count.exactness) == (1, exactness)


def test_a_posting_taken_down_no_longer_counts_but_did_that_day(any_engine: Engine, site: Site) -> None:
    first, second = posting("x", date(2023, 6, 2)), posting("y", date(2023, 6, 3))
    night(any_engine, site, date(2023, 7, 1), "/jz/", read(withdraw=True), first, second)
    night(any_engine, site, date(2023, 7, 2), "/jz/", read(withdraw=True), first)
    assert counts(any_engine, site)["/jz/ a"].count == 1
    assert counts(any_engine, site, date(2023, 7, 1))["/jz/ a"].count == 2


@pytest.mark.parametrize(("covered", "held"), [(BEGINNING, (1, 0)), (date(2023, 4, 1), (2, 1))])
def test_a_posting_without_a_day_is_taken_down_where_the_list_was_seen_to_its_end(
    any_engine: Engine, site: Site, covered: date, held: tuple[int, int]
) -> None:
    kept, undated = posting("x", date(2023, 6, 2)), posting("y", None)
    night(any_engine, site, date(2023, 7, 1), "/jz/", read(withdraw=True), kept, undated)
    night(any_engine, site, date(2023, 7, 2), "/jz/", read(covered, withdraw=True), kept)
    with any_engine.begin() as connection:
        known = counts_as_of(connection, site, Q2, date(2023, 7, 2))
        [case, *_] = column_cases(connection, site, date(2023, 7, 2), Q2, known)
    assert (case.postings, case.undated) == held


def test_a_case_knows_what_of_its_period_was_taken_down(any_engine: Engine, site: Site) -> None:
    old, new = posting("x", date(2023, 3, 2)), posting("y", date(2023, 6, 3))
    night(any_engine, site, date(2023, 7, 1), "/jz/", read(withdraw=True), old, new)
    night(any_engine, site, date(2023, 7, 2), "/jz/", read(withdraw=True))
    for as_of, held in ((date(2023, 7, 1), (2, 0)), (date(2023, 7, 2), (0, 1))):
        with any_engine.begin() as connection:
            known = counts_as_of(connection, site, Q2, as_of)
            case = next(c for c in column_cases(connection, site, as_of, Q2, known) if c.subject == "/jz/ a")
        assert (case.postings, case.withdrawn) == held


def test_a_shared_list_counts_by_owner_and_doubts_what_nobody_owns(any_engine: Engine, site: Site) -> None:
    mine = [
        posting("x", date(2023, 6, 2), "a"),
        posting("y", date(2023, 6, 2), "a"),
        posting("z", date(2023, 6, 2)),
    ]
    night(any_engine, site, date(2023, 7, 3), "/gg/", read(), *mine)
    rows = counts(any_engine, site)
    assert seen(rows["/gg/ a"]) == (2, Exactness.AT_LEAST, "read")
    assert seen(rows["/gg/ b"]) == (0, Exactness.AT_LEAST, "read")
    assert seen(rows["/gg/"]) == (1, Exactness.EXACT, "read")


def test_period_counts_keep_one_row_a_duty_and_period_zeros_included(any_engine: Engine, site: Site) -> None:
    night(any_engine, site, date(2023, 7, 1), "/jz/", read())
    written(any_engine, site, date(2023, 7, 1))
    night(any_engine, site, date(2023, 7, 2), "/jz/", read(), posting("x", date(2023, 6, 2)))
    written(any_engine, site, date(2023, 7, 2))
    with any_engine.connect() as connection:
        rows = connection.execute(select(PeriodCountRow.__table__)).all()
    assert len(rows) == 6
    assert [(row.count, row.exactness, row.as_of) for row in rows if row.count == 1] == [
        (1, "exact", date(2023, 7, 2))
    ]
