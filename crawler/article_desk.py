"""The article desk: what a list row does not tell (its day, whose it is) is asked of the posting's page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from scrapy import Spider

from crawler.addresses import hosts_of, identity_of
from crawler.asking import fetch, page_of
from crawler.attribution import Attribution
from crawler.plan import Plan
from crawler.reading.article import read_article
from crawler.reading.outcome import see_article
from crawler.reading.values import Entry
from db.memory import KnownPosting
from db.recording import Sighting
from rules.places import Column

MOST_ARTICLES = 200
DOCUMENTS = (".pdf", ".doc", ".docx", ".xls", ".xlsx", ".wps", ".zip", ".rar", ".jpg", ".png", ".mp4", ".mp3")


@dataclass(slots=True)
class Account:
    """What is known of one column's postings, and how many pages were asked for it in this crawl."""

    known: dict[str, KnownPosting]
    asked: int = 0


class ArticleDesk:
    """Turns list rows into sightings; asks at most MOST_ARTICLES pages a column and crawl, none twice."""

    def __init__(self, plan: Plan, spider: Spider) -> None:
        self._plan = plan
        self._spider = spider
        self._hosts = hosts_of(plan.site)
        self._attribution = Attribution(plan.site.units, plan.site.name)
        self._accounts: dict[str, Account] = {}

    async def look_up(self, column: Column, entries: Sequence[Entry]) -> list[Sighting]:
        """One sighting an entry, in order."""
        return [await self._sighting(column, entry) for entry in entries]

    async def _sighting(self, column: Column, entry: Entry) -> Sighting:
        identity = identity_of(entry.url, entry.title, entry.date)
        day, source = entry.date, entry.source
        if day is None or (column.shared and source is None and day >= self._plan.since):
            learnt = await self._learn(column, identity, entry.url)
            day, source = day or learnt.published, source or learnt.source
        owner = self._attribution.owner(source) if column.shared else None
        mine = {key for duty in column.duties for key in duty.units}
        return Sighting(identity, entry.title, entry.url, day, source, owner if owner in mine else None)

    async def _learn(self, column: Column, identity: str, url: str | None) -> KnownPosting:
        if column.key not in self._accounts:
            self._accounts[column.key] = Account(self._plan.known(column.key))
        account = self._accounts[column.key]
        before = account.known.get(identity, KnownPosting(None, None))
        enough = before.published and (before.source or not column.shared)
        if enough or not url or not self._may_ask(url) or account.asked >= MOST_ARTICLES:
            return before
        account.asked += 1
        published, source = await self._ask(url)
        account.known[identity] = KnownPosting(before.published or published, before.source or source)
        return account.known[identity]

    def _may_ask(self, url: str) -> bool:
        parts = urlsplit(url)
        return parts.netloc.lower() in self._hosts and not parts.path.lower().endswith(DOCUMENTS)

    async def _ask(self, url: str) -> tuple[date | None, str | None]:
        response = await fetch(self._spider, url)
        if response is None:
            return None, None
        page = page_of(response)
        article = read_article(page)
        if not see_article(page, article, None).outcome.good:
            return None, None
        return article.published, article.source
