"""What the nights of a small county write, ask and judge, done once in the process that commands are forked from: each of
them would compile the same statements anew. Nothing is kept of it but what SQLAlchemy remembers."""

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from crawler.crawling.rescanning import rescan_wording
from crawler.fetching.snapshots import SnapshotStore
from crawler.sites.load import parse_site
from db.connect import open_database
from db.counting.counts import counts_as_of
from db.recording.articles import to_open
from db.recording.earlier_readings import answered_letters, column_memories, known_postings
from db.recording.empty_places import settle_empty_places
from db.recording.short_lists import settle_short_lists
from db.recording.stock_pages import stock_to_open
from monitor.judge.context import Context
from monitor.night.night import remember_night
from rules.dates.workdays import OFFICIAL
from rules.scanners.masking import DEFAULT
from rules.scanners.masking_in_force import mask_as
from tests.bulletin_made import Q2, remember

SITE = """
name = "某县人民政府"
home = "https://www.mou.example/"
units = [{id = "a", name = "甲局", kind = "部门"}]
columns = [{units = ["a"], path = ["", "通知公告"], url = "/a/"}, {units = ["a"], path = ["", "工作动态"], url = "/b/"}]
"""


def compile_statements() -> None:
    site = parse_site(SITE, Path("mou.toml"))
    with TemporaryDirectory() as folder:
        engine = open_database(f"sqlite:///{folder}/gongkai.db")
        for day in (date(2023, 7, 3), date(2023, 7, 4)):
            remember(engine, site, {"/a/": [day - timedelta(days=n) for n in range(9)]}, as_of=day)
            with engine.begin() as connection:
                remember_night(connection, Context(site, day, OFFICIAL))
                column_memories(connection, site.key, day)
                known_postings(connection, site.key, "/a/")
                answered_letters(connection, site.key, "x")
                to_open(connection, site.key, ["/a/"], Q2.start, day, 5)
                stock_to_open(connection, site.key, ["/a/"], day, 5)
                for settle in (settle_short_lists, settle_empty_places):
                    list(settle(connection, site.key, 1, day))
                rescan_wording(connection, site, SnapshotStore(Path(folder)))
                counts_as_of(connection, site, Q2, day)
        engine.dispose()
    mask_as(DEFAULT)
