"""Sending before a real SMTP server: protection, sign-in, refusals, silence, crashes of the server, two at once."""

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from sqlalchemy import Engine

from db.dispatch import Answer, claim, hand_over, put_back, queued, settle
from db.mailing import pick_up, resolve
from db.outbox import DeliveryState
from monitor.alerts.gather import HOOK
from monitor.alerts.hook import HookCarrier, signature
from monitor.alerts.outbox import Post, Round, send_queued, write_mails
from monitor.alerts.report import deliveries_of, facts_of_outbox
from monitor.alerts.smtp import SmtpCarrier
from monitor.clock import SHANGHAI
from monitor.mail_settings import HookSettings, SmtpSettings
from tests.alert_world import RUN, SITE_FILE, alert, county, finding, night
from tests.commandline import environment
from tests.mail_server import PostOffice, free_port, post_office

DAY = date(2023, 6, 20)
NINE = ["--as-of", DAY.isoformat(), "--time", "09:00"]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[PostOffice]:
    with post_office(tmp_path) as server:
        yield server


@pytest.fixture
def morning(engine: Engine) -> Engine:
    """A finding of each of three units, in the database of the test's folder."""
    night(engine, county(), DAY, [finding("A", "jyj"), finding("B", "czj"), finding("C", "mzj")])
    return engine


def settings(office: PostOffice, **changes: Any) -> SmtpSettings:
    names = {k.removeprefix("GONGKAI_SMTP_").lower(): v for k, v in office.settings().items()}
    return SmtpSettings(**(names | changes))


def send(engine: Engine, office: PostOffice, day: date = DAY, **changes: Any) -> Round:
    moment = datetime.combine(day, time(9), SHANGHAI)
    pick_up(engine, county().key, moment)
    write_mails(engine, county(), moment, Post("county.example"))
    carrier = SmtpCarrier(settings(office, **changes), county().units[0])
    try:
        return send_queued(engine, county(), {"": carrier}, lambda: moment)
    finally:
        carrier.close()


def results(engine: Engine) -> dict[str, tuple[str, int | None]]:
    """Address → result and code of the latest mail to it."""
    return {row.address: (row.delivery, row.code) for row in deliveries_of(engine, county())}


def reached(office: PostOffice) -> list[str]:
    return sorted(to.partition("@")[0] for mail in office.taken for to in mail.to)


ALL = ["czj", "gone", "jyj", "office"]


@pytest.mark.parametrize("security", ["starttls", "ssl", "none"])
def test_every_protection_carries_the_mails(security: str, morning: Engine, tmp_path: Path) -> None:
    with post_office(tmp_path, security) as office:
        signed_in = {} if security != "none" else {"user": ""}
        assert send(morning, office, security=security, **signed_in).troubles == []
        assert reached(office) == ALL
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
    assert done.troubles == ["邮件服务器不接受用户名或口令（535）"]
    assert len(office.logins) == 2  # PLAIN and LOGIN
    assert not any(office.logins)
    assert set(results(morning).values()) == {("待发", None)}
    assert send(morning, office).troubles == []
    assert reached(office) == ALL


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
    assert trouble == "邮件服务器无法连接（连接被拒绝或中断）"
    assert set(results(morning).values()) == {("待发", None)}
    assert send(morning, office).troubles == []
    assert reached(office) == ALL
    send(morning, office)
    assert reached(office) == ALL


def test_what_was_never_sent_is_said_anew_the_next_day(morning: Engine, office: PostOffice) -> None:
    """Of three mails that never left, one finding is gone since: only what still holds is said."""
    send(morning, office, port=free_port())
    tomorrow = DAY + timedelta(days=1)
    night(morning, county(), tomorrow, [finding("A", "jyj")])
    send(morning, office, tomorrow)
    assert reached(office) == ["gone", "jyj", "office"]
    assert "县教育局 新增 1 项（2023-06-21）" in str(office.taken[0].message["Subject"])
    assert "此前有 3 封邮件因服务器不通没有发出" in office.taken[1].text
    assert {row.state for row in deliveries_of(morning, county()) if row.day == DAY} == {"未发"}


def test_one_refused_recipient_stops_nobody(morning: Engine, office: PostOffice) -> None:
    office.replies["gone@county.example"] = "550 5.1.1 no such user"
    office.replies["czj@county.example"] = "550 5.7.1 not welcome"
    assert send(morning, office).troubles == []
    assert reached(office) == ["jyj", "office"]
    assert results(morning) == {
        "jyj@county.example": ("已接收", 250),
        "gone@county.example": ("拒收", 550),
        "czj@county.example": ("拒收", 550),
        "office@county.example": ("已接收", 250),
    }
    send(morning, office)
    assert reached(office) == ["jyj", "office"]


