"""The META tags of columns' first pages are those of the last night on which the page itself came."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Engine

from db.facts.sites import page_cases
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
