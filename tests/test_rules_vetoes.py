"""The vetoes together: every line with its number and the distance left; what was not read said, not guessed."""

from datetime import date, timedelta
from typing import Any

import pytest

from rules.book import BOOK
from rules.cases import SiteCase
from rules.engine.judge import judge
from rules.engine.veto_columns import Counted, measured
from rules.errors import WrongInput
from rules.scanners.page_tags import Lacking, PageLevel, lacking, missing_tags
from rules.vetoes import VetoLine, veto_summary
from tests.book_cases import build

AS_OF = date(2023, 7, 3)
STALE_NEWS = {"newest": AS_OF - timedelta(days=20)}
PROBES = [{"day": AS_OF - timedelta(days=n), "seconds": 1.0, "times": 24} for n in range(1, 8)]


def _summary(**facts: Any) -> dict[str, VetoLine]:
    return {line.id: line for line in veto_summary(build(SiteCase, facts), {})}


def _site(**facts: Any) -> dict[str, Any]:
    usual = {
        "probes": PROBES, "home_outcome": "read", "home_newest": date(2023, 6, 25),
        "channels": [{"name": "区长信箱", "outcome": "read"}], "letters": [],
        "columns": [
            {"path": ["区情动态"], **STALE_NEWS},
            {"path": ["通知公告"], "newest": date(2022, 12, 1)},
            {"path": ["政策文件"], "newest": date(2023, 6, 1)},
            {"path": ["救灾领域", "备灾管理"], "newest": date(2023, 1, 1), "cycle": 90},
            {"path": ["救灾领域", "款物管理"], "outcome": "empty", "postings": 0},
            {"path": ["救灾领域", "业务信息"], "outcome": "blocked", "postings": 0},
        ],
    }  # fmt: skip
    return usual | facts


@pytest.mark.parametrize(
    ("blank", "unread", "undecided"),
    [(4, 0, False), (4, 1, True), (1, 4, True), (1, 3, False), (5, 3, False)],
)
def test_what_was_not_read_may_reach_the_line(blank: int, unread: int, undecided: bool) -> None:
    counted = Counted(tuple(f"栏目{n}" for n in range(blank)), 0, unread)
    assert measured(counted, 20, 5, "空白栏目").undecided is undecided


def test_every_line_says_how_far_it_is() -> None:
    lines = _summary(**_site())
    assert {line.id: (line.number, line.line, line.distance, line.hit) for line in lines.values()} == {
        "site.unreachable": (0, 5, 5, False),
        "site.home_stale": (8, 14, 6, False),
        "site.stale_columns": (2, 5, 3, False),
        "site.overdue_columns": (1, 10, 9, False),
        "site.empty_columns": (1, 5, 4, False),
        "site.no_consultation": (1, 1, 1, False),
        "letter.unanswered": (0, 1, 1, False),
    }
    stale = lines["site.stale_columns"]
    assert (
        stale.summary == "栏目不更新（否决线 5 个）：2 个，距否决线 3 个（另有 1 个栏目没有完整读到，未计入）"
    )
    assert not stale.undecided  # the one that was not read makes three at most
    assert lines["site.no_consultation"].summary == "没有咨询建言渠道（少于 1 个即否决）：1 个，未触及"
    assert stale.examples == (
        "红旗路街道办事处“区情动态”（动态要闻类，20 天）",
        "红旗路街道办事处“通知公告”（通知公告类，214 天）",
    )
    assert not judge([build(SiteCase, _site())], BOOK, {})


def test_nothing_known_is_nothing_hit() -> None:
    lines = _summary()
    assert all(line.number is None and line.distance is None and not line.hit for line in lines.values())
    assert all("未能判断" in line.summary and line.note for line in lines.values())


def test_a_line_that_is_hit_has_no_distance_and_its_rule_speaks() -> None:
    columns = [{"path": [f"第{n}动态"], **STALE_NEWS} for n in range(6)]
    facts = _site(columns=columns)
    line = _summary(**facts)["site.stale_columns"]
    assert (line.number, line.distance, line.hit) == (6, 0, True)
    assert line.summary == "栏目不更新（否决线 5 个）：6 个，已触及否决线"
    (finding,) = judge([build(SiteCase, facts)], BOOK, {})
    assert finding.rule == "site.stale_columns"
    assert ("第 1 个", "红旗路街道办事处“第0动态”（动态要闻类，20 天）") in finding.observations
    assert ("现值", "6 个") in finding.observations


def test_all_columns_blocked_is_not_measured() -> None:
    columns = [{"path": [str(n)], "outcome": "blocked", "postings": 0} for n in range(9)]
    lines = _summary(**_site(columns=columns))
    assert [lines[f"site.{x}_columns"].number for x in ("stale", "overdue", "empty")] == [None, None, None]


