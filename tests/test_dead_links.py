"""A link that does not open is its posting's fault, unless it is the frame's of every page."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from crawler.sites.load import parse_site
from db.facts.postings import article_cases, open_ledger
from db.recording.articles import ArticleSeen, save_article
from db.recording.checks import save_tries
from db.tables.crawl import PostingRow
from rules.vocabulary.terms import Outcome
from tests.test_counting import Q2, TEXT, night, posting, read

FRIEND = "http://friend.example/"
OWN = "http://source.example/1.html"
DAY = date(2023, 6, 20)


@pytest.mark.parametrize(
    ("pages", "blamed"), [(2, {FRIEND, OWN}), (3, {FRIEND, OWN}), (4, {OWN}), (9, {OWN})]
)
def test_a_link_on_many_pages_is_the_frames(any_engine: Engine, pages: int, blamed: set[str]) -> None:
    site = parse_site(TEXT, Path("mou.toml"))
    night(any_engine, site, DAY, "/jz/", read(), *(posting(f"p{n}", date(2023, 6, 2)) for n in range(pages)))
    with any_engine.begin() as connection:
        for place, number in enumerate(connection.scalars(select(PostingRow.id)).all()):
            urls = [FRIEND, OWN] if place == 0 else [FRIEND]
            links = [{"url": url, "text": "", "hidden": False, "sponsored": False} for url in urls]
            seen = ArticleSeen(number, Outcome.READ, length=100, facts={"links": links})
            save_article(connection, seen, DAY)
        for day in (DAY, date(2023, 6, 21)):
            save_tries(connection, site.key, day, [(FRIEND, False), (OWN, False)])
        cases = list(article_cases(open_ledger(connection, site, Q2, date(2023, 6, 21))))
    assert {link.url for case in cases for link in case.links} == blamed
    assert all(link.dead_nights for case in cases for link in case.links)
