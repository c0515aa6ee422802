"""The command line: Chinese sentences, exit statuses, and nothing hostile on the terminal."""

import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from rich.console import Console
from sqlalchemy import Engine

from crawler.sites.load import load_site
from db.recording.pages import begin_crawl
from db.recording.register import register
from monitor import terminal
from monitor.cli.app import COMMANDS
from monitor.cli.usage import COMMANDS as PLACE
from monitor.cli.usage import Table
from monitor.terminal import plain
from tests.bulletin_made import DAY, NOON
from tests.commandline import ROOT, gongkai, in_process

SITE = ROOT / "demo" / "site.toml"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["crawl"], "缺少参数 站点"),
        (["crawl", "nowhere"], "找不到站点文件"),
        (["crawl", SITE, "--as-of", "昨天"], "日期“昨天”无法识别"),
        (["crawl", SITE, "--unit", "不存在的局"], "没有 id、名称或别名为“不存在的局”的单位"),
        (["count", SITE, "2023Q9"], "时段“2023Q9”无法识别"),
        (["count", SITE], "缺少参数 时段"),
        (["count", SITE, "2023Q2", "--colour"], "没有 --colour 这个选项"),
        (["kount"], "没有“kount”这个命令"),
        (["bulletin", SITE, "2023Q2"], "缺少参数"),
        (["site", "check", "nowhere.toml"], "找不到站点文件 nowhere.toml"),
        (
            ["nightly", "--sites", "nowhere"],
            "没有 nowhere 这个目录，没有可采集的网站，请到站点文件所在的目录运行",
        ),
        (["nightly", "--sites", "."], "目录 . 中没有站点文件，没有可采集的网站"),
        (
            ["status", SITE],
            "gongkai.db 中还没有任何内容，请先用 gongkai nightly 或 gongkai crawl 采集；在别的目录采集过的",
        ),
    ],
)
def test_wrong_input_is_one_chinese_sentence(arguments: list[object], said: str, tmp_path: Path) -> None:
    done = gongkai(tmp_path, *arguments)
    assert done.status == 2
    assert said in done.err
    assert "Traceback" not in done.err
    assert len(done.err.strip().splitlines()) == 1
    assert not list(tmp_path.iterdir()), "a command that was refused made something"


def test_a_wrong_database_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests import commandline

    wrong = {**commandline.environment(tmp_path), "GONGKAI_DATABASE_URL": "这不是地址"}
    monkeypatch.setattr(commandline, "environment", lambda _folder: wrong)
    done = gongkai(tmp_path, "count", SITE, "2023Q2")
    assert done.status == 2
    assert "GONGKAI_DATABASE_URL 不是可用的数据库地址" in done.err


def test_help_is_chinese(tmp_path: Path) -> None:
    done = gongkai(tmp_path, "--help")
    assert done.status == 0
    assert "政务公开监测" in done.out
    for command in ("crawl", "count", "check", "bulletin", "demo", "nightly", "serve", "site", "read"):
        assert command in done.out


def commands(table: Table) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """(words, line, place or "" of a group) of every command and group."""
    for name, (line, what) in table.items():
        yield (name,), line, what if isinstance(what, str) else ""
        for words, *rest in commands(what) if not isinstance(what, str) else ():
            yield (name, *words), *rest


@pytest.mark.parametrize("words", [(), *(words for words, *_ in commands(COMMANDS))], ids=" ".join)
def test_every_help_page_is_chinese_throughout(words: tuple[str, ...]) -> None:
    done = in_process(*words, "--help")
    assert done.status == 0
    assert "用法：" in done.out
    assert "显示本说明" in done.out
    english = re.findall(r"Usage|Show|Options|Arguments|required|default:|OPTIONS|COMMAND|ARGS", done.out)
    assert english == []


@pytest.mark.parametrize(("line", "place"), [each[1:] for each in commands(COMMANDS) if each[2]])
def test_the_table_says_what_the_command_says_of_itself(line: str, place: str) -> None:
    module, name = place.split(":")
    assert inspect.getdoc(getattr(import_module(f"{PLACE}.{module}"), name)).splitlines()[0] == line


def test_a_good_site_file(tmp_path: Path) -> None:
    done = gongkai(tmp_path, "site", "check", SITE, "--json")
    assert done.status == 0
    assert done.json["elsewhere"] == 12


def test_what_a_page_says_cannot_act_on_the_terminal() -> None:
    hostile = "\x1b[31m红\x1b]0;标题\x07[bold]粗[/bold]\u202e倒\r\n"
    assert plain(hostile).plain == "[31m红]0;标题[bold]粗[/bold]倒\n"
    assert plain(hostile).spans == []


def test_no_cell_of_a_table_is_cut_short(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sentence = "“救灾领域›备灾管理”自 2023-01-05 起没有更新，已超过规定的期限，请核实并尽快补充。" * 3
    monkeypatch.setattr(terminal, "out", Console(width=60, soft_wrap=True))
    terminal.say_table(("编号", "问题"), [(1, sentence)])
    shown = capsys.readouterr().out
    assert "…" not in shown
    assert all(shown.count(letter) >= sentence.count(letter) for letter in sentence.replace(" ", ""))


def test_counts_of_a_site_of_which_nothing_was_read_are_nothing(engine: Engine, tmp_path: Path) -> None:
    with engine.begin() as connection:
        begin_crawl(connection, register(connection, load_site(SITE)), DAY, DAY, None, NOON)
    done = gongkai(tmp_path, "count", SITE, "2023Q2", "--as-of", "2023-07-03", "--json")
    assert done.status == 0
    inside = [row for row in done.json if row["status"] != "external"]
    assert {(row["count"], row["exactness"], row["status"]) for row in inside} == {(None, None, "")}
    assert len(done.json) == 241


def test_a_check_that_finds_fails_only_where_asked(engine: Engine, tmp_path: Path) -> None:
    with engine.begin() as connection:
        begin_crawl(connection, register(connection, load_site(SITE)), DAY, DAY, None, NOON)
    quiet = gongkai(
        tmp_path, "check", SITE, "2023Q2", "--as-of", "2023-07-03", "--fail-on", "finding", "--json"
    )
    assert (quiet.status, quiet.json) == (0, [])
