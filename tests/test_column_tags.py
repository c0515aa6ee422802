"""The META tags of columns' first pages are those of the last night on which the page itself came; tags that were not
seen are not missing."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from crawler.page.meta import meta_names
from crawler.page.page import Page
from crawler.readers.lists.home import read_home
from db.facts.sites import page_cases
from db.recording.articles import HomeSeen, save_home
from db.recording.closing import Close
from db.recording.pages import PageSeen, Recorder, begin_crawl
from db.recording.register import register
from rules.scanners.page_tags import PageLevel
from rules.vocabulary.terms import Outcome
from tests.bulletin_made import site_of

SITE = site_of(
    """
name = "某区人民政府"
home = "https://www.mou.example/"
units = [{id = "a", name = "甲局", kind = "部门"}]
columns = [{units = ["a"], path = ["甲领域"], url = "/a/"}]
"""
)
NOON = datetime(2023, 7, 3, 4, tzinfo=UTC)
DAY = date(2023, 7, 3)
TAGS = ("sitename", "sitedomain")


def test_an_unchanged_page_takes_no_tags_away(any_engine: Engine) -> None:
    with any_engine.begin() as connection:
        for n, (outcome, tags) in enumerate([(Outcome.READ, TAGS), (Outcome.UNCHANGED, None)]):
            day = DAY + timedelta(days=n)
            crawl = begin_crawl(connection, register(connection, SITE), day, DAY, None, NOON)
            page = PageSeen("u", 1, outcome, NOON, "/a/", tags=tags, close=Close(outcome, Outcome.READ))
            Recorder(connection, SITE.key, crawl).save(connection, page)
        cases = {case.level: case for case in page_cases(connection, SITE, DAY + timedelta(days=1), [])}
    lacking = {lack.tag for lack in cases[PageLevel.COLUMN].lacks}
    assert {"ColumnName", "SiteIDCode"} <= lacking
    assert not {"SiteName", "SiteDomain"} & lacking


def test_a_page_whose_tags_were_not_seen_lacks_none(any_engine: Engine) -> None:
    with any_engine.begin() as connection:
        crawl = begin_crawl(connection, register(connection, SITE), DAY, DAY, None, NOON)
        page = PageSeen("u", 1, Outcome.READ, NOON, "/a/", tags=None, close=Close(Outcome.READ, Outcome.READ))
        Recorder(connection, SITE.key, crawl).save(connection, page)
        save_home(connection, SITE.key, crawl, HomeSeen(Outcome.READ, newest=DAY), DAY)
        assert list(page_cases(connection, SITE, DAY, [])) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # An answer of JSON, a fragment of HTML, XML: no page with a head.
        ('{"rows": [{"title": "公告"}]}', None),
        ('<ul><li><a href="/1.html">公告</a><span>2023-05-04</span></li></ul>', None),
        ('<?xml version="1.0"?><datastore><record></record></datastore>', None),
        ("<html><head><title>通知公告</title></head><body></body></html>", []),
        ('<META NAME="ColumnName" CONTENT="通知公告"><p>公告</p>', ["columnname"]),
        # A no-break space before the attribute is part of its name for the parser.
        ('<head><meta name="PubDate" \xa0content="2023-05-04"></head>', ["pubdate"]),
        (
            '<head><meta name="SiteName" content="某县"><meta name="ColumnType" content=""></head>',
            ["sitename"],
        ),
        (
            "<head><script>document.write('<meta name=\"SiteIDCode\" content=\"' + code + '\">')</script></head>",
            ["siteidcode"],
        ),
    ],
)
def test_which_tags_a_page_carries(text: str, names: list[str] | None) -> None:
    headers = {"content-type": "text/html; charset=utf-8"}
    assert meta_names(Page("https://www.mou.example/a/", text.encode(), headers=headers)) == names


@pytest.mark.parametrize(
    ("body", "scripted"),
    [
        ('<ul><li><a href="/1.html">公告</a><span>2023-05-04</span></li></ul>', False),
        (
            "<div id='news'></div><script>$.get('/api/news', function (d) { $('#news').html(d); });</script>",
            True,
        ),
        ("<div id='news'></div><script>loadNewsList('news', 8);</script>", True),
        ("<div v-for='one in news'>{{ one.title }}</div>", True),
        ("<script>var today = new Date(); document.title = '某区';</script>", False),
    ],
)
def test_a_home_page_that_scripts_fill_may_show_newer_rows(body: str, scripted: bool) -> None:
    page = Page("https://www.mou.example/", f"<html><head></head><body>{body}</body></html>".encode())
    assert read_home(page, DAY).scripted is scripted
