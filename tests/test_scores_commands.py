"""`gongkai scores` and `gongkai check-table` as a user meets them: papers, exit statuses, hostile names."""

import csv
import json
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from crawler.sites.load import load_site
from db.connect import open_database
from db.recording.closing import Close
from db.recording.pages import PageSeen, Recorder, Sighting, begin_crawl, finish_crawl
from db.recording.register import register
from monitor.cli import app
from monitor.scores.printed.recheck import recheck
from monitor.scores.printed_file import read_paper
from rules.dates.periods import BEGINNING
from rules.vocabulary.terms import Outcome, Witness

NOON = datetime(2022, 3, 2, 4, tzinfo=UTC)
UNITS = {
    "a": "民政局",
    "b": '=HYPERLINK("http://x.example","水利局")',
    "c": "+统计局",
    "d": "@信访局",
    "e": "审计局",
}
SITE = 'name = "某区"\nhome = "https://www.mou.example/"\nexpect = { read = 0.5 }\n' + "".join(
    f"""
[[units]]
id = "{key}"
name = '{name}'
kind = "部门"
[[columns]]
units = ["{key}"]
path = ["政策文件"]
url = "/{key}/"
"""
    for key, name in UNITS.items()
)
SCHEME = """
title = "信息公开情况"
groups = [{ name = "区直单位", kinds = ["部门"] }]
[[components]]
name = "公共服务"
fixed = 4
[[components]]
name = "信息公开"
postings = [{ path = ["政策文件"], points = 0.5 }]
bonuses = [{ item = "领导访谈", points = 20, times = 1 }, { item = "采用" }]
deductions = [{ rule = "column.silent", points = 1 }]
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a site file, its scheme, and a database: a 7, b 3, c 3 postings, d none, e blocked."""
    monkeypatch.setenv("GONGKAI_DATABASE_URL", f"sqlite:///{tmp_path / 'gongkai.db'}")
    (tmp_path / "scores").mkdir()
    (tmp_path / "mou.toml").write_text(SITE, encoding="utf-8")
    (tmp_path / "scores" / "mou.toml").write_text(SCHEME, encoding="utf-8")
    read = Close(Outcome.READ, Outcome.READ, covered_since=BEGINNING, witness=Witness.PAGER_END)
    blocked = Close(Outcome.BLOCKED, Outcome.BLOCKED)
    site = load_site(tmp_path / "mou.toml")
    with open_database().begin() as connection:
        crawl = begin_crawl(
            connection, register(connection, site), date(2022, 3, 2), date(2022, 1, 1), None, NOON
        )
        recorder = Recorder(connection, "mou", crawl)
        for key, number in {"a": 7, "b": 3, "c": 3, "d": 0, "e": None}.items():
            seen = tuple(_posting(key, n) for n in range(number or 0))
            close = blocked if number is None else read
            page = PageSeen(f"u/{key}", 1, close.outcome, NOON, column=f"/{key}/", postings=seen, close=close)
            recorder.save(connection, page)
        finish_crawl(connection, crawl, NOON)
    return tmp_path


def _posting(key: str, n: int) -> Sighting:
    return Sighting(
        f"{key}{n}", f"{key}{n}", f"https://www.mou.example/{key}/{n}", date(2022, 2, 1 + n), None, None
    )


def run(*arguments: object) -> int:
    """The exit status of a command line."""
    return app.run([*map(str, arguments)])


def make(place: Path, *more: object, month: str = "2022-02") -> dict[str, Any]:
    (place / "jan.csv").write_text("单位,得分\na,70\nb,20.5\nc,20.5\nd,21\ne,50\n", encoding="utf-8")
    if "--carry" not in more:
        more = (*more, "--carry", place / "jan.csv")
    assert (
        run("scores", place / "mou.toml", month, "--out", place / "out", "--as-of", "2022-03-02", *more) == 0
    )
    return json.loads((place / "out" / month / f"得分表_{month}_某区.json").read_text(encoding="utf-8"))


def rows(sheet: dict[str, Any]) -> dict[str, tuple[str | None, int | None]]:
    return {row["key"]: (row["total"], row["rank"]) for table in sheet["tables"] for row in table["rows"]}


def test_the_sheet_of_a_month(place: Path) -> None:
    sheet = make(place)
    assert rows(sheet) == {
        "a": ("77.5", 1),
        "b": ("26", 2),
        "c": ("26", 2),
        "d": ("25", 4),
        "e": (None, None),
    }
    (unread,) = [row for row in sheet["tables"][0]["rows"] if row["key"] == "e"]
    assert unread["notes"] == ["政策文件未完整读取（被拦截）"]
    assert (unread["at_least"], unread["parts"]["公共服务"]["points"]) == ("54", "4")


