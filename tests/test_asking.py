"""Asking changes nothing: whatever is counted, checked, drafted, scored, proved or shown, of any period and by any site
file, every table stays as the night left it; and where there is no database, none is made."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, insert
from sqlalchemy.exc import DBAPIError

from crawler.fetching.snapshots import SnapshotStore, evidence_folder
from crawler.sites.load import parse_site
from db.connect import open_existing
from db.tables.crawl import NightRow
from db.tables.schema import METADATA
from demo.county import County
from monitor.alerts.compose import compose as compose_mails
from monitor.alerts.gather import gather
from monitor.annual.draft import compose_draft, own_count
from monitor.annual.year_facts import year_facts
from monitor.bulletin.compose import Edits
from monitor.bulletin.drafting import compose
from monitor.cli.app import COMMANDS
from monitor.cli.usage import Table
from monitor.clock import shanghai_now
from monitor.judge.judging import judge_period
from monitor.night.night import remember_night
from monitor.pages.proving import prove_period
from rules.dates.periods import parse_period
from tests.annual_made import as_html, sound
from tests.bulletin_made import DAY, DEMO, demo_engine, demo_letters, demo_postings, demo_site, remember
from tests.commandline import gongkai, in_process
from tests.conftest import ROOT, context

SCHEME = """
title = "信息公开情况"
carry = false
groups = [{ name = "区直单位", kinds = ["部门"] }, { name = "街道", kinds = ["街道", "乡镇"] }]
[[components]]
name = "信息公开"
postings = [{ path = ["就业创业领域"], points = 0.5 }]
deductions = [{ rule = "letter.slow", points = 1 }, { rule = "column.silent", points = 1 }]
"""
# A period that is over, the last one, a month and a year; on the night's own day and long after it.
ASKED = (
    ("2023Q1", "2023-09-30"),
    ("2023Q2", "2023-07-03"),
    ("2023-06", "2023-07-03"),
    ("2023", "2023-09-30"),
)
MONTHS = (("2022-11", "2023-09-30"), ("2023-06", "2023-07-03"))
# Commands that only read the database, each with arguments; {site} is the site file.
ASKING: dict[str, list[list[str]]] = {
    "count": [["count", "{site}", period, "--as-of", day] for period, day in ASKED],
    "postings": [["postings", "{site}", "hongqilu", period, "--as-of", day] for period, day in ASKED],
    "status": [["status", "{site}", "--as-of", day] for _, day in ASKED[:2]],
    "check": [["check", "{site}", period, "--as-of", day] for period, day in ASKED],
    "bulletin": [
        ["bulletin", "{site}", period, "--as-of", day, "--draft", "--out", "bulletin", "--force"]
        for period, day in ASKED[:2]
    ],
    "scores": [
        ["scores", "{site}", month, "--as-of", day, "--scheme", "scheme.toml", "--out", "scores", "--force"]
        for month, day in MONTHS
    ],
    "prove": [["prove", "{site}", "2023Q2", "--as-of", "2023-07-03"]],
    "show": [["show", "1"]],
    "alert": [["alert", "{site}", "--as-of", "2023-07-04", "--text"], ["alert", "{site}", "--list"]],
    "annual check": [["annual", "check", "report.html", "--site", "{site}", "--as-of", "2024-01-08"]],
    "annual draft": [
        ["annual", "draft", "{site}", "2023", "--as-of", "2024-01-08", "--out", "annual", "--force"]
    ],
}
# Commands that write by their purpose; beside them a bulletin is written down by --publish, mails by --send.
WRITING = {"crawl", "audit", "probe", "prune", "accounts", "demo", "nightly", "serve",
    "user add", "user password", "user remove", "user list", "restore", "backup",
}  # fmt: skip


def dump(engine: Engine) -> dict[str, list[str]]:
    """Every row of every table, as the database gives it: to make Python's values of them takes longer."""
    with engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.exec_driver_sql(f"SELECT * FROM {table.name}")))
            for table in METADATA.sorted_tables
        }


def modules(table: Table, before: str = "") -> Iterator[tuple[str, str]]:
    """(command, its module's source)."""
    for name, (_, what) in table.items():
        if isinstance(what, str):
            path = ROOT / "monitor" / "cli" / "commands" / f"{what.partition(':')[0]}.py"
            yield before + name, path.read_text(encoding="utf-8")
        else:
            yield from modules(what, f"{before}{name} ")


