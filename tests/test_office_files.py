"""Files that the office feeds: whatever they hold, they are read whole or refused in one sentence, and nothing is lost."""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import process_time

import pytest
from sqlalchemy import Engine, func, select

from crawler.sites.load import find_site_file, load_site, parse_site
from crawler.sites.office_files import read_csv
from db.facts.sites import account_cases
from db.recording.checks import AccountSeen, save_accounts
from db.recording.register import register
from db.tables.checks import AccountRow, AccountUpdateRow
from monitor.cli.commands.accounts import AccountRows, read_posts
from monitor.judge.context import load_calendar
from monitor.pages.page_facts import read_manifest
from monitor.scores.notes import read_carried
from monitor.scores.scheme import load_scheme
from rules.cases import Comments
from rules.dates.periods import parse_period
from rules.errors import WrongInput
from rules.vocabulary.file_names import is_file_name
from tests.commandline import in_process

SITE = """
name = "某县人民政府"
home = "http://127.0.0.1:9/"
units = [{id = "czj", name = "县财政局", kind = "部门"}, {id = "jyj", name = "县教育局", kind = "部门"}]
columns = [{units = ["czj"], path = ["", "通知公告"], url = "/tzgg/"}]
"""
HEAD = "单位,平台,账号,日期,条数\n"
ROW = "县财政局,微信,某县财政,2023-06-01"
TALKS = "单位,平台,账号,日期,条数,留言,答复,互动\n"
LONG = "甲" * 140_000
# What the file holds → what is said of it.
REFUSED = {
    "empty": ("", "第 1 行缺少列"),
    "heads alone": (HEAD, "没有数据"),
    "negative": (f"{HEAD}{ROW},-5\n", "第 2 行"),
    "not a number": (f"{HEAD}{ROW},NaN\n", "第 2 行"),
    "infinite": (f"{HEAD}{ROW},Infinity\n", "第 2 行"),
    "a fraction": (f"{HEAD}{ROW},1.5\n", "第 2 行"),
    "an exponent": (f"{HEAD}{ROW},1e5\n", "第 2 行"),
    "with an underscore": (f"{HEAD}{ROW},1_000\n", "第 2 行"),
    "huge": (f"{HEAD}{ROW},{'9' * 30}\n", "第 2 行"),
    "of thousands of digits": (f"{HEAD}{ROW},{'9' * 9000}\n", "第 2 行"),
    "huge together": (f"{HEAD}{ROW},60000\n{ROW},60000\n", "第 3 行"),
    "a huge cell": (f"{HEAD}{ROW},{LONG}\n", "第 2 行有一格超过"),
    "a huge head": (f"单位,{LONG}\n", "有一格超过"),
    "a line of commas": (f"{HEAD}{ROW},1{',' * 6000}\n", "第 2 行超过"),
    "NUL": (f"{HEAD}{ROW},1\0\n", "NUL"),
    "a column twice": (f"单位,平台,账号,日期,日期\n{ROW},2023-06-02\n", "两个“日期”列"),
    "a column missing": ("单位,平台,日期\n县财政局,微信,2023-06-01\n", "缺少列 账号"),
    "semicolons": (HEAD.replace(",", ";") + ROW.replace(",", ";"), "缺少列"),
    "a cell too many": (f"{HEAD}{ROW},1,2\n", "第 2 行有 6 格"),
    "an open quotation": (f'{HEAD}{ROW},1\n县财政局,微信,"某县财政,2023-06-02,1\n{ROW},1\n', "引号"),
    "words after a quotation": (f'{HEAD}县财政局,微信,"某"县财政,2023-06-01,1\n', "引号"),
    "no such unit": (f"{HEAD}不存在的局,微信,某,2023-06-01,1\n", "第 2 行"),
    "no account": (f"{HEAD}县财政局,微信,,2023-06-01,1\n", "账号应是"),
    "an account of two units": (f"{HEAD}{ROW},1\n县教育局,微信,某县财政,2023-06-01,1\n", "两个单位"),
    "an endless name": (f"{HEAD}县财政局,微信,{'名' * 101},2023-06-01,1\n", "账号应是"),
    "a turned name": (f"{HEAD}县财政局,微信,某县\u202e财政,2023-06-01,1\n", "账号应是"),
    "a hidden name": (f"{HEAD}县财政局,微\u200b信,某县财政,2023-06-01,1\n", "平台应是"),
    "more answers than comments": (f"{TALKS}{ROW},1,2,3,有\n", "多于留言"),
    "half a comment": (f"{TALKS}{ROW},1,0.5,0,有\n", "留言“0.5”"),
    "some interaction": (f"{TALKS}{ROW},1,,,部分\n", "应写 有 或 无"),
    "no day": (f"{HEAD}县财政局,微信,某县财政,,1\n", "第 2 行"),
    "no such day": (f"{HEAD}县财政局,微信,某县财政,2023-02-30,1\n", "第 2 行"),
    "no such day of a sheet": (f"{HEAD}县财政局,微信,某县财政,2023/2/30,1\n", "日期“2023-02-30”不存在"),
    "a day to come": (f"{HEAD}县财政局,微信,某县财政,2098-01-01,1\n", "在今天之后"),
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    path = tmp_path / "mou.toml"
    path.write_text(SITE, encoding="utf-8")
    return path


@pytest.mark.parametrize(("content", "said"), REFUSED.values(), ids=REFUSED)
def test_accounts_are_refused_in_one_sentence(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    table = tmp_path / "media.csv"
    table.write_text(content, encoding="utf-8", newline="")
    done = in_process("accounts", site, table)
    assert done.status == 2
    assert said in done.err
    assert "没有导入任何内容" in done.err or said == "NUL"
    assert len(done.err.strip().splitlines()) == 1
    assert len(done.err) < 600
    assert not (tmp_path / "gongkai.db").exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_accounts_are_read_in_the_encodings_of_an_office(
    site: Path, tmp_path: Path, encoding: str, ending: str
) -> None:
    table = tmp_path / "media.csv"
    table.write_bytes(
        f'{HEAD}\n{ROW},2\n"县财政局",微信,"某县财政",2023-06-02,\n'.replace("\n", ending).encode(encoding)
    )
    days = {date(2023, 6, 1): 2, date(2023, 6, 2): 1}
    assert {account: of.by_day for account, of in read_posts(load_site(site), table).items()} == {
        ("czj", "微信", "某县财政"): days
    }


@pytest.mark.parametrize("day", ["2023/6/1", "2023/06/01", "2023-06-01"])
def test_a_day_as_a_sheet_saves_it(site: Path, tmp_path: Path, day: str) -> None:
    table = tmp_path / "media.csv"
    table.write_text(f"{HEAD}县财政局,微信,某县财政,{day},1\n", encoding="utf-8")
    [of] = read_posts(load_site(site), table).values()
    assert of.by_day == {date(2023, 6, 1): 1}


def test_accounts_tell_of_comments_and_of_interaction(site: Path, tmp_path: Path, engine: Engine) -> None:
    table = tmp_path / "media.csv"
    rows = [f"{ROW},0,3,1,有", f"{ROW},1,2,2,", "县财政局,微信,某县财政,2023-06-02,1,,,无"]
    table.write_text(TALKS + "\n".join(rows), encoding="utf-8")
    place = load_site(site)
    [of] = read_posts(place, table).values()
    first, second = date(2023, 6, 1), date(2023, 6, 2)
    assert (of.by_day, of.comments, of.interactive) == ({first: 1, second: 1}, {first: (5, 3)}, False)
    with engine.begin() as connection:
        register(connection, place)
        for talks in (of, AccountRows({second: 2})):  # a later table that tells nothing of them
            seen = AccountSeen(
                "czj", "微信", "某县财政", first, second, talks.by_day, talks.comments, talks.interactive
            )
            save_accounts(connection, place.key, [seen])
        [case] = account_cases(connection, place, second)
    assert (case.updates, case.comments, case.interactive) == (
        (first, second, second), (Comments(first, 5, 3),), False,
    )  # fmt: skip


def table_of(path: Path, rows: int) -> Path:
    """So many accounts, with two days each."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("单位", "平台", "账号", "日期", "条数"))
        writer.writerows(
            ("县财政局", "微信", f"号{number // 2}", f"2023-06-{1 + number % 2:02}", 3)
            for number in range(rows)
        )
    return path


def seconds(work: Callable[[], object]) -> float:
    before = process_time()
    work()
    return process_time() - before


def test_ten_times_the_rows_take_no_hundred_times_the_work(site: Path, tmp_path: Path) -> None:
    place = load_site(site)
    small, large = table_of(tmp_path / "s.csv", 2_000), table_of(tmp_path / "l.csv", 20_000)
    assert len(read_posts(place, large)) == 10_000
    assert seconds(lambda: read_posts(place, large)) < 40 * max(
        seconds(lambda: read_posts(place, small)), 0.01
    )


def test_thousands_of_accounts_are_entered_at_once(site: Path, engine: Engine) -> None:
    place, day = load_site(site), date(2023, 6, 1)
    seen = [AccountSeen("czj", "微信", f"号{n}", day, day, {day: n % 7}) for n in range(3_000)]
    statements = []
    with engine.begin() as connection:
        register(connection, place)
        execute = connection.execute
        connection.execute = lambda *given: (statements.append(given), execute(*given))[1]  # type: ignore[method-assign]
        save_accounts(connection, place.key, seen)
        save_accounts(
            connection, place.key, [AccountSeen("jyj", "微信", "号1", date(2023, 5, 1), day, {day: 9})]
        )
        del connection.execute
        assert len(statements) < 20
        assert connection.scalar(select(func.count()).select_from(AccountRow)) == 3_000
        assert (
            connection.scalar(select(func.sum(AccountUpdateRow.posts)))
            == sum(n % 7 for n in range(3_000)) + 8
        )
        assert connection.scalar(select(AccountRow.since).where(AccountRow.name == "号1")) == date(2023, 5, 1)


DEEP = "[" * 30_000
TOML = {
    "deep": f"name = {DEEP}",
    "deep tables": "x = " + "{a=" * 30_000,
    "a key of dots": f"a{'.a' * 9_000} = 1",
    "a head of dots": "[a" + ' . "a"' * 9_000 + "]",
    "a number of thousands of digits": f"delay = {'9' * 9000}",
    "an exponent": "x = 1e99999999999999999999999999",
    "NUL": 'name = "\0"',
    "a control": 'name = "\x1b[2J"',
    "a key of controls": '"\\u001b[2J" = 1',
    "half a pair": 'name = "\\ud800"',
    "nothing": "",
    "binary": "\x7fELF\x01\x01",
}


@pytest.mark.parametrize("content", TOML.values(), ids=TOML)
@pytest.mark.parametrize("what", ["site", "scheme", "calendar"])
def test_toml_is_refused_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, content: str
) -> None:
    path = tmp_path / "mou.toml"
    path.write_text(content, encoding="utf-8")
    monkeypatch.setenv("GONGKAI_CALENDAR", str(path))
    read: dict[str, Callable[[], object]] = {
        "site": lambda: load_site(path),
        "scheme": lambda: load_scheme(path),
        "calendar": load_calendar,
    }
    if what == "calendar" and not content:
        read[what]()
        return
    with pytest.raises(WrongInput) as caught:
        read[what]()
    assert len(str(caught.value)) < 2_000


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[crawl]", "[crawl]\ndelay = nan"),
        ("[crawl]", "[crawl]\ndelay = inf"),
        ("[crawl]", "[crawl]\ndelay = -1"),
        ("[crawl]", "[crawl]\ntimeout = inf"),
        ("[crawl]", '[crawl]\nhosts = ["a.example/x"]'),
        ("[crawl]", '[crawl]\nhosts = ["a@b.example"]'),
        ("[crawl]", '[crawl]\nwhy = "\\u202e"'),
        ("[crawl]", "[expect]\nread = nan"),
        ("[crawl]", f"[expect]\npostings = [0, {'9' * 40}]"),
        ("[crawl]", '[rules."column.stale"]\ndays = 99999999999'),
        ("[crawl]", '[rules."column.stale"]\ndays = nan'),
        ('url = "/tzgg/"', 'url = "javascript:alert(1)"'),
        ('url = "/tzgg/"', 'url = "JAVASCRIPT:alert(1)"'),
        ('url = "/tzgg/"', 'url = "data:text/html,x"'),
        ('url = "/tzgg/"', 'url = "http://www.gov.cn@evil.example/"'),
        ('url = "/tzgg/"', 'url = "//www.gov.cn@evil.example/"'),
        ('url = "/tzgg/"', 'url = "/\\\\evil.example/"'),
        ('url = "/tzgg/"', 'url = "/a\\u202eb/"'),
        ('url = "/tzgg/"', 'url = "/a\\u001bb/"'),
        ('home = "http://127.0.0.1:9/"', 'home = "http://www.gov.cn@evil.example/"'),
        ('home = "http://127.0.0.1:9/"', 'home = "file:///etc/passwd"'),
        ('id = "czj"', 'id = ".."'),
        ('id = "czj"', 'id = "a/b"'),
        ('id = "czj"', 'id = "con"'),
        ('id = "czj"', 'id = "nul.txt"'),
        ('id = "czj"', 'id = "a."'),
        ('name = "县财政局"', 'name = "县\\u200b财政局"'),
        ('path = ["", "通知公告"]', 'path = ["", "通知\\u202e公告"]'),
        ('path = ["", "通知公告"]', f'path = ["", "{"长" * 300}"]'),
        *[
            (
                'url = "/tzgg/"',
                f'url = "/tzgg/", api = {{url = "/api", rows = "{path}", title = "a", date = "b", link = "c"}}',
            )
            for path in (
                "[@, @][] | " * 9 + "@",
                "a" * 201,
                "[" * 200,
                "!" * 199 + "[0]",
                "length(rows)",
                "rows[?to_string(@)]",
                "{a: rows, b: rows}",
                "rows[::0]",
                f"rows[{'9' * 190}",
                "",
            )
        ],
    ],
)
def test_a_site_file_is_refused(tmp_path: Path, old: str, new: str) -> None:
    content = SITE.replace(old, new) if old in SITE else f"{SITE}\n{new}\n"
    path = tmp_path / "mou.toml"
    path.write_text(content, encoding="utf-8")
    done = in_process("site", "check", path)
    assert done.status == 2, done.out
    assert "Traceback" not in done.err


NO_NAMES = [
    "", ".", "..", "...", ".hidden", "-rf", "a/b", "a\\b", "/etc/passwd", "a\0b", "a\nb", "a b", " a", "a ", "a.", "a:b",
    "con", "CON", "nul.tar", "com1", "LPT9.x", "aux", "COM¹", "a\u202eb", "a\u200b", "\ud800", "a\x9bb", "x" * 81, "县" * 80,
    "~root", "$HOME", "*", "a?", "a|b", '"',
]  # fmt: skip


@pytest.mark.parametrize("name", NO_NAMES, ids=ascii)
def test_it_is_no_name_of_a_file(name: str) -> None:
    assert not is_file_name(name)
    with pytest.raises(WrongInput):
        parse_site(SITE, Path("sites") / f"{name}.toml" if "/" not in name else Path(f"{name}/..toml"))
    with pytest.raises(WrongInput):
        find_site_file(name)


@pytest.mark.parametrize(
    "name", ["zhecheng", "柘城县", "beiguan-2", "a.b", "_x", "3", "console", "com10", "县" * 60]
)
def test_it_is_a_name_of_a_file(name: str) -> None:
    assert is_file_name(name)


@pytest.mark.parametrize(
    "path", ["x" * 5000 + ".toml", "a\0.toml", "no/..toml", "/dev/null/x.toml"], ids=ascii
)
def test_a_path_of_no_file_is_told_short(path: str) -> None:
    done = in_process("site", "check", path)
    assert done.status == 2
    assert len(done.err) < 600


@pytest.mark.parametrize(
    "text", ["../../x", "2023/../..", "2023Q5", "2023\0", "２０２３Q2 ; x", "-1", "0000", "99999", "9" * 9000]
)
def test_a_period_becomes_no_path(text: str) -> None:
    with pytest.raises(WrongInput):
        parse_period(text)


@pytest.mark.parametrize(
    "line",
    [
        "[" * 50_000,
        "{",
        "1",
        '{"file": 1}',
        '{"file": "no.html"}',
        '{"file": "a\\u0000b"}',
        '{"file": "' + "x" * 5000 + '"}',
    ],
)
def test_a_manifest_is_refused_by_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "m.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(WrongInput, match="第 1 行"):
        read_manifest(path)


def test_a_manifest_may_hold_any_line_end_in_its_words(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("", encoding="utf-8")
    (tmp_path / "m.jsonl").write_text('\ufeff{"id": "一\u2028二\x85", "file": "a.html"}\n', encoding="utf-8")
    assert [one.id for one in read_manifest(tmp_path / "m.jsonl")] == ["一\u2028二\x85"]


@pytest.mark.parametrize("total", ['"NaN"', '"Infinity"', '"1e999999999"', "NaN", "1e400", "[]", "true"])
def test_no_total_is_carried_that_is_no_number(site: Path, tmp_path: Path, total: str) -> None:
    path = tmp_path / "scores.json"
    path.write_text(
        f'{{"site": "mou", "month": "2023-05", "tables": [{{"rows": [{{"key": "czj", "total": {total}}}]}}]}}'
    )
    with pytest.raises(WrongInput):
        read_carried(path, load_site(site), parse_period("2023-05"))


def test_lines_are_counted_as_an_editor_counts_them(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('a,b\n"一\n二",3\n\n四,5\n', encoding="utf-8")
    assert [(line, row["b"]) for line, row in read_csv(path, {}, ("a", "b"))] == [(3, "3"), (5, "5")]
