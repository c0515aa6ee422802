"""Re-ranking a printed table: which total its ranks follow, which ranks do not, and what a right sum changes."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise, product

from monitor.scores.printed.discrepancies import Discrepancy, Kind, rank_discrepancy
from monitor.scores.printed.headings import ColumnHeading, Role
from monitor.scores.printed.layout import Layout
from monitor.scores.printed.rows import Readded
from monitor.scores.ranks import allowed_ranks, dense_ranks, fits, rank_all
from rules.vocabulary.points import show_points
from rules.vocabulary.terms import Severity
from rules.vocabulary.white_space import squeeze

Peers = tuple[Readded, ...]
MOST_COLUMNS = 24  # tried as what ranks follow from
# Rows that show that a table is ordered, and how many rows of it may have one astray.
FEWEST_ORDERED, ROWS_ASTRAY = 6, 10
MOST_ORDERED = 400  # rows looked at: their square
RANK_WORDS = re.compile(r"(?:综合|得分|总分|总)?(?:排名|名次|位次|排序|排位)(?:情况)?|rank", re.IGNORECASE)
DIGITS = "零一二三四五六七八九"
RANK = re.compile(
    r"(?:并列)?第?(?:([1-9]\d{0,4})|([一二三四五六七八九]?十?[一二三四五六七八九]?(?<=[一-龥])))名?(?:\(.{0,8}\))?"
)


@dataclass(frozen=True, slots=True)
class Ranking:
    """How a table is ranked: by `heading`'s numbers, highest first unless `sign` is -1, within each of
    `groups`; `column` holds the printed ranks (None: the order of the rows is all there is)."""

    heading: ColumnHeading
    groups: tuple[Peers, ...]
    column: ColumnHeading | None = None
    sign: int = 1
    dense: bool = False
    right: bool = False

    def totals(self, peers: Peers, right: bool = False) -> list[Decimal]:
        """The numbers ranked by: as printed, or put right."""
        column = self.heading.column
        numbers = (each.due if right else each.unit.values for each in peers)
        return [values.get(column, Decimal(0)) * self.sign for values in numbers]

    def printed(self, each: Readded) -> int | None:
        """The rank the row prints."""
        return _rank(each.unit.row.text(self.column.column)) if self.column else None

    def obeyed(self, peers: Peers) -> list[bool | None]:
        """Row by row, whether its printed rank follows from the totals; None where it cannot be told."""
        totals = self.totals(peers, self.right)
        printed = [self.printed(each) for each in peers]
        offset = min((rank for rank in printed if rank), default=1) - 1
        known = [self.heading.column in each.unit.values for each in peers]
        ranks = [r - offset if r and there else None for r, there in zip(printed, known, strict=True)]
        if self.dense and _gapless(ranks):
            dues = zip(ranks, dense_ranks(totals), strict=True)
            return [None if rank is None else rank == due for rank, due in dues]
        unread = sum(rank is None and said is not None for rank, said in zip(ranks, printed, strict=True))
        return fits(totals, ranks, unread)


def _gapless(ranks: Sequence[int | None]) -> bool:
    """Ranks that leave none out though some are shared: 1, 2, 2, 3."""
    said = {rank for rank in ranks if rank}
    return len(said) == max(said, default=0)


def find_ranking(
    layout: Layout, sections: tuple[Peers, ...], totals: Sequence[ColumnHeading]
) -> Ranking | None:
    """The ranking most of the printed ranks obey; without a column of ranks, the total the rows descend by."""
    columns = [heading for heading in layout.headings if heading.role is Role.RANK]
    if not columns:
        ordered = [Ranking(heading, sections) for heading in totals]
        return max(ordered, key=_descents, default=None)
    readded = tuple(each for section in sections for each in section)
    numeric = [h for h in layout.headings if any(h.column in e.unit.values for e in readded)][:MOST_COLUMNS]
    others = [h for h in numeric if h not in totals and h.role is not Role.SERIAL]
    for headings, share in ((totals, 0.5), (others, 0.8)):
        choices = (choice for column in columns for choice in _choices(headings, sections, column))
        best = max(choices, key=_share, default=None)
        if best and _share(best) >= share:
            return best
    return None


def _choices(
    headings: Sequence[ColumnHeading], sections: tuple[Peers, ...], column: ColumnHeading
) -> Iterator[Ranking]:
    """Every way printed ranks may follow from one of the columns: 本月排名 only from what is 本月."""
    whole = (tuple(each for section in sections for each in section),)
    groupings = (sections, whole, tuple(_restarts(whole[0], column)))
    about = RANK_WORDS.sub("", column.text)
    for heading, groups in product(headings, groupings):
        if heading != column and about in heading.text:
            yield Ranking(heading, groups, column)
            yield Ranking(heading, groups, column, right=True)
            yield Ranking(heading, groups, column, dense=True)
            yield Ranking(heading, groups, column, sign=-1)


def _restarts(peers: Peers, column: ColumnHeading) -> Iterator[Peers]:
    """The rows cut where the printed ranks begin again at 1."""
    ranks = [_rank(each.unit.row.text(column.column)) for each in peers]
    starts = [n for n, rank in enumerate(ranks) if n and rank == 1 and ranks[n - 1] not in (None, 1)]
    for start, end in pairwise([0, *starts, len(peers)]):
        yield peers[start:end]


def _share(ranking: Ranking) -> float:
    said = [ok for peers in ranking.groups for ok in ranking.obeyed(peers) if ok is not None]
    return sum(said) / len(said) if said else 0


def _descents(ranking: Ranking) -> int:
    return sum(a >= b for peers in ranking.groups for a, b in pairwise(ranking.totals(peers)))


def _rank(text: str) -> int | None:
    """第3名, 并列第一, 2（并列) as a number."""
    match = RANK.fullmatch(unicodedata.normalize("NFKC", squeeze(text)))
    if match is None:
        return None
    return int(match[1]) if match[1] else _numeral(match[2])


def _numeral(text: str) -> int:
    """三, 十二, 二十 as a number."""
    tens, ten, ones = text.rpartition("十")
    return (10 * (DIGITS.find(tens) if tens else 1) if ten else 0) + max(DIGITS.find(ones), 0)


def check_ranks(layout: Layout, ranking: Ranking) -> Iterator[Discrepancy]:
    """Printed ranks that do not follow from the totals."""
    for peers in ranking.groups:
        totals = ranking.totals(peers, ranking.right)
        wrong = [n for n, fine in enumerate(ranking.obeyed(peers)) if fine is False]
        ranks = allowed_ranks(totals) if wrong else []
        for n in wrong:
            place = layout.place(peers[n].unit.row, ranking.column or ranking.heading)
            total = f"“{ranking.heading.text}”{show_points(totals[n] * ranking.sign)}"
            yield rank_discrepancy(place, peers[n].unit.name, total, ranks[n], ranking.printed(peers[n]))


def check_order(layout: Layout, ranking: Ranking) -> Iterator[Discrepancy]:
    """Of a table without ranks whose rows stand by their totals all but a few: those (a hint)."""
    if ranking.column:
        return
    for peers in ranking.groups:
        totals = ranking.totals(peers)
        astray = _astray(totals[:MOST_ORDERED])
        if len(peers) < FEWEST_ORDERED or not 0 < len(astray) <= max(1, len(peers) // ROWS_ASTRAY):
            continue
        for n in astray:
            unit, total = peers[n].unit, show_points(totals[n])
            before = sum(other > totals[n] for other in totals) + 1
            text = (
                f"{unit.name}：“{ranking.heading.text}”{total}，按高低应排第 {before}，表中排在第 {n + 1}。"
            )
            place = layout.place(unit.row, ranking.heading)
            yield Discrepancy(Kind.ORDER, place, text, unit.name, f"{n + 1}", f"{before}", Severity.NOTICE)


def _astray(totals: Sequence[Decimal]) -> list[int]:
    """The rows outside the longest run of rows, others left out, that descends."""
    runs: list[tuple[int, list[int]]] = [(0, [])]
    for n, total in enumerate(totals):
        length, before = max(run for run in runs if not run[1] or totals[run[1][-1]] >= total)
        runs.append((length + 1, [*before, n]))
    kept = set(max(runs)[1])
    return [n for n in range(len(totals)) if n not in kept]


def with_ranks(ranking: Ranking) -> Iterator[Discrepancy]:
    """Every row's discrepancies, the last of a row saying what becomes of its rank once the sum is put right."""
    for peers in ranking.groups:
        before, after = ranking.totals(peers), ranking.totals(peers, right=True)
        for n, each in enumerate(peers):
            if each.discrepancies and before[n] != after[n]:
                yield from each.discrepancies[:-1]
                yield _moved(ranking, peers, n, rank_all(before)[n], after)
            else:
                yield from each.discrepancies


def _moved(ranking: Ranking, peers: Peers, n: int, place: int, after: list[Decimal]) -> Discrepancy:
    rank, dues = ranking.printed(peers[n]) or place, rank_all(after)
    there = tuple(
        f"{peer.unit.name}（{show_points(after[m] * ranking.sign)}）"
        for m, peer in enumerate(peers)
        if dues[m] == rank and m != n
    )
    due = show_points(after[n] * ranking.sign)
    consequence = f"按 {due} 计名次不变。"
    if rank != dues[n]:
        then = f"，第 {rank} 应为{'、'.join(there)}" if there else ""
        consequence = f"按 {due} 计，名次由第 {rank} 变为第 {dues[n]}{then}。"
    last = peers[n].discrepancies[-1]
    return replace(last, sentence=last.sentence + consequence, rank=rank, rank_due=dues[n], due_there=there)
