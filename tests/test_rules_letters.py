"""Figures of letters: rates and durations apart, denominators stated; copies and formulas in answers."""

from datetime import date
from typing import Any

import pytest

from rules.book import BOOK
from rules.cases import LetterCase
from rules.cases.letter_figures import (
    answer_cases,
    by_unit,
    days_taken,
    different_questions,
    figures,
    unit_cases,
)
from rules.dates.periods import months_after, parse_period
from rules.engine.judge import judge
from rules.scanners.perfunctory import stock_phrase_in, without_stock_phrases
from tests.book_cases import build

Q2 = parse_period("2023Q2")


def _letter(**facts: Any) -> LetterCase:
    made: LetterCase = build(LetterCase, {"received": date(2023, 5, 15)} | facts)
    return made


def test_no_letter_at_all_has_no_rate_and_no_days() -> None:
    none = figures([])
    assert (none.received, none.valid, none.closed, none.clocked) == (0, 0, 0, 0)
    assert none.closed_rate.share is None
    assert str(none.closed_rate) == "—（0/0，以有效件为分母）"
    assert none.mean_days is none.slowest is None


def test_rate_and_duration_are_two_facts() -> None:
    """Every letter is closed, and one took three weeks: 100 % says nothing of it."""
    quick = [_letter(title=f"快{n}", answered=date(2023, 5, 16 + n)) for n in range(3)]
    slow = _letter(title="慢", answered=date(2023, 6, 5))
    got = figures([*quick, slow])
    assert str(got.closed_rate) == "100%（4/4，以有效件为分母）"
    assert str(got.on_time_rate) == "75%（3/4，以有效件为分母）"
    assert got.days == (1, 2, 3, 15)
    assert got.mean_days == 5.25
    assert got.slowest is slow


def test_what_is_invalid_open_or_without_days() -> None:
    letters = [
        _letter(answered=date(2023, 5, 17)),
        _letter(valid=False),  # 重复件: received, in no rate
        _letter(),  # open, long overdue
        _letter(received=date(2023, 6, 30)),  # open, in time
        _letter(closed=True),  # closed, its day not shown
        _letter(received=None, answered=date(2023, 5, 17)),  # its receipt not shown
    ]
    got = figures(letters)
    assert (got.received, got.valid, got.closed, got.on_time) == (6, 5, 3, 1)
    assert got.clocked == 1


def test_a_year_without_a_calendar_is_in_no_duration() -> None:
    letter = _letter(received=date(2036, 12, 20), answered=date(2037, 1, 5), as_of=date(2037, 3, 1))
    assert days_taken(letter) is None
    assert figures([letter]).clocked == 0


def test_each_unit_with_letters_enough_beside_the_others() -> None:
    days = {"甲": (16, 17) * 3, "乙": (16,) * 5, "丙": (30, 31) * 3, "己": (31,) * 4}
    letters = [
        _letter(units=[unit], unit_names=f"{unit}局", answered=date(2023, 5, day))
        for unit, answered in days.items()
        for day in answered
    ]
    letters += [
        _letter(units=["丁"]),
        _letter(units=[], answered=date(2023, 5, 16)),
        _letter(units=["戊"], received=date(2023, 7, 1)),
    ]
    assert {units: own.clocked for units, own in by_unit(letters).items()} == {
        ("甲",): 6, ("乙",): 5, ("丙",): 6, ("己",): 4, ("丁",): 0, (): 1, ("戊",): 0,
    }  # fmt: skip
    cases = unit_cases(letters, Q2)
    assert [(case.subject, case.mean, case.slowest) for case in cases] == [
        ("甲", 1.5, 2),
        ("乙", 1, 1),
        ("丙", 11.5, 12),
    ]
    said = judge(cases, BOOK, {})
    assert [finding.unit_names for finding in said if finding.rule == "letter.slower_than_peers"] == ["丙局"]


ANSWER = "您好，请携带身份证到区政务服务中心一楼综合窗口咨询办理。"


def test_one_answer_to_three_questions() -> None:
    asked = [
        "和平路路灯不亮三天了没人管",
        "孩子小学学区如何划分",
        "小区门口垃圾成堆无人清运",
        "老旧小区能否加装电梯",
    ]
    letters = [
        _letter(title=title, answer=ANSWER, units=[f"u{n % 2}"], unit_names=f"单位{n % 2}")
        for n, title in enumerate(asked[:3])
    ]
    letters += [_letter(title=asked[3], answer="您好，符合条件的可以申请加装，由社区统一受理。")]
    (case,) = answer_cases(letters)
    assert case.questions == 3
    assert case.letters == tuple(asked[:3])
    assert case.units == ("u0", "u1")
    assert case.unit_names == "单位0、单位1"


def test_one_question_sent_again_is_one() -> None:
    again = [
        _letter(title="和平路路灯不亮三天了没人管"),
        _letter(title="和平路路灯不亮三天了，没人管！！"),
        _letter(title="和平路路灯不亮四天了没人管"),
    ]
    assert different_questions(again) == 1


def test_answers_compare_without_marks_but_by_mailbox() -> None:
    letters = [
        _letter(title="一", answer=ANSWER),
        _letter(title="二", answer=ANSWER.replace("，", " ") + "\n"),
        _letter(title="三", answer=ANSWER, mailbox="局长信箱"),
        _letter(title="四", answer=""),
        _letter(title="五", answer=""),
        _letter(title="六", answer="已办。"),
        _letter(title="七", answer="已办。"),
        _letter(title="八", answer=ANSWER, answer_unread=True),
    ]
    assert [case.letters for case in answer_cases(letters)] == [("一", "二")]


@pytest.mark.parametrize(
    ("answer", "left", "formula"),
    [
        ("您好！您反映的问题已转相关部门处理。谢谢！", "", "已转相关部门处理"),
        ("网友您好，来信收悉，情况属实，正在处理中。", "来信", "正在处理中"),
        ("已修好", "已修好", None),
        ("经核实，该路段路灯已全部修复。", "该路段路灯已全部修复", "经核实"),
        ("", "", None),
    ],
)
def test_what_an_answer_says_beyond_formulas(answer: str, left: str, formula: str | None) -> None:
    assert without_stock_phrases(answer) == left
    assert stock_phrase_in(answer) == formula


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2023, 4, 3), 3, date(2023, 7, 3)),
        (date(2022, 11, 30), 3, date(2023, 2, 28)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2023, 10, 31), 2, date(2023, 12, 31)),
        (date(2023, 12, 31), 12, date(2024, 12, 31)),
    ],
)
def test_calendar_months(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later
