"""Pages in stock: older than what nights open anyway, a few a night, each once, until all were looked through."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from crawler.crawling.crawl import Crawl, CrawlReport
from crawler.crawling.plan import Plan
from db.recording.articles import ArticleSeen
from db.recording.pages import Recorder
from db.recording.stock_pages import StockProgress, stock_progress, stock_to_open
from db.tables.crawl import CrawlRow
from rules.vocabulary.places import Site
from rules.vocabulary.terms import Outcome
from tests.commandline import gongkai
from tests.made_nights import HEAD, crawled, made_site, posted, said

FIRST, NEXT = date(2023, 7, 3), date(2023, 7, 4)
COLUMNS = '{units = ["a"], path = ["财政预决算领域"], url = "/a/"}, {units = ["z"], path = ["救灾领域"], url = "/z/"},'
OLD = [posted(f"{year} 年决算", date(year, 8, 20)) for year in (2021, 2019, 2020)]
CLEAN = ArticleSeen(0, Outcome.READ, length=90)
DOWN = ArticleSeen(0, Outcome.UNREACHABLE, "http_500")
LEAK = ArticleSeen(
    0, Outcome.READ, length=90,
    facts={"hits": [{"kind": "身份证号", "masked": "110101********7758", "place": "正文"}], "links": [{"url": "https://gone.example/"}]},
)  # fmt: skip


def county(**crawl: int) -> Site:
    more = "\n".join(f"{name} = {value}" for name, value in crawl.items())
    return made_site(COLUMNS, f"[crawl]\n{more}")


def opened(engine: Engine, site: Site, day: date, most: int = 9) -> list[str]:
    """The names of the pages in stock that a night opens."""
    with engine.connect() as connection:
        pages = stock_to_open(connection, site.key, [column.key for column in site.columns], day, most)
    return [url.rpartition("/")[2].removesuffix(".html") for _, url in pages]


def progress(engine: Engine, site: Site) -> StockProgress:
    with engine.connect() as connection:
        return stock_progress(connection, site.key)


def test_the_oldest_are_opened_first_each_once_and_none_on_the_first_night(any_engine: Engine) -> None:
    site = county()
    crawled(any_engine, site, FIRST, {"/a/": OLD})
    assert opened(any_engine, site, FIRST) == []
    assert opened(any_engine, site, NEXT, most=2) == ["2019 年决算", "2020 年决算"]
    crawled(any_engine, site, NEXT, {"/a/": OLD}, {"2019 年决算": CLEAN, "2020 年决算": LEAK})
    assert opened(any_engine, site, NEXT + timedelta(days=1)) == ["2021 年决算"]
    assert progress(any_engine, site) == StockProgress(pages=3, scanned=2, failed=0)
    assert opened(any_engine, site, NEXT + timedelta(days=400), most=0) == []


def test_what_could_not_be_read_comes_again_a_month_later_and_last(engine: Engine) -> None:
    site = county()
    crawled(engine, site, FIRST, {"/a/": OLD}, {"2019 年决算": DOWN})
    assert progress(engine, site) == StockProgress(pages=3, scanned=0, failed=1)
    assert opened(engine, site, FIRST + timedelta(days=29)) == ["2020 年决算", "2021 年决算"]
    assert opened(engine, site, FIRST + timedelta(days=30)) == ["2020 年决算", "2021 年决算", "2019 年决算"]


def test_one_address_under_two_columns_is_one_page(engine: Engine) -> None:
    site = county()
    crawled(engine, site, FIRST, {"/a/": OLD, "/z/": OLD[:1]}, {"2019 年决算": CLEAN})
    assert opened(engine, site, NEXT) == ["2020 年决算", "2021 年决算"]
    assert progress(engine, site) == StockProgress(pages=3, scanned=1, failed=0)


def test_what_bears_no_day_is_old_by_the_night_that_saw_it(engine: Engine) -> None:
    site = county()
    crawled(engine, site, FIRST, {"/a/": [posted("无日期", None), *OLD]})
    assert opened(engine, site, NEXT)[-1] == "无日期"


def test_what_came_tonight_is_no_stock(engine: Engine) -> None:
    site = county()
    crawled(engine, site, FIRST, {"/a/": OLD[:1]})
    crawled(engine, site, NEXT, {"/a/": OLD})
    assert opened(engine, site, NEXT) == ["2021 年决算"]


@pytest.mark.parametrize(
    ("crawl", "unit", "number"),
    [({}, None, 3), ({"stock_pages": 2}, None, 2), ({"stock_pages": 0}, None, 0), ({"articles": 0}, None, 0),
     ({"articles": 1}, None, 1), ({}, "a", 0)],
)  # fmt: skip
def test_a_crawl_opens_what_the_site_file_allows(
    engine: Engine, crawl: dict[str, int], unit: str | None, number: int
) -> None:
    site = county(**crawl)
    crawled(engine, site, FIRST, {"/a/": OLD})
    with engine.connect() as connection:
        crawl_id = connection.scalars(select(CrawlRow.id)).one()
        recorder = Recorder(connection, site.key, crawl_id)
    plan = Plan(site, NEXT, NEXT, unit)
    running = Crawl(engine, plan, recorder, CrawlReport(crawl_id, NEXT, NEXT), lambda _item: None)
    assert len(running.openings()) == number


def test_an_old_page_that_leaks_is_found_and_stays_until_it_is_put_right(any_engine: Engine) -> None:
    site = county()
    crawled(any_engine, site, FIRST, {"/a/": OLD}, {"2019 年决算": LEAK})
    for day in (FIRST, FIRST + timedelta(days=200)):
        [sentence] = said(any_engine, site, day, "posting.privacy")
        assert "2019 年决算" in sentence
    # Its links are nobody's task any more.
    assert not said(any_engine, site, FIRST, "posting.dead_link")
    crawled(any_engine, site, NEXT, {"/a/": OLD}, {"2019 年决算": CLEAN})
    assert not said(any_engine, site, NEXT, "posting.privacy")


def test_a_page_that_no_longer_stands_accuses_nobody(engine: Engine) -> None:
    site = county()
    crawled(engine, site, FIRST, {"/a/": OLD}, {"2019 年决算": LEAK})
    crawled(engine, site, NEXT, {"/a/": [each for each in OLD if each.title != "2019 年决算"]})
    with engine.connect():
        assert "2019 年决算" not in opened(engine, site, NEXT)


@pytest.mark.parametrize(
    ("pages", "words"),
    [(5, "内容页已检 1 / 共 3 页，打不开的 1 页，其余每夜 5 页，约 1 夜"), (0, "内容页已检 1 / 共 3 页，打不开的 1 页，其余不再检查")],
)  # fmt: skip
def test_status_says_how_far_it_is(tmp_path: Path, engine: Engine, pages: int, words: str) -> None:
    site = county(stock_pages=pages)
    crawled(engine, site, FIRST, {"/a/": OLD}, {"2019 年决算": CLEAN, "2020 年决算": DOWN})
    file = tmp_path / "mou.toml"
    file.write_text(_text(pages), encoding="utf-8")
    assert words in gongkai(tmp_path, "status", file, "--as-of", FIRST).out
    facts = gongkai(tmp_path, "status", file, "--as-of", FIRST, "--json").json
    assert facts["pages"] == {"all": 3, "scanned": 1, "failed": 1, "nights_left": 1 if pages else None}


def _text(pages: int) -> str:
    return f"{HEAD}columns = [\n{COLUMNS}\n]\n[crawl]\nstock_pages = {pages}\n"
