"""One night on the demo county: from its pages to the papers, twice, killed, and refused."""

import csv
import json
import os
import shutil
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crawler.sites.load import load_site
from demo.county import County
from demo.server import Server, serve
from tests.commandline import ROOT, Said, counts_file, environment, gongkai, start

DAY = "2023-07-03"
SITE = ROOT / "demo" / "site.toml"
STREETS = "灯塔路街道办事处、洹北街道办事处、彰东街道办事处、柏庄镇政府、红旗路街道办事处信息发布较少"


@pytest.fixture
def county() -> Iterator[Server]:
    with serve(County(day=date.fromisoformat(DAY))) as server:
        yield server


def crawl(folder: Path, county: Server, *more: object, day: str = DAY) -> Said:
    return gongkai(folder, "crawl", SITE, "--at", county.url, "--as-of", day, "--json", *more)


def count(folder: Path, day: str = DAY) -> list[dict[str, Any]]:
    said = gongkai(folder, "count", SITE, "2023Q2", "--as-of", day, "--json")
    assert said.status == 0, said.err
    rows: list[dict[str, Any]] = said.json
    return rows


def without_days(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The counts without the day on which each list was read through."""
    return [row | {"evidence": row["evidence"].rpartition("（")[0]} for row in rows]


@pytest.fixture
def papers(demo_night: Path) -> Path:
    return demo_night / "2023Q2"


@pytest.fixture
def after_a_night(demo_night: Path, tmp_path: Path) -> Path:
    """A folder of one's own with the night of DAY in it."""
    return shutil.copytree(demo_night, tmp_path / "night")


def test_the_papers_say_what_the_demo_county_published(papers: Path) -> None:
    with (ROOT / "demo" / "data" / "counts.csv").open(encoding="utf-8") as file:
        published = list(csv.DictReader(file))
    rows = counts_file(papers / "通报_2023Q2_北关区_信息数.csv")[: len(published)]
    assert [(r["unit"], r["field"], r["level1"], r["level2"], r["count"]) for r in rows] == [
        (p.get("unit") or p["units"], p["field"], p["level1"], p["level2"], p["count"]) for p in published
    ]
    assert {r["exactness"] for r in rows if r["status"] != "external"} == {"exact"}


def test_an_empty_column_s_page_tells_its_meta_tags_like_any_other(demo_night: Path) -> None:
    database = sqlite3.connect(demo_night / "gongkai.db")
    rows = database.execute(
        "SELECT outcome, meta_names LIKE '%sitename%' FROM visits WHERE page_number = 1 AND column_id IS NOT NULL"
    ).fetchall()
    database.close()
    empty = [told for outcome, told in rows if outcome == "empty"]
    assert None not in [told for _, told in rows] and sorted(empty) == [0, 0, 1, 1, 1, 1]


@pytest.mark.parametrize(
    ("name", "first", "rows", "total"),
    [("beiguan_2023Q2_annex1.csv", 0, 90, 198), ("beiguan_2023Q2_annex2.csv", 90, 138, 363)],
)
def test_both_annexes_equal_the_truth(
    papers: Path, shared: Path, name: str, first: int, rows: int, total: int
) -> None:
    with (shared / "truth" / name).open(encoding="utf-8") as file:
        truth = list(csv.DictReader(file))
    ours = counts_file(papers / "通报_2023Q2_北关区_信息数.csv")[first : first + rows]
    assert len(truth) == rows
    for ours_row, truth_row in zip(ours, truth, strict=True):
        external = truth_row.get("status") == "external"
        assert ours_row["unit"] == truth_row.get("unit", truth_row.get("units"))
        for cell in ("field", "level1", "level2"):
            assert ours_row[cell] == truth_row[cell]
        assert ours_row["count"] == ("" if external else truth_row["count"])
        assert (ours_row["status"] == "external") == external
    assert sum(int(row["count"] or 0) for row in ours) == total


def test_the_sums_tie(papers: Path) -> None:
    facts = json.loads((papers / "通报_2023Q2_北关区.json").read_text(encoding="utf-8"))
    assert facts["total"] == {"count": 750, "exactness": "exact"}
    assert facts["grassroots"] == {"count": 561, "exactness": "exact"}
    assert sum(block["total"]["count"] for block in facts["annex1"]) == 198
    assert sum(block["total"]["count"] for block in facts["annex2"]) == 363
    assert sum(int(row["count"] or 0) for row in counts_file(papers / "通报_2023Q2_北关区_信息数.csv")) == 750
    assert (facts["letters"]["received"], facts["letters"]["closed"], facts["letters"]["rate"]) == (
        11,
        11,
        "100%",
    )
    assert facts["letters"]["slow_units"] == ["区城管执法局"]


def test_the_draft_names_whom_the_seed_names(papers: Path) -> None:
    text = (papers / "通报_2023Q2_北关区.txt").read_text(encoding="utf-8")
    assert STREETS in text
    assert "其中，红旗路街道办事处“就业创业领域”第二季度未发布信息" in text
    assert "区城管执法局对网民留言回复不够重视，回复较慢" in text
    assert "共发布各类信息 750 条，其中：基层政务公开领域发布 561 条" in text
    assert "共受理网民留言 11 个，办结 11 个，办结率 100%" in text


def test_the_second_night_asks_once_a_column_and_changes_nothing(after_a_night: Path, county: Server) -> None:
    before = count(after_a_night)
    second = crawl(after_a_night, county, day="2023-07-07").json
    assert set(second["columns"]) <= {"unchanged", "empty"}
    asked = Counter(path for _method, path, _status in county.requests if "/qzxx/" not in path)
    beside = asked["/robots.txt"] + asked["/"]
    assert sum(asked.values()) - beside == sum(second["columns"].values()) + second["opened"]
    assert max(times for path, times in asked.items() if path != "/robots.txt") == 1
    assert without_days(count(after_a_night, "2023-07-07")) == without_days(before)
    # Systems without validators send the same bytes again: neither read nor kept a second time.
    with sqlite3.connect(after_a_night / "gongkai.db") as database:
        visits = database.execute(
            "SELECT DISTINCT status, snapshot_id FROM visits"
            " WHERE crawl_id = (SELECT max(id) FROM crawls) AND column_id IS NOT NULL AND outcome = 'unchanged'"
        )
        assert set(visits) == {(200, None), (304, None)}


def test_killed_in_the_middle_and_run_again(tmp_path: Path, after_a_night: Path, county: Server) -> None:
    arguments = ("crawl", SITE, "--at", county.url, "--as-of", DAY)
    running = start(tmp_path, environment(tmp_path), *arguments)
    deadline = time.monotonic() + 60
    while len(county.requests) < 90 and time.monotonic() < deadline:
        time.sleep(0.01)
    os.kill(running.pid, signal.SIGKILL)
    assert running.end().status == -signal.SIGKILL
    assert 90 <= len(county.requests) < 240
    assert crawl(tmp_path, county).status == 0
    assert count(tmp_path) == count(after_a_night)


FAULTS = {
    "403": "blocked",
    "412": "blocked",
    "521": "blocked",
    "429": "blocked",
    "empty": "unreadable",
    "home": "unreadable",
    "soft404": "unreadable",
    "js": "unreadable",
    "login": "blocked",
    "maintenance": "unreadable",
    "500": "unreachable",
    "reset": "unreachable",
}


def test_what_we_could_not_read_accuses_nobody(tmp_path: Path, county: Server) -> None:
    """Twelve columns of streets, each with another fault: typed, without a number, and without a finding."""
    streets = [c for c in load_site(SITE).columns if c.url and "/jczwgk/jdz/" in c.url]
    broken = dict(zip([c.key for c in streets][::7], FAULTS, strict=False))
    assert len(broken) == len(FAULTS)
    county.faults.update(broken)
    report = crawl(tmp_path, county, "--fail-on", "partial")
    assert report.status == 1, report.err
    rows = {row["url"].removeprefix("https://www.beiguan.example"): row for row in count(tmp_path)}
    for path, fault in broken.items():
        assert rows[path]["status"] == FAULTS[fault], (path, fault, rows[path])
        assert rows[path]["count"] is None
        assert rows[path]["exactness"] is None
    findings = gongkai(tmp_path, "check", SITE, "2023Q2", "--as-of", DAY, "--json").json
    assert not [f for f in findings for path in broken if f["subject"].startswith(path)]
    touched = {rows[path]["unit"] for path in broken}
    assert len(touched) > 5
    assert not [f for f in findings if f["rule"] == "unit.few_postings" and f["units"] in touched]


def test_one_units_columns_alone(tmp_path: Path, county: Server) -> None:
    report = crawl(tmp_path, county, "--unit", "红旗路街道").json
    assert sum(report["columns"].values()) == 9
    rows = [row for row in count(tmp_path) if row["status"] and row["status"] != "external"]
    assert {row["unit"] for row in rows} == {"红旗路街道办事处"}
    assert sum(row["count"] for row in rows) == 14


def test_a_broken_site_file_crawls_nothing(tmp_path: Path, county: Server) -> None:
    text = SITE.read_text(encoding="utf-8").replace('id = "shuguanglu"', 'id = "jiefanglu"')
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(text, encoding="utf-8")
    said = gongkai(tmp_path, "crawl", wrong, "--at", county.url)
    assert said.status == 2
    assert "jiefanglu" in said.err
    assert "Traceback" not in said.err
    assert county.requests == []
    assert not (tmp_path / "gongkai.db").exists()
