"""The only door to the database."""

from collections.abc import Callable
from typing import Self

from scrapy.crawler import Crawler

from crawler.crawling.crawl import Item


class RecordingPipeline:
    """Hands everything seen to the crawl's `save`, as it comes."""

    def __init__(self, save: Callable[[Item], None]) -> None:
        self._save = save

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        # Scrapy copies its settings deeply, which a database connection does not survive: hence the spider.
        return cls(crawler.spider.crawl.save)  # type: ignore[union-attr]

    def process_item(self, item: Item) -> Item:
        self._save(item)
        return item
