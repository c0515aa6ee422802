"""Days on which nobody looked: no column, home page or annual list grows stale by them. Through the database and the
commands."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.bulletin_made import UNREAD, remember, site_of
from tests.commandline import Said, gongkai

CYCLE = 30
DUE = date(2023, 6, 20)
SITE = f"""\
name = "某县人民政府"
home = "https://www.mou.example"
units = [{{ id = "czj", name = "县财政局", kind = "部门" }}, {{ id = "mzj", name = "县民政局", kind = "部门" }}]
columns = [
  {{ units = ["czj"], path = ["财政预决算领域", "动态"], url = "/dt/", cycle = {CYCLE} }},
  {{ units = ["mzj"], path = ["养老服务领域"], url = "/yl/", cycle = {CYCLE} }},
  {{ units = ["mzj"], path = ["养老服务领域", "补贴"], url = "/bt/", cycle = 365 }},
  {{ units = ["czj"], path = ["财政预决算领域", "决算"], url = "/js/", due = "{DUE:%m-%d}" }},
]
"""
NEWEST = date(2023, 5, 1)
LAST_DAY = NEWEST + timedelta(days=CYCLE)
LISTS = {"/dt/": [NEWEST], "/yl/": [NEWEST], "/bt/": [NEWEST], "/js/": [date(2022, 6, 1)]}
OVERDUE = "column.stale"


@pytest.fixture
def file(tmp_path: Path, engine: Engine) -> Path:
    path = tmp_path / "mou.toml"
    path.write_text(SITE, encoding="utf-8")
    return path


def read(engine: Engine, day: date, **how: object) -> None:
    remember(engine, site_of(SITE), LISTS, as_of=day, **how)  # type: ignore[arg-type]


def check(file: Path, day: date, *more: str) -> Said:
    return gongkai(file.parent, "check", file, f"{day:%Y-%m}", "--as-of", day, *more)


def said_of(file: Path, day: date, rule: str) -> dict[str, str]:
    """Column → what a rule says of it."""
    rows = check(file, day, "--json").json
    return {
        row["url"].removeprefix("https://www.mou.example"): row["sentence"]
        for row in rows
        if row["rule"] == rule
    }


@pytest.mark.parametrize(
    ("read_on", "columns"),
    [
        (LAST_DAY, set()),
        (LAST_DAY + timedelta(days=1), {"/dt/", "/yl/"}),
    ],
    ids=["the last day", "the day after"],
)
@pytest.mark.parametrize("absent", [0, 1, 40])
def test_a_column_is_stale_by_the_days_up_to_the_last_look(
    engine: Engine, file: Path, read_on: date, columns: set[str], absent: int
) -> None:
    read(engine, read_on)
    said = said_of(file, read_on + timedelta(days=absent), OVERDUE)
    assert set(said) == columns
    assert all(f"截至 {read_on:%Y-%m-%d} 已 {CYCLE + 1} 天未更新" in each for each in said.values())


def test_a_night_that_was_turned_away_is_no_look(engine: Engine, file: Path) -> None:
    read(engine, LAST_DAY)
    read(engine, LAST_DAY + timedelta(days=9), closes=dict.fromkeys(LISTS, UNREAD))
    assert said_of(file, LAST_DAY + timedelta(days=9), OVERDUE) == {}


def test_a_parent_is_no_later_than_its_sub_columns_were_looked_at(engine: Engine, file: Path) -> None:
    read(engine, LAST_DAY)
    without_child = site_of("\n".join(line for line in SITE.splitlines() if "/bt/" not in line))
    remember(engine, without_child, LISTS, as_of=LAST_DAY + timedelta(days=5))
    assert set(said_of(file, LAST_DAY + timedelta(days=5), OVERDUE)) == {"/dt/"}


@pytest.mark.parametrize(
    ("read_on", "said"), [(DUE, False), (DUE + timedelta(days=1), True)], ids=["on the day", "after it"]
)
def test_an_annual_column_is_overdue_only_where_somebody_looked_after_its_day(
    engine: Engine, file: Path, read_on: date, said: bool
) -> None:
    read(engine, read_on)
    assert (set(said_of(file, DUE + timedelta(days=30), "column.annual_overdue")) == {"/js/"}) is said


def test_a_countdown_goes_on_while_nobody_looks_and_ends_with_the_last_day(
    engine: Engine, file: Path
) -> None:
    read(engine, LAST_DAY - timedelta(days=7))
    assert "还有 3 天到期" in said_of(file, LAST_DAY - timedelta(days=3), "column.due_soon")["/dt/"]
    assert "今日到期" in said_of(file, LAST_DAY, "column.due_soon")["/dt/"]
    assert said_of(file, LAST_DAY + timedelta(days=1), "column.due_soon") == {}


def test_every_listing_says_how_far_it_reaches(engine: Engine, file: Path, tmp_path: Path) -> None:
    read(engine, LAST_DAY)
    today = LAST_DAY + timedelta(days=40)
    reach = f"数据截至 {today:%Y-%m-%d}，最近读取 {LAST_DAY:%Y-%m-%d}。此后 40 天没有读取"
    assert reach in check(file, today).out
    assert reach in gongkai(tmp_path, "count", file, "2023Q2", "--as-of", today).out
    assert "此后" not in check(file, LAST_DAY).out


@pytest.mark.parametrize("command", ["count", "check"])
def test_a_site_that_was_never_crawled_is_told_what_to_do(file: Path, tmp_path: Path, command: str) -> None:
    done = gongkai(tmp_path, command, file, "2023Q2", "--as-of", "2023-07-03")
    assert (done.status, done.out) == (2, "")
    assert "还没有采集过" in done.err and done.err.count("\n") == 1


@pytest.mark.parametrize("command", ["count", "check", "prove", "bulletin", "scores", "audit"])
def test_a_period_in_the_future_is_refused(engine: Engine, file: Path, tmp_path: Path, command: str) -> None:
    read(engine, LAST_DAY)
    words = {
        "scores": ["2023-07", "--out", "o", "--scheme", file],
        "bulletin": ["2023Q3", "--out", "o"],
        "audit": ["czj", "--period", "2023Q3"],
    }
    done = gongkai(tmp_path, command, file, *words.get(command, ["2023Q3"]), "--as-of", "2023-06-30")
    assert (done.status, done.out) == (2, "")
    assert "还没有开始" in done.err and done.err.count("\n") == 1