def test_only_these_commands_can_write() -> None:
    """All others open no database, or one that refuses every write."""
    able = {name for name, source in modules(COMMANDS) if "open_database" in source or "read_only" in source}
    assert able == WRITING | {"bulletin", "alert"}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo county's database after its second night, on which findings are open."""
    folder = tmp_path_factory.mktemp("asking")
    engine = demo_engine(folder)
    with engine.begin() as connection:
        remember_night(connection, context(demo_site(), DAY))
    (folder / "scheme.toml").write_text(SCHEME, encoding="utf-8")
    (folder / "report.html").write_bytes(as_html(sound()))
    # A later edition of the site file: a column gone, a unit and a column renamed.
    text = DEMO.read_text(encoding="utf-8").replace("红旗路街道办事处", "红旗街道办事处")
    columns = text.split("[[columns]]")
    edited = "[[columns]]".join([*columns[:-1][:1], *columns[2:]])
    (folder / "site.toml").write_text(edited, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ASKING)
def test_a_command_that_asks_leaves_every_table_as_it_was(
    place: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(place)
    monkeypatch.setenv("GONGKAI_DATABASE_URL", f"sqlite:///{place / 'gongkai.db'}")
    engine = create_engine(f"sqlite:///{place / 'gongkai.db'}")
    before = dump(engine)
    assert before["findings"] and before["period_counts"]
    asked = [(DEMO, arguments) for arguments in ASKING[name]] + [(place / "site.toml", ASKING[name][0])]
    for site, arguments in asked:
        said = in_process(*(argument.format(site=site) for argument in arguments))
        assert said.status in (0, 1), (arguments, said.err)
        assert dump(engine) == before, arguments


@pytest.mark.parametrize("name", [*ASKING, "prune"])
def test_where_there_is_no_database_none_is_made(place: Path, tmp_path: Path, name: str) -> None:
    for file in ("scheme.toml", "report.html"):
        (tmp_path / file).write_bytes((place / file).read_bytes())
    before = sorted(tmp_path.iterdir())
    [arguments, *_] = ASKING.get(name, [["prune", "{site}"]])
    said = gongkai(tmp_path, *(argument.format(site=DEMO) for argument in arguments))
    assert (said.status, said.out) == (2, "")
    assert (
        "还没有任何内容，请先用 gongkai nightly 或 gongkai crawl 采集" in said.err
        and len(said.err.splitlines()) == 1
    )
    assert sorted(tmp_path.iterdir()) == before


def test_the_database_itself_refuses_whoever_opened_it_to_ask(any_engine: Engine) -> None:
    asking = open_existing(any_engine.url.render_as_string(hide_password=False))
    moment = shanghai_now()
    with pytest.raises(DBAPIError), asking.begin() as connection:
        connection.execute(insert(NightRow).values(night=DAY, claimed_at=moment, claimed_by="x", attempts=1))
    asking.dispose()
    assert dump(any_engine)["nights"] == []


def test_nothing_is_written_at_the_level_of_functions(any_engine: Engine) -> None:
    site, county = demo_site(), County(DAY)
    remember(any_engine, site, demo_postings(county), demo_letters(county, site))
    with any_engine.begin() as connection:
        remember_night(connection, context(site, DAY))
    before = dump(any_engine)
    for day, (key, _) in zip((DAY + timedelta(days=1), date(2024, 1, 8)), ASKED[:2], strict=True):
        _ask(any_engine, context(site, day), key)
    assert dump(any_engine) == before


def _ask(engine: Engine, where: Any, key: str) -> None:
    """Everything that can be asked of a period, in transactions that are committed."""
    site, period = where.site, parse_period(key)
    compose(engine, where, period, Edits(draft=True))
    with engine.begin() as connection:
        judge_period(connection, where, period)
        list(prove_period(connection, site, SnapshotStore(evidence_folder(engine)), period, where.as_of))
        compose_mails(gather(connection, where))
        year = year_facts(connection, where, 2023)
        compose_draft(year)
        own_count(year)


def test_a_column_added_to_the_site_file_since_the_night_is_one_that_was_not_read(engine: Engine) -> None:
    text = """
name = "某区"
home = "https://www.mou.example/"
units = [{id = "a", name = "甲局", kind = "部门"}]
columns = [{units = ["a"], path = ["救灾领域"], url = "/jz/"}"""
    old, new = (
        parse_site(f"{text}{more}]", Path("mou.toml"))
        for more in ("", ', {units = ["a"], path = ["教育领域"], url = "/jy/"}')
    )
    remember(engine, old, {"/jz/": [date(2023, 5, 5)]})
    with engine.connect() as connection:
        counts = judge_period(connection, context(new, DAY), parse_period("2023Q2")).counts
    assert [(count.count, count.status) for count in counts] == [(1, "read"), (None, "")]
