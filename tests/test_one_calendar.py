"""One letter has one duration: every paper counts working days by the office's calendar file."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from crawler.sites.load import load_site
from db.recording.pages import LetterSighting
from monitor.annual.year_facts import year_facts
from monitor.audit.compose import compose_audit
from monitor.audit.problems import Demand
from monitor.judge.context import context_of
from monitor.judge.judging import judge_period
from rules.cases.letter_figures import figures
from rules.dates.periods import parse_period
from tests.audit_made import all_read
from tests.bulletin_made import remember
from tests.commandline import in_process
from tests.conftest import ROOT

DAY = date(2023, 5, 16)
SITE = """
name = "某区"
home = "https://www.mou.example/"
expect = { read = 0.1 }
units = [{id = "a", name = "甲局", kind = "部门"}, {id = "b", name = "乙局", kind = "部门"}]
columns = [{units = ["a"], path = ["救灾领域"], url = "/jz/"}, {units = ["b"], path = ["教育领域"], url = "/jy/"},
  {units = ["a"], path = ["养老服务领域"], url = "/yl/", cycle = 10}]
mailboxes = [{name = "区长信箱", url = "/qzxx/", reply_within = 5}]
"""
SCHEME = """
title = "信息公开情况"
carry = false
groups = [{ name = "区直单位", kinds = ["部门"] }]
[[components]]
name = "信息公开"
fixed = 10
deductions = [{ rule = "letter.slow", points = 1 }]
"""
# 2023 as an office might announce it: two days off more than the official year, both within the letter's days, and
# two after it.
OWN = '[2023]\noff = ["2023-05-11..2023-05-12", "2023-05-18..2023-05-19"]\n'
LETTER = LetterSighting(
    "1", "路灯不亮", None, "1", "甲局", "a", date(2023, 5, 8), date(2023, 5, 16), "已办结"
)


@pytest.fixture
def place(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a site whose one letter took six working days by the official calendar, four by the office's."""
    for name, text in {"mou.toml": SITE, "scheme.toml": SCHEME, "office.toml": OWN}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    remember(
        engine,
        load_site(tmp_path / "mou.toml"),
        {"/jz/": [DAY], "/jy/": [DAY], "/yl/": [date(2023, 5, 4)]},
        [LETTER],
        as_of=DAY,
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GONGKAI_DATABASE_URL", f"sqlite:///{tmp_path / 'gongkai.db'}")
    return tmp_path


def asked(command: str, *arguments: object) -> Any:
    said = in_process(command, "mou.toml", *arguments, "--as-of", DAY, "--json")
    assert said.status == 0, said.err
    return json.loads(said.out)


@pytest.mark.parametrize(("own", "days", "correct_by"), [(False, 6, "2023-05-25"), (True, 4, "2023-05-29")])
def test_one_letter_has_one_duration_everywhere(
    place: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch, own: bool, days: int, correct_by: str
) -> None:
    if own:
        monkeypatch.setenv("GONGKAI_CALENDAR", str(place / "office.toml"))
    slow = days > 5
    assert [f["units"] for f in asked("check", "2023Q2") if f["rule"] == "letter.slow"] == ["甲局"] * slow
    bulletin = asked("bulletin", "2023Q2", "--draft", "--out", place / "bulletin")
    assert bulletin["letters"]["slow_units"] == ["甲局"] * slow
    assert f"平均用时 {days} 个工作日" in (
        place / "bulletin" / "2023Q2" / "通报_2023Q2_某区_草稿.txt"
    ).read_text(encoding="utf-8")
    scores = asked("scores", "2023-05", "--scheme", "scheme.toml", "--out", place / "scores")
    [row] = [row for table in scores["tables"] for row in table["rows"] if row["unit"] == "甲局"]
    assert float(row["total"]) == 10 - slow
    context = context_of(load_site(place / "mou.toml"), DAY)
    with engine.connect() as connection:
        judgement = judge_period(connection, context, parse_period("2023Q2"))
        audit = compose_audit(judgement, context.site.unit("a"), (), all_read(context.site))
        year = year_facts(connection, context, 2023)
    [due] = {each.due for each in audit.demanded(Demand.CORRECT) if each.line.main.rule == "column.stale"}
    assert due and due.day.isoformat() == correct_by
    assert figures(year.letters).mean_days == days


def test_no_paper_brings_a_calendar_of_its_own() -> None:
    """The official calendar is named where the office's file is read, and where a list's order is (how far apart its
    rows stand is no deadline), and nowhere else."""
    files = [
        file for room in ("rules", "db", "crawler", "monitor", "demo") for file in (ROOT / room).rglob("*.py")
    ]
    named = {
        file.relative_to(ROOT).as_posix() for file in files if "OFFICIAL" in file.read_text(encoding="utf-8")
    }
    assert named == {"rules/dates/workdays.py", "monitor/judge/context.py", "crawler/crawling/list_order.py"}
