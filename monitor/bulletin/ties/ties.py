"""It ties or it is not written: every number of SQL, prose, annexes, workbook, page and JSON against the others, place by
place, in the papers as read back from their files."""

import csv
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from db.counting.bulletins import Key
from db.counting.counts import Count
from monitor.bulletin.annexes import annexes_of
from monitor.bulletin.compose import Bulletin
from monitor.bulletin.papers import COUNTS, HEADER, POSTINGS, WORKING, as_json, stem_of
from monitor.bulletin.template_words import copies_of, words_of
from monitor.bulletin.ties.expected import expected_lines, expected_prose, expected_rows
from monitor.bulletin.ties.readback import Matrix, PaperRead, read_excel, read_page, read_word, word_tables
from monitor.bulletin.ties.same import Mismatch, require_same
from monitor.bulletin.ties.tie_postings import tie_postings
from monitor.bulletin.working_copy import HEADING, working_parts
from monitor.paper_files.data_files import csv_cell
from monitor.paper_files.inert import plain

NUMBER = re.compile(r"\d[\d.,%]*")


def tie_papers(bulletin: Bulletin, folder: Path, template: Path) -> int:
    """Compares every paper of a folder. Returns how many places; raises Mismatch at the first that differs."""
    stem = stem_of(bulletin)
    compared = _tie_counts(bulletin, folder / f"{stem}{COUNTS}") + _tie_json(
        bulletin, folder / f"{stem}.json"
    )
    prose = expected_prose(bulletin, template)
    for name, read in (
        (f"{stem}.docx", read_word),
        (f"{stem}.html", read_page),
        (f"{stem}.xlsx", read_excel),
    ):
        compared += _tie_paper(name, bulletin, prose, read(folder / name))
    compared += _tie_text(bulletin, prose, folder / f"{stem}.txt")
    compared += tie_postings(bulletin, folder / f"{stem}{POSTINGS}", folder / f"{stem}.html")
    return compared + _tie_working(bulletin, folder / f"{stem}{WORKING}")


def _tie_counts(bulletin: Bulletin, path: Path) -> int:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    require_same(f"{path.name} 的行数", len(bulletin.counts), len(rows))
    for number, (count, row) in enumerate(zip(bulletin.counts, rows, strict=True), start=1):
        for head in HEADER:
            value = count.row[head]
            require_same(
                f"{path.name} 第 {number} 行“{head}”列（{count.name}）",
                "" if value is None else f"{csv_cell(value)}",
                row[head],
            )
    return len(rows) * len(HEADER)


def _tie_json(bulletin: Bulletin, path: Path) -> int:
    return _tie_tree(path.name, as_json(bulletin), json.loads(path.read_text(encoding="utf-8")))


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
    compared = _tie_prose(name, prose, paper.prose) if not name.endswith(".xlsx") else 0
    require_same(f"{name} 的附件数", len(annexes), len([each for each in paper.annexes if each.rows]))
    for annex, read in zip(annexes, paper.annexes, strict=False):
        place = f"{name} {annex.label}"
        lines = [plain(each) for each in (annex.title, f"（{annex.scope}）", annex.note)]
        require_same(f"{place}的标题和表注", lines, read.lines[1:])
        expected = expected_rows(bulletin, annex.number)
        compared += _tie_table(place, annex.grid.matrix[0], expected, read.rows[1:], name.endswith(".xlsx"))
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
    compared = _tie_prose(path.name, ["".join(each.split()) for each in prose], told)
    around = [
        f"{each.label}  {each.title}（{each.scope}）" for each in annexes_of(bulletin)
    ] + [each.note for each in annexes_of(bulletin)]  # fmt: skip
    around += copies_of(bulletin)
    rows = [line for line in lines[len(prose) :] if line not in around]
    expected = expected_lines(bulletin)
    for number, (mine, other) in enumerate(zip(expected, rows, strict=False), start=1):
        require_same(f"{path.name} 附件第 {number} 行", mine, other)
    require_same(f"{path.name} 附件的行数", len(expected), len(rows))
    spoken = [line.strip() for line in working.split("\n") if line.strip()]
    wanted = [plain("  ".join(row)).strip() for part in working_parts(bulletin) for row in part.rows]
    for line in wanted:
        if line not in spoken:
            raise Mismatch(f"数字核对不一致：{path.name} 工作底稿中没有“{line}”这一行，没有写入任何文件。")
    return compared + len(expected) + len(wanted)


