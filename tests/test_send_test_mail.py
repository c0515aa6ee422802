"""`gongkai send-test-mail`, with a real SMTP server."""

import socket
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from monitor.alerts.settings import Security, SmtpSettings
from monitor.alerts.trial import send_trial
from monitor.clock import SHANGHAI
from rules.errors import GongkaiError
from tests.commandline import Said, environment, start
from tests.mail_server import PostOffice, post_office

ADDRESS = "zhang@county.example"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[PostOffice]:
    with post_office(tmp_path) as server:
        yield server


def send(folder: Path, variables: dict[str, str], *arguments: object) -> Said:
    return start(folder, environment(folder) | variables, "send-test-mail", *arguments).end(60)


def test_the_mail_arrives_readable_and_each_is_a_mail_of_its_own(office: PostOffice, tmp_path: Path) -> None:
    said = send(tmp_path, office.settings(), ADDRESS)
    assert said.status == 0, said.err
    assert f"已接收发往 {ADDRESS} 的测试邮件（250 OK）" in said.out
    assert send(tmp_path, office.settings(), ADDRESS, "--json").json["state"] == "已接收"
    first, second = office.taken
    assert first.to == (ADDRESS,) and first.number != second.number
    assert first.message["Subject"] == "政务公开监测：测试邮件"
    assert "能看到这段文字" in first.text and "能看到这段文字" in first.html
    assert not (tmp_path / "gongkai.db").exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"GONGKAI_SMTP_PASSWORD": "wrong"}, "邮件服务器不接受用户名或口令"),
        ({"GONGKAI_SMTP_PORT": "1"}, "邮件服务器 127.0.0.1:1 无法连接（服务器拒绝连接，请核对端口）"),
        ({"GONGKAI_SMTP_CA": ""}, "证书不可信"),
        ({"GONGKAI_SMTP_HOST": "nowhere.invalid"}, "服务器名称无法解析"),
        ({"GONGKAI_SMTP_SECURITY": "ssl"}, "加密握手失败，请核对端口与 GONGKAI_SMTP_SECURITY"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_what_is_wrong_is_said_in_one_sentence(
    office: PostOffice, tmp_path: Path, changes: dict[str, str], said: str
) -> None:
    variables = {name: value for name, value in (office.settings() | changes).items() if value}
    done = send(tmp_path, variables, ADDRESS)
    assert (done.status, done.out, office.taken) == (3, "", [])
    assert said in done.err and done.err.count("\n") == 1


GREETING = b"220 mail ESMTP\r\n"
# What a server does, in order: a greeting or an answer to a line, None: it waits without a word.
SERVERS: dict[str, tuple[list[bytes | None], str, str]] = {
    "silent": ([None], "none", "等待服务器答复超时"),
    "hangs up": ([], "none", "服务器断开了连接，请核对端口"),
    "busy, in GBK": (["421 系统繁忙\r\n".encode("gbk")], "none", "421 系统繁忙"),
    "no STARTTLS": ([GREETING, b"250 SIZE 100\r\n"], "starttls", "服务器不支持所设的加密或登录方式"),
    "refuses the sender": (
        [GREETING, b"250 SIZE 100\r\n", "550 请先登录\r\n".encode()],
        "none",
        "不接受发件地址 zwgk@county.example（550 请先登录）",
    ),
    "a web server": ([b"HTTP/1.1 400 Bad Request\r\n\r\n"], "none", "无法连接"),
}


@pytest.mark.parametrize("name", SERVERS)
def test_what_a_server_does_is_said_as_it_was(name: str) -> None:
    script, security, said = SERVERS[name]
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=_play, args=(listening, script))
        thread.start()
        port = listening.getsockname()[1]
        settings = SmtpSettings(
            host="127.0.0.1", port=port, security=Security(security), timeout=1, sender="zwgk@county.example"
        )
        with pytest.raises(GongkaiError, match="测试邮件没有发送") as failed:
            send_trial(settings, ADDRESS, datetime(2026, 1, 5, 9, 0, tzinfo=SHANGHAI))
        thread.join()
    assert said in str(failed.value)


def _play(listening: socket.socket, script: list[bytes | None]) -> None:
    client, _ = listening.accept()
    with client, client.makefile("rb") as lines:
        for number, answer in enumerate(script):
            if number:
                lines.readline()
            if answer is not None:
                client.sendall(answer)
        if script:
            lines.read()  # until the other side goes


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("GONGKAI_SMTP_CA", "nowhere.pem", "GONGKAI_SMTP_CA 的值不对（应为证书文件的路径"),
        ("GONGKAI_SMTP_CA", "empty.pem", "GONGKAI_SMTP_CA 的值不对（应为证书文件的路径"),
        ("GONGKAI_SMTP_PORT", "smtp", "GONGKAI_SMTP_PORT 的值不对（应为端口号"),
        ("GONGKAI_SMTP_HOST", "", "GONGKAI_SMTP_HOST 没有设置"),
    ],
)
def test_a_wrong_setting_is_named_before_anything_is_sent(
    tmp_path: Path, variable: str, value: str, said: str
) -> None:
    (tmp_path / "empty.pem").touch()
    usual = {"GONGKAI_SMTP_HOST": "127.0.0.1", "GONGKAI_SMTP_SENDER": "zwgk@county.example"}
    done = send(tmp_path, usual | {"GONGKAI_SMTP_SECURITY": "", variable: value}, ADDRESS)
    assert (done.status, done.out) == (2, "") and said in done.err


@pytest.mark.parametrize(
    ("reply", "said"),
    [("550 5.1.1 no such user", "拒收"), ("450 later", "450 later")],
)
def test_an_address_that_the_server_does_not_take(
    office: PostOffice, tmp_path: Path, reply: str, said: str
) -> None:
    office.replies[ADDRESS] = reply
    done = send(tmp_path, office.settings(), ADDRESS)
    assert done.status == 3 and office.taken == []
    assert said in done.err and reply in done.err


@pytest.mark.parametrize("address", ["zhang", "zhang@", "a@b\r\nBcc: c@d", "张@county.example"])
def test_what_is_no_address_is_not_sent(office: PostOffice, tmp_path: Path, address: str) -> None:
    done = send(tmp_path, office.settings(), address)
    assert (done.status, office.taken) == (2, [])
    assert "不是可用的邮箱地址" in done.err


def test_settings_that_are_not_there_are_named(tmp_path: Path) -> None:
    done = send(tmp_path, {}, ADDRESS)
    assert done.status == 2
    assert "GONGKAI_SMTP_HOST 没有设置" in done.err
