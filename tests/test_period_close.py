"""Papers that the service drafts by itself: on the first nights after a quarter and after a month, once, and never over what is there."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from monitor.cli.commands.period_close import draft_ended
from tests.commandline import environment
from tests.conftest import ROOT


@pytest.fixture
def place(tmp_path: Path, demo_night: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for file in demo_night.glob("gongkai.db*"):
        shutil.copy(file, tmp_path)
    (tmp_path / "sites" / "scores").mkdir(parents=True)
    shutil.copy(ROOT / "demo" / "site.toml", tmp_path / "sites" / "site.toml")
    shutil.copy(ROOT / "demo" / "sample" / "scores.toml", tmp_path / "sites" / "scores" / "site.toml")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GONGKAI_DATABASE_URL", environment(tmp_path)["GONGKAI_DATABASE_URL"])
    return tmp_path


def papers(place: Path) -> set[str]:
    return {
        path.relative_to(place / "papers").as_posix()
        for path in (place / "papers").rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize(
    ("night", "drafted"),
    [
        (date(2023, 6, 30), set()),
        (date(2023, 7, 3), {"2023Q2/通报_2023Q2_北关区_草稿.docx", "2023-06/得分表_2023-06_北关区.xlsx"}),
        (date(2023, 7, 10), {"2023Q2/通报_2023Q2_北关区_草稿.docx", "2023-06/得分表_2023-06_北关区.xlsx"}),
        (date(2023, 7, 11), set()),
        (date(2023, 8, 1), {"2023-07/得分表_2023-07_北关区.xlsx"}),
    ],
)
def test_papers_are_drafted_on_the_first_nights_after_a_period(
    place: Path, night: date, drafted: set[str]
) -> None:
    draft_ended(Path("sites"), Path("papers"), night)
    assert drafted <= papers(place) and bool(papers(place)) is bool(drafted)


def test_what_stands_there_is_left_as_it_is(place: Path) -> None:
    mine = place / "papers" / "2023Q2" / "通报_2023Q2_北关区.docx"
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"by hand")
    draft_ended(Path("sites"), Path("papers"), date(2023, 7, 3))
    assert mine.read_bytes() == b"by hand"
    assert {name for name in papers(place) if name.startswith("2023Q2/")} == {
        "2023Q2/通报_2023Q2_北关区.docx"
    }
    scored = {name: (place / "papers" / name).stat().st_mtime_ns for name in papers(place)}
    draft_ended(Path("sites"), Path("papers"), date(2023, 7, 4))
    assert {name: (place / "papers" / name).stat().st_mtime_ns for name in papers(place)} == scored


def test_one_site_s_trouble_is_said_and_stops_no_other(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "sites" / "a-broken.toml").write_text("name =", encoding="utf-8")
    shutil.copy(place / "sites" / "site.toml", place / "sites" / "b-new.toml")
    draft_ended(Path("sites"), Path("papers"), date(2023, 7, 3))
    said = capsys.readouterr().err
    assert (
        "a-broken：2023 年第二季度的通报没有起草" in said and "b-new：2023 年第二季度的通报没有起草" in said
    )
    assert "2023Q2/通报_2023Q2_北关区_草稿.docx" in papers(place)
