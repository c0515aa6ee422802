"""Files of the demo county: linked from their article in every system, served, and found by the reader."""

from datetime import date
from io import BytesIO
from urllib.parse import urljoin

import pytest
from demo_visit import HOME, fetch
from openpyxl import load_workbook

from crawler.documents.files import words_of
from crawler.page.page import Page
from crawler.readers.articles.article import read_article
from demo.archive import File, Posting
from demo.cms import CMS, article_url, file_url
from demo.county import County
from demo.roster import HEAD, numbers, roster
from demo.server import serve
from demo.writing import opened
from rules.scanners.privacy import HitKind, scan

DAY = date(2023, 7, 3)
FILE = File("补贴名单.xlsx", "P2023070301.xlsx", roster(3, masked=False))


@pytest.mark.parametrize("cms", CMS)
def test_an_article_offers_its_file(cms: str) -> None:
    column = next(column for column in opened().columns if column.cms == cms and column.url)
    posting = Posting(1, column.no, "补贴发放名单公示", DAY, DAY, column.owner, files=(FILE,))
    county = County(DAY, opened().add([posting]))
    here, there = article_url(column, posting), file_url(column, posting, FILE)
    with serve(county) as server:
        with fetch(server, here) as answer:
            page = Page(urljoin(HOME, here), answer.read(), 200, {"content-type": CMS[cms].content_type})
        with fetch(server, there) as answer:
            body = answer.read()
            assert "spreadsheetml" in answer.headers["Content-Type"]
    (offered,) = read_article(page).attachments
    assert (offered.name, offered.url) == (FILE.title, urljoin(HOME, there))
    assert [hit.kind for hit in scan(words_of(offered.url, body))] == [HitKind.ID] * 3


def test_what_is_gone_is_not_found_any_more() -> None:
    column = next(column for column in opened().columns if column.cms == "trs" and column.url)
    posting = Posting(1, column.no, "名单", DAY, DAY, column.owner, files=(FILE,), gone=date(2023, 7, 5))
    archive = opened().add([posting])
    here, there = article_url(column, posting), file_url(column, posting, FILE)
    shown = {
        day: [County(date(2023, 7, day), archive).answer(path) is not None for path in (here, there)]
        for day in (2, 3, 4, 5)
    }
    assert shown == {2: [False] * 2, 3: [True] * 2, 4: [True] * 2, 5: [False] * 2}
    after = County(date(2023, 7, 6), archive)
    assert posting not in after.rows(column)
    assert after.made(column) == date(2023, 7, 5)


def test_a_roster_shows_whole_or_masked_numbers() -> None:
    for masked, found in ((False, 5), (True, 0)):
        rows = list(load_workbook(BytesIO(roster(5, masked=masked))).active.iter_rows(values_only=True))
        assert rows[0] == HEAD
        assert len(scan("\n".join(str(row[2]) for row in rows))) == found
    assert len(set(numbers(200))) == 200
