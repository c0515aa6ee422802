"""The only door to the database."""

from collections.abc import Callable
from typing import Self

from scrapy.crawler import Crawler

from db.recording import PageSeen


class RecordingPipeline:
    """Hands every PageSeen to the crawl's `save`, as it comes."""

    def __init__(self, save: Callable[[PageSeen], None]) -> None:
        self._save = save

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        # Scrapy copies its settings deeply, which a database connection does not survive: hence the spider.
        return cls(crawler.spider.save)  # type: ignore[union-attr]

    def process_item(self, item: PageSeen) -> PageSeen:
        self._save(item)
        return item
