"""The article desk: what a list row does not tell (its day, whose it is) is asked of the posting's page."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from scrapy import Spider

from crawler.crawling.attribution import Attribution
from crawler.crawling.crawl import Crawl
from crawler.fetching.requests import fetch, page_of
from crawler.outcomes.outcome import see_article
from crawler.page.addresses import identity_of, split
from crawler.page.page import Page
from crawler.page.values import Entry
from crawler.readers.articles.article import read_article
from crawler.sites.hosts import hosts_of
from db.recording.earlier_readings import KnownPosting
from db.recording.pages import Sighting, Snapshot
from rules.vocabulary.places import Column

MOST_ARTICLES = 200
DOCUMENTS = (".pdf", ".doc", ".docx", ".xls", ".xlsx", ".wps", ".zip", ".rar", ".jpg", ".png", ".mp4", ".mp3")
NOTHING = KnownPosting(None, None)


@dataclass(slots=True)
class Account:
    """What is known of one column's postings, the pages that told it in this crawl, and how many were asked."""

    known: dict[str, KnownPosting]
    witnesses: dict[str, Snapshot | None] = field(default_factory=dict)
    asked: int = 0


class DetailLookup:
    """Turns list rows into sightings; asks at most MOST_ARTICLES pages a column and crawl, none twice."""

    def __init__(self, crawl: Crawl, spider: Spider) -> None:
        self._crawl = crawl
        self._plan = plan = crawl.plan
        self._spider = spider
        self._hosts = hosts_of(plan.site)
        self._attribution = Attribution(plan.site.units, plan.site.name)
        self._accounts: dict[str, Account] = {}

    async def look_up(self, column: Column, entries: Sequence[Entry]) -> list[Sighting]:
        """One sighting an entry, in order."""
        return [await self._sighting(column, entry) for entry in entries]

    async def _sighting(self, column: Column, entry: Entry) -> Sighting:
        identity = identity_of(entry.url, entry.title, entry.date)
        day, source, witness = entry.date, entry.source, None
        if day is None or (column.shared and source is None):
            wanted = day is None or day >= self._plan.since
            learnt, witness = await self._learn(column, identity, entry.url if wanted else None)
            day, source = day or learnt.published, source or learnt.source
        owner = self._attribution.owner(source) if column.shared else None
        mine = {key for duty in column.duties for key in duty.units}
        return Sighting(
            identity, entry.title, entry.url, day, source, owner if owner in mine else None, witness
        )

    async def _learn(
        self, column: Column, identity: str, url: str | None
    ) -> tuple[KnownPosting, Snapshot | None]:
        """What is known of a posting, and the page that told it in this crawl, if one did."""
        if column.key not in self._accounts:
            self._accounts[column.key] = Account(self._plan.known(column.key))
        account = self._accounts[column.key]
        before = account.known.get(identity, NOTHING)
        enough = before.published and (before.source or not column.shared)
        if enough or not url or not self._may_ask(url) or account.asked >= MOST_ARTICLES:
            return before, account.witnesses.get(identity)
        account.asked += 1
        told, account.witnesses[identity] = await self._ask(url)
        learnt = KnownPosting(before.published or told.published, before.source or told.source)
        account.known[identity] = learnt
        return learnt, account.witnesses[identity]

    def _may_ask(self, url: str) -> bool:
        parts = split(url)
        return parts.netloc.lower() in self._hosts and not parts.path.lower().endswith(DOCUMENTS)

    async def _ask(self, url: str) -> tuple[KnownPosting, Snapshot | None]:
        response = await fetch(self._spider, url)
        if response is None:
            return NOTHING, None
        told = told_by(page_of(response))
        return told, self._crawl.keep(response) if told != NOTHING else None


def told_by(page: Page) -> KnownPosting:
    """What a posting's own page tells of it."""
    article = read_article(page)
    if not see_article(page, article, None).outcome.good:
        return NOTHING
    return KnownPosting(article.published, article.source)
