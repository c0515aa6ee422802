"""A real county, 柘城县 as of 2018-07-27, served on loopback: 68 units' own lists, row by row."""

import csv
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.commandline import ROOT, Said, gongkai

DAY = "2018-07-27"
LIVE = "http://www.zhecheng.gov.cn/"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Nothing: the test looks at what was counted."""


@dataclass(frozen=True)
class Night:
    """One crawled night: its folder, the site file, the mirror's address."""

    folder: Path
    site: Path
    at: str

    def run(self, *arguments: object) -> Said:
        return gongkai(self.folder, *arguments)


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    real = ROOT.parent / "shared" / "real" / "zhecheng"
    if not real.is_dir():
        pytest.skip("没有 ../shared/real：真实县区的镜像不在，跳过")
    folder = tmp_path_factory.mktemp("zhecheng")
    site = folder / "zhecheng.toml"
    text = (ROOT / "sites" / "zhecheng.toml").read_text(encoding="utf-8")
    site.write_text(text.replace("delay = 1.0", "delay = 0.0"), encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(real)))
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    at = f"http://127.0.0.1:{server.server_address[1]}/"
    said = gongkai(folder, "crawl", site, "--as-of", DAY, "--at", at)
    assert said.status == 0, said.err
    yield Night(folder, site, at)
    server.shutdown()


@pytest.fixture(scope="module")
def rows(night: Night) -> dict[str, dict[str, Any]]:
    counted = night.run("count", night.site, "2018-07", "--as-of", DAY, "--json")
    return {row["url"].removeprefix(LIVE): row for row in counted.json}


def truth(shared: Path) -> list[dict[str, str]]:
    with (shared / "real" / "zhecheng_units.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_all_68_units_agree(rows: dict[str, dict[str, Any]], shared: Path) -> None:
    units = truth(shared)
    assert len(units) == 68
    for unit in units:
        row = rows[unit["page"]]
        assert row["unit"] == unit["unit"]
        assert (row["count"], row["exactness"]) == (
            int(unit["posted_2018-07-01_to_27"]),
            unit["july_count_is"],
        ), unit


def test_23_units_are_empty_because_the_page_says_so(rows: dict[str, dict[str, Any]], shared: Path) -> None:
    silent = {unit["page"] for unit in truth(shared) if unit["rows_on_first_page"] == "0"}
    assert len(silent) == 23
    assert {
        page for page, row in rows.items() if row["status"] == "empty" and page.startswith("gzjg/")
    } == silent


def test_five_units_go_on_beyond_what_can_be_fetched(rows: dict[str, dict[str, Any]], shared: Path) -> None:
    partial_ones = {
        page for page, row in rows.items() if row["status"] == "partial" and page.startswith("gzjg/")
    }
    assert partial_ones == {unit["page"] for unit in truth(shared) if unit["july_count_is"] == "at least"}
    assert len(partial_ones) == 5


def test_the_key_fields_and_the_documents_are_counted(rows: dict[str, dict[str, Any]]) -> None:
    fields = [row for page, row in rows.items() if page.startswith("xxgk/zdly/")]
    assert len(fields) >= 15
    assert all(row["exactness"] in ("exact", "at least") for row in fields)


def test_the_vetoes_tell_their_distance(night: Night) -> None:
    said = night.run("check", night.site, "2018Q2", "--as-of", DAY)
    assert said.status == 0, said.err
    assert "空白栏目较多（否决线 5 个）：23 个，已触及否决线" in said.out.replace("\n", "")
    assert said.out.count("距否决线") + said.out.count("已触及否决线") + said.out.count("未能判断") >= 4


def test_nothing_accuses_a_unit_whose_page_was_not_read(
    night: Night, rows: dict[str, dict[str, Any]]
) -> None:
    findings = night.run("check", night.site, "2018Q2", "--as-of", DAY, "--json").json
    short = {row["url"] for row in rows.values() if row["exactness"] != "exact"}
    assert short
    # A list cut short may be called stale (its newest rows were read), never empty and never silent.
    accused = {f["url"] for f in findings if f["rule"] in ("column.empty", "column.silent")}
    assert not accused & short
    assert not [f for f in findings if re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)|\d{17}[\dXx]", f["sentence"])]


def test_an_audit_equals_the_night(night: Night, rows: dict[str, dict[str, Any]]) -> None:
    said = night.run(
        "audit", night.site, "惠济乡", "--period", "2018-07", "--as-of", DAY, "--at", night.at, "--json"
    )
    assert said.status == 0, said.err
    (line,) = said.json["columns"]
    row = rows[line["url"].removeprefix(LIVE)]
    assert {name: line[name] for name in row} == row
    assert (line["count"], line["exactness"], line["verdict"]) == (15, "at least", "未读完整")


def test_the_month_is_proved_from_kept_pages(night: Night) -> None:
    said = night.run("prove", night.site, "2018-07", "--as-of", DAY, "--json")
    assert said.json["unproved"] == []
    assert said.json["proved"] >= 68
