"""The crawls that `bench/pipeline.py` compares, each run in a process of its own.

    python bench/pipeline_crawls.py bare|lean|naive|ours < order.json

Prints the processor time that the process used, user and system, in seconds.
"""

import json
import os
import resource
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Self

from scrapy import Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response

SITE = Path(__file__).resolve().parent.parent / "demo" / "site.toml"
# A night on which no quarter is settled: then unchanged lists are not read again.
AS_OF, SINCE = date(2023, 7, 10), date(2023, 4, 1)


class Bare(Spider):
    """Fetches every page and looks at none."""

    name = "bare"

    def __init__(self, urls: list[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.start_urls = urls

    def parse(self, response: Response) -> None:
        """Nothing is wanted of it."""


class Naive(Bare):
    """What the first afternoon's crawler does: css selectors, one item a row."""

    name = "naive"

    def parse(self, response: Response) -> Iterator[dict[str, str | None]]:  # type: ignore[override]
        for row in response.css("li:has(a), tr:has(a)"):
            day = row.css("::text").re_first(r"\d{4}-\d\d-\d\d")
            if day:
                title = row.css("a::attr(title)").get() or row.css("a::text").get()
                yield {
                    "url": response.urljoin(row.css("a::attr(href)").get() or ""),
                    "title": title,
                    "day": day,
                }


class CommitARow:
    """One INSERT and one commit a row."""

    def __init__(self, path: str) -> None:
        self.database = sqlite3.connect(path)
        self.database.execute("CREATE TABLE posting (url TEXT PRIMARY KEY, title TEXT, day TEXT)")

    @classmethod
    def from_crawler(cls, crawler: Any) -> Self:
        return cls(crawler.settings["DATABASE"])

    def process_item(self, item: dict[str, str]) -> dict[str, str]:
        self.database.execute(
            "INSERT INTO posting VALUES (:url, :title, :day) ON CONFLICT (url) DO UPDATE SET title = excluded.title",
            item,
        )
        self.database.commit()
        return item


def bare(order: dict[str, Any]) -> None:
    _scrapy(Bare, order, {})


def lean(order: dict[str, Any]) -> None:
    """The bare fetch with our own setting that costs Scrapy's default spiders most (`crawler.settings`)."""
    _scrapy(Bare, order, {"CONCURRENT_ITEMS": 1})


def naive(order: dict[str, Any]) -> None:
    pipelines = {"__main__.CommitARow": 100}
    _scrapy(Naive, order, {"ITEM_PIPELINES": pipelines, "DATABASE": order["database"]})


def _scrapy(spider: type[Spider], order: dict[str, Any], settings: dict[str, Any]) -> None:
    process = AsyncCrawlerProcess(
        {"LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False, "DOWNLOAD_DELAY": 0, **settings}
    )
    process.crawl(spider, urls=order["urls"])
    process.start()


def ours(order: dict[str, Any]) -> None:
    """One night over so many `rounds` of the county's columns: fetched, read, recorded, kept as evidence."""
    from crawler.run import crawl_site
    from crawler.sites.load import load_site
    from db.connect import open_database

    os.environ["GONGKAI_EVIDENCE_DIR"] = order["evidence"]
    site = load_site(SITE)
    lists = [
        replace(c, key=f"{c.key}-{n}", url=f"{order['home']}{n}/{c.url.removeprefix(site.home)}")
        for n in range(order["rounds"])
        for c in site.columns
        if c.url
    ]
    # One request at a time, as at night: without any delay Scrapy sends what waits at once, over a connection each.
    crawling = replace(site.crawling, delay=0.001, articles=0)
    here = replace(site, home=order["home"], columns=tuple(lists), mailboxes=(), crawling=crawling)
    report = crawl_site(open_database(f"sqlite:///{order['database']}"), here, AS_OF, SINCE)
    good = sum(outcome.good for outcome in report.columns.values())
    if report.faults or not report.finished or good < len(lists):
        raise SystemExit(f"{report.faults} faults, {good} of {len(lists)} lists read")


CRAWLS: dict[str, Callable[[dict[str, Any]], None]] = {
    "bare": bare,
    "lean": lean,
    "naive": naive,
    "ours": ours,
}


def main() -> None:
    CRAWLS[sys.argv[1]](json.load(sys.stdin))
    used = resource.getrusage(resource.RUSAGE_SELF)
    sys.stdout.write(f"{used.ru_utime + used.ru_stime:.4f}\n")


if __name__ == "__main__":
    main()
