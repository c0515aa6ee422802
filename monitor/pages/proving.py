"""Proving a period: every count set against what the kept pages say when they are read again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from crawler.crawling.rereading import Reread, reread
from crawler.fetching.snapshots import SnapshotStore
from db.connect import Connection
from db.counting.count_proofs import CountProof, grounds
from db.counting.counts import Count, counts_as_of
from db.recording.empty_places import BARE_LIST, ONE_WITNESS, EmptyPlaces
from db.recording.short_lists import END_NOT_SHOWN, PAGER_EMPTY
from monitor.progress import Begin
from rules.dates.periods import Period
from rules.vocabulary.places import Column, Site
from rules.vocabulary.terms import Exactness, Witness


@dataclass(frozen=True, slots=True)
class Proof:
    """One column's counts of a period, proved or not; `why` says what is missing, one sentence each."""

    column: Column
    counts: tuple[Count, ...]
    proved: bool
    why: tuple[str, ...] = ()


def prove_period(
    connection: Connection,
    site: Site,
    room: SnapshotStore,
    period: Period,
    as_of: date,
    begin: Begin = lambda _label, _total: lambda: None,
) -> Iterator[Proof]:
    """One Proof a column that has any number, in the site file's order; `begin` is told how far the reading is."""
    counts = counts_as_of(connection, site, period, as_of)
    known = grounds(connection, site.key, period, as_of)
    owned = {
        column: tuple(c for c in counts if c.column.key == column.key and c.count is not None)
        for column in site.columns
    }
    step, numbered = begin(f"复核 {site.name}", sum(map(bool, owned.values()))), {}
    for column, mine in owned.items():
        if mine:
            numbered[column] = (mine, reread(room, site, column, known[column.key], period))
            step()
    # A short list and an empty place lean on their siblings: these are read again too.
    siblings = _siblings([again for _, again in numbered.values()])
    for column, (mine, again) in numbered.items():
        yield _prove(column, mine, known[column.key], again, period, siblings)


@dataclass(frozen=True, slots=True)
class _Siblings:
    """What the lists of a site prove of one another. `sizes`: template → the fewest rows that a page held before a second
    one followed."""

    sizes: Mapping[str, int]
    places: EmptyPlaces


def _siblings(rereads: Sequence[Reread]) -> _Siblings:
    sizes: dict[str, int] = {}
    for again in rereads:
        if again.page_size and again.template:
            sizes[again.template] = min(again.page_size, sizes.get(again.template, again.page_size))
    empty = [again for again in rereads if not again.row_count]
    places = EmptyPlaces.of(
        [again.template for again in rereads if again.row_count],
        [again.template for again in empty if again.cause == BARE_LIST],
        [again.template for again in empty if again.cause == ONE_WITNESS or again.witness is Witness.EMPTY],
    )
    return _Siblings(sizes, places)


def _prove(
    column: Column,
    counts: tuple[Count, ...],
    ground: CountProof,
    again: Reread,
    period: Period,
    siblings: _Siblings,
) -> Proof:
    why = [*again.troubles, *_differences(ground, again)]
    exact = any(count.exactness is Exactness.EXACT for count in counts)
    if exact and not again.troubles and not _witnessed(ground, again, period, siblings):
        told = next(count.evidence.sentence for count in counts if count.exactness is Exactness.EXACT)
        why.append(f"快照不能证明计数完整：所记证据为“{told}”，重读快照不成立")
    return Proof(column, counts, not why, tuple(why))


def _witnessed(ground: CountProof, again: Reread, period: Period, siblings: _Siblings) -> bool:
    """Whether the kept pages give the witness that the reading names, with as many rows, and it covers the period."""
    if ground.rows != again.row_count and ground.witness is not Witness.EMPTY:
        return False
    if ground.witness is Witness.SHORT_LIST:
        size = siblings.sizes.get(again.template, 0)
        return again.cause in (END_NOT_SHOWN, PAGER_EMPTY) and 0 < again.row_count < size
    if ground.witness in (Witness.EMPTY_BESIDE, Witness.EMPTY_ALIKE):
        return siblings.places.witness(again.cause, again.template) is ground.witness
    covers = again.covered_since is not None and again.covered_since <= period.start
    return covers and again.witness is ground.witness


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
