"""Re-reading kept pages offline: what a crawl saw then must be what the same pages say now."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from crawler.crawling.pagination import LIST_MOVED, Pagination, Stop
from crawler.fetching.snapshots import LostEvidence, SnapshotStore
from crawler.listing.identities import Identities
from crawler.listing.posting_days import PostingDays
from crawler.listing.sightings import (
    ListedPosting,
    leaves_day_open,
    postings_of,
    seen_on_its_page,
    shows_too_little,
    sightings_of,
)
from crawler.listing.source import ListSource, PageReading, expectation_of, read_page, source_of
from crawler.page.page import Page
from crawler.page.values import Entry, Listing, PageOutcome
from db.counting.count_proofs import CountProof, KeptVisit
from db.recording.pages import Sighting
from rules.dates.periods import BEGINNING, Period
from rules.vocabulary.places import Column, Site
from rules.vocabulary.terms import Outcome, Witness
from rules.vocabulary.unit_names import UnitMatcher

UNREAD = PageReading(Listing(), PageOutcome(Outcome.UNREACHABLE))
# A kept list is read as far as it goes: its pages are all there are.
NO_LIMIT = 10**6


@dataclass(frozen=True, slots=True)
class Reread:
    """What the kept pages of a column say: the postings of the period by identity, and by which witness the list is known
    from which day on. `page_size` and `row_count` as in `db.tables.crawl.ReadingRow`. `troubles` names every kept page that could not be
    used, and why."""

    postings: dict[str, Sighting]
    covered_since: date | None
    witness: Witness = Witness.NONE
    cause: str = ""
    template: str = ""
    page_size: int | None = None
    row_count: int = 0
    troubles: tuple[str, ...] = ()


def reread(room: SnapshotStore, site: Site, column: Column, proof: CountProof, period: Period) -> Reread:
    """Reads a column's kept pages again. Never asks the network."""
    kept = _KeptPages(room, site, column, proof, UnitMatcher(site.units, site.name))
    pagination, stop = Pagination(proof.since, NO_LIMIT), None
    # A last look at the first page, which showed nothing new, is no page more.
    for visit in (one for one in proof.visits if one.outcome is not Outcome.UNCHANGED):
        again = visit.number == 1 and pagination.pages > 0
        if again and visit.outcome is not Outcome.READ:
            # A last look that could not be read.
            stop = pagination.not_confirmed(visit.cause or LIST_MOVED)
            continue
        if again:
            # The list had moved, and was read anew from its first page.
            pagination = Pagination(proof.since, NO_LIMIT)
            kept.begin_anew()
        stop = kept.take(pagination, visit)
    kept.look_up_first_sightings()
    inside = {key: one for key, one in kept.seen.items() if one.published and one.published in period}
    troubles = tuple(kept.troubles)
    told = stop if stop and not troubles else Stop(Outcome.PARTIAL, None)
    return Reread(
        inside, told.covered_since, told.witness, told.cause, kept.template, pagination.page_size,
        len(pagination.seen), troubles,
    )  # fmt: skip