def _tie_working(bulletin: Bulletin, path: Path) -> int:
    parts = [part for part in working_parts(bulletin) if part.rows]
    tables = word_tables(path)
    require_same(f"{path.name} 的表数", len(parts), len(tables))
    compared = 0
    for part, table in zip(parts, tables, strict=True):
        expected: Matrix = [[plain(text) for text in row] for row in part.grid.matrix]
        compared += _tie_table(f"{path.name} “{part.title}”", part.heads, expected, table)
    return compared


def _row_name(row: Sequence[object]) -> str:
    return " ".join(dict.fromkeys(f"{cell}" for cell in row if isinstance(cell, str) and cell))


def check_ties(
    bulletin: Bulletin, counted: Mapping[Key, Count], letters: int, folder: Path, template: Path
) -> int:
    """Reads the papers in a folder back and compares every number with the others, and with the counts and the number
    of letters that the database tells when it is asked again (`counted`, `letters`). Returns how many places were
    compared; raises Mismatch at the first that differs."""
    compared = _tie_sql(bulletin, counted) + _tie_sums(bulletin, counted, letters)
    return compared + tie_papers(bulletin, folder, template)


def _tie_sql(bulletin: Bulletin, counted: Mapping[Key, Count]) -> int:
    for count in bulletin.counts:
        row = counted[count.column.key, count.duty.key]
        place = f"数据库中{count.name}"
        for what, ours, theirs in (
            ("数量", count.count, row.count),
            ("精确程度", count.exactness, row.exactness),
            ("状态", count.status, row.status),
        ):
            require_same(f"{place}的{what}", ours, theirs)
    return 3 * len(bulletin.counts)


def _tie_sums(bulletin: Bulletin, counted: Mapping[Key, Count], letters: int) -> int:
    """Every sum added up again from the rows of SQL."""

    def added(counts: Iterable[Count]) -> int:
        return sum(counted[count.column.key, count.duty.key].count or 0 for count in counts)

    first = [count for block in bulletin.annex1 for count in block.rows]
    second = [count for block in bulletin.annex2 for count in block.rows]
    sums = [
        ("附件1合计", bulletin.annex1_total.number, added(first)),
        ("附件2合计", bulletin.annex2_total.number, added(second)),
        ("基层政务公开总数", bulletin.grassroots.number, added(first) + added(second)),
        ("信息总数", bulletin.total.number, sum(row.count or 0 for row in counted.values())),
        ("留言受理数", bulletin.letters.figures.received, letters),
    ]
    for name, blocks in (("附件1", bulletin.annex1), ("附件2", bulletin.annex2)):
        sums += [(f"{name}“{block.unit}”小计", block.total.number, added(block.rows)) for block in blocks]
    sums += [
        (
            f"点名依据中{verdict.unit.name}的发布数",
            verdict.case.count,
            added(_own(bulletin, verdict.unit.key)),
        )
        for verdict in bulletin.naming.verdicts
    ]
    words = words_of(bulletin)
    sums += [
        (f"正文的{word}", int(NUMBER.findall(words[word])[0]), number)
        for word, number in (
            ("信息总数", bulletin.total.number),
            ("基层总数", bulletin.grassroots.number),
            ("受理", letters),
            ("办结", bulletin.letters.figures.closed),
        )
    ]
    for place, ours, theirs in sums:
        require_same(f"{place}（由数据库逐行相加）", theirs, ours)
    return len(sums)


def _own(bulletin: Bulletin, unit: str) -> list[Count]:
    """The duties that are one unit's alone, by which it is named."""
    return [
        count for count in bulletin.judgement.counts
        if count.duty.units == (unit,) and not (count.column.outside or count.column.elsewhere)
    ]  # fmt: skip
