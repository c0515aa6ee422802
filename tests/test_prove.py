"""Every count of the demo's quarter reproduced from kept pages, offline; and the one page that is missing, named."""

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select

from db.tables.crawl import SnapshotRow, VisitRow
from db.tables.site import ColumnRow
from demo.county import County
from demo.server import serve
from tests.commandline import ROOT, Said, gongkai

DAY = "2023-07-03"
SITE = ROOT / "demo" / "site.toml"
KEYS = [
    f"/jczwgk/jdz/{column}/"
    for column in ("hongqilu/aqsc", "hongqilu/ggwh", "hongqilu/shjz", "jiefanglu/bzgl", "jiefanglu/ggwh")
]


@pytest.fixture(scope="module")
def folder(demo_night: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = shutil.copytree(demo_night, tmp_path_factory.mktemp("proved"), dirs_exist_ok=True)
    with serve(County(day=date.fromisoformat(DAY))) as county:
        # The second night leans on the first one's pages: most are answered with 304.
        assert gongkai(place, "crawl", SITE, "--at", county.url, "--as-of", "2023-07-04").status == 0
    return place


@pytest.fixture
def snapshots(folder: Path) -> Iterator[list[Path]]:
    """The kept first pages of five columns; put back as they were."""
    engine = create_engine(f"sqlite:///{folder / 'gongkai.db'}")
    with engine.connect() as connection:
        paths = connection.scalars(
            select(SnapshotRow.path, ColumnRow.key)
            .join(VisitRow, VisitRow.snapshot_id == SnapshotRow.id)
            .join(ColumnRow, ColumnRow.id == VisitRow.column_id)
            .where(ColumnRow.key.in_(KEYS), VisitRow.page_number == 1)
            .distinct()
            .order_by(ColumnRow.key)
        ).all()
    assert len(paths) == len(KEYS)
    contents = {folder / "evidence" / path: (folder / "evidence" / path).read_bytes() for path in paths}
    yield list(contents)
    for file, content in contents.items():
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


def test_each_page_that_is_gone_or_altered_by_one_byte_is_named(folder: Path, snapshots: list[Path]) -> None:
    gone, *altered = snapshots
    gone.unlink()
    for file, place in zip(altered, (3, 8, 200, -1), strict=True):
        content = bytearray(file.read_bytes())
        content[place] ^= 1
        file.write_bytes(bytes(content))
    said = prove(folder, "--json", "--fail-on", "unproved")
    assert said.status == 1
    facts = json.loads(said.out)
    assert facts["proved"] == 229 - len(KEYS)
    failures = {failure["url"]: " ".join(failure["why"]) for failure in facts["unproved"]}
    for key, file in zip(KEYS, snapshots, strict=True):
        (why,) = (why for url, why in failures.items() if url.endswith(key))
        assert ("快照文件不在" if file == gone else "快照文件已被改动") in why and file.name in why
