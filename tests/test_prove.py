"""Every count of the demo's quarter reproduced from kept pages, offline; and the one page that is missing, named."""

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, select

from db.tables.crawl import SnapshotRow, VisitRow
from db.tables.site import ColumnRow
from demo.county import County
from demo.server import serve
from tests.commandline import ROOT, Said, gongkai

DAY = "2023-07-03"
SITE = ROOT / "demo" / "site.toml"
KEY = "/jczwgk/jdz/hongqilu/ggwh/"


@pytest.fixture(scope="module")
def folder(demo_night: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = shutil.copytree(demo_night, tmp_path_factory.mktemp("proved"), dirs_exist_ok=True)
    with serve(County(day=date.fromisoformat(DAY))) as county:
        # The second night leans on the first one's pages: most are answered with 304.
        assert gongkai(place, "crawl", SITE, "--at", county.url, "--as-of", "2023-07-04").status == 0
    return place


@pytest.fixture
def snapshot(folder: Path) -> Iterator[Path]:
    """The kept first page of one column; put back as it was."""
    engine = create_engine(f"sqlite:///{folder / 'gongkai.db'}")
    with engine.connect() as connection:
        path = connection.scalars(
            select(SnapshotRow.path)
            .join(VisitRow, VisitRow.snapshot_id == SnapshotRow.id)
            .join(ColumnRow, ColumnRow.id == VisitRow.column_id)
            .where(ColumnRow.key == KEY)
        ).first()
    assert path
    file = folder / "evidence" / path
    content = file.read_bytes()
    yield file
    file.write_bytes(content)


def prove(folder: Path, *more: str, as_of: str = DAY) -> Said:
    return gongkai(folder, "prove", SITE, "2023Q2", "--as-of", as_of, *more)


@pytest.mark.parametrize("as_of", [DAY, "2023-07-04"])
def test_every_count_is_reproduced_offline(folder: Path, as_of: str) -> None:
    said = prove(folder, "--json", as_of=as_of)
    assert said.status == 0, said.err
    assert (said.json["proved"], said.json["unproved"]) == (229, [])
    evidence = [count["evidence"] for proof in said.json["proofs"] for count in proof["counts"]]
    assert all(sentence.startswith("精确：") for sentence in evidence)


def only_failure(folder: Path) -> dict[str, Any]:
    said = prove(folder, "--json", "--fail-on", "unproved")
    assert said.status == 1
    facts = json.loads(said.out)
    assert facts["proved"] == 228
    failure: dict[str, Any] = facts["unproved"][0]
    assert failure["url"].endswith(KEY)
    return failure


def test_a_deleted_page_is_named(folder: Path, snapshot: Path) -> None:
    snapshot.unlink()
    why = only_failure(folder)["why"]
    assert any("快照文件不在" in sentence and snapshot.name in sentence for sentence in why)


@pytest.mark.parametrize("place", [3, 8, 200, -1])
def test_a_page_altered_by_one_byte_is_named(folder: Path, snapshot: Path, place: int) -> None:
    content = bytearray(snapshot.read_bytes())
    content[place] ^= 1
    snapshot.write_bytes(bytes(content))
    why = only_failure(folder)["why"]
    assert any("快照文件已被改动" in sentence and snapshot.name in sentence for sentence in why)
