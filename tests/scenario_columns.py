"""Columns of a table (tests/scenarios/columns.toml) as nights that the recorder keeps, and what the judge says of each row.

Rows of one day and period share a site and its nights; every row has units of its own, so that none touches another."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

import tomlkit
from sqlalchemy import Engine

from crawler.sites.load import parse_site
from db.recording.closing import Close
from db.recording.pages import PageSeen, Recorder, Sighting, begin_crawl, finish_crawl
from db.recording.register import register
from monitor.judge.judging import judge_period
from rules.dates.periods import BEGINNING, parse_period, quarter_of
from rules.engine.finding import Finding
from rules.vocabulary.places import Site
from rules.vocabulary.terms import Outcome, Witness
from tests.bulletin_made import NOON
from tests.conftest import context

Row = Mapping[str, Any]
PATH = ["救灾领域", "备灾管理"]
# How a reading ended, as the tables write it; a day: read in part, known whole from that day on.
CLOSES = {
    "读完": Close(Outcome.READ, Outcome.READ, covered_since=BEGINNING, witness=Witness.PAGER_END, withdraw=True),
    "空白": Close(Outcome.EMPTY, Outcome.EMPTY, covered_since=BEGINNING, witness=Witness.EMPTY, withdraw=True),
    "读到一部分": Close(Outcome.PARTIAL, Outcome.PARTIAL),
    "被拦截": Close(Outcome.BLOCKED, Outcome.BLOCKED, cause="http_403"),
    "打不开": Close(Outcome.UNREACHABLE, Outcome.UNREACHABLE, cause="http_404"),
    "认不出": Close(Outcome.UNREADABLE, Outcome.UNREADABLE, cause="no_list"),
}  # fmt: skip


def rows_of(name: str) -> list[Row]:
    """The rows of a table."""
    table = Path(__file__).with_name("scenarios") / f"{name}.toml"
    rows: list[Row] = tomllib.loads(table.read_text(encoding="utf-8"))["row"]
    return rows


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows judged at once, on one day and of one period ("": the running quarter)."""

    day: date
    period: str
    rows: tuple[Row, ...]


def batches(rows: Iterable[Row]) -> Iterator[Batch]:
    """Rows of one day, period and thresholds together."""

    def key(row: Row) -> tuple[date, str, str]:
        return row["day"], row.get("period", ""), str(row.get("rules", ""))

    for (day, period, _), same in groupby(sorted(rows, key=key), key):
        yield Batch(day, period, tuple(same))


def findings(engine: Engine, batch: Batch) -> list[list[Finding]]:
    """What is reported of each row's own column, not of those below it."""
    site = _site(batch)
    _keep(engine, site, batch)
    period = parse_period(batch.period) if batch.period else quarter_of(batch.day)
    with engine.connect() as connection:
        judgement = judge_period(connection, context(site, batch.day), period)
    reported = [ruling.finding for ruling in judgement.rulings if ruling.reported]
    return [
        [finding for finding in reported if finding.about.column == f"/{n}/0/"]
        for n in range(len(batch.rows))
    ]


def _site(batch: Batch) -> Site:
    rows = list(enumerate(batch.rows))
    keys = [f"u{n}{more}" for n, _ in rows for more in ("", "a", "b")]
    table = {
        "name": "安和市某区人民政府", "home": "https://www.mou.example/",
        "units": [{"id": key, "name": f"第{key}局", "kind": "部门"} for key in keys],
        "columns": [column for n, row in rows for column in _columns(row, n)],
        "waivers": [_waiver(waiver, n) for n, row in rows for waiver in row.get("waivers", ())],
        "rules": dict(batch.rows[0].get("rules", {})),
        "expect": {"read": 0},  # rows of pages that were not read make no bad night
    }  # fmt: skip
    return parse_site(tomlkit.dumps(table), Path("mou.toml"))


def _columns(row: Row, n: int) -> Iterator[dict[str, Any]]:
    """A row's own column, owed by its unit, with `joint` by others too; and those below it."""
    path = row.get("path", PATH)
    for m, part in enumerate([row, *row.get("below", ())]):
        owed = part.get("units", ["", *row.get("joint", ())])
        column = {"path": [*path, f"子栏目{m}"] if m else path, **part.get("given", {})}
        column |= {} if part.get("portal") else {"units": [f"u{n}{more}" for more in owed]}
        yield column if "elsewhere" in column else column | {"url": f"/{n}/{m}/"}


def _waiver(waiver: Mapping[str, Any], n: int) -> dict[str, Any]:
    return {"why": "职能划转", **waiver, "unit": f"u{n}{waiver.get('unit', '')}"}


Lists = dict[str, tuple[Close, Sequence[Sighting]]]


def _keep(engine: Engine, site: Site, batch: Batch) -> None:
    """Every night of the rows: those that they write, or one on the batch's day."""
    nights: dict[date, Lists] = {}
    for n, row in enumerate(batch.rows):
        for m, part in enumerate([row, *row.get("below", ())]):
            for look in part.get("nights", [{"on": batch.day, **part}]):
                if "elsewhere" not in part.get("given", {}):
                    nights.setdefault(look["on"], {})[f"/{n}/{m}/"] = _seen(f"/{n}/{m}/", look)
    for night, lists in sorted(nights.items()):
        with engine.begin() as connection:
            crawl = begin_crawl(connection, register(connection, site), night, BEGINNING, None, NOON)
            recorder = Recorder(connection, site.key, crawl)
            for key, (close, shown) in lists.items():
                page = PageSeen("u", 1, close.outcome, NOON, column=key, postings=shown, close=close)
                recorder.save(connection, page)
            finish_crawl(connection, crawl, NOON)


def _seen(key: str, look: Row) -> tuple[Close, Sequence[Sighting]]:
    """How the reading of a list ended, and its rows: each a day (or 无日期), perhaps with a title."""
    shown = [_sighting(key, *row.partition(" ")[::2]) for row in look.get("posted", ())]
    read = look.get("read", "读完" if shown else "空白")
    known = Close(Outcome.PARTIAL, Outcome.PARTIAL, covered_since=read, witness=Witness.OLDER_ROW)
    close = known if isinstance(read, date) else CLOSES[read]
    return replace(close, undated=sum(one.published is None for one in shown)), shown


def _sighting(key: str, day: str, title: str) -> Sighting:
    identity = f"{key}{title or day}"
    published = None if day == "无日期" else date.fromisoformat(day)
    return Sighting(identity, title or "关于防汛的通知", f"https://www.mou.example{identity}", published)


def unlike(row: Row, said: Sequence[Finding]) -> Iterator[str]:
    """What is said of a row, where that is not what it wants."""
    told = row.get("words", "")
    as_wanted = {finding.rule for finding in said} == set(row.get("says", ()))
    if not as_wanted or (told and not any(told in finding.sentence for finding in said)):
        yield f"{row['case']}（{row['source']}）：{[finding.sentence for finding in said]}"
