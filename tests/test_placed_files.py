"""Files are put in place whole, and no link that somebody laid out is followed."""

import os
from datetime import datetime
from pathlib import Path

import pytest

from crawler.fetching.snapshots import LostEvidence, SnapshotStore
from crawler.page.page import Page
from db.private_files import place
from monitor.clock import SHANGHAI
from monitor.paper_files.data_files import put_in_place

NOON = datetime(2023, 7, 3, 12, tzinfo=SHANGHAI)
PAGE = Page("http://www.mou.example/1.html", "正文".encode())


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    path = tmp_path / "victim"
    path.write_bytes(b"precious")
    return path


@pytest.mark.parametrize("name", ["audit.html", ".audit.html.part", "audit.part", ".audit.html"])
def test_a_paper_overwrites_nothing_through_a_link(tmp_path: Path, victim: Path, name: str) -> None:
    paper = tmp_path / "aside" / "audit.html"
    paper.parent.mkdir()
    paper.write_bytes(b"new")
    out = tmp_path / "out"
    out.mkdir()
    (out / name).symlink_to(victim)
    assert put_in_place([paper], out, overwrite=True) == [out / "audit.html"]
    assert victim.read_bytes() == b"precious"
    assert (out / "audit.html").read_bytes() == b"new"
    assert not (out / "audit.html").is_symlink()


def test_what_stands_in_place_of_evidence_is_not_waited_for(tmp_path: Path) -> None:
    """A pipe that nobody fills, a device that never ends: kept anew, and never shown."""
    room = SnapshotStore(tmp_path / "evidence")
    kept = room.keep("mou", PAGE, NOON)
    target = tmp_path / "evidence" / kept.path
    for lay_out in (os.mkfifo, Path.mkdir, lambda path: path.symlink_to("/dev/zero")):
        target.unlink()
        lay_out(target)
        with pytest.raises(LostEvidence):
            room.show(kept.path, kept.sha256, kept.file_sha256)
        if not target.is_dir():
            assert room.keep("mou", PAGE, NOON).sha256 == kept.sha256
            assert target.is_file() and not target.is_symlink()
            continue
        target.rmdir()
        target.touch()


@pytest.mark.parametrize("dangling", [True, False])
def test_evidence_overwrites_nothing_through_a_link(tmp_path: Path, victim: Path, dangling: bool) -> None:
    room = SnapshotStore(tmp_path / "evidence")
    kept = room.keep("mou", PAGE, NOON)
    target = tmp_path / "evidence" / kept.path
    target.unlink()
    target.symlink_to(tmp_path / "nowhere" if dangling else victim)
    target.with_suffix(".part").symlink_to(victim)
    again = room.keep("mou", PAGE, NOON)
    assert victim.read_bytes() == b"precious"
    assert not (tmp_path / "nowhere").exists()
    assert room.show(again.path, again.sha256, again.file_sha256).body == PAGE.body


@pytest.mark.parametrize("path", ["../victim", "/etc/passwd", "mou/../../victim", ".."])
def test_no_evidence_lies_outside_its_folder(tmp_path: Path, victim: Path, path: str) -> None:
    room = SnapshotStore(tmp_path / "evidence")
    with pytest.raises(LostEvidence):
        room.show(path, "", "")
    with pytest.raises(LostEvidence):
        room.remove(path)
    assert victim.exists()


def test_what_could_not_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(OSError, match="taken"):
        place(tmp_path / "taken", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_a_placed_file_is_its_owner_s_alone(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"")
    (tmp_path / "x").chmod(0o666)
    assert place(tmp_path / "x", b"x").stat().st_mode & 0o777 == 0o600
