"""`gongkai send-test-mail`, with a real SMTP server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

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
        ({"GONGKAI_SMTP_PORT": "1"}, "邮件服务器无法连接（连接被拒绝或中断）"),
        ({"GONGKAI_SMTP_CA": ""}, "证书不可信"),
        ({"GONGKAI_SMTP_HOST": "nowhere.invalid"}, "服务器名称无法解析"),
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
