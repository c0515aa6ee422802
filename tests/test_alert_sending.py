"""Sending before a real SMTP server: protection, sign-in, refusals, silence, crashes of the server."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from db.mail.delivery import Answer, claim, hand_over, put_back, queued, settle
from db.mail.queue import deliveries_of, pick_up, resolve
from db.tables.mail import DeliveryState
from monitor.alerts.outbox import Sender, SendingRound, send_queued, write_mails
from monitor.alerts.settings import SmtpSettings
from monitor.alerts.smtp import SmtpTransport
from monitor.clock import SHANGHAI
from tests.alert_world import ALL, DAY, county, finding, night, three_findings
from tests.conftest import context
from tests.mail_server import PostOffice, free_port, listening, post_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[PostOffice]:
    with post_office(tmp_path) as server:
        yield server


@pytest.fixture
def morning(engine: Engine) -> Engine:
    return three_findings(engine)


def settings(office: PostOffice, **changes: Any) -> SmtpSettings:
    names = {k.removeprefix("GONGKAI_SMTP_").lower(): v for k, v in office.settings().items()}
    return SmtpSettings(**(names | changes))


def send(engine: Engine, office: PostOffice, day: date = DAY, **changes: Any) -> SendingRound:
    moment = datetime.combine(day, time(9), SHANGHAI)
    pick_up(engine, county().key, moment)
    write_mails(engine, context(county(), moment.date()), moment, Sender("county.example"))
    transport = SmtpTransport(settings(office, **changes), county().units[0])
    try:
        return send_queued(engine, county(), {"": transport}, lambda: moment)
    finally:
        transport.close()


def results(engine: Engine) -> dict[str, tuple[str, int | None]]:
    """Address → result and code of the latest mail to it."""
    return {row.address: (row.delivery, row.code) for row in deliveries_of(engine, county().key)}


@pytest.mark.parametrize("security", ["starttls", "ssl", "none"])
def test_every_protection_carries_the_mails(security: str, morning: Engine, tmp_path: Path) -> None:
    with post_office(tmp_path, security) as office:
        signed_in = {} if security != "none" else {"user": ""}
        assert send(morning, office, security=security, **signed_in).troubles == []
        assert office.reached == ALL
        assert office.logins == ([] if security == "none" else [True])
    mail = next(mail for mail in office.taken if "jyj@county.example" in mail.to)
    assert mail.sender == "zwgk@county.example"
    assert str(mail.message["Subject"]) == "【政务公开监测】某县人民政府：县教育局 新增 1 项（2023-06-20）"
    assert mail.message["Date"].datetime == datetime.combine(DAY, time(9), SHANGHAI)
    for body in (mail.text, mail.html):
        assert "第 A 个问题。" in body
        assert "http://www.county.example/A/" in body
        assert "2023-06-30（还有 7 个工作日）" in body


def test_a_wrong_password_is_not_tried_for_every_mail_and_loses_nothing(
    morning: Engine, office: PostOffice
) -> None:
    done = send(morning, office, password="wrong")
    assert [trouble.partition("（535")[0] for trouble in done.troubles] == ["邮件服务器不接受用户名或口令"]
    assert len(office.logins) == 2  # PLAIN and LOGIN
    assert not any(office.logins)
    assert set(results(morning).values()) == {("待发", None)}
    assert send(morning, office).troubles == []
    assert office.reached == ALL


def test_a_certificate_nobody_vouches_for_gets_no_password(morning: Engine, office: PostOffice) -> None:
    (trouble,) = send(morning, office, ca=None).troubles
    assert "证书不可信" in trouble
    assert office.logins == []
    assert office.taken == []


def test_a_server_without_tls_gets_no_password(morning: Engine, tmp_path: Path) -> None:
    with post_office(tmp_path, "none") as office:
        (trouble,) = send(morning, office, security="starttls").troubles
    assert "不支持" in trouble
    assert office.taken == []


def test_a_server_that_is_down_loses_nothing(morning: Engine, office: PostOffice) -> None:
    (trouble,) = send(morning, office, port=free_port()).troubles
    assert trouble.startswith("邮件服务器 ") and "无法连接（服务器拒绝连接" in trouble
    assert set(results(morning).values()) == {("待发", None)}
    assert send(morning, office).troubles == []
    assert office.reached == ALL
    send(morning, office)
    assert office.reached == ALL


def test_what_was_never_sent_is_said_anew_the_next_day(morning: Engine, office: PostOffice) -> None:
    """Of three mails that never left, one finding is gone since: only what still holds is said."""
    send(morning, office, port=free_port())
    tomorrow = DAY + timedelta(days=1)
    night(morning, county(), tomorrow, [finding("A", "jyj")])
    send(morning, office, tomorrow)
    assert office.reached == ["gone", "jyj", "office"]
    assert "县教育局 新增 1 项（2023-06-21）" in str(office.taken[0].message["Subject"])
    assert "此前有 3 封邮件因服务器不通没有发出" in office.taken[1].text
    assert {row.state for row in deliveries_of(morning, county().key) if row.day == DAY} == {"未发"}


def test_one_refused_recipient_stops_nobody(morning: Engine, office: PostOffice) -> None:
    office.replies["gone@county.example"] = "550 5.1.1 no such user"
    office.replies["czj@county.example"] = "550 5.7.1 not welcome"
    assert send(morning, office).troubles == []
    assert office.reached == ["jyj", "office"]
    assert results(morning) == {
        "jyj@county.example": ("已接收", 250),
        "gone@county.example": ("拒收", 550),
        "czj@county.example": ("拒收", 550),
        "office@county.example": ("已接收", 250),
    }
    send(morning, office)
    assert office.reached == ["jyj", "office"]


def test_a_recipient_put_off_gets_the_same_mail_later(morning: Engine, office: PostOffice) -> None:
    office.replies["gone@county.example"] = "451 4.7.1 try again"
    send(morning, office)
    assert office.reached == ["czj", "jyj", "office"]
    assert results(morning)["gone@county.example"] == ("待发", 451)
    office.replies.clear()
    send(morning, office)
    assert office.reached == ALL
    numbers = [
        mail.number for mail in office.taken if {"jyj@county.example", "gone@county.example"} & {*mail.to}
    ]
    assert len(numbers) == 2
    assert len(set(numbers)) == 1


def test_a_recipient_put_off_for_days_is_given_up_and_the_office_told(
    morning: Engine, office: PostOffice
) -> None:
    office.replies["gone@county.example"] = "451 4.7.1 try again"
    send(morning, office)
    office.taken.clear()
    send(morning, office, DAY + timedelta(days=8))
    assert results(morning)["gone@county.example"] == ("放弃", 451)
    assert "gone@county.example）多日未能送达，已放弃：451 4.7.1 try again" in office.taken[-1].text


@pytest.mark.parametrize(
    ("reply", "result"), [("554 5.7.1 spam", ("拒收", 554)), ("451 4.3.0 busy", ("待发", 451))]
)
def test_a_mail_refused_after_its_body(
    reply: str, result: tuple[str, int], morning: Engine, office: PostOffice
) -> None:
    office.at_data = reply
    assert send(morning, office).troubles == []
    assert results(morning)["czj@county.example"] == result
    office.at_data = ""
    send(morning, office)
    assert ("czj" in office.reached) is (result[0] == "待发")


def test_a_server_that_dies_after_the_mail_leaves_it_in_doubt(morning: Engine, tmp_path: Path) -> None:
    """It took the mail but never said so: nobody sends it again before a person has rendered."""
    with listening(lambda said: said == ".") as port:
        send(morning, PostOffice(port, tmp_path), security="none", user="", ca=None)
    assert results(morning)["jyj@county.example"] == ("不明", None)
    with post_office(tmp_path) as office:
        send(morning, office)
        assert office.reached == ["czj", "office"]
        (doubt,) = {row.id for row in deliveries_of(morning, county().key) if row.delivery == "不明"}
        moment = datetime.combine(DAY, time(10), SHANGHAI)
        with morning.begin() as connection:
            assert not resolve(connection, county().key, doubt + 1, arrived=True, moment=moment)
            assert resolve(connection, county().key, doubt, arrived=False, moment=moment)
        send(morning, office)
        assert office.reached == ALL


@pytest.mark.parametrize("dies_at", ["EHLO", "MAIL", "RCPT", "DATA"])
def test_a_server_that_dies_before_the_end_leaves_no_doubt(
    dies_at: str, morning: Engine, tmp_path: Path
) -> None:
    with listening(lambda said: said.upper().startswith(dies_at)) as port:
        done = send(morning, PostOffice(port, tmp_path), security="none", user="", ca=None)
    assert done.troubles
    assert {state for state, _ in results(morning).values()} == {"待发"}


def test_a_sender_given_up_for_dead_may_not_go_on(any_engine: Engine) -> None:
    """It woke up after another had taken its mail: nothing it writes or sends counts."""
    morning, moment = any_engine, datetime.combine(DAY, time(9), SHANGHAI)
    night(morning, county(), DAY, [finding("A", "jyj")])
    write_mails(morning, context(county(), moment.date()), moment, Sender("county.example"))
    mail = queued(morning, county().key)[0][0]
    dead = claim(morning, mail)
    assert dead is not None
    assert claim(morning, mail) is None
    assert pick_up(morning, county().key, moment) == []
    assert not hand_over(morning, dead, [], moment)
    living = claim(morning, mail)
    assert living is not None
    assert not hand_over(morning, dead, [], moment)
    put_back(morning, dead, "…")
    settle(morning, dead, [], moment)
    assert hand_over(morning, living, [], moment)
    assert pick_up(morning, county().key, moment) == [mail]
    settle(morning, living, [Answer("jyj@county.example", DeliveryState.ACCEPTED, 250)], moment)
    assert results(morning)["jyj@county.example"] == ("已接收", 250)  # late, but it knows better
