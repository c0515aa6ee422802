"""What the crawl's log may say: addresses and reasons, never the titles and texts that were read
(`masked_log` masks what is left)."""

import logging
from typing import Any

from scrapy.logformatter import LogFormatter, LogFormatterResult

# What these would shout about is an outcome here, and is said in Chinese with its cause.
MISFORTUNES = ("scrapy.downloadermiddlewares.retry", "scrapy.downloadermiddlewares.robotstxt")


class AddressesOnly(LogFormatter):
    """Scrapy would print a whole item when saving it fails; a title may hold a personal number."""

    def __init__(self) -> None:
        for name in MISFORTUNES:
            logging.getLogger(name).setLevel(logging.CRITICAL)

    def spider_error(self, failure: Any, request: Any, response: Any, spider: Any) -> LogFormatterResult:
        """A page that could not be kept is told by the crawl's report."""
        result = super().spider_error(failure, request, response, spider)
        return {**result, "level": logging.DEBUG} if isinstance(failure.value, OSError) else result

    def item_error(
        self, item: Any, exception: BaseException, response: Any, spider: Any
    ) -> LogFormatterResult:
        result = super().item_error(item, exception, response, spider)
        return {
            **result,
            "msg": "Could not save what was read at %(item)s",
            "args": {"item": getattr(item, "url", "?")},
        }