@dataclass(slots=True)
class _KeptPages:
    """One column's kept pages being read again; `seen` grows with them. `source`: a shell among them named it."""

    room: SnapshotStore
    site: Site
    column: Column
    proof: CountProof
    unit_matcher: UnitMatcher
    seen: dict[str, Sighting] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)
    source: ListSource | None = None
    template: str = ""
    days: PostingDays = field(init=False)
    identities: Identities = field(init=False)

    def __post_init__(self) -> None:
        self.begin_anew()

    def begin_anew(self) -> None:
        """Nothing of the list was seen yet."""
        self.seen.clear()
        self.days = PostingDays(self.proof.as_of)
        self.identities = Identities.of_known(self.proof.postings)

    def take(self, pagination: Pagination, visit: KeptVisit) -> Stop | None:
        """One page of the proving crawl; where the list stands after it. A shell is no page of it."""
        reading = self._reading(visit)
        if reading is None:
            return None
        if reading.source:
            self.source = reading.source
            return None
        if not pagination.pages:
            self.template = reading.listing.template if visit.cause == reading.outcome.cause else ""
        if visit.outcome is Outcome.EMPTY:
            return self._take_empty(pagination, reading.outcome.outcome)
        if visit.outcome is not Outcome.READ:
            return pagination.short(visit.cause)
        listing = reading.listing
        return pagination.take(self._see(listing.entries, self.days), listing)

    def _take_empty(self, pagination: Pagination, seen: Outcome) -> Stop:
        """A page that said that there is nothing: the whole list, or the page after its last one."""
        if pagination.pages:
            composed = self.source is not None or self.column.endpoint is not None
            return pagination.past_the_end(composed=composed)
        if seen is not Outcome.EMPTY:
            return Stop(seen, None)
        return Stop(Outcome.EMPTY, BEGINNING, witness=Witness.EMPTY)

    def look_up_first_sightings(self) -> None:
        """Postings that the proving crawl's pages do not show are looked for where they were first seen."""
        unseen = [one.identity for one in self.proof.postings if one.identity not in self.seen]
        wanted = {
            visit.id: visit
            for visit in (self.proof.first_visits[one] for one in unseen if one in self.proof.first_visits)
        }
        for _, visit in sorted(wanted.items()):
            reading = self._reading(visit)
            if reading and not reading.listing.entries and self.source:
                # Before the page became a shell it carried the rows itself.
                self.source, later = None, self.source
                reading, self.source = self._reading(visit), later
            self._see(reading.listing.entries if reading else (), PostingDays(self.proof.as_of))

    def _see(self, entries: Sequence[Entry], days: PostingDays) -> list[Sighting]:
        postings = postings_of(entries, self.identities)
        details = {
            one.identity: self._kept_detail(one)
            for one in postings
            if not self.column.shared or shows_too_little(one.entry, self.column)
        }
        told = {
            at: detail.published
            for at, one in enumerate(postings)
            if (detail := details.get(one.identity))
            and (not self.column.shared or leaves_day_open(one.entry))
        }
        settled = days.settle([one.entry for one in postings], told)
        found = sightings_of(postings, settled, self.column, self.unit_matcher, details.get)
        self.seen |= {one.identity: one for one in found}
        return found

    def _kept_detail(self, posting: ListedPosting) -> Sighting | None:
        """Day and source from the posting's own page, where that was kept; a row without a day is told by one of an
        earlier page that shows it."""
        detail = self.proof.details.get(posting.identity)
        if detail is None:
            return self.seen.get(posting.identity) if posting.entry.date is None else None
        page = self._show(detail.url, detail.path, detail.sha256, detail.file_sha256)
        return seen_on_its_page(posting, page, lambda: None) if page else None

    def _reading(self, visit: KeptVisit) -> PageReading[Listing] | None:
        """What a kept list page says; None, and a trouble more, where it cannot be shown."""
        kept = visit.path and visit.sha256 and visit.file_sha256
        if not kept and visit.outcome not in (Outcome.READ, Outcome.EMPTY):
            return UNREAD
        page = self._show(visit.url, visit.path, visit.sha256, visit.file_sha256)
        if page is None:
            return None
        source = self.source or source_of(self.site, self.column)
        expect = expectation_of(self.site, self.column)
        return read_page(page, source, visit.number, self.proof.as_of, expect)

    def _show(self, url: str, path: str | None, sha256: str | None, file_sha256: str | None) -> Page | None:
        """A kept page; None, and a trouble more, where it cannot be shown."""
        try:
            if path is None or sha256 is None or file_sha256 is None:
                raise LostEvidence("没有保留快照")
            return self.room.show(path, sha256, file_sha256)
        except LostEvidence as error:
            self.troubles.append(f"{url}（{path or '未留快照'}）：{error}")
            return None
