"""Published means frozen: counts and hashes stay, a later count is told as a correction."""

import hashlib
import shutil
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.connect import open_database
from db.counting.bulletins import frozen
from demo.county import County
from monitor.bulletin.compose import Edits
from monitor.bulletin.drafting import Printed, print_bulletin
from monitor.bulletin.naming import NamingEdit
from rules.errors import WrongInput
from tests.bulletin_made import DAY, Q2, UNREAD, demo_engine, demo_letters, demo_postings, demo_site, remember
from tests.commandline import ROOT, gongkai
from tests.conftest import context

LATER = date(2023, 7, 5)
SILENT = "红旗路街道办事处“就业创业领域”"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo county's database, in which its bulletin was published, and the papers in `out`."""
    folder = tmp_path_factory.mktemp("first")
    engine = demo_engine(folder)
    printed(engine, folder / "out", publish=True)
    engine.dispose()
    return folder


@pytest.fixture
def engine(first: Path, tmp_path: Path) -> Engine:
    """One's own copy of it; the papers too are in `out`."""
    shutil.copytree(first, tmp_path, dirs_exist_ok=True)
    return open_database(f"sqlite:///{tmp_path / 'gongkai.db'}")


def printed(
    engine: Engine,
    folder: Path,
    as_of: date = DAY,
    publish: bool = False,
    overwrite: bool = False,
    **edits: tuple[NamingEdit, ...],
) -> Printed:
    site = context(demo_site(), as_of)
    return print_bulletin(engine, site, Q2, folder, Edits(**edits), publish=publish, overwrite=overwrite)


def more_postings(engine: Engine, **closes: object) -> None:
    """Two days later the one empty column of the streets shows a posting of June."""
    site, county = demo_site(), County(DAY)
    postings = demo_postings(county)
    column = next(
        c for c in site.columns if c.duties[0].units == ("hongqilu",) and c.path == ("就业创业领域",)
    )
    postings[column.key] = [date(2023, 6, 20)]
    remember(engine, site, postings, demo_letters(county, site), as_of=LATER)


def records(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        return list(frozen(connection, "site", Q2))


def test_published_once_with_its_hashes(tmp_path: Path) -> None:
    engine = demo_engine(tmp_path)
    done = printed(engine, tmp_path / "out", publish=True)
    assert (done.number, done.corrections) == (1, ())
    (record,) = frozen(engine.connect(), "site", Q2)
    assert record.files == {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in done.papers}
    assert len(record.files) == 8
    assert record.facts["sums"]["信息总数"] == "750"
    assert len(record.facts["counts"]) == len(demo_site().columns)


def test_the_same_again_adds_nothing(engine: Engine, tmp_path: Path) -> None:
    before = records(engine)
    again = printed(engine, tmp_path / "out", publish=True)
    assert (again.number, again.corrections) == (None, ())
    assert records(engine) == before


def test_a_later_count_is_a_correction_and_the_record_stays(engine: Engine, tmp_path: Path) -> None:
    before = records(engine)
    more_postings(engine)
    later = printed(engine, tmp_path / "later", LATER)
    assert later.number is None
    assert records(engine) == before
    assert f"{SILENT}：发布时为 0，现为 1。" in later.corrections
    assert "信息总数：发布时为 750，现为 751。" in later.corrections
    assert "“红旗路街道办事处”合计：发布时为 14，现为 15。" in later.corrections
    told = (tmp_path / "later" / "通报_2023Q2_北关区_更正1_说明.txt").read_text(encoding="utf-8")
    assert told.startswith("关于安阳市北关区人民政府2023年第二季度政务公开工作通报的更正")
    assert f"{SILENT}：发布时为 0，现为 1。" in told


def test_a_published_correction_is_a_further_record(engine: Engine, tmp_path: Path) -> None:
    first = records(engine)
    more_postings(engine)
    assert printed(engine, tmp_path / "later", LATER, publish=True).number == 2
    assert records(engine)[:1] == first
    assert "通报_2023Q2_北关区_更正1_说明.txt" in records(engine)[1].files  # type: ignore[attr-defined]
    again = printed(engine, tmp_path / "later", LATER, publish=True)
    assert (again.number, again.corrections) == (None, ())


def test_published_papers_are_not_written_over(engine: Engine, tmp_path: Path) -> None:
    kept = {paper.name: paper.read_bytes() for paper in (tmp_path / "out").iterdir()}
    with pytest.raises(WrongInput, match="已经发布的通报，与这次的内容不同"):
        printed(engine, tmp_path / "out", LATER, overwrite=True)
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == kept
    more_postings(engine)
    corrected = printed(engine, tmp_path / "out", LATER)
    assert all("_更正1" in paper.name for paper in corrected.papers)
    assert {name: (tmp_path / "out" / name).read_bytes() for name in kept} == kept


def test_names_that_changed_are_a_correction_too(engine: Engine, tmp_path: Path) -> None:
    later = printed(engine, tmp_path / "later", skips=(NamingEdit("红旗路街道办事处", "正在整改"),))
    assert later.corrections == ("点名的单位减少红旗路街道办事处。",)


def test_what_can_no_longer_be_read_takes_nothing_back(engine: Engine, tmp_path: Path) -> None:
    """Blocked after the period was seen whole: the published numbers stand."""
    site, county = demo_site(), County(DAY)
    closes = {c.key: UNREAD for c in site.columns[:5]}
    remember(engine, site, demo_postings(county), demo_letters(county, site), closes, as_of=LATER)
    assert printed(engine, tmp_path / "later", LATER).corrections == ()


def test_publishing_at_the_command_line(tmp_path: Path) -> None:
    engine = demo_engine(tmp_path)
    command = ("bulletin", ROOT / "demo" / "site.toml", "2023Q2")
    first = gongkai(tmp_path, *command, "--as-of", "2023-07-03", "--out", "out", "--publish")
    assert first.status == 0, first.err
    assert "已发布" in first.out
    with engine.connect() as connection:
        (record,) = connection.exec_driver_sql("SELECT number, command FROM published_bulletins").all()
    assert record[0] == 1
    assert record[1].endswith("--out out --publish")
    more_postings(engine)
    engine.dispose()
    second = gongkai(tmp_path, *command, "--as-of", "2023-07-05", "--out", "later")
    assert second.status == 0, second.err
    assert "更正：与 2023-07-03 发布的通报（第 1 号记录）相比" in second.out
    assert f"{SILENT}：发布时为 0，现为 1。" in second.out
    refused = gongkai(tmp_path, *command, "--out", "draft", "--draft", "--publish")
    assert refused.status == 2
    assert "草稿不能发布" in refused.err
