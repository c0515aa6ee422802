"""Which postings' pages are opened in a night: new ones, those that were not read, those that are accused."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from crawler.sites.load import parse_site
from db.facts.sites import night_coverage
from db.findings.lives import keep_findings
from db.recording.articles import ArticleSeen, save_article, to_open
from db.recording.closing import Close
from db.recording.pages import PageSeen, Recorder, Sighting, begin_crawl, finish_crawl
from db.recording.register import register
from db.tables.articles import ArticleRow
from rules.dates.periods import BEGINNING
from rules.engine.finding import Finding
from rules.engine.rulings import Ruling
from rules.vocabulary.places import Reference, Site
from rules.vocabulary.terms import Mail, Outcome, Scope, Severity, Witness

NOON = datetime(2023, 9, 20, 4, tzinfo=UTC)
DAY = date(2023, 9, 20)
MONTH = timedelta(days=31)
TEXT = """
name = "某区"
home = "https://www.mou.example/"
units = [{id = "a", name = "甲局", kind = "部门"}]
columns = [{units = ["a"], path = ["救灾领域"], url = "/jz/"}]
"""
DAYS = {"new": DAY, "read": date(2023, 9, 5), "failed": date(2023, 9, 4), "old": date(2023, 1, 3)}


@pytest.fixture
def site() -> Site:
    return parse_site(TEXT, Path("mou.toml"))


@pytest.fixture
def ids(any_engine: Engine, site: Site) -> dict[str, int]:
    """Four postings that came after their column's first night; two of them were read, one in vain."""
    with any_engine.begin() as connection:
        site_id = register(connection, site)
        before = begin_crawl(connection, site_id, date(2023, 1, 1), BEGINNING, None, NOON)
        empty = Close(Outcome.EMPTY, Outcome.EMPTY, covered_since=BEGINNING, witness=Witness.PAGER_END)
        first = PageSeen("u", 1, Outcome.EMPTY, NOON, column="/jz/", close=empty)
        Recorder(connection, site.key, before).save(connection, first)
        crawl = begin_crawl(connection, site_id, DAY, BEGINNING, None, NOON)
        rows = [Sighting(name, name, f"https://www.mou.example/{name}", day) for name, day in DAYS.items()]
        close = Close(Outcome.READ, Outcome.READ, covered_since=BEGINNING, witness=Witness.PAGER_END)
        page = PageSeen("u", 1, Outcome.READ, NOON, column="/jz/", postings=rows, close=close)
        Recorder(connection, site.key, crawl).save(connection, page)
        found = to_open(connection, site.key, ["/jz/"], BEGINNING, DAY, 10)
        ids = {url.rpartition("/")[2]: number for number, url in found}
        for name in ("read", "old"):
            save_article(connection, ArticleSeen(ids[name], Outcome.READ, length=9), DAY)
        save_article(connection, ArticleSeen(ids["failed"], Outcome.BLOCKED), DAY)
    return ids


def opened(engine: Engine, site: Site, as_of: date, most: int = 10) -> list[str]:
    with engine.connect() as connection:
        found = to_open(connection, site.key, ["/jz/"], as_of - MONTH, as_of, most)
    return [url.rpartition("/")[2] for _, url in found]


def accuse(engine: Engine, site: Site, rule: str, name: str, *nights: date, said: bool = True) -> None:
    scope = Scope.ARTICLE if rule == "posting.privacy" else Scope.POSTING
    finding = Finding(
        rule, Severity.SCORE, name, ("a",), "甲局", "有身份证号。", scope, Mail.REMIND,
        about=Reference("/jz/", identity=name),
    )  # fmt: skip
    with engine.begin() as connection:
        for night in nights:
            rulings = [Ruling(finding)] if said else []
            keep_findings(connection, site.key, rulings, night, ("",), lambda *_: True, {})


def test_a_county_that_is_new_is_not_asked_for_its_past(any_engine: Engine, site: Site) -> None:
    with any_engine.begin() as connection:
        crawl = begin_crawl(connection, register(connection, site), DAY, BEGINNING, None, NOON)
        rows = [Sighting(name, name, f"https://www.mou.example/{name}", day) for name, day in DAYS.items()]
        close = Close(Outcome.READ, Outcome.READ, covered_since=BEGINNING, witness=Witness.PAGER_END)
        page = PageSeen("u", 1, Outcome.READ, NOON, column="/jz/", postings=rows, close=close)
        Recorder(connection, site.key, crawl).save(connection, page)
    assert opened(any_engine, site, DAY) == ["new"]
    assert opened(any_engine, site, DAY + timedelta(days=1)) == ["new"]


def test_a_page_is_opened_once_and_again_after_some_days_if_it_was_not_read(
    any_engine: Engine, site: Site, ids: dict[str, int]
) -> None:
    assert opened(any_engine, site, DAY + timedelta(days=1)) == ["new"]
    assert opened(any_engine, site, DAY + timedelta(days=3)) == ["new", "failed"]
    assert set(ids) == set(DAYS)


def test_an_accused_page_is_opened_first_and_every_night_however_old(
    any_engine: Engine, site: Site, ids: dict[str, int]
) -> None:
    accuse(any_engine, site, "posting.privacy", "old", DAY)
    accuse(any_engine, site, "posting.backdated", "read", DAY)
    assert opened(any_engine, site, DAY) == ["new"]
    assert opened(any_engine, site, DAY + timedelta(days=1)) == ["old", "new"]
    assert opened(any_engine, site, DAY + timedelta(days=1), most=1) == ["old"]
    mended = [DAY + timedelta(days=n) for n in (1, 2)]
    accuse(any_engine, site, "posting.privacy", "old", *mended, said=False)
    assert opened(any_engine, site, DAY + timedelta(days=3)) == ["new", "failed"]


@pytest.mark.parametrize("outcome", [Outcome.BLOCKED, Outcome.UNREACHABLE, Outcome.PARTIAL])
def test_a_later_look_that_saw_less_takes_nothing_away(
    any_engine: Engine, site: Site, ids: dict[str, int], outcome: Outcome
) -> None:
    later = DAY + timedelta(days=1)
    with any_engine.begin() as connection:
        save_article(connection, ArticleSeen(ids["read"], outcome, length=1), later)
        save_article(connection, ArticleSeen(ids["failed"], outcome, length=1), later)
        row = select(ArticleRow.outcome, ArticleRow.length, ArticleRow.looked_on)
        kept = connection.execute(row.where(ArticleRow.posting_id == ids["read"])).one()
        replaced = connection.execute(row.where(ArticleRow.posting_id == ids["failed"])).one()
        assert tuple(kept) == ("read", 9, DAY)
        assert tuple(replaced) == (outcome.value, 1, later)
        assert night_coverage(connection, site, later).articles == frozenset()
        assert night_coverage(connection, site, DAY).articles == {"/jz/ read", "/jz/ old"}


def test_a_crawl_that_was_cut_off_did_not_look_at_the_whole_site(any_engine: Engine, site: Site) -> None:
    with any_engine.begin() as connection:
        crawl = begin_crawl(connection, register(connection, site), DAY, BEGINNING, None, NOON)
        assert not night_coverage(connection, site, DAY).whole
        finish_crawl(connection, crawl, NOON)
        assert night_coverage(connection, site, DAY).whole
        begin_crawl(connection, register(connection, site), DAY, BEGINNING, None, NOON)
        assert night_coverage(connection, site, DAY).whole
