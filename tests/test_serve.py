"""`gongkai serve` and `gongkai user` as an office starts them: a process, a port, the first user, the first page."""

import os
import re
import shutil
import signal
import socket
import sys
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import httpx
import pytest

from tests.commandline import Said, environment, gongkai, in_process, start
from tests.conftest import ROOT

PASSWORD = "a word known here"


@pytest.fixture
def place(tmp_path: Path, blank: Path) -> Path:
    shutil.copy(blank, tmp_path / "gongkai.db")
    (tmp_path / "sites").mkdir()
    shutil.copy(ROOT / "demo" / "site.toml", tmp_path / "sites" / "beiguan.toml")
    return tmp_path


@pytest.fixture
def user(place: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Said]:
    """`gongkai user …` in the place, with a password on its standard input."""
    monkeypatch.chdir(place)
    monkeypatch.setenv("GONGKAI_DATABASE_URL", environment(place)["GONGKAI_DATABASE_URL"])

    def run(*words: str, password: str = PASSWORD) -> Said:
        monkeypatch.setattr(sys, "stdin", StringIO(f"{password}\n"))
        return in_process(*words)

    return run


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def when_up(address: str) -> httpx.Response:
    """The first answer of a server that is just being started."""
    for _ in range(600):
        try:
            return httpx.get(address)
        except httpx.ConnectError:
            time.sleep(0.1)
    raise AssertionError(f"{address} does not answer")


def test_the_service_shows_its_pages_and_refuses_a_second_one(place: Path, user: Callable[..., Said]) -> None:
    assert user("user", "add", "李主任", "--role", "办公室").status == 0
    port = free_port()
    service = start(place, environment(place), "serve", "--port", port, "--plain-http")
    address = f"http://127.0.0.1:{port}"
    assert when_up(f"{address}/healthz").json() == {"status": "ok", "nights_behind": 0}
    second = gongkai(place, "serve", "--port", free_port())
    assert second.status != 0 and "已有一个 gongkai serve" in second.err
    with httpx.Client(base_url=address, follow_redirects=True) as browser:
        assert "登录" in browser.get("/").text
        page = browser.post("/login", data={"name": "李主任", "password": PASSWORD})
        assert page.status_code == 200 and "还没有采集过" in page.text
    os.kill(service.process.pid or 0, signal.SIGINT)
    said = service.end()
    assert said.status == 0 and "服务已停止" in said.out and "明文" in said.out


def test_a_port_that_is_taken_is_said(place: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = gongkai(place, "serve", "--look-only", "--port", str(taken.getsockname()[1]))
    assert said.status == 2 and re.search("地址 127.0.0.1:[0-9]+ 不能使用", said.err)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("serve", "--as-of", "2023-07-03"), "只能与 --look-only 同用"),
        (("serve", "--look-only", "--port", "0"), "不能与 --port 0 同用"),
        (("user", "add", "", "--role", "办公室"), "参数是空的"),
        (("user", "add", "甲" * 41, "--role", "办公室"), "1 至 40 个字"),
        (("user", "add", "甲", "--role", "县长"), "办公室"),
        (("user", "add", "甲", "--role", "单位"), "须用 --site 和 --unit"),
        (("user", "add", "甲", "--role", "只读", "--site", "beiguan"), "只用于角色“单位”"),
        (("user", "add", "甲", "--role", "单位", "--site", "beiguan", "--unit", "区教育厅"), "区教育局"),
        (("user", "password", "没有"), "没有用户“没有”"),
        (("user", "remove", "没有"), "没有用户“没有”"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_done(
    user: Callable[..., Said], words: tuple[str, ...], said: str
) -> None:
    done = user(*words)
    assert done.status == 2 and said in done.err
    assert user("user", "list", "--json").json == []


def test_users_are_added_once_listed_and_put_out(user: Callable[..., Said]) -> None:
    school = ("user", "add", "教育局张", "--role", "单位", "--site", "beiguan", "--unit", "区教育局")
    assert user(*school).status == 0
    assert user(*school).status == 2
    assert user("user", "password", "教育局张", password="short").status == 2
    assert user("user", "password", "教育局张", password="another word known").status == 0
    assert user("user", "remove", "教育局张").status == 0
    listed = user("user", "list", "--json").json
    assert listed == [
        {"name": "教育局张", "role": "单位", "site": "beiguan", "unit": "jyj", "disabled": True}
    ]
