"""Papers read back from their files and compared, place by place, with what the bulletin says."""

import csv
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from db.counting.counts import Count
from monitor.bulletin.annexes import annexes_of
from monitor.bulletin.compose import Bulletin
from monitor.bulletin.papers import HEADER, as_json
from monitor.bulletin.ties.expected import expected_lines, expected_prose, expected_rows
from monitor.bulletin.ties.mismatch import Mismatch, require_same
from monitor.bulletin.ties.readback import Matrix, PaperRead, read_excel, read_page, read_word, word_tables
from monitor.bulletin.working_copy import HEADING, working_parts
from monitor.paper_files.data_files import csv_cell
from monitor.paper_files.inert import plain

NUMBER = re.compile(r"\d[\d.,%]*")


def tie_papers(bulletin: Bulletin, folder: Path, template: Path) -> int:
    """Compares every paper of a folder. Returns how many places; raises Mismatch at the first that differs."""
    compared = _tie_counts(bulletin, folder / "counts.csv") + _tie_json(bulletin, folder / "bulletin.json")
    prose = expected_prose(bulletin, template)
    for name, read in (
        ("bulletin.docx", read_word),
        ("bulletin.html", read_page),
        ("bulletin.xlsx", read_excel),
    ):
        compared += _tie_paper(name, bulletin, prose, read(folder / name))
    compared += _tie_text(bulletin, prose, folder / "bulletin.txt")
    return compared + _tie_working(bulletin, folder / "working.docx")


def _tie_counts(bulletin: Bulletin, path: Path) -> int:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    require_same("counts.csv 的行数", len(bulletin.counts), len(rows))
    for number, (count, row) in enumerate(zip(bulletin.counts, rows, strict=True), start=1):
        for head in HEADER:
            value = count.row[head]
            require_same(
                f"counts.csv 第 {number} 行“{head}”列（{name_of(count)}）",
                "" if value is None else f"{csv_cell(value)}",
                row[head],
            )
    return len(rows) * len(HEADER)


def _tie_json(bulletin: Bulletin, path: Path) -> int:
    return _tie_tree("bulletin.json", as_json(bulletin), json.loads(path.read_text(encoding="utf-8")))


def _tie_tree(place: str, ours: Any, theirs: Any) -> int:
    """Two JSON values, place by place."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        require_same(f"{place} 的键", sorted(ours), sorted(theirs))
        return sum(_tie_tree(f"{place} › {key}", ours[key], theirs[key]) for key in ours)
    if isinstance(ours, list) and isinstance(theirs, list):
        require_same(f"{place} 的项数", len(ours), len(theirs))
        pairs = enumerate(zip(ours, theirs, strict=True), start=1)
        return sum(_tie_tree(f"{place} › 第 {n} 项", *pair) for n, pair in pairs)
    require_same(place, ours, theirs)
    return 1


def _tie_paper(name: str, bulletin: Bulletin, prose: Sequence[str], paper: PaperRead) -> int:
    annexes = annexes_of(bulletin)
    compared = _tie_prose(name, prose, paper.prose) if name != "bulletin.xlsx" else 0
    require_same(f"{name} 的附件数", len(annexes), len([each for each in paper.annexes if each.rows]))
    for annex, read in zip(annexes, paper.annexes, strict=False):
        place = f"{name} {annex.label}"
        lines = [plain(each) for each in (annex.title, f"（{annex.scope}）", annex.note)]
        require_same(f"{place}的标题和表注", lines, read.lines[1:])
        expected = expected_rows(bulletin, annex.number)
        compared += _tie_table(place, annex.grid.matrix[0], expected, read.rows[1:], name == "bulletin.xlsx")
    return compared


def _tie_table(place: str, heads: Sequence[str], ours: Matrix, theirs: Matrix, numbers: bool = False) -> int:
    require_same(f"{place}的行数", len(ours), len(theirs))
    for number, (our, their) in enumerate(zip(ours, theirs, strict=True), start=1):
        require_same(f"{place}第 {number} 行的列数", len(our), len(their))
        for column, (mine, other) in enumerate(zip(our, their, strict=True), start=1):
            where = f"{place}第 {number} 行第 {column} 列“{heads[column - 1]}”（{_row_name(our)}）"
            require_same(where, mine if numbers else f"{mine}", other if numbers else f"{other}")
    return sum(map(len, ours))


def _tie_prose(name: str, ours: Sequence[str], theirs: Sequence[str]) -> int:
    for number, (mine, other) in enumerate(zip(ours, theirs, strict=False), start=1):
        if mine != other:
            wanted, found = _first_difference(mine, other)
            require_same(f"{name} 正文第 {number} 段“{mine[:18]}…”", wanted, found)
    require_same(f"{name} 正文的段数", len(ours), len(theirs))
    return sum(len(NUMBER.findall(text)) for text in ours)


def _first_difference(ours: str, theirs: str) -> tuple[str, str]:
    """The first number that differs, or the texts."""
    mine, others = NUMBER.findall(ours), NUMBER.findall(theirs)
    for one, other in zip(mine, others, strict=False):
        if one != other:
            return one, other
    return ours, theirs


def _tie_text(bulletin: Bulletin, prose: Sequence[str], path: Path) -> int:
    text, _, working = path.read_text(encoding="utf-8").partition(f"———— {HEADING} ————")
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if bulletin.draft:
        lines = lines[1:]
    told = ["".join(line.split()) for line in lines[: len(prose)]]
    compared = _tie_prose("bulletin.txt", ["".join(each.split()) for each in prose], told)
    around = [
        f"{each.label}  {each.title}（{each.scope}）" for each in annexes_of(bulletin)
    ] + [each.note for each in annexes_of(bulletin)]  # fmt: skip
    rows = [line for line in lines[len(prose) :] if line not in around]
    expected = expected_lines(bulletin)
    for number, (mine, other) in enumerate(zip(expected, rows, strict=False), start=1):
        require_same(f"bulletin.txt 附件第 {number} 行", mine, other)
    require_same("bulletin.txt 附件的行数", len(expected), len(rows))
    spoken = [line.strip() for line in working.split("\n") if line.strip()]
    wanted = [plain("  ".join(row)).strip() for part in working_parts(bulletin) for row in part.rows]
    for line in wanted:
        if line not in spoken:
            raise Mismatch(f"数字核对不一致：bulletin.txt 工作底稿中没有“{line}”这一行，没有写入任何文件。")
    return compared + len(expected) + len(wanted)


def _tie_working(bulletin: Bulletin, path: Path) -> int:
    parts = [part for part in working_parts(bulletin) if part.rows]
    tables = word_tables(path)
    require_same("working.docx 的表数", len(parts), len(tables))
    compared = 0
    for part, table in zip(parts, tables, strict=True):
        expected: Matrix = [[plain(text) for text in row] for row in part.grid.matrix]
        compared += _tie_table(f"working.docx “{part.title}”", part.heads, expected, table)
    return compared


def name_of(count: Count) -> str:
    """A duty as complaints name it."""
    return f"{count.duty.label}“{'›'.join(count.column.path)}”"


def _row_name(row: Sequence[object]) -> str:
    return " ".join(dict.fromkeys(f"{cell}" for cell in row if isinstance(cell, str) and cell))
