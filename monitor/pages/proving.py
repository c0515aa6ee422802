"""Proving a period: every count set against what the kept pages say when they are read again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from crawler.crawling.rereading import Reread, reread
from crawler.fetching.snapshots import SnapshotStore
from db.connect import Connection
from db.counting.count_proofs import CountProof, grounds
from db.counting.counts import Count, counts_as_of
from rules.dates.periods import Period
from rules.vocabulary.places import Column, Site
from rules.vocabulary.terms import Exactness


@dataclass(frozen=True, slots=True)
class Proof:
    """One column's counts of a period, proved or not; `why` says what is missing, one sentence each."""

    column: Column
    counts: tuple[Count, ...]
    proved: bool
    why: tuple[str, ...] = ()


def prove_period(
    connection: Connection, site: Site, room: SnapshotStore, period: Period, as_of: date
) -> Iterator[Proof]:
    """One Proof a column that has any number, in the site file's order."""
    counts = counts_as_of(connection, site, period, as_of)
    known = grounds(connection, site.key, period, as_of)
    for column in site.columns:
        mine = tuple(c for c in counts if c.column.key == column.key and c.count is not None)
        if mine:
            yield _prove(room, site, column, mine, known[column.key], period)


def _prove(
    room: SnapshotStore,
    site: Site,
    column: Column,
    counts: tuple[Count, ...],
    ground: CountProof,
    period: Period,
) -> Proof:
    again = reread(room, site, column, ground, period)
    why = [*again.troubles, *_differences(ground, again)]
    exact = all(count.exactness is Exactness.EXACT for count in counts)
    if exact and not again.troubles and (again.covered_since is None or again.covered_since > period.start):
        why.append("快照只能证明列表的一部分，不足以证明计数完整")
    return Proof(column, counts, not why, tuple(why))


def _differences(ground: CountProof, again: Reread) -> Sequence[str]:
    counted = {row.identity: row for row in ground.postings}
    missing = [row.title for identity, row in counted.items() if identity not in again.postings]
    surplus = again.postings.keys() - counted.keys()
    sentences = [f"快照中找不到“{title}”" for title in missing]
    sentences += [
        f"“{row.title}”属于哪个单位与快照不符"
        for identity, row in counted.items()
        if identity in again.postings and again.postings[identity].unit != row.unit
    ]
    if surplus:
        sentences.append(f"快照中多出 {len(surplus)} 条未计入的信息")
    return sentences
