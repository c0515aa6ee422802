"""What the process that tests fork commands from imports beside the commands themselves: what a command imports only
while it runs, scipy and the parts of Scrapy above all. Never the reactor: it is installed by the crawl."""

import gc
from importlib import import_module

from scrapy.settings import default_settings
from sqlalchemy.orm import configure_mappers

from crawler.readers.articles import zone
from crawler.readers.letters import letter_labels
from rules.scanners.similarity import signature
from tests import quick_databases  # noqa: F401 - for every engine that a command opens
from tests.compiled_before import compile_statements

BESIDE = (
    "alembic.command", "cn2an", "crawler.fetching.log_format", "crawler.fetching.network", "crawler.spiders.pipelines",
    "datasketch", "db.tables.schema", "scrapy.squeues", "sqlalchemy.dialects.sqlite", "typer.rich_utils",
)  # fmt: skip
PARTS = (
    *default_settings.DOWNLOADER_MIDDLEWARES_BASE,
    *default_settings.SPIDER_MIDDLEWARES_BASE,
    *default_settings.EXTENSIONS_BASE,
    *default_settings.DOWNLOAD_HANDLERS_BASE.values(),
    default_settings.DOWNLOADER,
    default_settings.DUPEFILTER_CLASS,
    default_settings.SCHEDULER,
    default_settings.SCHEDULER_PRIORITY_QUEUE,
    default_settings.STATS_CLASS,
    default_settings.DNS_RESOLVER,
    default_settings.ROBOTSTXT_PARSER,
)

for each in (*BESIDE, *(part.rpartition(".")[0] for part in PARTS)):
    import_module(each)
# What a command makes when it first needs it: mappers before a statement, a pattern of a thousand labels before a letter.
configure_mappers()
for vocabulary in (zone.WORDS, letter_labels.WORDS):
    assert vocabulary.pattern
signature("一" * 1_000)
compile_statements()
# What is loaded stays: a collector that walked through it in every command would copy its memory there too.
gc.freeze()
