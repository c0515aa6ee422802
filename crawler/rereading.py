"""Re-reading kept pages offline: what a crawl saw then must be what the same pages say now."""

from dataclasses import dataclass
from datetime import date

from crawler.addresses import identity_of
from crawler.evidence import EvidenceRoom, LostEvidence
from crawler.reading.endpoint import read_endpoint
from crawler.reading.listing import read_list
from crawler.reading.page import Page
from crawler.reading.values import Listing
from crawler.walk import Row, Stop, Walk
from db.proofs import Ground, KeptVisit
from rules.periods import Period
from rules.places import Column
from rules.terms import Outcome

# Beyond the page limit a kept list would be walked as far as it goes: its pages are all there are.
NO_LIMIT = 10**6


@dataclass(frozen=True, slots=True)
class Reread:
    """What the kept pages of a column say: the postings of the period by identity, and from which day on the
    list is known whole. `troubles` names every kept page that could not be used, and why."""

    identities: frozenset[str]
    covered_since: date | None
    troubles: tuple[str, ...] = ()


def reread(room: EvidenceRoom, column: Column, ground: Ground, period: Period) -> Reread:
    """Walks a column's kept pages again. Never asks the network."""
    seen: dict[str, date | None] = {}
    troubles: list[str] = []
    walk, stop = Walk(ground.since, NO_LIMIT), None
    for visit in ground.visits:
        try:
            stop = _take(walk, visit, _listing(room, column, visit, ground.as_of), seen)
        except LostEvidence as error:
            troubles.append(f"{visit.url}（{visit.path or '未留快照'}）：{error}")
    seen |= _first_sightings(room, column, ground, seen, troubles)
    inside = frozenset(identity for identity, day in seen.items() if day and day in period)
    return Reread(inside, stop.covered_since if stop and not troubles else None, tuple(troubles))


def _first_sightings(
    room: EvidenceRoom, column: Column, ground: Ground, seen: dict[str, date | None], troubles: list[str]
) -> dict[str, date | None]:
    """Postings that the proving crawl's pages do not show are looked for where they were first seen."""
    wanted = {row.first for row in ground.postings if row.identity not in seen}
    found: dict[str, date | None] = {}
    for visit in (ground.first_visits[number] for number in sorted(wanted)):
        try:
            found |= _rows(_listing(room, column, visit, ground.as_of))
        except LostEvidence as error:
            troubles.append(f"{visit.url}（{visit.path or '未留快照'}）：{error}")
    return found


def _take(walk: Walk, visit: KeptVisit, listing: Listing, seen: dict[str, date | None]) -> Stop | None:
    if visit.outcome is Outcome.EMPTY:
        return walk.ended()
    if visit.outcome is not Outcome.READ:
        return walk.short(visit.cause)
    rows = _rows(listing)
    seen |= rows
    return walk.take(
        [Row(identity, day, day is not None) for identity, day in rows.items()],
        more=listing.next_page is not None,
        total=listing.stated_total,
        pages=listing.stated_pages,
    )


def _rows(listing: Listing) -> dict[str, date | None]:
    return {identity_of(e.url, e.title, e.date): e.date for e in listing.entries}


def _listing(room: EvidenceRoom, column: Column, visit: KeptVisit, as_of: date) -> Listing:
    if visit.path is None or visit.sha256 is None or visit.file_sha256 is None:
        if visit.outcome in (Outcome.READ, Outcome.EMPTY):
            raise LostEvidence("没有保留快照")
        return Listing()
    page: Page = room.show(visit.path, visit.sha256, visit.file_sha256)
    if column.endpoint:
        return read_endpoint(page, column.endpoint, visit.number, as_of) or Listing()
    return read_list(page, as_of)