def test_a_recipient_put_off_gets_the_same_mail_later(morning: Engine, office: PostOffice) -> None:
    office.replies["gone@county.example"] = "451 4.7.1 try again"
    send(morning, office)
    assert reached(office) == ["czj", "jyj", "office"]
    assert results(morning)["gone@county.example"] == ("待发", 451)
    office.replies.clear()
    send(morning, office)
    assert reached(office) == ALL
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
    assert ("czj" in reached(office)) is (result[0] == "待发")


def test_a_server_that_dies_after_the_mail_leaves_it_in_doubt(morning: Engine, tmp_path: Path) -> None:
    """It took the mail but never said so: nobody sends it again before a person has spoken."""
    with listening(lambda said: said == ".") as port:
        send(morning, PostOffice(port, tmp_path), security="none", user="", ca=None)
    assert results(morning)["jyj@county.example"] == ("不明", None)
    with post_office(tmp_path) as office:
        send(morning, office)
        assert reached(office) == ["czj", "office"]
        (doubt,) = {row.id for row in deliveries_of(morning, county()) if row.delivery == "不明"}
        moment = datetime.combine(DAY, time(10), SHANGHAI)
        with morning.begin() as connection:
            assert not resolve(connection, county().key, doubt + 1, arrived=True, moment=moment)
            assert resolve(connection, county().key, doubt, arrived=False, moment=moment)
        send(morning, office)
        assert reached(office) == ALL


@pytest.mark.parametrize("dies_at", ["EHLO", "MAIL", "RCPT", "DATA"])
def test_a_server_that_dies_before_the_end_leaves_no_doubt(
    dies_at: str, morning: Engine, tmp_path: Path
) -> None:
    with listening(lambda said: said.upper().startswith(dies_at)) as port:
        done = send(morning, PostOffice(port, tmp_path), security="none", user="", ca=None)
    assert done.troubles
    assert {state for state, _ in results(morning).values()} == {"待发"}


class listening:  # noqa: N801
    """A server that speaks SMTP word for word and hangs up without an answer when `dies` says so; then it is gone."""

    def __init__(self, dies: Callable[[str], bool]) -> None:
        self.dies = dies
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.thread = threading.Thread(target=self.serve, daemon=True)

    def __enter__(self) -> int:
        self.thread.start()
        return int(self.socket.getsockname()[1])

    def __exit__(self, *_error: object) -> None:
        self.socket.close()
        self.thread.join(timeout=10)

    def serve(self) -> None:
        connection, _ = self.socket.accept()
        self.socket.close()
        with connection, connection.makefile("rwb", buffering=0) as stream:
            stream.write(b"220 ready\r\n")
            in_body = False
            while line := stream.readline().decode("ascii", "replace").rstrip("\r\n"):
                if not in_body or line == ".":
                    if self.dies(line):
                        return
                    in_body = line.upper() == "DATA"
                    stream.write(b"354 go on\r\n" if in_body else b"250 OK\r\n")
                while (
                    in_body and (line := stream.readline().decode("ascii", "replace").rstrip("\r\n")) != "."
                ):
                    pass
                if in_body and self.dies("."):
                    return
                in_body = False


def test_a_sender_given_up_for_dead_may_not_go_on(any_engine: Engine) -> None:
    """It woke up after another had taken its mail: nothing it writes or sends counts."""
    morning, moment = any_engine, datetime.combine(DAY, time(9), SHANGHAI)
    night(morning, county(), DAY, [finding("A", "jyj")])
    write_mails(morning, county(), moment, Post("county.example"))
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


def test_two_at_once_send_every_mail_once(morning: Engine, office: PostOffice, tmp_path: Path) -> None:
    command = [sys.executable, "-c", RUN, str(SITE_FILE), "--send", *NINE]
    env = {**environment(tmp_path), **office.settings()}
    both = [subprocess.Popen(command, env=env, cwd=tmp_path, stdout=subprocess.DEVNULL) for _ in range(3)]
    codes = [process.wait(timeout=60) for process in both]
    assert set(codes) <= {0, 2}
    assert 0 in codes
    assert reached(office) == ALL


