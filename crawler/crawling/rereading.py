"""Re-reading kept pages offline: what a crawl saw then must be what the same pages say now."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from crawler.crawling.attribution import Attribution
from crawler.crawling.detail_lookup import NOTHING, told_by
from crawler.crawling.pagination import Pagination, Row, Stop
from crawler.fetching.snapshots import LostEvidence, SnapshotStore
from crawler.page.addresses import identity_of
from crawler.page.values import Entry, Listing
from crawler.readers.lists.endpoint import read_endpoint
from crawler.readers.lists.listing import read_list
from db.counting.count_proofs import CountProof, KeptVisit, Witness
from db.recording.earlier_readings import KnownPosting
from rules.dates.periods import Period
from rules.vocabulary.places import Column, Site
from rules.vocabulary.terms import Outcome

# Beyond the page limit a kept list would be walked as far as it goes: its pages are all there are.
NO_LIMIT = 10**6


@dataclass(frozen=True, slots=True)
class Found:
    """What kept pages say of a posting: its day, and in a shared column whose it is."""

    day: date | None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Reread:
    """What the kept pages of a column say: the postings of the period by identity, and from which day on the
    list is known whole. `troubles` names every kept page that could not be used, and why."""

    postings: dict[str, Found]
    covered_since: date | None
    troubles: tuple[str, ...] = ()


def reread(room: SnapshotStore, site: Site, column: Column, ground: CountProof, period: Period) -> Reread:
    """Walks a column's kept pages again. Never asks the network."""
    desk = _Desk(room, column, ground, Attribution(site.units, site.name))
    walk, stop = Pagination(ground.since, NO_LIMIT), None
    for visit in ground.visits:
        stop = desk.take(walk, visit)
    desk.look_up_first_sightings()
    inside = {identity: each for identity, each in desk.seen.items() if each.day and each.day in period}
    troubles = tuple(desk.troubles)
    return Reread(inside, stop.covered_since if stop and not troubles else None, troubles)


@dataclass(slots=True)
class _Desk:
    """One column's kept pages being read again; `seen` grows with them."""

    room: SnapshotStore
    column: Column
    ground: CountProof
    attribution: Attribution
    seen: dict[str, Found] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)

    def take(self, walk: Pagination, visit: KeptVisit) -> Stop | None:
        """One page of the proving crawl; where the walk stands after it."""
        listing = self._listing(visit)
        if listing is None:
            return None
        if visit.outcome is Outcome.EMPTY:
            return walk.ended()
        if visit.outcome is not Outcome.READ:
            return walk.short(visit.cause)
        return walk.take(
            self._see(listing.entries),
            more=listing.next_page is not None,
            total=listing.stated_total,
            pages=listing.stated_pages,
        )

    def look_up_first_sightings(self) -> None:
        """Postings that the proving crawl's pages do not show are looked for where they were first seen."""
        wanted = {row.first for row in self.ground.postings if row.identity not in self.seen}
        for visit in (self.ground.first_visits[number] for number in sorted(wanted)):
            listing = self._listing(visit)
            self._see(listing.entries if listing else ())

    def _see(self, entries: Iterable[Entry]) -> list[Row]:
        rows = []
        for entry in entries:
            identity = identity_of(entry.url, entry.title, entry.date)
            found = self.seen[identity] = self._posting(entry, self.ground.witnesses.get(identity))
            rows.append(Row(identity, None if entry.absurd else found.day, found.day is not None))
        return rows

    def _posting(self, entry: Entry, witness: Witness | None) -> Found:
        day, source = entry.date, entry.source
        if witness and (day is None or (self.column.shared and source is None)):
            told = self._told(witness)
            day, source = day or told.published, source or told.source
        owner = self.attribution.owner(source) if self.column.shared else None
        mine = {key for duty in self.column.duties for key in duty.units}
        return Found(day, owner if owner in mine else None)

    def _told(self, witness: Witness) -> KnownPosting:
        try:
            return told_by(self.room.show(witness.path, witness.sha256, witness.file_sha256))
        except LostEvidence as error:
            self._lost(witness.url, witness.path, error)
            return NOTHING

    def _listing(self, visit: KeptVisit) -> Listing | None:
        """What a kept list page says; None, and a trouble more, where it cannot be shown."""
        if visit.path is None or visit.sha256 is None or visit.file_sha256 is None:
            if visit.outcome not in (Outcome.READ, Outcome.EMPTY):
                return Listing()
            self._lost(visit.url, visit.path, LostEvidence("没有保留快照"))
            return None
        try:
            page = self.room.show(visit.path, visit.sha256, visit.file_sha256)
        except LostEvidence as error:
            self._lost(visit.url, visit.path, error)
            return None
        if self.column.endpoint:
            return read_endpoint(page, self.column.endpoint, visit.number, self.ground.as_of) or Listing()
        return read_list(page, self.ground.as_of)

    def _lost(self, url: str, path: str | None, error: LostEvidence) -> None:
        self.troubles.append(f"{url}（{path or '未留快照'}）：{error}")
