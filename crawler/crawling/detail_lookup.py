"""Detail pages of a list's rows: what a row does not tell (its day, whose it is) is asked of the posting's page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from scrapy import Spider

from crawler.crawling.crawl import Crawl
from crawler.fetching.requests import fetch, page_of
from crawler.listing.posting_days import PostingDays
from crawler.listing.sightings import seen_on_its_page, shows_too_little, sightings_of
from crawler.page.addresses import identity_of, split
from crawler.page.values import Entry
from crawler.sites.hosts import hosts_of
from db.recording.pages import Sighting
from rules.vocabulary.places import Column
from rules.vocabulary.unit_names import UnitMatcher

MOST_ARTICLES = 200
DOCUMENTS = (".pdf", ".doc", ".docx", ".xls", ".xlsx", ".wps", ".zip", ".rar", ".jpg", ".png", ".mp4", ".mp3")


@dataclass(slots=True)
class KnownPostings:
    """What is known of one column's postings by identity, from earlier nights and from the pages asked in this
    crawl, and how many were asked."""

    column: Column
    by_identity: dict[str, Sighting]
    asked: int = 0

    def of(self, entry: Entry) -> Sighting | None:
        return self.by_identity.get(identity_of(entry.url, entry.title, entry.date))

    def suffices(self, known: Sighting | None) -> bool:
        """Whether its page would tell nothing more."""
        return known is not None and known.told and bool(known.source or not self.column.shared)


class DetailLookup:
    """Turns list rows into sightings; asks at most MOST_ARTICLES pages a column and crawl, none twice."""

    def __init__(self, crawl: Crawl, spider: Spider) -> None:
        self._crawl = crawl
        self._plan = plan = crawl.plan
        self._spider = spider
        self._hosts = hosts_of(plan.site)
        self._unit_matcher = UnitMatcher(plan.site.units, plan.site.name)
        self._known: dict[str, KnownPostings] = {}
        self._days: dict[str, PostingDays] = {}

    async def look_up(self, column: Column, entries: Sequence[Entry]) -> list[Sighting]:
        """One sighting an entry, in order; the pages of a list are handed in as they are turned."""
        days = self._days.setdefault(column.key, PostingDays(self._plan.as_of))
        if not any(shows_too_little(entry, column) for entry in entries):
            return sightings_of(entries, days.settle(entries, {}), column, self._unit_matcher, lambda _: None)
        if column.key not in self._known:
            self._known[column.key] = KnownPostings(column, self._plan.known(column.key))
        known = self._known[column.key]
        for entry in entries:
            if column.shared and entry.source is None and (not entry.date or entry.date >= self._plan.since):
                await self._learn(known, entry)
        told = await self._days_told(known, entries, days)
        return sightings_of(entries, days.settle(entries, told), column, self._unit_matcher, known.of)

    async def _days_told(
        self, known: KnownPostings, entries: Sequence[Entry], days: PostingDays
    ) -> dict[int, date | None]:
        """What the rows' own pages tell of their days, by row: known already, or asked as long as it helps."""
        before = {at: one for at, entry in enumerate(entries) if (one := known.of(entry)) and one.published}
        told: dict[int, date | None] = {at: one.published for at, one in before.items() if one.told}
        remembered = {at: one.published for at, one in before.items() if one.published and not one.told}
        while (at := days.row_to_ask(entries, told, remembered)) is not None:
            await self._learn(known, entries[at])
            learnt = known.of(entries[at])
            told[at] = learnt.published if learnt and learnt.told else None
        return told

    async def _learn(self, known: KnownPostings, entry: Entry) -> None:
        before = known.of(entry)
        if known.suffices(before) or not entry.url or not self._may_ask(entry.url):
            return
        if known.asked >= MOST_ARTICLES:
            return
        known.asked += 1
        told = await self._ask(entry, entry.url)
        if told and before:
            day = told.published or (before.published if before.told else None)
            told = replace(told, published=day, source=before.source or told.source)
        if told:
            known.by_identity[told.identity] = told

    def _may_ask(self, url: str) -> bool:
        parts = split(url)
        return parts.netloc.lower() in self._hosts and not parts.path.lower().endswith(DOCUMENTS)

    async def _ask(self, entry: Entry, url: str) -> Sighting | None:
        response = await fetch(self._spider, url)
        if response is None:
            return None
        return seen_on_its_page(entry, page_of(response), lambda: self._crawl.keep(response))
