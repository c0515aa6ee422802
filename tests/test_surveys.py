"""征集调查 and 在线访谈: which columns and titles they are, a year of them, and whether one was answered."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from db.recording.closing import Close
from rules.vocabulary.surveys import ActivityKind, activity_of, asked_about, is_result
from rules.vocabulary.terms import Outcome, Witness
from tests.made_nights import READ, crawled, made_site, posted, rulings, said

DAY = date(2023, 6, 20)
COLUMN = '{path = ["互动交流", "民意征集"], url = "/zj/"},'
RULE = "site.few_activities"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (("互动交流", "民意征集"), ActivityKind.SURVEY),
        (("网上调查",), ActivityKind.SURVEY),
        (("互动交流", "在线访谈"), ActivityKind.INTERVIEW),
        (("重大项目建设领域", "意见征集"), None),
        (("通知公告",), None),
        (("统计调查",), None),
    ],
)
def test_columns(path: tuple[str, ...], kind: ActivityKind | None) -> None:
    assert activity_of(path) is kind


@pytest.mark.parametrize(
    ("title", "draft"),
    [
        ("关于公开征求《某区停车管理办法（征求意见稿）》意见的公告", "某区停车管理办法"),
        ("《某区停车管理办法》公开征集意见", "某区停车管理办法"),
        ("《某区停车管理办法》征求意见采纳情况", None),
        ("关于征集民生实事项目建议的公告", None),
        ("某区停车管理办法", None),
    ],
)
def test_titles(title: str, draft: str | None) -> None:
    assert asked_about(title) == draft
    assert is_result("关于某区停车管理办法公开征求意见的反馈")


def year(number: int) -> list[object]:
    return [posted(f"第{n}次问卷调查", DAY - timedelta(days=40 * n)) for n in range(number)]


def night(engine: Engine, number: int, close: Close = READ, more: str = "") -> int:
    site = made_site(COLUMN, more)
    old = posted("前年的问卷调查", DAY - timedelta(days=366))
    crawled(engine, site, DAY, {"/zj/": [*year(number), old]}, close=close)  # type: ignore[list-item]
    return len(said(engine, site, DAY, RULE))


@pytest.mark.parametrize(("number", "found"), [(5, 1), (6, 0)])
def test_six_in_a_year(engine: Engine, number: int, found: int) -> None:
    assert night(engine, number) == found


@pytest.mark.parametrize(
    "close",
    [
        Close(Outcome.READ, Outcome.READ, covered_since=date(2023, 4, 1), witness=Witness.OLDER_ROW),
        Close(Outcome.PARTIAL, Outcome.PARTIAL),
        Close(Outcome.BLOCKED, Outcome.BLOCKED),
    ],
)
def test_a_list_that_was_not_read_back_a_year_tells_nothing(engine: Engine, close: Close) -> None:
    assert night(engine, 2, close) == 0


def test_a_waiver(engine: Engine) -> None:
    waiver = f'[[waivers]]\nrule = "{RULE}"\nwhy = "改用微信小程序"\nuntil = 2023-12-31\n'
    assert night(engine, 2, more=waiver) == 0
    assert [bool(each.waived) for each in rulings(engine, made_site(COLUMN, waiver), DAY, RULE)] == [True]


def test_one_posting_in_two_columns_is_one(engine: Engine) -> None:
    site = made_site(COLUMN + '\n{path = ["互动交流", "民意征集", "网上调查"], url = "/dc/"},')
    crawled(engine, site, DAY, {"/zj/": year(5), "/dc/": year(5)})  # type: ignore[dict-item]
    assert "5 条" in said(engine, site, DAY, RULE)[0]


ASKED = "关于公开征求《某区停车管理办法（征求意见稿）》意见的公告"
OWN = '{units = ["a"], path = ["互动交流", "征求意见"], url = "/zq/"},'
SET = '[rules."posting.survey_unanswered"]\ndays = 30\n'


@pytest.mark.parametrize(
    ("more", "day", "answered", "number"),
    [
        (SET, date(2023, 5, 20), False, 1),
        (SET, date(2023, 5, 21), False, 0),
        (SET, date(2023, 5, 1), True, 0),
        ("", date(2023, 4, 1), False, 0),  # the office has set no number
    ],
)
def test_asked_and_answered(engine: Engine, more: str, day: date, answered: bool, number: int) -> None:
    site = made_site(OWN, more)
    rows = [posted(ASKED, day)]
    if answered:
        rows.append(posted("《某区停车管理办法》公开征求意见采纳情况", date(2023, 6, 10)))
    crawled(engine, site, DAY, {"/zq/": rows})
    assert len(said(engine, site, DAY, "posting.survey_unanswered")) == number
