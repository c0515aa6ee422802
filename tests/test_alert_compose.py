"""Who is written to, of what, and who is not; and that nothing hostile acts in a mail."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from email import message_from_bytes, policy
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, insert

from db.mail.delivery import Claimed
from db.readings import site_id_of
from db.recording.register import register
from db.tables.crawl import CrawlRow
from monitor.alerts.compose import compose
from monitor.alerts.gather import OPERATOR, AlertFacts, gather
from monitor.alerts.message import build, message_id
from monitor.alerts.outbox import Sender, write_mails
from monitor.alerts.render import HOOK_BYTES, MOST_LINES, hook_text, render
from monitor.alerts.sections import AlertLine, Mail, MailSection, merged
from monitor.alerts.settings import SmtpSettings, usable
from monitor.clock import SHANGHAI
from rules.alerting import Mark
from rules.book import RULES
from rules.dates.workdays import Due
from rules.vocabulary.places import Site, Unit, Waiver
from rules.vocabulary.terms import Severity
from tests.alert_world import county, department, finding, night, with_unit
from tests.conftest import context

DAY = date(2023, 6, 20)
SETTINGS = SmtpSettings(host="127.0.0.1", sender="zwgk@county.example")


def mails(engine: Engine, site: Site, day: date = DAY, **more: object) -> dict[str, list[str]]:
    """Recipient → the marks and names of the lines of its mail."""
    with engine.connect() as connection:
        composed = compose(gather(connection, context(site, day), **more))  # type: ignore[arg-type]
    return {
        mail.recipient: [f"{line.mark.value} {line.sentence[2]}" for line in mail.lines] for mail in composed
    }


def test_a_unit_gets_one_mail_with_all_of_its_findings(engine: Engine) -> None:
    night(engine, county(), DAY, [finding(name, "jyj") for name in "ABC"])
    assert mails(engine, county()) == {"jyj": ["新增 A", "新增 B", "新增 C"]}


def test_what_is_waived_hushed_watched_or_of_nobody_known_is_not_mailed(engine: Engine) -> None:
    said = [
        finding("A", "jyj"),
        finding("B", "jyj"),
        finding("C", "jyj", rule="column.empty"),
        finding("D", "gone"),
    ]
    before = with_unit(county(), department("gone", "原某局"))
    night(engine, before, DAY, said, waived=["A"], B="已由别的问题说明")
    assert mails(engine, county()) == {}


def test_a_waiver_entered_since_the_night_holds_at_once(engine: Engine) -> None:
    night(engine, county(), DAY, [finding("A", "jyj"), finding("B", "czj")])
    waiver = Waiver("page.*", "已报备", DAY + timedelta(days=9), "jyj")
    waived = replace(county(), waivers=(waiver,))
    assert mails(engine, waived) == {"czj": ["新增 B"]}
    night(engine, county(), DAY + timedelta(days=10), [finding("A", "jyj")])
    assert mails(engine, waived, DAY + timedelta(days=10)) == {"jyj": ["新增 A"]}


def test_units_without_a_usable_address_are_told_to_the_office(engine: Engine) -> None:
    site = with_unit(
        county(), department("x", "某局", "bad\r\nBcc: all@x.example", "<a@b.c>", "局长@x.example")
    )
    night(engine, site, DAY, [finding("A", "mzj"), finding("B", "x")])
    assert mails(engine, site) == {"portal": ["新增 A", "新增 B"]}


def test_what_no_unit_owns_is_the_offices(engine: Engine) -> None:
    night(engine, county(), DAY, [finding("A", ""), finding("B", "portal")])
    assert mails(engine, county()) == {"portal": ["新增 A", "新增 B"]}


@pytest.mark.parametrize("operators", [(), ("op@county.example",)])
def test_a_void_night_is_told_to_the_operator_and_to_nobody_else(
    engine: Engine, operators: tuple[str, ...]
) -> None:
    site = county()
    night(engine, site, DAY - timedelta(days=1), [finding("A", "jyj"), finding("B", "portal")])
    crawl(engine, site, DAY)
    with engine.connect() as connection:
        (mail,) = compose(gather(connection, context(site, DAY), operators=operators))
    assert mail.recipient == (OPERATOR if operators else "portal")
    assert list(mail.lines) == []
    assert "夜间作废" in mail.notes[0]
    assert "夜间作废" in render(mail, site, DAY).text


def crawl(engine: Engine, site: Site, day: date) -> None:
    """A crawl of that night that read nothing."""
    moment = datetime.combine(day, time(2), SHANGHAI)
    with engine.begin() as connection:
        register(connection, site)
        facts = {"site_id": site_id_of(site.key), "as_of": day, "started_at": moment, "since": day}
        columns = {name: value for name, value in facts.items() if name in CrawlRow.__table__.columns}
        connection.execute(insert(CrawlRow).values(**columns))


def test_nobody_is_written_to_twice_a_day(engine: Engine) -> None:
    site, sender = county(), Sender("county.example")
    night(engine, site, DAY, [finding("A", "jyj")])
    write_mails(engine, context(site, DAY), datetime.combine(DAY, time(9), SHANGHAI), sender)
    night(engine, site, DAY, [finding("A", "jyj"), finding("B", "jyj"), finding("C", "czj")])
    assert mails(engine, site) == {"czj": ["新增 C"]}


def test_a_finding_that_comes_back_is_told_anew(engine: Engine) -> None:
    site, sender = county(), Sender("county.example")
    night(engine, site, DAY, [finding("A", "jyj")])
    write_mails(engine, context(site, DAY), datetime.combine(DAY, time(9), SHANGHAI), sender)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE mails SET handed_at = composed_at")
    for days in (1, 2):
        night(engine, site, DAY + timedelta(days=days), [])
    assert mails(engine, site, DAY + timedelta(days=2)) == {"jyj": ["已恢复 A"]}
    night(engine, site, DAY + timedelta(days=6), [finding("A", "jyj")])
    assert mails(engine, site, DAY + timedelta(days=6)) == {"jyj": ["新增 A"]}


def test_a_provisional_deadline_is_marked() -> None:
    mail = Mail(
        "jyj", "县教育局", ("a@b.example",), (MailSection("问题", (line(due=Due(DAY, True), left=0),)),)
    )
    rendered = render(mail, county(), DAY)
    for body in (rendered.text, rendered.html):
        assert "2023-06-20（今日到期，放假安排尚未公布，日期暂定）" in body


def test_lines_on_one_column_are_one_entry_under_its_greatest_severity(engine: Engine) -> None:
    elsewhere = {"path": ("财政领域", "预算")}
    said = [
        finding("N", "jyj", "column.silent", "提示"),
        finding("S", "jyj", "column.stale", "扣分"),
        finding("P", "jyj", "letter.slow", "问题", path=()),
        finding("H", "jyj", "column.long_gap", "提示", **elsewhere),
        finding("V", "jyj", "site.home_stale", "单项否决", path=()),
    ]
    for days in (1, 0):
        night(engine, county(), DAY - timedelta(days=days), said)
    with engine.connect() as connection:
        (mail,) = compose(gather(connection, context(county(), DAY)))
    entries = [
        (section.title[:2], [[line.sentence[2] for line in entry] for entry in merged(section.lines)])
        for section in mail.sections
    ]
    assert entries == [("单项", [["V"]]), ("扣分", [["S", "N"]]), ("问题", [["P"]]), ("提示", [["H"]])]


def test_every_line_says_what_since_when_what_to_do_by_when_why_and_where(engine: Engine) -> None:
    said = [finding("A", "jyj", "posting.privacy"), finding("B", "jyj", "letter.slow", "问题")]
    soon = finding("C", "jyj", "column.due_soon", "提示", due_on=date(2023, 6, 26))
    notice = finding("D", "jyj", "posting.dead_link", "提示")
    night(engine, county(), DAY, [*said, soon, notice])
    with engine.connect() as connection:
        (mail,) = compose(gather(connection, context(county(), DAY)))
    rendered = render(mail, county(), DAY)
    days = {
        "A": "立即，2023-06-20（今日到期）",
        "B": "2023-06-26（还有 3 个工作日）",
        "C": "2023-06-26（还有 3 个工作日）",
        "D": "不设期限",
    }
    for each in (*said, soon, notice):
        _, _, rest = rendered.text.partition(each.sentence)
        own, _, _ = rest.partition("问题编号")
        rule = RULES[each.rule]
        for words in (
            "2023-06-20 首次认定", f"怎么办：{rule.remedy}", f"期限：{days[each.subject]}", f"依据：{rule.basis}",
            f"网页：{each.url}",
        ):  # fmt: skip
            assert words in own, words
            assert words.partition("：")[2] in rendered.html or words in rendered.html


@pytest.mark.parametrize(
    ("rule", "severity", "threatens"),
    [
        ("posting.dead_link", "提示", False),
        ("page.meta_missing", "扣分", True),
        ("column.due_soon", "提示", False),
    ],
)
def test_nothing_is_threatened_where_nothing_has_a_deadline(
    engine: Engine, rule: str, severity: str, threatens: bool
) -> None:
    night(engine, county(), DAY, [finding("A", "jyj", rule, severity)])
    with engine.connect() as connection:
        (mail,) = compose(gather(connection, context(county(), DAY)))
    rendered = render(mail, county(), DAY)
    for body in (rendered.text, rendered.html):
        assert ("将报" in body) is threatens


def test_a_greater_finding_is_one_entry_with_what_it_includes_and_the_rest_stands_by_itself(
    engine: Engine,
) -> None:
    quarter: dict[str, Any] = {"period": "2023Q1", "severity": "提示"}
    whole = finding("W", "jyj", "unit.silent_everywhere", path=(), url="", **quarter)
    few = finding("F", "jyj", "unit.few_postings", path=(), url="", **quarter)
    silent = [
        finding(name, "jyj", "column.silent", path=("教育领域", f"{name}栏目"), **quarter) for name in "AB"
    ]
    other = finding("O", "jyj", "column.silent", path=("教育领域", "别的"), severity="提示", period="2022Q4")
    everything = [replace(each, scope=RULES[each.rule].scope) for each in (whole, few, *silent, other)]
    night(engine, county(), DAY, everything)
    with engine.connect() as connection:
        [mail] = compose(gather(connection, context(county(), DAY)))
    assert len(list(mail.lines)) == 5  # all of them are told
    assert [len(entry) for entry in merged(mail.sections[0].lines)] == [4, 1]
    rendered = render(mail, county(), DAY)
    assert rendered.text.count("怎么办：") == 2 and rendered.html.count("<tr>") == 3
    for form in (rendered.text, rendered.html):
        assert "单位各栏目" in form and "教育领域›B栏目" in form and "http://www.county.example/B/" in form
        assert len(re.findall(r"编号：? ?\d", form)) + form.count('">5</td>') >= 4


def test_a_joint_column_names_the_others_and_every_line_has_a_link(engine: Engine) -> None:
    site = county()
    night(engine, site, DAY, [finding("J", "jyj+czj"), finding("S", "jyj", path=(), url="")])
    with engine.connect() as connection:
        first, second = compose(gather(connection, context(site, DAY)))
    names = {unit.key: unit.name for unit in site.units}
    for mail, other in ((first, second), (second, first)):
        assert f"共同负责：{names[other.recipient]}" in render(mail, site, DAY).text
        assert f"共同负责：{names[mail.recipient]}" not in render(mail, site, DAY).html
    [own] = [mail for mail in (first, second) if mail.recipient == "jyj"]
    assert f"网页：{site.home}　" in render(own, site, DAY).text


def test_a_mail_says_when_the_site_was_last_read(engine: Engine) -> None:
    site = county()
    night(engine, site, DAY, [finding("A", "jyj")])
    with engine.connect() as connection:
        facts = gather(connection, context(site, DAY))
    [mail] = compose(replace(facts, read_on=DAY - timedelta(days=1)))
    assert "截至 2023-06-20（最近读取 2023-06-19）" in render(mail, site, DAY).text


def test_a_quarter_that_has_ended_is_told_once(engine: Engine) -> None:
    """Beside what is due later, a notice is listed again for its day alone: neither of an ended quarter nor of a running one."""
    site, sender = county(), Sender("county.example")
    ended = finding("E", "jyj", "column.silent", "提示", period="2023Q1")
    running = finding("R", "jyj", "column.long_gap", "提示", period="2023Q2")
    dated = finding("T", "jyj", "column.due_soon", "提示", due_on=DAY + timedelta(days=9))
    night(engine, site, DAY, [ended, running, dated])
    assert mails(engine, site) == {"jyj": ["新增 E", "新增 R", "新增 T"]}
    write_mails(engine, context(site, DAY), datetime.combine(DAY, time(9), SHANGHAI), sender)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE mails SET handed_at = composed_at")
    after = DAY + timedelta(days=1)
    night(engine, site, after, [ended, running, dated, finding("A", "jyj")])
    assert mails(engine, site, after) == {"jyj": ["新增 A", "已告知 T"]}


def line(**facts: object) -> AlertLine:
    usual: dict[str, object] = {
        "finding": 1, "unit": "jyj", "unit_name": "县教育局", "mark": Mark.NEW, "severity": Severity.SCORE,
        "path": ("救灾领域", "备灾管理"), "sentence": "为空白栏目。", "url": "http://www.county.example/a/",
        "opened_on": DAY, "last_on": DAY, "days": 3, "told_on": DAY,
    }  # fmt: skip
    return AlertLine(**(usual | facts))  # type: ignore[arg-type]


class Page(HTMLParser):
    """The tags, links and text of a page."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.handlers: list[str] = []
        self.text = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]
        self.handlers += [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.text += data


HOSTILE = "<script>alert(1)</script>\r\nBcc: all@x.example\r\n\r\n<img src=x onerror=y>\u202e“{{ 7*7 }}"


def hostile_mail(text: str = HOSTILE) -> tuple[Mail, Site]:
    unit = department("jyj", text, "jyj@county.example")
    site = replace(county(), name=text, units=(replace(county().units[0], name=text), unit))
    lines = (
        line(sentence=text, path=(text, text), unit_name=text, url="javascript:alert(1)"),
        line(url='http://x.example/"><script>alert(1)</script>', due=Due(DAY, False)),
    )
    return Mail("jyj", text, unit.emails, (MailSection(text, lines, True),), (text,)), site


def test_what_is_hostile_is_inert_in_html() -> None:
    mail, site = hostile_mail()
    page = Page(render(mail, site, DAY).html)
    assert not page.tags & {"script", "img"}
    assert not page.handlers
    assert all(link.startswith("http://") for link in page.links)
    assert "<script>alert(1)</script>" in page.text
    assert "{{ 7*7 }}" in page.text
    assert "\u202e" not in page.text


def test_what_is_hostile_is_inert_in_the_head() -> None:
    mail, site = hostile_mail()
    message = message_from_bytes(built(mail, site), policy=policy.default)
    assert set(message.keys()) == {
        "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
    }  # fmt: skip
    assert str(message["To"]) == "jyj@county.example"
    assert str(message["Reply-To"]).endswith("<office@county.example>")
    assert "<script>" in str(message["Subject"])


def built(mail: Mail, site: Site) -> bytes:
    rendered = render(mail, site, DAY)
    number = message_id(site.key, mail.recipient, DAY.isoformat(), "county.example")
    moment = datetime.combine(DAY, time(9), SHANGHAI)
    claimed = Claimed(
        1, 1, mail.recipient, number, rendered.subject, rendered.text, rendered.html, moment, mail.to, mail.to
    )
    return build(claimed, SETTINGS, site.units[0])


@given(st.text(max_size=80))
def test_any_text_at_all_makes_a_good_message(text: str) -> None:
    mail, site = hostile_mail(text)
    source = built(mail, site)
    message = message_from_bytes(source, policy=policy.default)
    assert source.isascii()
    assert not message.defects
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    assert len(message["To"].addresses) == 1
    assert built(mail, site) == source


@given(st.text(max_size=40))
def test_a_usable_address_is_nothing_but_an_address(address: str) -> None:
    hostile = [address, f"{address}@x.example", f"a@{address}", f"a@x.example{address}"]
    for each in hostile:
        assert not usable(each) or (
            each.isascii() and each.isprintable() and each.count("@") == 1 and " " not in each
        )


def test_a_very_long_mail_says_what_it_leaves_out() -> None:
    lines = tuple(line(finding=number) for number in range(MOST_LINES + 12))
    rendered = render(Mail("jyj", "县教育局", ("a@b.example",), (MailSection("问题", lines),)), county(), DAY)
    for body in (rendered.text, rendered.html):
        assert "另有 12 项没有列出" in body
    assert rendered.text.count("问题编号：") == MOST_LINES


def test_the_robots_text_is_short_and_names_the_units() -> None:
    many = [
        Mail(f"u{n}", f"某某局{n}", ("a@b.example",), (MailSection("问题", (line(),)),)) for n in range(300)
    ]
    text = hook_text(county(), DAY, many)
    assert len(text.encode()) <= HOOK_BYTES
    assert text.startswith(
        "【政务公开监测】某县人民政府 2023-06-20：向 300 个单位发出提醒邮件。\n某某局0：新增 1 项\n"
    )
    assert text.endswith("……")


def test_an_empty_desk_composes_nothing() -> None:
    assert compose(AlertFacts(context(county(), DAY))) == []
    assert isinstance(county().units[0], Unit)


def test_what_a_greater_finding_says_too_is_named_in_its_entry(engine: Engine) -> None:
    """A blank column has no posting of the quarter either; one that grew old since had some before."""
    silence = {"severity": "提示", "period": "2023Q1"}
    old, since = (
        {"observations": (("最新信息日期", "2022-12-01"),)},
        {"observations": (("最新信息日期", "2023-03-01"),)},
    )
    columns = {name: ("救灾领域", f"第{name}栏") for name in "AB"}
    said = [
        finding("A", "jyj", "column.stale", path=columns["A"], **old),
        finding("C", "jyj", "column.silent", path=columns["A"], **silence),
        finding("B", "jyj", "column.stale", path=columns["B"], **since),
        finding("D", "jyj", "column.silent", path=columns["B"], **silence),
    ]
    for night_before in (1, 0):
        night(engine, county(), DAY - timedelta(night_before), said)
    with engine.connect() as connection:
        [mail] = compose(gather(connection, context(county(), DAY)))
    assert [line.sentence[2] for line in mail.lines if line.part_of] == ["C"]
    text = render(mail, county(), DAY).text
    assert "其中（1）第 C 个问题" in text and text.count("怎么办：") == 3
