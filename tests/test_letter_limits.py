"""A letter's time: by its kind, as its page prints it, and by what its states said of it; from the database to the rule."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from crawler.listing.source import read_letters
from crawler.page.page import Page
from crawler.readers.letters.letter import read_letter
from crawler.sites.load import parse_site
from db.facts.letters import letter_cases, write_letter_progress
from db.recording.pages import LetterSighting, PageSeen, Recorder, begin_crawl
from db.recording.register import register
from rules.book.letter_slow import slow
from rules.book.letter_unanswered import unanswered
from rules.cases import LetterCase
from rules.cases.letter_figures import days_taken
from rules.cases.letter_limits import limit_of
from rules.dates.periods import BEGINNING
from rules.dates.workdays import OFFICIAL
from rules.engine.judge import judge
from rules.errors import WrongInput
from rules.scanners.letter_deadline import Deadline, read_deadline
from rules.scanners.letter_kind import kind_before, kind_of
from rules.scanners.letter_status import LetterDelay, LetterStatus, read_delay, read_status
from rules.vocabulary.places import Mailbox
from rules.vocabulary.terms import Outcome

SITE = """
name = "某区"
home = "https://www.mou.example/"
units = [{id = "a", name = "甲局", kind = "部门"}]
columns = [{units = ["a"], path = ["救灾领域"], url = "/jz/"}]
[[mailboxes]]
name = "区长信箱"
url = "/xx/"
reply_within = 5
limits = {limits}
"""
LIMITS = '{"咨询" = 3, "投诉" = 10, "复杂" = 15}'


def box(**limits: int) -> Mailbox:
    return Mailbox("x", "区长信箱", "https://www.mou.example/xx/", 5, limits)


@pytest.mark.parametrize(
    ("kind", "days"),
    [
        ("咨询", 3), ("咨询类", 3), ("投诉举报", 10), ("咨询投诉", 10), ("复杂诉求", 15), ("建议", 5), ("其他", 5),
        (None, 15), ("城市管理", 15), ("公开", 15),  # no kind was read: it may be any
    ],
)  # fmt: skip
def test_a_letter_has_the_time_of_its_kind(kind: str | None, days: int) -> None:
    assert limit_of(box(咨询=3, 投诉=10, 复杂=15), kind, extended=False) == days


def test_without_limits_all_kinds_have_the_mailboxs_time() -> None:
    assert {limit_of(box(), kind, extended=False) for kind in ("咨询", "投诉", None)} == {5}


def test_an_extended_letter_has_the_time_that_the_office_set_for_it_or_no_known_one() -> None:
    assert limit_of(box(投诉=10), "投诉", extended=True) is None
    assert limit_of(box(投诉=10, 延期=25), "投诉", extended=True) == 25
    assert limit_of(box(投诉=10, 延期=25), None, extended=False) == 10


@pytest.mark.parametrize("limits", ['{"咨询" = 0}', '{"" = 5}', "5"])
def test_wrong_limits_are_refused(limits: str) -> None:
    with pytest.raises(WrongInput, match="limits"):
        parse_site(SITE.replace("{limits}", limits), Path("mou.toml"))


EXTENDED, SUSPENDED = LetterDelay.EXTENDED, LetterDelay.SUSPENDED


@pytest.mark.parametrize(
    ("status", "standing", "delay"),
    [
        ("延期办理", LetterStatus.OPEN, EXTENDED), ("已延期", LetterStatus.OPEN, EXTENDED),
        ("办理中（延期）", LetterStatus.OPEN, EXTENDED), ("同意延期", LetterStatus.OPEN, EXTENDED),
        ("延长办理期限", None, EXTENDED), ("已延期办结", LetterStatus.CLOSED, EXTENDED),
        ("延期申请未通过", None, None), ("不予延期", None, None), ("是否延期：否", None, None),
        ("已挂起", None, SUSPENDED), ("暂停办理", None, SUSPENDED), ("已中止", None, SUSPENDED),
        ("待来信人补充材料", None, SUSPENDED), ("待补正", None, SUSPENDED), ("恢复办理", None, None), ("取消挂起", None, None),
        ("退回重办", None, None), ("退回", LetterStatus.INVALID, None), ("超期未办理", LetterStatus.OPEN, None),
    ],
)  # fmt: skip
def test_what_a_status_says_of_the_time(
    status: str, standing: LetterStatus | None, delay: LetterDelay | None
) -> None:
    assert (read_status(status), read_delay(status)) == (standing, delay)


def test_a_kind_is_told_from_what_is_none() -> None:
    assert kind_of(["城市管理", "投诉类"]) == "投诉类"
    assert kind_of(["物业"]) == "物业"
    assert kind_of(["2023-01-01", "13800000000", "XQ-17", ""]) is None
    assert kind_before("[咨询] 关于路灯") == "咨询"
    assert kind_before("【求助】路灯不亮") == "求助"
    assert kind_before("（二期）项目何时开工") is None


def page(body: str) -> Page:
    return Page("https://www.mou.example/xx/1.html", f"<html><body>{body}</body></html>".encode())


ROW = "<tr><td><a href='{n}.html'>{subject}</a></td><td>{kind}</td><td>2023-03-0{n}</td><td>已办结</td></tr>"
LISTS = {
    "a table": "<table><tr><th>标题</th><th>信件类型</th><th>来信时间</th><th>状态</th></tr>"
    + "".join(ROW.format(n=n, subject=f"第{n}盏路灯不亮了", kind="投诉") for n in (1, 2, 3)) + "</table>",
    "cards": "".join(
        f"<div class=c><a href='{n}.html'>第{n}盏路灯不亮了</a><p>信件类别：投诉</p><p>来信时间：2023-03-0{n}</p>"
        "<p>办理状态：已办结</p></div>" for n in (1, 2, 3)
    ),
    "cards of one line": "".join(
        f"<li><a href='{n}.html'>第{n}盏路灯不亮了</a><p>类型：投诉　来信时间：2023-03-0{n}　状态：已办结</p></li>" for n in (1, 2, 3)
    ),
    "in brackets": "<ul>" + "".join(
        f"<li><a href='{n}.html'>[投诉] 第{n}盏路灯不亮了</a><span>已办结</span><span>2023-03-0{n}</span></li>" for n in (1, 2, 3)
    ) + "</ul>",
}  # fmt: skip


@pytest.mark.parametrize("form", LISTS)
def test_lists_print_the_kind(form: str) -> None:
    assert [row.kind for row in read_letters(page(LISTS[form])).entries] == ["投诉"] * 3


TEXTS = "<p>来信内容：路灯坏了三天，晚上出门很不方便。</p><p>答复内容：您好，路灯已修复，感谢您的反映。</p>"
LETTERS = {
    "labels": "<p>标题：路灯不亮</p><p>信件类型：投诉</p><p>来信时间：2023-03-01</p>" + TEXTS,
    "one line": "<h1>路灯不亮</h1><p>来信时间：2023-03-01　来信类别：投诉　状态：已办结</p>" + TEXTS,
    "a table": "<table><tr><td>信件标题</td><td>路灯不亮</td><td>诉求类型</td><td>投诉</td></tr>"
    "<tr><td>来信时间</td><td>2023-03-01</td><td>状态</td><td>已办结</td></tr></table>" + TEXTS,
    "two kinds of kind": "<p>来信时间：2023-03-01</p><p>问题分类：城市管理</p><p>信件性质：投诉</p>" + TEXTS,
    "in brackets": "<h1>【投诉】路灯不亮</h1><p>来信时间：2023-03-01</p>" + TEXTS,
    "the writer's own word is none": "<p>来信时间：2023-03-01</p><p>信件类型：投诉</p>"
    "<p>来信内容：信件类型：咨询，路灯坏了三天，晚上出门很不方便。</p><p>答复内容：您好，路灯已修复。</p>",
}  # fmt: skip


@pytest.mark.parametrize("form", LETTERS)
def test_letters_print_the_kind(form: str) -> None:
    letter = read_letter(page(LETTERS[form]))
    assert letter.received == "2023-03-01"
    assert letter.kind == "投诉"


DEADLINES = {
    "a number of working days": ("<p>办理期限：10个工作日</p>", "10个工作日"),
    "a day": ("<p>应办结时间：2023-03-15 17:00</p>", "2023-03-15 17:00"),
    "in a line with others": ("<p>来信编号：17　答复截止日期：2023年3月15日　状态：办理中</p>", "2023年3月15日"),
    "two of them": ("<p>承诺时限：五个工作日</p><p>办结期限：2023-03-20</p>", "五个工作日；2023-03-20"),
    "what is expected is no promise": ("<p>预计办结时间：2023-03-15</p>", None),
    "what is left is none": ("<p>剩余办理时限：2个工作日</p>", None),
    "neither is by how much it was passed": ("<p>办理期限：已超期 3 天</p>", None),
    "no limit is told": ("<p>办理时限：普通</p>", None),
    "none is printed": ("", None),
}  # fmt: skip


@pytest.mark.parametrize("form", DEADLINES)
def test_letters_print_their_time(form: str) -> None:
    printed, deadline = DEADLINES[form]
    head = "<h1>路灯不亮</h1><p>来信时间：2023-03-01</p><p>信件类型：投诉</p>"
    question = "<p>来信内容：路灯坏了三天，晚上出门很不方便。</p>"
    answer = "<p>答复内容：您好，该事项依申请办理。</p><p>办理时限：法定20个工作日，请您知悉。</p>"
    notice = "<div><h3>来信须知</h3><p>办理期限：7个工作日</p></div>"
    for more in ("", answer):
        letter = read_letter(page(head + printed + question + more + notice))
        assert (letter.deadline, letter.answered) == (deadline, None)


@pytest.mark.parametrize("form", ["a table", "cards"])
def test_lists_print_the_time(form: str) -> None:
    markup = (
        LISTS[form]
        .replace("信件类型", "应办结时间")
        .replace("信件类别", "应办结时间")
        .replace("投诉", "2023-03-15")
    )
    rows = read_letters(page(markup)).entries
    assert [(row.deadline, row.answered) for row in rows] == [("2023-03-15", None)] * 3


@pytest.mark.parametrize(
    ("printed", "day", "workdays"),
    [
        ("15个工作日", None, 15), ("自受理之日起十五个工作日内", None, 15), ("二十个工作日", None, 20), ("十个工作日", None, 10),
        ("两个工作日", None, 2), ("一般5个工作日，复杂15个工作日", None, 15), ("5-7个工作日", None, 7), ("7天", None, 7),
        ("1周", None, 7), ("1个月", None, 31), ("24小时内", None, 1), ("48小时", None, 2), ("2023/6/12", date(2023, 6, 12), None),
        ("2023年6月12日17时", date(2023, 6, 12), None), ("5个工作日（2023-06-12）", date(2023, 6, 12), 5),
    ],
)  # fmt: skip
def test_what_a_printed_time_tells(printed: str, day: date | None, workdays: int | None) -> None:
    assert read_deadline(printed) == Deadline(day, workdays)


@pytest.mark.parametrize(
    "printed", ["", "普通", "特急", "2023-13-40", "剩余2个工作日", "超期3天", "0个工作日"]
)
def test_what_tells_no_time(printed: str) -> None:
    assert read_deadline(printed) is None


# Working days: 2023-06-05 is a Monday; 06-22 to 06-24 are off, 06-25 is worked.
NIGHTS = (date(2023, 6, 12), date(2023, 6, 20), date(2023, 7, 3))


def seen(
    engine: Engine, *nights: dict[str, Any] | None, limits: str = LIMITS, file: str = SITE
) -> LetterCase:
    """The case of one letter after the nights, each with what its page showed (None: what the night before showed)."""
    site = parse_site(file.replace("{limits}", limits), Path("mou.toml"))
    for day, shown in zip(NIGHTS, nights, strict=False):
        moment = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
        with engine.begin() as connection:
            crawl = begin_crawl(connection, register(connection, site), day, BEGINNING, None, moment)
            letter = LetterSighting("l", "路灯不亮", None, **({"received": date(2023, 6, 5)} | (shown or {})))
            page = PageSeen("u", 1, Outcome.READ, moment, mailbox=site.mailboxes[0].key, letters=[letter])
            Recorder(connection, site.key, crawl).save(connection, page)
    with engine.begin() as connection:
        cases = letter_cases(connection, site, day, OFFICIAL)
        write_letter_progress(connection, site.key, cases, day)
    return cases[0]


def said(case: LetterCase) -> list[str]:
    return [finding.sentence for finding in judge([case], [slow, unanswered], {})]


@pytest.mark.parametrize(
    ("kind", "answered", "late"),
    [
        ("咨询", date(2023, 6, 8), False), ("咨询", date(2023, 6, 9), True),
        ("投诉", date(2023, 6, 19), False), ("投诉", date(2023, 6, 20), True),
        ("建议", date(2023, 6, 12), False), ("建议", date(2023, 6, 13), True),
        (None, date(2023, 6, 27), False), (None, date(2023, 6, 28), True),
    ],
)  # fmt: skip
def test_the_limit_of_a_kind_on_both_sides(
    engine: Engine, kind: str | None, answered: date, late: bool
) -> None:
    case = seen(engine, None, None, {"kind": kind, "answered": answered, "status": "已办结"})
    assert bool(said(case)) is late
    with engine.connect() as connection:
        row = connection.execute(text("SELECT kind, reply_within, slow FROM mailbox_letters")).one()
    assert (row.kind, row.reply_within, bool(row.slow)) == (kind, case.reply_within, late)


@pytest.mark.parametrize(
    ("keys", "answered", "late"),
    [
        ('kind = "找错"', date(2023, 6, 8), False), ('kind = "找错"', date(2023, 6, 9), True),
        ('kind = "找错"\nreply_within = 4', date(2023, 6, 9), False),
        ('kind = "找错"\nlimits = {"复杂" = 10}', date(2023, 6, 9), False),  # no kind was read: it may be any
        ("", date(2023, 6, 12), False), ("", date(2023, 6, 13), True),
    ],
)  # fmt: skip
def test_a_report_of_a_fault_is_answered_in_three_working_days(
    engine: Engine, keys: str, answered: date, late: bool
) -> None:
    site = SITE.replace("reply_within = 5\nlimits = {limits}", keys)
    assert bool(said(seen(engine, None, None, {"answered": answered, "status": "已办结"}, file=site))) is late


def test_no_other_kind_of_mailbox_is_known() -> None:
    with pytest.raises(WrongInput, match="kind"):
        parse_site(SITE.replace("limits = {limits}", 'kind = "纠错"'), Path("mou.toml"))


PROMISED = {
    # By its kind (咨询) it had 3 working days; from 06-05 on the 10th is 06-19, the 11th 06-20.
    "长于站点文件的，按写明的": ("10个工作日", {}, date(2023, 6, 19), False),
    "过了写明的工作日数": ("10个工作日", {}, date(2023, 6, 20), True),
    "短于站点文件的，也按写明的": ("2个工作日", {}, date(2023, 6, 8), True),
    "写明的日期当天": ("2023-06-19", {}, date(2023, 6, 19), False),
    "写明的日期之后": ("2023-06-19", {}, date(2023, 6, 20), True),
    "写明的日期是休息日，下一个工作日已经超过": ("2023-06-10", {}, date(2023, 6, 12), True),
    "从受理之日起算": ("10个工作日", {"accepted": date(2023, 6, 6)}, date(2023, 6, 20), False),
    "几项不一的按最长的": ("2个工作日；2023-06-19", {}, date(2023, 6, 19), False),
    "早于来信的写错了，按站点文件": ("2022-06-19", {}, date(2023, 6, 8), False),
    "晚于来信一年的写错了，按站点文件": ("2024-06-19", {}, date(2023, 6, 9), True),
    "延期后到何时不知道的不判断": ("2023-06-12", {"status": "已延期办结"}, date(2023, 6, 20), False),
}  # fmt: skip


@pytest.mark.parametrize("name", PROMISED)
def test_the_time_that_a_letter_prints_goes_before_that_of_its_kind(engine: Engine, name: str) -> None:
    printed, shown, answered, late = PROMISED[name]
    facts = {"kind": "咨询", "deadline": printed, "answered": answered, "status": "已办结"} | shown
    case = seen(engine, None, None, facts)
    told = said(case)
    assert bool(told) is late
    own = case.promised == printed
    assert all((f"（页面写明的期限：{printed}）" in one) is own for one in told)


def test_a_kind_that_was_read_once_stays(engine: Engine) -> None:
    case = seen(engine, {"kind": "投诉", "unanswered": True}, {"unanswered": True})
    assert (case.letter_kind, case.reply_within) == ("投诉", 10)
    assert said(case) == [
        "区长信箱留言“路灯不亮”2023-06-05 收到，至今未答复，已 11 个工作日，超过 10 个工作日的期限（投诉）。"
    ]


def test_an_accepted_letter_and_one_passed_on_inside_run_on(engine: Engine) -> None:
    case = seen(
        engine,
        {"kind": "咨询", "status": "已受理", "unanswered": True},
        {"status": "已转办", "unanswered": True},
    )
    assert "至今未答复，已 11 个工作日，超过 3 个" in said(case)[0]


def test_a_letter_passed_to_another_platform_is_nobodys(engine: Engine) -> None:
    assert not said(
        seen(engine, {"kind": "咨询", "unanswered": True}, {"status": "转其他平台办理", "unanswered": True})
    )


def test_an_extended_letter_is_late_by_its_own_limit_alone(engine: Engine) -> None:
    nights = (
        {"kind": "咨询", "status": "延期办理", "unanswered": True},
        {"status": "办理中", "unanswered": True},
    )
    assert not said(seen(engine, *nights))
    case = seen(engine, *nights, limits='{"咨询" = 3, "延期" = 10}')
    assert "超过 10 个工作日的期限（已延期）" in said(case)[0]


def test_an_extension_is_remembered_when_the_answer_stands(engine: Engine) -> None:
    case = seen(
        engine,
        {"kind": "咨询", "status": "已延期", "unanswered": True},
        {"status": "已办结", "answered": NIGHTS[1]},
    )
    assert (case.extended, days_taken(case), said(case)) == (True, 11, [])


def test_the_clock_of_a_suspended_letter_stands_still(engine: Engine) -> None:
    laid_aside = {"kind": "咨询", "status": "待补充材料", "unanswered": True}
    assert not said(seen(engine, laid_aside, laid_aside))
    resumed = seen(engine, None, None, {"status": "办理中", "unanswered": True})
    assert days_taken(resumed) == 8  # from 06-20, not from 06-05
    assert "（2023-06-20 曾中止，从该日起算）" in said(resumed)[0]


def test_a_veto_counts_from_the_end_of_a_suspension_and_no_extension_excuses_it() -> None:
    facts: dict[str, Any] = {
        "subject": "l", "units": ("a",), "unit_names": "甲局", "mailbox": "区长信箱", "title": "路灯不亮",
        "calendar": OFFICIAL, "reply_within": 5, "as_of": date(2023, 7, 3), "received": date(2023, 3, 1),
    }  # fmt: skip
    rules = [finding.rule for finding in judge([LetterCase(**facts, extended=True)], [unanswered], {})]
    assert rules == ["letter.unanswered"]
    for paused, hit in ((date(2023, 4, 2), True), (date(2023, 4, 3), False)):
        case = LetterCase(**facts, suspended_on=paused)
        assert bool(judge([case], [unanswered], {})) is hit
