"""Letters of a table (tests/scenarios/letters.toml) as nights that the recorder keeps, and what the judge says of each row.

Rows of one day share a site and its nights; every row has a mailbox of its own."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

import tomlkit
from sqlalchemy import Engine

from crawler.sites.load import parse_site
from db.recording.pages import LetterSighting, PageSeen, Recorder, begin_crawl, finish_crawl
from db.recording.register import register
from monitor.judge.judging import judge_period
from rules.dates.periods import BEGINNING, quarter_of
from rules.engine.finding import Finding
from rules.vocabulary.terms import Outcome
from tests.bulletin_made import NOON
from tests.conftest import context
from tests.scenario_columns import CLOSES, Row

# What a page shows of a letter, as the tables name it.
SHOWN = ("received", "accepted", "answered", "status", "kind", "answer", "answer_unread")


def by_day(rows: list[Row]) -> Iterator[tuple[date, list[Row]]]:
    """The rows of each day."""
    ordered = sorted(rows, key=lambda row: row["day"].isoformat())
    return ((day, list(same)) for day, same in groupby(ordered, lambda row: row["day"]))


def findings(engine: Engine, day: date, rows: list[Row]) -> list[list[Finding]]:
    """What is reported of each row's letter."""
    site = parse_site(tomlkit.dumps(_site(rows)), Path("mou.toml"))
    nights: dict[date, list[tuple[str, LetterSighting]]] = {}
    for n, row in enumerate(rows):
        for look in row.get("nights", [{"on": day}]):
            nights.setdefault(look["on"], []).append((f"x{n}", _letter({**row, **look})))
    for night, letters in sorted(nights.items()):
        with engine.begin() as connection:
            crawl = begin_crawl(connection, register(connection, site), night, BEGINNING, None, NOON)
            recorder = Recorder(connection, site.key, crawl)
            recorder.close(connection, "/jz/", None, CLOSES["空白"])  # a night without a column is none
            for key, letter in letters:
                seen = PageSeen(
                    "u", 1, Outcome.READ, NOON, mailbox=key, letters=[letter], close=CLOSES["读完"]
                )
                recorder.save(connection, seen)
            finish_crawl(connection, crawl, NOON)
    with engine.connect() as connection:
        judgement = judge_period(connection, context(site, day), quarter_of(day))
    reported = [ruling.finding for ruling in judgement.rulings if ruling.reported]
    return [[finding for finding in reported if finding.about.mailbox == f"x{n}"] for n in range(len(rows))]


def _site(rows: list[Row]) -> dict[str, Any]:
    boxes = [
        {"id": f"x{n}", "name": row.get("name", "区长信箱"), "url": f"/x{n}/", "reply_within": 5, "limits": row.get("limits", {})}
        for n, row in enumerate(rows)
    ]  # fmt: skip
    unit = {"id": "a", "name": "住建局", "kind": "部门"}
    column = {"path": ["救灾领域"], "units": ["a"], "url": "/jz/"}
    return {
        "name": "安和市某区人民政府", "home": "https://www.mou.example/", "units": [unit], "columns": [column],
        "mailboxes": boxes, "expect": {"read": 0},
    }  # fmt: skip


def _letter(look: Row) -> LetterSighting:
    shown = {name: look[name] for name in SHOWN if name in look}
    return LetterSighting("1", "路灯不亮", None, unit="a", unanswered=look.get("waits", False), **shown)
