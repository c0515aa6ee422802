"""`gongkai nightly`: every site once, one site's trouble never the others'; and the smaller commands of the night."""

import threading
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, select

from crawler.fetching.snapshots import SnapshotStore
from crawler.page.page import Page
from crawler.sites.load import parse_site
from db.connect import open_database
from db.findings.snapshots import prunable
from db.readings import site_id_of
from db.recording.closing import Close
from db.recording.pages import PageSeen, Recorder, begin_crawl, finish_crawl
from db.recording.register import register
from db.tables.checks import ProbeRow
from db.tables.judgement import FindingRow, PeriodCountRow, PublishedBulletinRow
from db.tables.site import ColumnRow
from monitor.clock import SHANGHAI
from rules.dates.periods import BEGINNING
from rules.engine.hysteresis import Stage
from rules.vocabulary.terms import Outcome, Witness
from tests.commandline import gongkai

LIST = """<html><head><title>通知公告</title></head><body><div>当前位置：<a href="/">首页</a> &gt; 通知公告</div>
<ul>{rows}</ul></body></html>"""
SITE = """
name = "某县人民政府"
home = "http://127.0.0.1:{port}/"
crawl = {{delay = 0.0}}
units = [{{id = "czj", name = "县财政局", kind = "部门"}}]
columns = [{{units = ["czj"], path = ["", "通知公告"], url = "/tzgg/"}}]
"""


class County(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        found = self.path in ("/", "/tzgg/")
        rows = "".join(
            f'<li><a href="/a/{n}.html">关于第{n}批专项资金安排情况的公告</a><span>2023-05-{n + 10}</span></li>'
            for n in range(9)
        )
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(LIST.format(rows=rows).encode() if found else b"")

    def log_message(self, *args: Any) -> None:
        """Nothing: the test looks at what was counted."""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), County)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield int(server.server_address[1])
    server.shutdown()


def test_one_sites_trouble_stops_no_other(tmp_path: Path, port: int) -> None:
    sites = tmp_path / "sites"
    sites.mkdir()
    (sites / "a_wrong.toml").write_text("name = ", encoding="utf-8")
    (sites / "mou.toml").write_text(SITE.format(port=port), encoding="utf-8")
    said = gongkai(tmp_path, "nightly", "--as-of", "2023-07-03", "--json")
    assert said.status == 3
    wrong, good = said.json
    assert "不是正确的 TOML" in wrong["trouble"]
    assert (good["site"], good["trouble"]) == ("mou", "")
    with create_engine(f"sqlite:///{tmp_path / 'gongkai.db'}").connect() as connection:
        counts = connection.execute(select(PeriodCountRow.period, PeriodCountRow.count)).all()
    assert sorted(counts) == [("2023Q2", 9), ("2023Q3", 0)]


def test_probes_are_kept(tmp_path: Path, port: int) -> None:
    site = tmp_path / "mou.toml"
    site.write_text(SITE.format(port=port), encoding="utf-8")
    said = gongkai(tmp_path, "probe", site, "--as-of", "2023-07-03", "--json")
    assert said.json[0]["opened"] is True
    dead = gongkai(tmp_path, "probe", site, "--as-of", "2023-07-03", "--at", "http://127.0.0.1:9/", "--json")
    assert dead.json[0]["opened"] is False
    with create_engine(f"sqlite:///{tmp_path / 'gongkai.db'}").connect() as connection:
        rows = connection.execute(select(ProbeRow.day, ProbeRow.status)).all()
    assert rows == [(date(2023, 7, 3), 200), (date(2023, 7, 3), None)]


def test_accounts_are_imported_or_refused_with_their_line(tmp_path: Path, port: int) -> None:
    site, table = tmp_path / "mou.toml", tmp_path / "media.csv"
    site.write_text(SITE.format(port=port), encoding="utf-8")
    table.write_text(
        "单位,平台,账号,日期\n县财政局,微信,某县财政,2023-06-01\n县财政局,微信,某县财政,2023-06-02\n",
        encoding="utf-8",
    )
    assert gongkai(tmp_path, "accounts", site, table, "--until", "2023-07-03").status == 0
    gongkai(tmp_path, "crawl", site, "--as-of", "2023-07-03")
    findings = gongkai(tmp_path, "check", site, "2023Q2", "--as-of", "2023-07-03", "--json").json
    assert [f["subject"] for f in findings if f["rule"] == "account.stale"] == ["微信 某县财政"]
    table.write_text("单位,平台,账号,日期\n不存在的局,微信,某,2023-06-01\n", encoding="utf-8")
    refused = gongkai(tmp_path, "accounts", site, table)
    assert refused.status == 2
    assert "第 2 行" in refused.err


def _night(engine: Engine, room: SnapshotStore, day: date, column: str) -> str:
    site = parse_site(
        SITE.format(port=1).replace('/tzgg/"}]', '/tzgg/"}, {units=["czj"], path=["", "乙"], url="/yi/"}]'),
        Path("mou.toml"),
    )
    moment = datetime(day.year, day.month, day.day, 4, tzinfo=SHANGHAI)
    kept = Page(f"http://x.example{column}", f"{column}{day}".encode())
    snapshot = room.keep("mou", kept, moment)
    with engine.begin() as connection:
        crawl = begin_crawl(connection, register(connection, site), day, day, None, moment)
        close = Close(
            Outcome.READ,
            Outcome.READ,
            covered_since=BEGINNING,
            witness=Witness.PAGER_END,
            read_through_on=day,
        )
        page = PageSeen(kept.url, 1, Outcome.READ, moment, column, snapshot=snapshot, close=close)
        Recorder(connection, "mou", crawl).save(connection, page)
        finish_crawl(connection, crawl, moment)
    return snapshot.path


def test_nothing_that_is_leant_on_is_pruned(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'gongkai.db'}")
    room = SnapshotStore(tmp_path / "evidence")
    first = date(2022, 1, 1)
    paths = {
        (column, n): _night(engine, room, first + timedelta(days=n), column)
        for n in range(3)
        for column in ("/tzgg/", "/yi/")
    }

    def old() -> set[str]:
        with engine.connect() as connection:
            return {row.path for row in prunable(connection, "mou", date(2023, 1, 1))}

    assert old() == {paths[column, n] for column in ("/tzgg/", "/yi/") for n in (0, 1)}
    with engine.begin() as connection:
        column = connection.scalars(select(ColumnRow.id).where(ColumnRow.key == "/tzgg/")).one()
        connection.execute(
            FindingRow.__table__.insert().values(  # type: ignore[attr-defined]
                site_id=site_id_of("mou"), rule="column.stale", severity="扣分", scope="栏目", mail="只通知一次",
                subject="/tzgg/ czj", period="", column_id=column,
                unit_names="", sentence="", url="", path=[], observations=[], thresholds=[], stage=Stage.OPEN.value,
                hits=2, misses=0, spans=[],
            )
        )  # fmt: skip
    assert old() == {paths["/yi/", 0], paths["/yi/", 1]}
    with engine.begin() as connection:
        connection.execute(
            PublishedBulletinRow.__table__.insert().values(  # type: ignore[attr-defined]
                site_id=site_id_of("mou"), period="2022Q1", number=1, as_of=first, command="", facts={}, files={},
                published_at=datetime(2022, 4, 1, tzinfo=SHANGHAI),
            )
        )  # fmt: skip
    assert old() == {paths["/yi/", 1]}
