"""A finding's life, what a night is worth, waivers and inhibition."""

from dataclasses import replace
from datetime import date, timedelta
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.book import BOOK, RULES
from rules.cases import ArrivalsCase, ColumnCase, PostingCase, SiteCase
from rules.engine.finding import Finding
from rules.engine.hysteresis import CONFIRMED, Hysteresis, Life, NightResult, Span, Stage, after
from rules.engine.judge import judge
from rules.engine.nights import NightCase, NightCoverage, NightKind, assess_night
from rules.engine.rulings import Ruling, covers, inhibit, reason_of, waive
from rules.vocabulary.places import Expect, Reference, Waiver
from rules.vocabulary.terms import Outcome, Scope
from tests.book_cases import build

FIRST = date(2023, 6, 1)


def _nights(marks: str) -> list[NightResult]:
    """One mark a night from 1 June: + found, - not found, both on good readings; ? and ! not well read."""
    return [
        NightResult(FIRST + timedelta(days=n), mark in "+-", mark in "+!") for n, mark in enumerate(marks)
    ]


def live(nights: list[NightResult], hysteresis: Hysteresis) -> Life:
    return reduce(lambda life, seen: after(life, seen, hysteresis), nights, Life())


def _day(number: int) -> date:
    return FIRST + timedelta(days=number - 1)


@pytest.mark.parametrize(
    ("marks", "stage", "spans"),
    [
        ("", Stage.NONE, 0),
        ("--", Stage.NONE, 0),
        ("+", Stage.WATCHED, 0),
        ("+-", Stage.NONE, 0),
        ("+-+", Stage.WATCHED, 0),
        ("++", Stage.OPEN, 1),
        ("+??+", Stage.OPEN, 1),  # blocked nights between count for nothing
        ("+!!!", Stage.WATCHED, 0),  # found upon a bad reading counts for nothing
        ("++-", Stage.OPEN, 1),
        ("++-?+", Stage.OPEN, 1),
        ("++--", Stage.CLOSED, 1),
        ("++-??-", Stage.CLOSED, 1),
        ("++??????", Stage.OPEN, 1),
        ("++--+", Stage.WATCHED, 1),
        ("++--++", Stage.OPEN, 2),
    ],
)
def test_life(marks: str, stage: Stage, spans: int) -> None:
    life = live(_nights(marks), CONFIRMED)
    assert life.stage is stage
    assert len(life.spans) == spans


def test_a_life_keeps_its_history() -> None:
    life = live(_nights("+?+-+--?++"), CONFIRMED)
    assert life.is_open
    assert life.spans == (
        Span(first_found=_day(1), opened_on=_day(3), last_found=_day(5), closed_on=_day(7)),
        Span(first_found=_day(9), opened_on=_day(10), last_found=_day(10)),
    )


def test_one_night_is_one_word_however_often_it_was_read() -> None:
    night = [NightResult(FIRST, good=True, found=True)] * 3
    assert live(night, CONFIRMED).stage is Stage.WATCHED


@given(st.text(alphabet="+-?!", max_size=30), st.integers(1, 4), st.integers(1, 4))
def test_a_life_is_never_open_without_its_nights(marks: str, opens: int, closes: int) -> None:
    hysteresis = Hysteresis(opens, closes)
    life = Life()
    for seen in _nights(marks):
        before, life = life, after(life, seen, hysteresis)
        if life.is_open and not before.is_open:
            assert life.hits >= opens
        if before.is_open and not life.is_open:
            assert life.misses >= closes
        if not seen.good:
            assert life == before
    good = "".join(mark for mark in marks if mark in "+-")
    assert [s.closed_on is None for s in life.spans] == [
        s.closed_on is None for s in live(_nights(good), hysteresis).spans
    ]


@pytest.mark.parametrize(
    ("facts", "kind", "said"),
    [
        ({"columns": 100, "read": 100}, NightKind.GOOD, ""),
        ({"columns": 100, "read": 90, "neutral": (True, False)}, NightKind.GOOD, ""),
        ({"columns": 100, "read": 100, "neutral": (False, False)}, NightKind.VOID, "本机网络不通"),
        ({"columns": 100, "read": 89}, NightKind.VOID, "100 个栏目只读到 89 个（89%），低于应有的 90%"),
        ({"columns": 0, "read": 0}, NightKind.VOID, "没有采集任何栏目"),
        ({"columns": 9, "read": 0, "home_outcome": Outcome.UNREACHABLE}, NightKind.VOID, "只读到 0 个"),
        ({"columns": 9, "read": 0, "home_outcome": Outcome.UNREACHABLE, "neutral": (True,)}, NightKind.DOWN, "本机网络正常"),
        ({"columns": 9, "read": 0, "home_outcome": Outcome.BLOCKED, "neutral": (True,)}, NightKind.VOID, "可能是被拦截"),
    ],
)  # fmt: skip
def test_what_a_night_is_worth(facts: dict[str, object], kind: NightKind, said: str) -> None:
    verdict = assess_night(NightCase(as_of=FIRST, **facts), Expect(read=0.9))  # type: ignore[arg-type]
    assert verdict.kind is kind
    assert verdict.counts == (kind is NightKind.GOOD)
    assert said in verdict.sentence
    assert bool(said) == bool(verdict.sentence)


