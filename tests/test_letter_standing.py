"""What is known of a letter's answer: by the word for its state, and by what was recorded of it."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine

from crawler.sites.load import parse_site
from db.counting.bulletins import mailbox_exactness
from db.facts.letters import letter_cases
from db.recording.closing import Close
from db.recording.pages import LetterSighting, PageSeen, Recorder, begin_crawl
from db.recording.register import register
from rules.cases import LetterCase
from rules.cases.letter_days import LetterDays, sound_days
from rules.cases.letter_figures import days_taken, figures
from rules.dates.periods import BEGINNING, parse_period
from rules.dates.workdays import OFFICIAL
from rules.scanners.letter_status import LetterStatus, is_status, read_status
from rules.vocabulary.places import Site
from rules.vocabulary.terms import Exactness, Outcome, Witness

NIGHT = date(2023, 7, 3)
NOON = datetime(2023, 7, 3, 4, tzinfo=UTC)
SITE = """
name = "某区"
home = "https://www.mou.example/"
units = [{id = "a", name = "甲局", kind = "部门"}]
columns = [{units = ["a"], path = ["救灾领域"], url = "/jz/"}]
mailboxes = [{name = "区长信箱", url = "/xx/", reply_within = 5}]
"""


@pytest.mark.parametrize(
    ("status", "standing"),
    [
        ("已办结", LetterStatus.CLOSED),
        ("办理完毕", LetterStatus.CLOSED),
        ("县住建局已答复", LetterStatus.CLOSED),
        ("已回复，追问处理中", LetterStatus.CLOSED),
        ("已办结 未评价", LetterStatus.CLOSED),
        ("未阅批", LetterStatus.OPEN),
        ("暂未回复", LetterStatus.OPEN),
        ("处理中", LetterStatus.OPEN),
        ("已受理未回复", LetterStatus.OPEN),
        ("待审核", LetterStatus.OPEN),
        ("延期办理", LetterStatus.OPEN),
        ("已受理", LetterStatus.MOVING),
        ("已转办", LetterStatus.MOVING),
        ("不予受理", LetterStatus.INVALID),
        ("重复件", LetterStatus.INVALID),
        ("已撤回", LetterStatus.INVALID),
        ("不公开", None),
        ("待评价", None),
        ("政务服务办理中心", None),
        ("已电话答复", LetterStatus.CLOSED),
        ("已当面答复来信人", LetterStatus.CLOSED),
        ("县住建局处理中", LetterStatus.OPEN),
        ("处理中【区城管局】", LetterStatus.OPEN),
        ("正在办理中，请耐心等待", LetterStatus.OPEN),
        ("办理中 2025-12-03", LetterStatus.OPEN),
        ("部门已受理", LetterStatus.MOVING),
        ("转其他平台办理", None),
        ("转12345办理中", None),
        ("上级平台办理中", None),
        ("已转交上级部门", None),
        ("已转交市公安局", None),
        ("转区外单位处理中", None),
        ("网友追问处理中", None),
        ("追问待回复", None),
        ("待补充材料", None),
        ("办理中（不公开）", None),
        ("答复审核中", None),
        ("满意", None),
        ("", None),
    ],
)
def test_what_a_status_says(status: str, standing: LetterStatus | None) -> None:
    assert read_status(status) is standing


FIRST_SEEN = date(2025, 12, 29)
# Received, answered, last seen open; and of these the day of the answer that can be true, and whether the letter's can.
MISTYPED = {
    "nothing": ("2025-11-10 2025-11-13 -", "2025-11-13", True),
    "answered a year late": ("2024-11-10 2025-11-13 -", "-", True),
    "answered a year early, as in January": ("2025-12-03 2025-01-06 -", "-", True),
    "received ten years ago": ("2015-11-10 2025-11-13 -", "-", True),
    "received last January, answered in this one": ("2025-01-03 2026-01-06 -", "-", True),
    "open for a year before our eyes": ("2024-11-10 2025-12-01 2025-11-30", "2025-12-01", True),
    "received a year ago, open": ("2024-12-28 - 2025-12-29", "-", False),
    "open, and not a year": ("2025-01-20 - 2025-12-29", "-", True),
}


@pytest.mark.parametrize("kind", MISTYPED)
def test_days_with_a_mistyped_year_make_no_duration(kind: str) -> None:
    printed, expected, sound = MISTYPED[kind]
    received, answered, seen_open = (day and date.fromisoformat(day) for day in _days(printed))
    got = sound_days(LetterDays(received, None, answered), FIRST_SEEN, seen_open)
    assert (str(got.answered or "-"), got.sound) == (expected, sound)


def _days(printed: str) -> list[str | None]:
    return [None if day == "-" else day for day in printed.split()]


@pytest.mark.parametrize("accepted", ["2025-11-09", "2025-11-14", "2024-11-11"])
def test_a_letter_is_accepted_between_its_coming_and_its_answer(accepted: str) -> None:
    printed = LetterDays(date(2025, 11, 10), date.fromisoformat(accepted), date(2025, 11, 13))
    assert sound_days(printed, FIRST_SEEN, None).accepted is None


@pytest.mark.parametrize(
    ("text", "status"), [("已办结", True), ("受理中", True), ("办理中心", False), ("请处理", False)]
)
def test_what_may_be_taken_for_a_status(text: str, status: bool) -> None:
    assert is_status(text) is status


def record(connection: Connection, close: Close | None = None, **seen: Any) -> Site:
    """Records one letter as one night saw it."""
    site = parse_site(SITE, Path("mou.toml"))
    crawl = begin_crawl(connection, register(connection, site), NIGHT, BEGINNING, None, NOON)
    letter = LetterSighting("l", "路灯不亮", None, **({"received": date(2023, 3, 1)} | seen))
    page = PageSeen("u", 1, Outcome.READ, NOON, mailbox=site.mailboxes[0].key, letters=[letter], close=close)
    Recorder(connection, site.key, crawl).save(connection, page)
    return site


def case_of(engine: Engine, **seen: Any) -> LetterCase:
    """The case of that letter."""
    with engine.begin() as connection:
        return letter_cases(connection, record(connection, **seen), NIGHT, OFFICIAL)[0]


@pytest.mark.parametrize(
    ("received", "exactness"), [(date(2023, 3, 1), Exactness.EXACT), (None, Exactness.AT_LEAST)]
)
def test_a_letter_without_a_day_may_be_the_periods(
    any_engine: Engine, received: date | None, exactness: Exactness
) -> None:
    whole = Close(
        Outcome.READ, Outcome.READ, covered_since=BEGINNING, read_through_on=NIGHT, witness=Witness.LAST_PAGE
    )
    with any_engine.begin() as connection:
        site = record(connection, whole, received=received)
        assert mailbox_exactness(connection, site, parse_period("2023Q1"), NIGHT) == [exactness]


def test_a_letter_of_which_no_page_says_anything_waits_for_nothing(any_engine: Engine) -> None:
    case = case_of(any_engine, status="已受理")
    assert (case.known, case.settled, case.waits) == (False, False, False)
    assert str(figures([case]).closed_rate) == "—（0/0，以看得出是否答复的有效件为分母）"


def test_a_letter_that_a_page_shows_unanswered_waits_to_that_night(any_engine: Engine) -> None:
    case = case_of(any_engine, status="处理中", unanswered=True)
    assert (case.waits, case.until) == (True, NIGHT)


@pytest.mark.parametrize(
    "seen",
    [
        {"status": "转其他平台办理"},
        {"status": "处理中", "answer_unread": True},
        {"answered": date(2022, 3, 2)},
    ],
    ids=["passed to another platform", "the answer is a picture", "answered before it came"],
)
def test_a_letter_of_which_the_pages_contradict_one_another_waits_for_nothing(
    any_engine: Engine, seen: dict[str, Any]
) -> None:
    case = case_of(any_engine, unanswered=True, **seen)
    assert (case.waits, days_taken(case)) == (False, None)


def test_an_answer_without_a_day_is_an_answer(any_engine: Engine) -> None:
    case = case_of(any_engine, answer="经查，路灯已修复。")
    assert (case.settled, case.waits) == (True, False)


def test_before_the_day_of_its_answer_a_letter_was_unanswered(any_engine: Engine) -> None:
    case = case_of(any_engine, status="已办结", answered=date(2023, 7, 5), answer="路灯已修复。")
    assert (case.waits, case.until, case.answer) == (True, NIGHT, "")


def test_the_day_of_acceptance_reaches_the_case(any_engine: Engine) -> None:
    assert case_of(any_engine, accepted=date(2023, 3, 6)).accepted == date(2023, 3, 6)
