"""Postings: arrivals, deadlines, promised annexes, suspicious links; a whole county judged in a moment."""

import time
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.book import BOOK
from rules.cases import PostingCase
from rules.cases.posting_groups import arrivals_cases
from rules.dates.disclosure_deadlines import DEADLINES, deadline_of
from rules.dates.periods import parse_period
from rules.dates.workdays import OFFICIAL, due_after
from rules.engine.judge import judge
from rules.scanners.outbound_links import Link, commercial_word
from rules.scanners.promised_annexes import promised_annexes
from tests.book_cases import build

Q2 = parse_period("2023Q2")


def _posting(published: date, absent_on: date | None, **facts: object) -> PostingCase:
    dates = {"published": published, "absent_on": absent_on or "", "first_seen": date(2023, 7, 1)}
    made: PostingCase = build(PostingCase, dates | facts)
    return made


def test_arrivals_are_put_together_by_duty_and_period() -> None:
    postings = [
        _posting(date(2023, 5, 1), date(2023, 6, 30), title="乙"),
        _posting(date(2023, 4, 1), date(2023, 6, 30), title="甲"),
        _posting(date(2023, 6, 1), None, title="从首夜就在"),
        _posting(date(2023, 6, 30), date(2023, 6, 30), title="当天"),
        _posting(date(2023, 3, 1), date(2023, 6, 30), title="上一季度"),
        _posting(date(2023, 5, 1), date(2023, 6, 30), title="换址", known_before=True),
        _posting(date(2023, 5, 1), date(2023, 6, 30), path=["要闻"], title="别的栏目"),
        _posting(date(2023, 5, 1), date(2023, 6, 30), units=[], title="不知是谁的"),
    ]
    first, second = arrivals_cases(postings, Q2)
    assert (first.subject, first.postings) == ("hongqilu 救灾领域›备灾管理", 5)
    assert [(a.title, a.late_by) for a in first.arrivals] == [("甲", 90), ("乙", 60)]
    assert (second.path, [a.title for a in second.arrivals]) == (("要闻",), ["别的栏目"])


@given(st.dates(date(2023, 1, 1), date(2023, 12, 31)), st.dates(date(2023, 1, 1), date(2023, 12, 31)))
def test_the_bound_is_never_more_than_was_proved(published: date, absent_on: date) -> None:
    case = replace(_posting(published, absent_on), first_seen=absent_on + timedelta(days=1))
    said = [finding.sentence for finding in judge([case], BOOK, {}) if finding.rule == "posting.backdated"]
    late = (absent_on - published).days
    assert bool(said) == (late > 3)
    assert all(f"至少晚 {late} 天" in sentence for sentence in said)


@pytest.mark.parametrize(
    ("path", "title", "workdays"),
    [
        (("社会救助领域", "政策法规"), "关于提高低保标准的通知", 10),
        (("社会救助",), "关于提高低保标准的通知", 10),
        (("养老服务领域",), "高龄津贴发放办法", 10),
        (("救灾领域",), "某公司行政处罚决定书", 7),
        (("安全生产领域", "行政处罚"), "行政处罚自由裁量基准", 20),
        (("安全生产领域", "行政处罚"), "某加油站未按规范储存案", 7),
        (("安全生产领域", "行政处罚", "处罚依据"), "安全生产法", 20),
        (("救灾领域",), "某公司行政强制决定书", 20),
        (("通知公告",), "关于放假的通知", 20),
        ((), "", 20),
    ],
)
def test_deadline(path: tuple[str, ...], title: str, workdays: int) -> None:
    line = deadline_of(path, title)
    assert line.workdays == workdays
    assert line.basis
    assert DEADLINES[-1].fits("", (), "")