def _findings() -> list[Finding]:
    column = build(ColumnCase, {"subject": "c", "newest": date(2022, 1, 1), "cycle": 90})
    arrivals = [
        {
            "title": t,
            "published": date(2023, 4, 10),
            "first_seen": date(2023, 7, 1),
            "absent_on": date(2023, 6, 30),
        }
        for t in "一二三四五"
    ]
    rush = build(ArrivalsCase, {"path": ["要闻"], "arrivals": arrivals})
    here = build(
        PostingCase,
        {
            "path": ["要闻"],
            "published": date(2023, 4, 10),
            "absent_on": date(2023, 6, 30),
            "first_seen": date(2023, 7, 1),
        },
    )
    there = build(
        PostingCase,
        {
            "path": ["公告"],
            "published": date(2023, 4, 10),
            "absent_on": date(2023, 6, 30),
            "first_seen": date(2023, 7, 1),
        },
    )
    return judge([column, here, there, rush], BOOK, {})


def test_nothing_is_hushed_on_a_good_night_but_what_is_said_already() -> None:
    rulings = inhibit(_findings(), BOOK)
    assert [(h.finding.rule, h.finding.path, bool(h.inhibited)) for h in rulings] == [
        ("column.stale", ("救灾领域", "备灾管理"), False),
        ("posting.backdated", ("要闻",), True),
        ("posting.backdated", ("公告",), False),
        ("posting.rush_filled", ("要闻",), False),
    ]
    assert "突击补录" in (rulings[1].inhibited or "")


def test_a_site_that_is_down_accuses_none_of_its_columns() -> None:
    down = [{"day": date(2023, 7, 3) - timedelta(days=n), "seconds": "", "times": 20} for n in range(1, 8)]
    found = [*_findings(), *judge([build(SiteCase, {"probes": down})], BOOK, {})]
    assert [h.finding.rule for h in inhibit(found, BOOK, NightKind.DOWN) if not h.inhibited] == [
        "site.unreachable"
    ]
    assert all(h.inhibited == "当夜作废，不计问题" for h in inhibit(found, BOOK, NightKind.VOID))


def test_a_suspected_redesign_counts_nothing() -> None:
    gone = [{"path": [str(n)], "outcome": "unreadable"} for n in range(5)]
    site = build(SiteCase, {"home_outcome": "read", "unread_before": 0.0, "columns": gone})
    rulings = inhibit([*_findings(), *judge([site], BOOK, {})], BOOK)
    assert [h.finding.rule for h in rulings if not h.inhibited] == ["site.redesigned"]


def _one_of_each() -> list[Finding]:
    return [
        Finding(rule.id, rule.severity, f"s{n}", ("a",), "甲局", "有问题。", rule.scope, rule.mail)
        for n, rule in enumerate(BOOK)
    ]


# Read from the office's own table: a site that is down or was rebuilt explains none of it.
ACCOUNTS = {"account.stale", "account.below_weekly", "account.no_interaction", "account.unanswered"}


def _reported(night: NightKind, without: str = "") -> set[str]:
    found = [finding for finding in _one_of_each() if finding.rule != without]
    return {ruling.finding.rule for ruling in inhibit(found, BOOK, night) if ruling.reported}


def test_what_a_site_that_is_down_leaves_to_report() -> None:
    assert _reported(NightKind.DOWN) == {"site.unreachable"} | ACCOUNTS


def test_what_a_redesign_leaves_to_report() -> None:
    letters = {rule.id for rule in BOOK if rule.id.startswith("letter.")}
    others = {"site.redesigned", "site.unreachable", "site.no_consultation"}
    assert _reported(NightKind.GOOD) == letters | others | ACCOUNTS
    of_the_late_report = {"column.annual_overdue", "column.due_soon", "column.silent", "column.stale"}
    rest = {rule.id for rule in BOOK} - {"site.redesigned"} - of_the_late_report
    assert _reported(NightKind.GOOD, without="site.redesigned") == rest


TONIGHT = NightCoverage(
    columns=frozenset({"/jz/"}), mailboxes=frozenset({"xx"}), articles=frozenset({"p read"}), whole=True,
    unopened=frozenset({"p old"}), inexact=frozenset({"czj"}),
)  # fmt: skip
HERE, ELSEWHERE = Reference(column="/jz/"), Reference(column="/gg/")


