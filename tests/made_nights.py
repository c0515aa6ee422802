"""Nights on a small made-up county, recorded as the crawl records them, and what the judge says of them."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import Engine, select

from crawler.sites.load import parse_site
from db.recording.articles import ArticleSeen, HomeSeen, save_article, save_home
from db.recording.closing import Close
from db.recording.pages import PageSeen, Recorder, Sighting, begin_crawl, finish_crawl
from db.recording.register import register
from db.tables.crawl import PostingRow
from monitor.judge.judging import judge_period
from rules.dates.periods import BEGINNING, quarter_of
from rules.engine.rulings import Ruling
from rules.vocabulary.places import Site
from rules.vocabulary.terms import Outcome, Witness
from tests.bulletin_made import NOON
from tests.conftest import context

READ = Close(Outcome.READ, Outcome.READ, covered_since=BEGINNING, witness=Witness.PAGER_END)
HEAD = """
name = "安和市某区人民政府"
home = "https://www.mou.example/"
units = [{id = "a", name = "财政局", kind = "部门"}, {id = "z", name = "丁镇人民政府", kind = "乡镇"}]
"""


def made_site(columns: str, more: str = "") -> Site:
    """A site with these columns (rows of the site file's list) and tables."""
    return parse_site(f"{HEAD}columns = [\n{columns}\n]\n{more}", Path("mou.toml"))


def posted(title: str, day: date | None, name: str = "") -> Sighting:
    """A row of a list; `name` tells its address, its title otherwise."""
    address = f"www.mou.example/{name or title}.html"
    return Sighting(address, title, f"https://{address}", day)


def crawled(
    engine: Engine,
    site: Site,
    day: date,
    lists: Mapping[str, Sequence[Sighting]],
    articles: Mapping[str, ArticleSeen] | None = None,
    home: HomeSeen | None = None,
    close: Close = READ,
) -> None:
    """One whole crawl: what each column (by its key) showed, and the pages of postings opened, by their titles (their
    `posting_id` is set here)."""
    with engine.begin() as connection:
        crawl = begin_crawl(connection, register(connection, site), day, BEGINNING, None, NOON)
        recorder = Recorder(connection, site.key, crawl)
        for key, postings in lists.items():
            page = PageSeen("u", 1, close.outcome, NOON, column=key, postings=postings, close=close)
            recorder.save(connection, page)
        for title, seen in (articles or {}).items():
            for number in connection.scalars(select(PostingRow.id).where(PostingRow.title == title)).all():
                values = {name: getattr(seen, name) for name in ArticleSeen.__slots__}
                save_article(connection, ArticleSeen(**values | {"posting_id": number}), day)
        save_home(connection, site.key, crawl, home or HomeSeen(Outcome.READ, newest=day), day)
        finish_crawl(connection, crawl, NOON)


def rulings(engine: Engine, site: Site, day: date, rule: str) -> list[Ruling]:
    """What the judge says by one rule on a day."""
    with engine.begin() as connection:
        judgement = judge_period(connection, context(site, day), quarter_of(day))
    return [ruling for ruling in judgement.rulings if ruling.finding.rule == rule]


def said(engine: Engine, site: Site, day: date, rule: str) -> list[str]:
    """The sentences of one rule's reported findings on a day."""
    return [ruling.finding.sentence for ruling in rulings(engine, site, day, rule) if ruling.reported]