def test_a_month_that_is_not_over_says_so_and_names_nobody(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "feb.csv").write_text("单位,得分\na,70\nb,20.5\nc,20.5\nd,21\ne,50\n", encoding="utf-8")
    sheet = make(place, "--carry", place / "feb.csv", month="2022-03")
    assert "2022 年 3 月还没有结束，得分和名次只到此日" in sheet["reach"]
    said = capsys.readouterr().out
    assert "还没有结束" in said and "表现" not in said
    make(place)
    assert "还没有结束" not in capsys.readouterr().out


def test_a_silent_column_that_was_read_costs_a_point_and_one_that_was_not_costs_none(place: Path) -> None:
    (place / "scores" / "mou.toml").write_text(
        SCHEME.replace("postings = [", "fixed = 9\npostings = ["), encoding="utf-8"
    )
    parts = {row["key"]: row["parts"]["信息公开"] for row in make(place)["tables"][0]["rows"]}
    assert (parts["d"]["points"], parts["d"]["lines"][1]["points"]) == ("8", "-1")
    assert (parts["e"]["points"], parts["e"]["at_least"]) == (None, "9")


def test_the_offices_notes(place: Path) -> None:
    (place / "bonus.csv").write_text(
        "单位,项目,次数,分值\n+统计局,领导访谈,3,\nd,采用,,2.5\n", encoding="utf-8-sig"
    )
    assert rows(make(place, "--bonus", place / "bonus.csv"))["c"] == ("46", 2)
    assert rows(make(place, "--bonus", place / "bonus.csv"))["d"] == ("26.5", 3)


def test_a_month_is_carried_into_the_next(place: Path) -> None:
    make(place)
    march = make(place, "--carry", place / "out" / "2022-02" / "得分表_2022-02_某区.json", month="2022-03")
    assert (march["carried"], march["span"]) == ("1—2月", "1—3月")
    carried = {row["key"]: row["carry"] for row in march["tables"][0]["rows"]}
    assert carried == {"a": "77.5", "b": "26", "c": "26", "d": "25", "e": None}


def test_no_number_of_points_is_a_float(place: Path) -> None:
    def walk(value: Any) -> None:
        assert not isinstance(value, float)
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            walk(inner)

    walk(make(place))


def test_our_own_papers_pass_our_own_check(place: Path) -> None:
    make(place)
    for name in ("得分表_2022-02_某区.xlsx", "得分表_2022-02_某区.csv", "得分表_2022-02_某区.txt"):
        checked = recheck(read_paper(place / "out" / "2022-02" / name))
        assert checked.discrepancies == (), name
        (table,) = [table for table in checked.tables if table.told]
        assert (table.rows, table.equal, table.ranked) == (5, 4, True), name