def test_letters_say_when_the_next_one_falls() -> None:
    open_ = {"subject": "1", "received": date(2023, 4, 20)}
    old = {"subject": "2", "received": date(2023, 3, 1), "title": "学区"}
    assert (
        _summary(**_site(letters=[open_]))["letter.unanswered"].note
        == "最早一件未答复留言将于 2023-07-20 满 3 个月"
    )
    line = _summary(**_site(letters=[open_, old]))["letter.unanswered"]
    assert (line.number, line.hit, line.examples) == (1, True, ("区长信箱“学区”",))


@pytest.mark.parametrize(
    ("boxes", "known", "number", "note"),
    [
        (("read",), False, 0, "另有 1 件看不出是否答复，未计入"),
        (("read", "blocked"), True, 1, "另有 1 个信箱没有完整读到，未计入"),
        (("read", "partial"), True, 1, "另有 1 个信箱没有完整读到，未计入"),
        (("read",), True, 1, ""),
    ],
)
def test_letters_that_were_not_seen_or_not_clear_are_said(
    boxes: tuple[str, ...], known: bool, number: int, note: str
) -> None:
    letter = {"received": date(2023, 3, 1), "known": known}
    channels = [{"name": "区长信箱", "outcome": outcome} for outcome in boxes]
    line = _summary(**_site(letters=[letter], channels=channels))["letter.unanswered"]
    assert (line.number, line.note) == (number, note)


@pytest.mark.parametrize("outcome", ["blocked", "unreadable", ""])
def test_no_letter_is_no_zero_where_no_mailbox_was_read(outcome: str) -> None:
    channels = [{"name": "区长信箱", "outcome": outcome}]
    assert _summary(**_site(letters=[], channels=channels))["letter.unanswered"].number is None


def test_a_national_line_knows_no_local_waiver() -> None:
    columns = [{"subject": f"s{n}", "path": [f"第{n}动态"], **STALE_NEWS} for n in range(5)]
    line = _summary(**_site(columns=columns, excused=["s4"]))["site.stale_columns"]
    assert (line.number, line.hit, line.note) == (5, True, "其中 1 个已在本地豁免，扣除后 4 个")


def test_the_sites_own_lines() -> None:
    case = build(SiteCase, _site())
    lines = {line.id: line for line in veto_summary(case, {"site.empty_columns": {"columns": 1}})}
    assert lines["site.empty_columns"].hit
    with pytest.raises(WrongInput, match="没有名为“column”的阈值"):
        veto_summary(case, {"site.empty_columns": {"column": 1}})


def test_probes_a_little_under_the_line() -> None:
    few = [{"day": AS_OF - timedelta(days=1), "seconds": "", "times": 8}]
    line = _summary(**_site(probes=PROBES + few))["site.unreachable"]
    assert (line.number, line.distance, line.hit) == (4.55, 0.45, False)
    assert "探测 176 次，失败 8 次" in line.summary


def test_page_tags_in_any_case_and_filled() -> None:
    meta = {"sitename": "某区人民政府", "SITEDOMAIN": "www.example.gov.cn", "SiteIDCode": " ", "ArticleTitle": "通知",
            "PubDate": "2023-06-10 09:00", "contentsource": ""}  # fmt: skip
    assert missing_tags(PageLevel.ARTICLE, meta) == ("SiteIDCode", "ContentSource")
    assert missing_tags(PageLevel.HOME, {}) == ("SiteName", "SiteDomain", "SiteIDCode")
    assert "ColumnType" in missing_tags(PageLevel.COLUMN, meta)


def test_what_a_level_lacks_is_counted_with_an_example() -> None:
    full = {"SiteName": "某区", "SiteDomain": "example.gov.cn", "SiteIDCode": "4105030001"}
    pages = [("/a", full), ("/b", full | {"SiteIDCode": ""}), ("/c", {"SiteName": "某区"})]
    assert lacking(PageLevel.HOME, pages) == (Lacking("SiteDomain", 1, "/c"), Lacking("SiteIDCode", 2, "/b"))
    assert lacking(PageLevel.HOME, []) == ()


def test_a_channel_that_was_not_read_may_be_a_working_one() -> None:
    channels = [{"name": "区长信箱", "outcome": "blocked"}, {"name": "咨询投诉", "outcome": "read"}]
    line = _summary(
        **_site(channels=channels),
    )["site.no_consultation"]
    assert (line.number, line.hit) == (1, False)
    line = _summary(**_site(channels=channels[:1]))["site.no_consultation"]
    assert (line.number, line.hit) == (None, False)
    assert "有 1 个渠道没有读到" in line.summary
