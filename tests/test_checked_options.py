"""Options are checked before any work begins; what is mistyped comes with what may be meant; every word is Chinese."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from db.connect import DBAPIError, open_database
from monitor.cli.error_messages import report_error
from rules.engine.judge import judge
from rules.engine.rule import Rule
from tests.book_cases import build
from tests.bulletin_made import DEMO
from tests.commandline import gongkai, in_process
from tests.test_book import AROUND, BOOK, _rows

SMALL = """\
name = "某县人民政府"
home = "https://www.mou.example"
units = [{ id = "czj", name = "县财政局", kind = "部门" }]
columns = [{ units = ["czj"], path = ["财政"], url = "/cz/" }]
"""
PERIOD = ["2023Q2", "--as-of", "2023-07-03"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["count", DEMO, "2023Q2", "--jsn"], "没有 --jsn 这个选项，是否要写：--json"),
        (["waive", DEMO, "--unti", "2023-09-01"], "没有 --unti 这个选项，是否要写：--until"),
        (["check", DEMO, "--xyzzy"], "没有 --xyzzy 这个选项，没有执行任何操作"),
        (["bulletins", DEMO], "没有“bulletins”这个命令，是否要写：bulletin"),
        (["read", "lists", "x"], "没有“lists”这个命令，是否要写：list"),
        (["rules", "colum.stale"], "是否要写：column.stale"),
        (["crawl", DEMO, "--unit", ""], "有一个参数是空的，没有执行任何操作"),
        (["scores", DEMO, "2023-06", "--out="], "有一个参数是空的"),
        (["count", DEMO.with_name("mnth_site.toml"), "2023Q2"], "，是否要写：month_site、"),
        (["count", DEMO, "2023Q2", "--as-of"], "选项 --as-of 后面没有写日期，"),
        (["count", DEMO, "2023Q2", "--json=yes"], "选项 --json 不带值"),
        (["count", DEMO, "2023Q2", "区教育局"], "多写了参数 区教育局，"),
        (["waive", DEMO], "缺少参数 --rule 规则，"),
        (["show", "第一个"], "参数 问题编号 的值不对，应为整数，"),
        (["prune", DEMO, "--days", "0"], "参数 --days 天数 的值不对，应为不小于 1 的整数，"),
        (["alert", DEMO, "--settle", "二"], "参数 --settle 邮件编号 的值不对，应为整数，"),
        (["annual", "draft", DEMO, "二〇二二"], "参数 年度 的值不对，应为"),
        (["count", DEMO, "2023Q2", "--as-of", "2023-02-30"], "日期“2023-02-30”不存在，"),
        (["rules", "栏目更新不及"], "是否要写：栏目更新不及时"),
        (["postings", DEMO, "区财政局", "财政审计", "2023Q2"], "该栏目的责任单位是 区审计局，"),
        (["crawl", DEMO, "--as-of", "2098-01-01"], "日期 2098-01-01 在今天"),
        (["nightly", "--as-of", "2098-01-01"], "日期 2098-01-01 在今天"),
        (["prune", DEMO, "--as-of", "2098-01-01"], "没有执行任何操作"),
        (["count", DEMO, "2023Q2", "--as-of", "0001-01-01"], "应在 2000 年至 2099 年之间"),
        (["count", DEMO, "2023Q2", "--as-of", "2023年7月3日"], "，是否要写 2023-07-03，"),
        (["check", DEMO, *PERIOD, "--fail-on", "findings"], "--fail-on 只能是 finding，现为“findings”，是否要写：finding"),
        (["crawl", DEMO, "--fail-on", "finding"], "--fail-on 只能是 partial"),
        (["prove", DEMO, *PERIOD, "--fail-on", "all"], "--fail-on 只能是 unproved"),
        (["annual", "check", "x.docx", "--fail-on", "error"], "--fail-on 只能是 finding、notice"),
        (["crawl", DEMO, "--at", "127.0.0.1:8000"], "--at 的网址“127.0.0.1:8000”无法识别"),
        (["crawl", DEMO, "--at", "http://[::1/"], "--at 的网址"),
        (["crawl", DEMO, "--at", "http://a b/"], "--at 的网址"),
        (["probe", DEMO, "--at", "ftp://mirror.example/"], "--at 的网址"),
        (["audit", DEMO, "区教育局", "--at", "http:///"], "--at 的网址"),
        (["bulletin", DEMO, *PERIOD, "--out", "x", "--template", "taken"], "通报模板 taken 不是 Word 文件"),
        (["bulletin", DEMO, *PERIOD, "--out", "x", "--template", "."], "找不到通报模板 .：是目录"),
        (["read", "list", "/dev/zero"], "找不到文件 /dev/zero"),
        (["bulletin", DEMO, *PERIOD, "--out", "taken"], "--out 应是目录，而 taken 是文件"),
        (["bulletin", DEMO, *PERIOD, "--out", "taken/below"], "是文件，没有执行任何操作"),
        (["audit", DEMO, "区教育局", "--out", "taken"], "--out 应是目录"),
        (["scores", DEMO, "2023-06", "--out", "taken"], "--out 应是目录"),
        (["annual", "draft", DEMO, "2022", "--out", "taken"], "--out 应是目录"),
    ],
)  # fmt: skip
def test_a_mistyped_option_costs_no_work(arguments: list[object], said: str, tmp_path: Path) -> None:
    (tmp_path / "taken").touch()
    done = gongkai(tmp_path, *arguments)
    assert (done.status, done.out) == (2, "")
    assert said in done.err and done.err.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


ENGLISH = re.compile(r"<[a-z]+>|[A-Za-z]+ [a-z]+ [a-z]+|x[<>]=")


@pytest.mark.parametrize(
    "words", [["init"], ["alert"], ["annual", "draft"], ["scores"], ["prune"], ["site", "check"]]
)
def test_a_help_page_holds_no_types_of_python_and_no_english(words: list[str]) -> None:
    page = in_process(*words, "--help").out.partition("选项]")[2]
    assert "显示本说明" in page and not ENGLISH.search(page), page


def test_the_version(tmp_path: Path) -> None:
    assert re.fullmatch(r"gongkai \d+\.\d+\S*\n", gongkai(tmp_path, "--version").out)


def _other_programs(path: Path) -> None:
    with closing(sqlite3.connect(path)) as made:
        made.execute("CREATE TABLE sites (id)")


def _of_a_later_version(path: Path) -> None:
    open_database(f"sqlite:///{path}").dispose()
    with closing(sqlite3.connect(path)) as made:
        made.execute("UPDATE alembic_version SET version_num = '9999'")
        made.commit()


DATABASES: dict[str, tuple[int, Callable[[Path], object], str]] = {
    "another program's": (2, _other_programs, "是其他程序的数据库，没有读取或改动"),
    "a later version's": (2, _of_a_later_version, "的版本 9999 无法识别"),
    "no database": (3, lambda path: path.write_bytes(b"PK\3\4" * 999), "（不是数据库文件）"),
    "a folder": (3, Path.mkdir, "（数据库文件无法打开）"),
}


@pytest.mark.parametrize("name", DATABASES)
@pytest.mark.parametrize("command", ["count", "crawl", "waive"])
def test_a_database_that_is_none_of_ours_stays_as_it_is(name: str, command: str, tmp_path: Path) -> None:
    status, make, said = DATABASES[name]
    make(path := tmp_path / "gongkai.db")
    site = tmp_path / "mou.toml"
    site.write_text(SMALL, encoding="utf-8")
    waiver = ["--rule", "column.stale", "--why", "改版", "--until", "2098-12-31"]
    rest: list[str] = {"count": ["2023Q2"], "crawl": [], "waive": waiver}[command]
    before = path.read_bytes() if path.is_file() else b""
    done = gongkai(tmp_path, command, site, *rest)
    assert (done.status, done.out) == (status, "") and said in done.err and done.err.count("\n") == 1
    assert (path.read_bytes() if path.is_file() else b"") == before
    assert site.read_text(encoding="utf-8") == SMALL


@pytest.mark.parametrize(
    ("emails", "said"),
    [
        ("", "政务公开科（某县人民政府）没有可用邮箱，上报和转告的邮件无处可发"),
        (
            'office = { email = "zwgk@mou.example" }\n',
            "没有可用邮箱的单位 1 个，提醒邮件将请政务公开科转告：县财政局。",
        ),
    ],
)
def test_a_site_file_without_e_mails_says_what_becomes_of_the_mails(
    tmp_path: Path, emails: str, said: str
) -> None:
    site = tmp_path / "mou.toml"
    site.write_text(f"{emails}{SMALL}", encoding="utf-8")
    done = gongkai(tmp_path, "site", "check", site)
    assert done.status == 0 and said in done.out
    assert ("转告：" in done.out) == bool(emails)


@pytest.mark.parametrize("rule", BOOK, ids=lambda rule: rule.id)
def test_what_show_prints_of_a_finding_is_no_python(rule: Rule) -> None:
    python = re.compile(r"\w+\(\w*=|datetime|\b(None|True|False)\b|^[\[({]|^'|<\w+[.:]")
    for facts in _rows(rule)["fires"]:
        case = build(rule.takes, {k: v for k, v in facts.items() if k not in AROUND})
        for finding in judge([case], [rule], {rule.id: facts.get("thresholds", {})}):
            printed = [value for _, value in (*finding.observations, *finding.thresholds)]
            assert [value for value in printed if python.search(value)] == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('[[waivers]]\nrule = "a"\nwhy = "b"\nuntil = "九月"', "应为日期，如 2026-01-31"),
        ('[[waivers]]\nrule = "a"\nwhy = "b"\nuntil = 2026-01-31T08:00:00', "应为日期，如 2026-01-31"),
        ('[crawl]\ndelay = "slow"', "应为数字"),
        ('[crawl]\nmax_pages = 1.5', "应为整数"),
        ('[crawl]\nobey_robots = "perhaps"', "应为 true 或 false"),
        ("[crawl]\nhosts = 1", "应为列表"),
        ("[crawl]\ntimeout = 1e99", "数值太大"),
        ("[expect]\npostings = [1]", "第 "),
        ("[expect]\npostings = [1, 2, 3]", "第 "),
        ("[crawl\n", "不是正确的 TOML：第 "),
    ],
)  # fmt: skip
def test_faults_of_a_site_file_are_told_in_chinese(tmp_path: Path, line: str, said: str) -> None:
    site = tmp_path / "mou.toml"
    site.write_text(f"{SMALL}{line}\n", encoding="utf-8")
    done = gongkai(tmp_path, "site", "check", site)
    assert done.status == 2 and said in done.err
    told = done.err.replace(str(site), "").replace("TOML", "")
    assert not re.search(r"[A-Za-z]{3,} [A-Za-z]{2,} [A-Za-z]{2,}", told), told


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (FileNotFoundError(2, "No such file or directory", "x"), "没有这个文件或目录"),
        (OSError(28, "No space left on device"), "磁盘已满"),
        (DBAPIError("", {}, Exception("attempt to write a readonly database")), "数据库文件只读"),
        (DBAPIError("", {}, Exception("database is locked")), "数据库正被其他程序占用"),
        (DBAPIError("", {}, Exception("something else")), "something else"),
    ],
)
def test_what_systems_say_is_told_in_chinese(
    error: Exception, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report_error(error) == 3
    assert f"（{said}）" in capsys.readouterr().err