@pytest.mark.parametrize(
    ("scope", "subject", "about", "found", "counts"),
    [
        (Scope.COLUMN, "c", HERE, True, True),
        (Scope.COLUMN, "c", ELSEWHERE, True, False),  # its list was not read
        (Scope.POSTING, "p old", HERE, False, True),
        (Scope.ARTICLE, "p read", HERE, False, True),
        (Scope.ARTICLE, "p old", HERE, True, True),  # an earlier look may accuse
        (Scope.ARTICLE, "p old", HERE, False, False),  # and only a new one acquits
        (Scope.ARTICLE, "p read", ELSEWHERE, False, False),
        (Scope.LETTER, "l", Reference(mailbox="xx"), False, True),
        (Scope.LETTER, "l", Reference(mailbox="yy"), False, False),
        (Scope.LETTERS, "czj", Reference(), False, True),
        (Scope.FRAME, "f", Reference(), False, True),
        (Scope.UNIT, "mzj", Reference(), False, True),
        (Scope.UNIT, "czj", Reference(), False, False),  # not every column of the unit was read exactly
        (Scope.SITE, "czj", Reference(), False, True),
    ],
)
def test_which_nights_count_for_a_finding(
    scope: Scope, subject: str, about: Reference, found: bool, counts: bool
) -> None:
    assert TONIGHT.counts(scope, subject, about, found=found) is counts


@pytest.mark.parametrize("scope", list(Scope))
def test_a_night_that_read_nothing_counts_for_nothing(scope: Scope) -> None:
    nothing = NightCoverage(frozenset(), frozenset(), frozenset(), whole=False)
    assert not nothing.counts(scope, "s", Reference("/jz/", "", "xx"), found=True)


def _stale() -> Finding:
    return _findings()[0]


@pytest.mark.parametrize(
    ("facts", "covered"),
    [
        ({}, True),
        ({"rule": "column.*"}, True),
        ({"rule": "*"}, True),
        ({"rule": "column.empty"}, False),
        ({"rule": "posting.*"}, False),
        ({"unit": "hongqilu"}, True),
        ({"unit": "czj"}, False),
        ({"path": ("救灾领域",)}, True),
        ({"path": ("救灾领域", "备灾管理")}, True),
        ({"path": ("救灾领域", "灾后救助")}, False),
    ],
)
def test_what_a_waiver_covers(facts: dict[str, object], covered: bool) -> None:
    values = {"rule": "column.stale", "why": "机构改革", "until": date(2023, 7, 3)} | facts
    waiver = Waiver(**values)  # type: ignore[arg-type]
    assert covers(waiver, _stale(), RULES) == covered
    on_its_last_day, after = (
        waive([Ruling(_stale())], [waiver], date(2023, 7, day), BOOK)[0].waived for day in (3, 4)
    )
    assert (on_its_last_day == reason_of(waiver)) == covered
    assert after is None


def _waiver(unit: str, rule: str = "column.stale") -> Waiver:
    return Waiver(rule, "机构改革", date(2023, 9, 1), unit=unit)


def test_a_waiver_for_one_joint_unit_frees_that_one_alone() -> None:
    joint = replace(_stale(), units=("fgw", "zjj"), unit_names="区发改委、区住建局")
    (one,) = waive([Ruling(joint)], [_waiver("fgw")], date(2023, 7, 3), BOOK)
    assert (one.waived, one.finding.units, one.finding.unit_names) == (None, ("zjj",), "区住建局")
    assert ("已豁免的单位", "区发改委：机构改革（豁免至 2023-09-01）") in one.finding.observations
    (both,) = waive([Ruling(joint)], [_waiver("fgw"), _waiver("zjj")], date(2023, 7, 3), BOOK)
    assert both.waived and both.finding.units == joint.units
    (everybody,) = waive([Ruling(joint)], [_waiver("")], date(2023, 7, 3), BOOK)
    assert everybody.waived


def test_a_waiver_of_stale_columns_covers_the_warning_before_but_not_the_veto() -> None:
    soon = replace(_stale(), rule="column.due_soon")
    veto = replace(_stale(), rule="site.overdue_columns", path=())
    said = waive([Ruling(soon), Ruling(veto)], [_waiver("")], date(2023, 7, 3), BOOK)
    assert [bool(ruling.waived) for ruling in said] == [True, False]


def test_a_waiver_says_why_who_and_until_when() -> None:
    assert reason_of(Waiver("column.stale", "机构改革", date(2023, 9, 1))) == "机构改革（豁免至 2023-09-01）"
    named = Waiver("column.stale", "机构改革", date(2023, 9, 1), who="区政府办")
    assert reason_of(named) == "机构改革（豁免至 2023-09-01，区政府办）"
