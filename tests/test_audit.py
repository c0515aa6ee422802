"""An audit of one unit says what the night says, number by number."""

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from sqlalchemy import create_engine, select

from db.tables.judgement import FindingRow, LetterProgressRow, PeriodCountRow
from demo.county import County
from demo.server import Server, serve
from tests.commandline import ROOT, gongkai

DAY = "2023-07-03"
SITE = ROOT / "demo" / "site.toml"


@pytest.fixture(scope="module")
def county() -> Iterator[Server]:
    with serve(County(day=date.fromisoformat(DAY))) as server:
        yield server


@pytest.fixture(scope="module")
def night(demo_night: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(demo_night, tmp_path_factory.mktemp("night"), dirs_exist_ok=True)


@pytest.mark.parametrize("unit", ["红旗路街道", "区税务局", "区发改委"])
def test_the_audit_equals_the_night(county: Server, night: Path, tmp_path: Path, unit: str) -> None:
    rows = gongkai(night, "count", SITE, "2023Q2", "--as-of", DAY, "--json").json
    arguments = ("audit", SITE, unit, "--period", "2023Q2", "--as-of", DAY, "--at", county.url, "--json")
    audited = gongkai(tmp_path, *arguments, "--out", "papers")
    assert audited.status == 0, audited.err
    columns = audited.json["columns"]
    assert columns
    nightly = {(row["url"], row["field"], row["level1"], row["level2"]): row for row in rows}
    for line in columns:
        row = nightly[line["url"], line["field"], line["level1"], line["level2"]]
        assert {name: line[name] for name in row} == row
    stem = tmp_path / "papers" / "2023Q2" / f"专项检查_{audited.json['unit']}_{DAY}"
    assert json.loads(stem.with_suffix(".json").read_text(encoding="utf-8")) == audited.json
    table = Document(f"{stem}.docx").tables[0]
    assert len(table.rows) == len(columns) + 1
    assert audited.json["unit"] in stem.with_suffix(".html").read_text(encoding="utf-8")


def test_after_a_night_the_audit_asks_only_for_what_changed(county: Server, night: Path) -> None:
    county.requests.clear()
    said = gongkai(
        night, "audit", SITE, "红旗路街道", "--period", "2023Q2", "--as-of", "2023-07-04", "--at", county.url
    )
    assert said.status == 0, said.err
    lists = [path for _, path, _ in county.requests if "/hongqilu/" in path]
    assert len(lists) <= 9
    assert "逾期未更新" in said.out
    assert "请于 2023-07-13" in said.out


def test_what_cannot_be_read_is_said_and_is_no_verdict(county: Server, tmp_path: Path) -> None:
    county.faults["/jczwgk/jdz/hongqilu/ggwh/"] = "403"
    try:
        said = gongkai(
            tmp_path,
            "audit",
            SITE,
            "红旗路街道",
            "--period",
            "2023Q2",
            "--as-of",
            DAY,
            "--at",
            county.url,
            "--json",
        )
    finally:
        del county.faults["/jczwgk/jdz/hongqilu/ggwh/"]
    line = next(column for column in said.json["columns"] if column["url"].endswith("/hongqilu/ggwh/"))
    assert (line["count"], line["verdict"]) == (None, "未能检查")
    assert said.json["exact"] is False
    assert any("未能检查" in sentence for sentence in said.json["advice"])
    assert not [f for f in said.json["findings"] if "/hongqilu/ggwh/" in f["url"]]
    with create_engine(f"sqlite:///{tmp_path / 'gongkai.db'}").connect() as connection:
        kept = [
            connection.execute(select(table)).all()
            for table in (FindingRow, PeriodCountRow, LetterProgressRow)
        ]
    assert said.json["findings"] and kept == [[], [], []]  # what an audit judges, only a night remembers


def test_nothing_read_exits_1_with_its_papers_and_nothing_is_written_over(
    county: Server, tmp_path: Path
) -> None:
    arguments = ("audit", SITE, "红旗路街道", "--as-of", DAY, "--at", county.url, "--out", "papers")
    county.faults["*"] = "403"
    try:
        said = gongkai(tmp_path, *arguments)
    finally:
        del county.faults["*"]
    assert said.status == 1, said.err
    assert "无法判断" in said.out and "没有发现问题" not in said.out
    assert "数据截至 2023-07-03，采集过而没有读到任何内容。" in said.out
    word = tmp_path / "papers" / "2023Q3" / f"专项检查_红旗路街道办事处_{DAY}.docx"
    paper = "".join(each.text for each in Document(str(word)).paragraphs)
    assert "无法判断" in paper and "403" in paper
    county.requests.clear()
    again = gongkai(tmp_path, *arguments)
    assert again.status == 2 and "要覆盖请加 --force" in again.err
    assert not county.requests  # refused before anybody was asked