def test_nothing_in_the_workbook_is_a_formula(place: Path) -> None:
    make(place)
    book = load_workbook(place / "out" / "2022-02" / "得分表_2022-02_某区.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    quoted = [cell for cell in cells if isinstance(cell.value, str) and cell.value[:1] in "=+@"]
    assert len({cell.value for cell in quoted}) == 3
    assert all(cell.quotePrefix for cell in quoted)
    with zipfile.ZipFile(place / "out" / "2022-02" / "得分表_2022-02_某区.xlsx") as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")


def test_points_in_the_workbook_are_exact_numbers(place: Path) -> None:
    make(place)
    page = load_workbook(place / "out" / "2022-02" / "得分表_2022-02_某区.xlsx").worksheets[0]
    heads = [cell.value for cell in page[2]]
    assert heads == [
        "单位名称",
        "公共服务得分",
        "信息公开得分",
        "2月得分",
        "1月得分",
        "1—2月总分",
        "排名",
        "备注",
    ]
    assert [cell.value for cell in page[3]][:7] == ["民政局", 4, 3.5, 7.5, 70, 77.5, 1]
    assert page["A1"].value == "2022年1—2月区直单位信息公开情况"


def test_formula_like_names_are_inert_in_csv(place: Path) -> None:
    make(place)
    with (place / "out" / "2022-02" / "得分表_2022-02_某区.csv").open(
        encoding="utf-8-sig", newline=""
    ) as file:
        names = [row["单位名称"] for row in csv.DictReader(file)]
    assert all(name[0] not in "=+-@" for name in names)


def test_the_draft_says_who_was_not_read(place: Path) -> None:
    make(place)
    draft = (place / "out" / "2022-02" / "得分表_2022-02_某区.txt").read_text(encoding="utf-8")
    prose, notes = draft.split("————", 1)
    assert "审计局" not in prose.split("附件1")[0]
    assert "审计局：政策文件未完整读取（被拦截）；总分至少 54" in notes
    assert "政策文件：7 条 × 0.5 = 3.5" in notes


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["2022Q1"], "得分表按月编制"),
        (["2022-02"], "评分方案要求累计，请用 --carry 给出 2022-01 的"),
        (["2022-02", "--scheme", "没有.toml"], "找不到评分方案 没有.toml"),
        (["2022-02", "--carry", "没有.csv"], "找不到文件 没有.csv"),
    ],
)
def test_what_cannot_be_made_is_one_sentence(
    place: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert run("scores", place / "mou.toml", *arguments, "--out", place / "out") == 2
    assert said in capsys.readouterr().err
    assert not (place / "out").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("unit,item,times\n民政,领导访谈,1\n", "第 2 行：站点文件没有名为“民政”的单位，是否要写："),
        ("unit,item,times\na,领导采访,1\n", "没有加分项“领导采访”，可用的有：领导访谈、采用"),
        ("unit,item,times,points\na,领导访谈,1,20\n", "次数与分值应写其中一个"),
        ("unit,item,times\na,领导访谈,一次\n", "“一次”不是次数"),
        ("unit,item,times\na,采用,1\n", "没有每次的分值"),
        ("unit,times\na,1\n", "第 1 行缺少列 项目"),
        ("", "第 1 行缺少列 单位、项目"),
    ],
)
def test_wrong_notes_are_refused_by_line(
    place: Path, capsys: pytest.CaptureFixture[str], content: str, said: str
) -> None:
    (place / "bonus.csv").write_text(content, encoding="utf-8")
    (place / "jan.csv").write_text("unit,points\na,1\n", encoding="utf-8")
    more = ("--bonus", place / "bonus.csv", "--carry", place / "jan.csv")
    assert run("scores", place / "mou.toml", "2022-02", "--out", place / "out", *more) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (
            "c.json",
            '{"site": "mou", "month": "2021-12", "tables": []}',
            "是 mou 2021-12 的得分表，需要的是 mou 2022-01",
        ),
        ("c.json", "[1, 2]", "不是本程序写出的得分表（.json）"),
        ("c.csv", "unit,points\na,很多\n", "“很多”不是分数"),
        ("c.csv", "unit,points\na,1\n民政局,2\n", "写了两次"),
    ],
)
def test_a_wrong_carry_over_is_refused(
    place: Path, capsys: pytest.CaptureFixture[str], name: str, content: str, said: str
) -> None:
    (place / name).write_text(content, encoding="utf-8")
    assert run("scores", place / "mou.toml", "2022-02", "--out", place / "out", "--carry", place / name) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('path = ["政策文件"]', 'path = ["政策"]', "评分方案中的栏目“政策”在站点 mou 中没有"),
        ('rule = "column.silent"', 'rule = "column.silence"', "评分方案中的规则“column.silence”不存在"),
    ],
)
def test_a_scheme_of_another_site_is_refused(
    place: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, said: str
) -> None:
    (place / "scores" / "mou.toml").write_text(SCHEME.replace(old, new), encoding="utf-8")
    assert run("scores", place / "mou.toml", "2022-02", "--out", place / "out") == 2
    assert said in capsys.readouterr().err


PAGES = Path(__file__).parent / "pages" / "tables"


@pytest.mark.parametrize(
    ("name", "flags", "status"),
    [
        ("cells_clean.txt", ["--fail-on", "finding"], 0),
        ("blocks.txt", [], 0),
        ("blocks.txt", ["--fail-on", "finding"], 1),
        ("nothing_to_check.csv", [], 2),
        ("没有.csv", [], 2),
    ],
)
def test_exit_statuses_of_a_check(name: str, flags: list[str], status: int) -> None:
    assert run("check-table", PAGES / name, *flags) == status


def test_the_check_says_where(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check-table", PAGES / "cells_praised_by_a_slip.txt") == 0
    said = capsys.readouterr().out
    assert "5 行，4 行各项之和与总分相符。" in said
    assert "1. 本行不等于各项之和　附件1 1—5月县直单位得分情况 第 3 行第 5 列（文件第" in said
    assert "发现 3 处差错，0 处提示。" in said


def test_the_check_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check-table", PAGES / "cells_praised_by_a_slip.txt", "--json") == 0
    checked = json.loads(capsys.readouterr().out, parse_float=Decimal)
    discrepancy = checked["findings"][0]
    assert (discrepancy["kind"], discrepancy["unit"], discrepancy["printed"], discrepancy["computed"]) == (
        "row.sum",
        "教育局",
        "143",
        "133",
    )
    assert (discrepancy["place"]["row"], discrepancy["place"]["column"], discrepancy["rank_due"]) == (3, 5, 3)
    assert checked["tables"][0]["equal"] == 4
