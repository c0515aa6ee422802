"""CSV and JSON files, office files made the same bytes, and putting files in place whole."""

import csv
import os
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from db.private_files import owners_alone, place
from monitor.paper_files.inert import plain
from rules.errors import WrongInput

# Full-width signs too: a spreadsheet set to Chinese or Japanese takes them for the narrow ones.
FORMULA_LIKE = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def csv_cell(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula: one line, and what begins like one has an apostrophe before it."""
    if not isinstance(value, str):
        return value
    text = plain(value)
    return "'" + text if text.lstrip().startswith(FORMULA_LIKE) or value.startswith(FORMULA_LIKE) else text


def write_csv(path: Path, rows: Iterable[Sequence[Any]], encoding: str = "utf-8") -> None:
    """Writes rows of cells, the heads first."""
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(map(csv_cell, row) for row in rows)


@contextmanager
def placed_in(folder: Path, overwrite: bool = False) -> Iterator[Path]:
    """A folder to write into whose files stand in `folder` (made if need be) once all are written; none if one
    fails. Raises WrongInput where another file of a name stands there, unless `overwrite`."""
    with TemporaryDirectory(prefix="gongkai-") as aside:
        yield Path(aside)
        put_in_place(sorted(Path(aside).iterdir()), folder, overwrite)


def put_in_place(papers: Sequence[Path], folder: Path, overwrite: bool = False) -> list[Path]:
    """Copies papers to where they belong, each whole or not at all. Returns their new paths. Raises WrongInput as above;
    the same paper once more is no other file."""
    if not overwrite:
        refuse_taken([paper.name for paper in papers if not _same(folder / paper.name, paper)], folder)
    with owners_alone():
        folder.mkdir(parents=True, exist_ok=True)
    return [place(folder / paper.name, paper.read_bytes()) for paper in papers]


def refuse_taken(names: Iterable[str], folder: Path) -> None:
    """Raises WrongInput where anything in a folder has one of the names."""
    if taken := [name for name in names if os.path.lexists(folder / name)]:
        raise WrongInput(
            f"目录 {folder} 中已有 {'、'.join(taken)}，没有写入任何文件；要覆盖请加 --force，要两份都留请写到别处。"
        )


def _same(there: Path, paper: Path) -> bool:
    return there.is_file() and not there.is_symlink() and there.read_bytes() == paper.read_bytes()


STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(<)")


def pack(path: Path, day: date) -> None:
    """Rewrites a docx or xlsx with every moment in it set to the beginning of a day."""
    when = datetime.combine(day, time(), UTC)
    moment = f"{when:%Y-%m-%dT%H:%M:%SZ}".encode()
    with zipfile.ZipFile(path) as old:
        parts = [(name, old.read(name)) for name in old.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts:
            entry = zipfile.ZipInfo(name, when.timetuple()[:6])
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            if name == "docProps/core.xml":
                new.writestr(entry, STAMP.sub(rb"\g<1>" + moment + rb"\g<3>", content))
            else:
                new.writestr(entry, content)
