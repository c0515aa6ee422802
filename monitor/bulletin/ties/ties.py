"""It ties or it is not written: every number of SQL, prose, annexes, workbook, page and JSON against the others."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from db.counting.bulletins import Key
from db.counting.counts import Count
from monitor.bulletin.compose import Bulletin
from monitor.bulletin.template_words import words_of
from monitor.bulletin.ties.mismatch import require_same
from monitor.bulletin.ties.paper_ties import NUMBER, name_of, tie_papers


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
        place = f"数据库中{name_of(count)}"
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
        ("留言受理数", bulletin.letters.received, letters),
    ]
    for name, blocks in (("附件1", bulletin.annex1), ("附件2", bulletin.annex2)):
        sums += [(f"{name}“{block.unit}”小计", block.total.number, added(block.rows)) for block in blocks]
    sums += [
        (f"点名依据中{verdict.unit.name}的发布数", verdict.count, added(_own(bulletin, verdict.unit.key)))
        for verdict in bulletin.naming.verdicts
    ]
    words = words_of(bulletin)
    sums += [
        (f"正文的{word}", int(NUMBER.findall(words[word])[0]), number)
        for word, number in (
            ("信息总数", bulletin.total.number),
            ("基层总数", bulletin.grassroots.number),
            ("受理", letters),
            ("办结", bulletin.letters.closed),
        )
    ]
    for place, ours, theirs in sums:
        require_same(f"{place}（由数据库逐行相加）", theirs, ours)
    return len(sums)


def _own(bulletin: Bulletin, unit: str) -> list[Count]:
    """The duties that are one unit's alone, by which it is named."""
    return [
        count for count in bulletin.judgement.counts
        if count.duty.units == (unit,) and not (count.column.outside or count.column.shared or count.column.elsewhere)
    ]  # fmt: skip
