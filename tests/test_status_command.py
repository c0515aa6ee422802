"""`gongkai status`: the last good night, what was not read and why, vetoes, open findings."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.recording.pages import Close
from monitor.night.night import remember_night
from monitor.status.unread import MOST, UnreadGroup
from rules.vocabulary.terms import Outcome
from tests.bulletin_made import DAY, UNREAD, remember, site_of
from tests.commandline import Said, gongkai
from tests.conftest import context

COLUMNS = 6
SITE = (
    """\
name = "某县人民政府"
home = "https://www.mou.example"
units = [{ id = "czj", name = "县财政局", kind = "部门" }, { id = "mzj", name = "县民政局", kind = "部门" }]
columns = [
  { units = ["czj", "mzj"], path = ["社会救助领域", "政策法规"], url = "/shjz/" },
"""
    + "".join(
        f'  {{ units = ["mzj"], path = ["养老服务领域", "栏目{n}"], url = "/yl{n}/", cycle = 30 }},\n'
        for n in range(COLUMNS)
    )
    + "]\n"
)
MASKED = Close(Outcome.UNREACHABLE, Outcome.UNREACHABLE, cause="http_404")
FIREWALL = Close(Outcome.BLOCKED, Outcome.BLOCKED, cause="http_403")
LISTS = {"/shjz/": [date(2023, 6, 1)]} | {f"/yl{n}/": [date(2023, 2, 1)] for n in range(COLUMNS)}


@pytest.fixture
def file(tmp_path: Path, engine: Engine) -> Path:
    path = tmp_path / "sites" / "mou.toml"
    path.parent.mkdir()
    path.write_text(SITE, encoding="utf-8")
    return path


def night(engine: Engine, day: date, closes: dict[str, Close] | None = None, text: str = SITE) -> None:
    site = site_of(text)
    remember(engine, site, LISTS, as_of=day, closes=closes)
    with engine.begin() as connection:
        remember_night(connection, context(site, day))


def status(file: Path, *more: object, day: date = DAY) -> Said:
    return gongkai(file.parent.parent, "status", *more, "--as-of", day)


def test_a_site_that_was_never_crawled_is_one_sentence_with_what_to_do(file: Path) -> None:
    done = status(file, file)
    assert (done.status, done.out) == (2, "")
    assert done.err.count("\n") == 1 and "还没有采集过" in done.err and "gongkai crawl mou" in done.err


def test_what_fell_short_is_grouped_by_cause_with_units_and_columns(engine: Engine, file: Path) -> None:
    night(engine, DAY, {"/shjz/": FIREWALL, "/yl0/": MASKED, "/yl1/": MASKED})
    said = status(file, file)
    assert said.status == 0, said.err
    assert "没有完整读到：3 个" in said.out
    [largest] = [line for line in said.out.splitlines() if "栏目0" in line]
    assert "无法访问 2 个" in largest and largest.endswith(
        "县民政局“养老服务领域›栏目0”、县民政局“养老服务领域›栏目1”"
    )
    [group, other] = status(file, file, "--json").json["unread"]
    assert (group["cause"], len(group["names"])) == ("http_404", 2)
    assert other["names"] == ["县财政局、县民政局“社会救助领域›政策法规”"]


def test_a_site_that_failed_as_a_whole_is_not_a_hundred_names() -> None:
    names = tuple(f"县财政局“栏目{n}”" for n in range(MOST + 2))
    group = UnreadGroup(Outcome.UNREACHABLE, "dns", "域名无法解析", names)
    assert group.line.count("“") == MOST and f"等 {MOST + 2} 个" in group.line
    whole = UnreadGroup(Outcome.UNREACHABLE, "dns", "域名无法解析", names[:MOST])
    assert whole.line.count("“") == MOST and "等" not in whole.line


def test_what_was_not_read_is_no_zero_of_problems(engine: Engine, file: Path) -> None:
    blocked = Close(Outcome.BLOCKED, Outcome.BLOCKED)
    night(engine, DAY, {column.key: blocked for column in site_of(SITE).columns if column.url})
    said = gongkai(file.parent.parent, "check", file, "2023Q2", "--as-of", DAY)
    assert "共 0 个问题" in said.out and "个栏目没有完整读到，其中没有读到的内容没有判断" in said.out


def test_a_column_added_to_the_file_since_is_one_that_was_never_asked_for(engine: Engine, file: Path) -> None:
    night(engine, DAY)
    file.write_text(
        SITE.replace("columns = [", 'columns = [{ units = ["czj"], path = ["新栏目"], url = "/x/" },')
    )
    [group] = status(file, file, "--json").json["unread"]
    assert (group["outcome"], group["names"]) == (None, ["县财政局“新栏目”"])


def test_the_last_good_night_is_not_the_last_one(engine: Engine, file: Path) -> None:
    first = DAY - timedelta(days=1)
    night(engine, first)
    night(engine, DAY, dict.fromkeys(LISTS, UNREAD))
    told = status(file, file, "--json").json
    assert (told["last_good_night"], told["last_crawl"], told["last_reading"]) == (
        first.isoformat(), DAY.isoformat(), first.isoformat(),
    )  # fmt: skip
    assert "夜间作废" in told["trouble"]
    assert (told["next_night"], told["missed_night"]) == ("2023-07-04T02:00:00+08:00", None)


def test_nights_that_did_not_run_are_said(engine: Engine, file: Path) -> None:
    night(engine, DAY)
    said = status(file, file, day=DAY + timedelta(days=3)).out
    assert "下一次：2023-07-07 02:00" in said and "2023-07-06 的一夜没有运行" in said
    assert "最近读取：2023-07-03" in said


def test_vetoes_that_are_hit_stand_first_with_their_distance_and_open_findings_by_severity(
    engine: Engine, file: Path
) -> None:
    text = SITE + '[rules."site.overdue_columns"]\ncolumns = 6\n'
    file.write_text(text, encoding="utf-8")
    for ago in (2, 1, 0):
        night(engine, DAY - timedelta(days=ago), text=text)
    told = status(file, file, "--json").json
    [hit] = [veto for veto in told["vetoes"] if veto["hit"]]
    assert (hit["rule"], hit["number"], hit["line"], hit["distance"]) == ("site.overdue_columns", 6, 6, 0)
    assert told["findings"]["单项否决"] == 1
    lines = status(file, file).out.splitlines()
    first = next(n for n, line in enumerate(lines) if "单项否决：触及 1 项" in line)
    assert "已触及否决线" in lines[first + 1]
    assert "距否决线" in "".join(lines[first + 2 :])
    assert any(line.startswith("  未解决的问题：单项否决 1") for line in lines)


def test_a_folder_gives_every_site_and_names_the_one_that_was_not_crawled(engine: Engine, file: Path) -> None:
    night(engine, DAY)
    (file.parent / "xin.toml").write_text(SITE.replace("某县", "新县"), encoding="utf-8")
    done = status(file, "--json")
    assert [each["site"] for each in done.json] == ["mou"]
    assert done.status == 2 and "新县人民政府截至" in done.err


def test_an_empty_folder_and_a_wrong_name(tmp_path: Path, engine: Engine) -> None:
    (tmp_path / "empty").mkdir()
    assert "没有站点文件" in gongkai(tmp_path, "status", "empty").err
    assert gongkai(tmp_path, "status", "nowhere").status == 2
