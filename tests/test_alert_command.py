"""`gongkai alert` as a user runs it."""

import shutil
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path

import pytest
from sqlalchemy import Engine

from monitor.cli.commands.alert import moment_of
from monitor.cli.commands.night import alert_sites
from monitor.clock import SHANGHAI
from rules.errors import WrongInput
from tests.alert_world import ALL, DAY, SITE_FILE, alert, alert_process, three_findings
from tests.mail_server import PostOffice, post_office

NINE = ["--as-of", DAY.isoformat(), "--time", "09:00"]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[PostOffice]:
    with post_office(tmp_path) as server:
        yield server


@pytest.fixture
def morning(engine: Engine) -> Engine:
    return three_findings(engine)


def test_two_at_once_send_every_mail_once(morning: Engine, office: PostOffice, tmp_path: Path) -> None:
    both = [alert_process(tmp_path, office.settings(), SITE_FILE, "--send", *NINE) for _ in range(3)]
    codes = [process.end(60).status for process in both]
    assert set(codes) <= {0, 2}
    assert 0 in codes
    assert office.reached == ALL


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
        ({"GONGKAI_SMTP_HOST": ""}, "GONGKAI_SMTP_HOST 没有设置"),
        ({"GONGKAI_SMTP_PORT": "many"}, "GONGKAI_SMTP_PORT 的值不对"),
        ({"GONGKAI_SMTP_SECURITY": "tls"}, "GONGKAI_SMTP_SECURITY 的值不对（应为 starttls、ssl 或 none）"),
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


def test_the_service_sends_in_working_hours_and_once_a_day(
    morning: Engine, office: PostOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A site file that is wrong, or a server that is down at nine, stops nobody for the day."""
    sites = tmp_path / "sites"
    sites.mkdir()
    (sites / "a_wrong.toml").write_text("name = ", encoding="utf-8")
    shutil.copy(SITE_FILE, sites)
    for name, value in office.settings().items():
        monkeypatch.setenv(name, value)
    office.at_data = "451 4.3.0 try again later"
    for hour, reached in ((2, []), (8, []), (9, []), (10, ALL), (11, ALL), (18, ALL)):
        office.at_data = office.at_data if hour < 10 else ""
        alert_sites(morning, sites, datetime.combine(DAY, time(hour), SHANGHAI))
        assert office.reached == reached, hour


@pytest.mark.parametrize("what", [["--send"], ["--release", "all"], ["--settle", "1"]])
def test_nothing_is_done_under_a_day_that_has_not_come(
    what: list[str], morning: Engine, office: PostOffice, tmp_path: Path
) -> None:
    said = alert(tmp_path, office.settings(), SITE_FILE, *what, "--as-of", "2098-06-20", "--time", "09:00")
    assert (said.status, office.taken) == (2, [])
    assert "在今天" in said.err and "没有执行任何操作" in said.err


@pytest.mark.parametrize(
    ("text", "hour"), [("09:00", 9), ("9:00", 9), ("9：05", 9), ("16:30", 16), ("16:30:15", 16)]
)
def test_a_time_as_people_write_it(text: str, hour: int) -> None:
    assert moment_of("2023-06-20", text).hour == hour


@pytest.mark.parametrize("text", ["25:00", "9点", "9.30", "上午", ":"])
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(WrongInput, match="无法识别，请写成 09:00 的形式"):
        moment_of("2023-06-20", text)