def test_a_deadline_into_an_unknown_year_is_printed_as_provisional() -> None:
    line = deadline_of(("通知公告",), "关于放假的通知")
    assert due_after(date(2026, 11, 20), line.workdays, OFFICIAL).day == date(2026, 12, 18)
    assert not due_after(date(2026, 11, 20), line.workdays, OFFICIAL).provisional
    assert due_after(date(2026, 12, 3), line.workdays, OFFICIAL).provisional is False
    assert due_after(date(2026, 12, 4), line.workdays, OFFICIAL).provisional


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("现将清单予以公布。\n附件：救灾物资储备清单\n\n区应急局\n2023年6月10日", ("救灾物资储备清单",)),
        ("特此通知。\n附件1：申报表\n附件2：汇总表", ("申报表", "汇总表")),
        ("特此通知。\n附 件：1. 申报表\n2. 汇总表", ("申报表",)),
        ("具体名单详见附件。", ("附件",)),
        ("申报表请下载附件填写。", ("附件",)),
        ("特此通知。\n附件：实施方案\n\n附件\n\n一、总体要求……", ()),
        ("特此通知。\n附件：实施方案\n区政府\n\n实施方案\n一、总体要求……", ()),
        ("详见附件。\n附件1\n名单：张三", ()),
        (
            "特此通知。\n附件：名单.pdf\n区人社局",
            (),
        ),  # a file's name is shown: the file is there, read or not
        ("特此通知。\n附件：名单\n2911f8f4.xlsx (12 KB)\n区人社局", ()),
        (
            "自发布之日起施行。\n附件：承诺书\n本人接受委托，" + "依法履行职责，" * 40,
            (),
        ),  # printed, without a heading
        ("一、对象（详见附件 2）。\n" + "二、程序如下。" * 100, ()),  # a long text may hold it anywhere
        ("特此通知。（附件略）", ()),
        ("特此通知。\n附件：名单（附件不公开）", ()),
        ("特此通知。\n附件另行发送。\n附件：名单", ()),
        ("特此通知。\n附件：名单（下载地址：http://www.example.gov.cn/xz/）", ()),
        ("特此通知。\n附件：名单\n请扫描下方二维码下载", ()),
        ("申请人应当提交下列附件材料：身份证。", ()),
        ("", ()),
    ],
)
def test_promised_annexes(text: str, names: tuple[str, ...]) -> None:
    assert promised_annexes(text) == names


@given(st.text(alphabet="附件 　:：1一.、（略）详见\n表", max_size=200))
def test_annexes_of_wild_text(text: str) -> None:
    assert all(name.strip() for name in promised_annexes(text))


def test_annexes_of_a_long_text_in_a_moment() -> None:
    start = time.process_time()
    promised_annexes("附件" + " " * 60_000)
    promised_annexes("附件：表\n" * 10_000)
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("url", "official"),
    [
        ("https://www.henan.gov.cn/", True),
        ("http://HENAN.GOV.CN./a", True),
        ("https://www.henan.政务/", True),
        ("https://www.gov.cn.example.com/", False),
        ("https://fakegov.cn/", False),
        ("javascript:void(0)", False),
        ("http://[bad", False),
    ],
)
def test_whose_link_it_is(url: str, official: bool) -> None:
    assert Link(url).official is official


def test_words_are_sought_in_text_and_title_not_in_the_address() -> None:
    assert commercial_word(Link("http://x.example/", "某协会", "某某棋牌")) == "棋牌"
    assert commercial_word(Link("http://qipai.example/棋牌", "某协会")) is None
    assert commercial_word(Link("http://x.example/", "品牌", sponsored=True)) == "广告标记"


def test_a_county_of_postings_is_judged_in_seconds() -> None:
    """A hundred thousand of them, with everything known of each; one in a thousand is backdated."""
    day = date(2023, 5, 10)
    usual = _posting(day, None, shown=day, meta=day, signed=day - timedelta(days=3), authored=True)
    cases = [
        replace(usual, subject=str(n), absent_on=date(2023, 6, 1) if n % 1000 == 0 else None)
        for n in range(100_000)
    ]
    start = time.process_time()
    found = judge(cases, BOOK, {})
    assert time.process_time() - start < 5
    assert {finding.rule for finding in found} == {"posting.backdated"}
    assert len(found) == 100