def test_the_command_shows_sends_lists_and_is_silent_at_night(
    morning: Engine, office: PostOffice, tmp_path: Path
) -> None:
    office.replies["gone@county.example"] = "550 5.1.1 no such user"
    shown = alert(tmp_path, {}, SITE_FILE, *NINE, "--text")
    assert shown.status == 0
    assert "应发 3 封" in shown.out
    assert "没有发送，加 --send 发送" in shown.out
    assert "第 A 个问题。" in shown.out
    for silent in (
        ["--as-of", "2023-06-20", "--time", "02:00"],
        ["--as-of", "2023-06-24", "--time", "09:00"],
    ):
        said = alert(tmp_path, office.settings(), SITE_FILE, "--send", *silent)
        assert (said.status, office.taken) == (0, [])
        assert "没有发送任何邮件" in said.err
    sent = alert(tmp_path, office.settings(), SITE_FILE, "--send", *NINE)
    assert sent.status == 0, sent.err
    assert "（gone@county.example）的第 1 号邮件被拒收（550 5.1.1 no such user）" in sent.err
    listed = alert(tmp_path, {}, SITE_FILE, "--list", "--json")
    assert [mail["recipient"] for mail in listed.json] == ["jyj", "czj", "portal"]
    assert [(each["state"], each["code"]) for each in listed.json[0]["deliveries"]] == [
        ("已接收", 250),
        ("拒收", 550),
    ]
    assert "no such user" in alert(tmp_path, {}, SITE_FILE, "--list").out
    (tomorrow,) = alert(tmp_path, {}, SITE_FILE, "--as-of", "2023-06-21", "--json").json
    assert (tomorrow["recipient"], len(tomorrow["notes"])) == ("portal", 1)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"GONGKAI_SMTP_HOST": ""}, "GONGKAI_SMTP_HOST 的值不对"),
        ({"GONGKAI_SMTP_PORT": "many"}, "GONGKAI_SMTP_PORT 的值不对"),
        ({"GONGKAI_SMTP_SECURITY": "tls"}, "GONGKAI_SMTP_SECURITY 的值不对（应为starttls、ssl 或 none）"),
        ({"GONGKAI_SMTP_SENDER": "a@b.c\r\nBcc: d@e.f"}, "GONGKAI_SMTP_SENDER 的值不对"),
        ({"GONGKAI_SMTP_OPERATOR": "nobody"}, "GONGKAI_SMTP_OPERATOR 的值不对"),
        ({"GONGKAI_HOOK_URL": "file:///secret-key"}, "GONGKAI_HOOK_URL 的值不对"),
    ],
)
def test_wrong_settings_are_one_sentence_without_secrets(
    changes: dict[str, str], said: str, morning: Engine, office: PostOffice, tmp_path: Path
) -> None:
    done = alert(tmp_path, office.settings() | changes, SITE_FILE, "--send", *NINE)
    assert done.status == 2
    assert said in done.err
    assert "kou-ling" not in done.err
    assert "secret-key" not in done.err
    assert office.taken == []


def test_wrong_numbers_and_moments_are_refused(morning: Engine, tmp_path: Path) -> None:
    assert "没有改动" in alert(tmp_path, {}, SITE_FILE, "--settle", 7).err
    assert "时刻“午后”无法识别" in alert(tmp_path, {}, SITE_FILE, "--time", "午后").err


ROBOT = HookSettings(url="https://robot.example/send?key=k", secret="s")


def hooked(engine: Engine, answer: Callable[[httpx.Request], httpx.Response]) -> list[dict[str, Any]]:
    """The outbox's message to the robot after a round with a robot that answers so."""
    moment = datetime.combine(DAY, time(9), SHANGHAI)
    write_mails(engine, county(), moment, Post("county.example", hook=True))
    send_queued(engine, county(), {HOOK: HookCarrier(ROBOT, httpx.MockTransport(answer))}, lambda: moment)
    return [mail for mail in facts_of_outbox(deliveries_of(engine, county())) if mail["recipient"] == HOOK]


def refuse(_request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("refused")


def break_off(_request: httpx.Request) -> httpx.Response:
    raise httpx.ReadTimeout("no answer")


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (lambda _: httpx.Response(200, json={"errcode": 0, "errmsg": "ok"}), DeliveryState.ACCEPTED),
        (lambda _: httpx.Response(200, json={"errcode": 310000, "errmsg": "sign"}), DeliveryState.REFUSED),
        (lambda _: httpx.Response(200, text="<html>"), DeliveryState.REFUSED),
        (lambda _: httpx.Response(404), DeliveryState.REFUSED),
        (lambda _: httpx.Response(429), DeliveryState.QUEUED),
        (lambda _: httpx.Response(502), DeliveryState.UNKNOWN),
        (refuse, DeliveryState.QUEUED),
        (break_off, DeliveryState.UNKNOWN),
    ],
)
def test_what_the_robots_answer_means(
    answer: Callable[[httpx.Request], httpx.Response], state: DeliveryState, morning: Engine
) -> None:
    (message,) = hooked(morning, answer)
    assert message["deliveries"][0]["state"] == state.value
    assert "key=k" not in json.dumps(message)


def test_the_robot_is_told_the_day_in_words_and_signed(morning: Engine) -> None:
    asked: list[httpx.Request] = []

    def robot(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, json={"errcode": 0})

    hooked(morning, robot)
    hooked(morning, robot)
    (request,) = asked
    said = json.loads(request.content)
    assert said["msgtype"] == "text"
    assert "向 3 个单位发出提醒邮件" in said["text"]["content"]
    query = {name: values[0] for name, values in parse_qs(urlsplit(str(request.url)).query).items()}
    assert query == {"key": "k", **signature("s", int(query["timestamp"]))}
