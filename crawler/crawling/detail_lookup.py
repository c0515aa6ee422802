"""Detail pages of a list's rows: what a row does not tell (its day, whose it is) is asked of the posting's page."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from weakref import WeakKeyDictionary

from scrapy import Spider

from crawler.crawling.crawl import Crawl
from crawler.crawling.list_crawl import ListCrawl
from crawler.fetching.requests import fetch, page_of
from crawler.listing.identities import Identities
from crawler.listing.posting_days import PostingDays
from crawler.listing.sightings import (
    ListedPosting,
    leaves_day_open,
    postings_of,
    seen_on_its_page,
    sightings_of,
)
from crawler.page.addresses import split
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
    crawl, and how many were asked; `shown`: the days of those that earlier pages of this crawl showed; `newest`: the
    newest day of earlier nights."""

    column: Column
    by_identity: dict[str, Sighting]
    identities: Identities
    days: PostingDays
    shown: dict[str, date] = field(default_factory=dict)
    asked: int = 0
    newest: date = field(init=False)

    def __post_init__(self) -> None:
        self.newest = max(
            (one.published for one in self.by_identity.values() if one.published), default=date.min
        )

    def of(self, posting: ListedPosting) -> Sighting | None:
        return self.by_identity.get(posting.identity)

    def suspects(self, posting: ListedPosting) -> bool:
        """Whether the row's day is another than earlier nights saw, or the row came below newer ones: touched since,
        or put on line later than its day says."""
        known, day = self.of(posting), posting.entry.date
        return known.published != day if known else day is not None and day < self.newest

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
        # What is known of a column is kept no longer than its list is crawled.
        self._known: WeakKeyDictionary[ListCrawl[Column], KnownPostings] = WeakKeyDictionary()

    async def look_up(self, progress: ListCrawl[Column], entries: Sequence[Entry]) -> list[Sighting]:
        """One sighting a posting, in the order of the rows; the pages of a list are handed in as they are turned."""
        column, known = progress.subject, self._known.get(progress)
        if known is None:
            known = self._known[progress] = self._recall(column)
        if progress.pagination.pages == 0 or progress.held:
            # The list's first page, or another look at it.
            known.days = PostingDays(self._plan.as_of)
        postings = postings_of(entries, known.identities)
        for posting in postings:
            if column.shared and posting.entry.source is None and self._is_wanted(posting.entry):
                await self._learn(known, posting)
        told = await self._days_told(known, postings)
        days = known.days.settle([posting.entry for posting in postings], told)
        known.shown |= {one.identity: day for one, day in zip(postings, days, strict=True) if day}
        return sightings_of(postings, days, column, self._unit_matcher, known.by_identity.get)

    def _recall(self, column: Column) -> KnownPostings:
        # A column of which no night saw anything has no postings either.
        postings = self._plan.known(column.key) if column.key in self._plan.columns_before else {}
        identities = Identities.of_known(postings.values())
        return KnownPostings(column, postings, identities, PostingDays(self._plan.as_of))

    def _is_wanted(self, entry: Entry) -> bool:
        return entry.date is None or entry.date >= self._plan.since

    async def _days_told(
        self, known: KnownPostings, postings: Sequence[ListedPosting]
    ) -> dict[int, date | None]:
        """What the postings' own pages tell of their days, by place: known already, or asked as long as it helps."""
        entries = [posting.entry for posting in postings]
        # Of a shared column's rows the article may have told the unit alone.
        open_rows = (
            each for each in enumerate(postings) if not known.column.shared or leaves_day_open(each[1].entry)
        )
        before = ((at, known.of(each)) for at, each in open_rows)
        told: dict[int, date | None] = {
            at: one.published for at, one in before if one and one.told and one.published
        }
        if not told and not any(map(leaves_day_open, entries)):
            return {}
        told |= {
            at: known.shown[each.identity]
            for at, each in enumerate(postings)
            if each.entry.date is None and each.identity in known.shown
        }
        suspected = [at for at, each in enumerate(postings) if known.suspects(each)]
        while (at := known.days.row_to_ask(entries, told, suspected)) is not None:
            await self._learn(known, postings[at])
            learnt = known.of(postings[at])
            told[at] = learnt.published if learnt and learnt.told else None
        return told

    async def _learn(self, known: KnownPostings, posting: ListedPosting) -> None:
        before, url = known.of(posting), posting.entry.url
        if known.suffices(before) or not url or not self._may_ask(url):
            return
        if known.asked >= MOST_ARTICLES:
            return
        known.asked += 1
        told = await self._ask(posting, url)
        if told and before:
            day = told.published or (before.published if before.told else None)
            told = replace(told, published=day, source=before.source or told.source)
        if told:
            known.by_identity[told.identity] = told

    def _may_ask(self, url: str) -> bool:
        parts = split(url)
        return parts.netloc.lower() in self._hosts and not parts.path.lower().endswith(DOCUMENTS)

    async def _ask(self, posting: ListedPosting, url: str) -> Sighting | None:
        response = await fetch(self._spider, url)
        if response is None:
            return None
        return seen_on_its_page(posting, page_of(response), lambda: self._crawl.keep(response))
