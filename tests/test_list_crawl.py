"""Whether the first page of a list came as the last reading read it."""

from dataclasses import replace
from datetime import date

import pytest
from scrapy.http import HtmlResponse, Request

from crawler.crawling.list_crawl import ListCrawl
from crawler.crawling.pagination import Pagination
from crawler.listing.source import ListSource
from crawler.page.values import Entry, Listing
from db.recording.earlier_readings import Memory
from db.recording.pages import Sighting
from rules.vocabulary.places import Column, Mailbox
from rules.vocabulary.terms import Outcome, Witness

URL = "https://www.mou.gov.cn/tzgg/"
BODY = "<ul><li><a href=1.html>关于组织开展消防演练的通知</a>2023-05-04</li></ul>".encode()
LISTING = Listing((Entry("关于组织开展消防演练的通知", URL + "1.html", date(2023, 5, 4)),))


def answer(body: bytes = BODY, status: int = 200) -> HtmlResponse:
    return HtmlResponse(URL, status=status, body=body, encoding="utf-8", request=Request(URL))


def column(
    memory: Memory | None = None, *, reliable: bool = True, **more: ListSource
) -> ListCrawl[Column | Mailbox]:
    subject = Column("tzgg", "", "", "通知公告", (), URL)
    return ListCrawl(subject, Pagination(date(2023, 4, 1), 9), memory, reliable, **more)


def after_a_night() -> Memory:
    first = column()
    first.open(answer(), LISTING)
    return Memory(
        Outcome.READ, date(2023, 4, 1), date(2023, 7, 3), 1, None, 0, first.etag, first.last_modified,
        first.fingerprint, first.body_sha256, 2, Witness.OLDER_ROW, 40, 20, "ul",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("response", "same"),
    [
        (answer(), True),
        (answer(b"", 304), True),
        (answer(BODY + b"<i>1287</i>"), False),  # a counter moved: the page is read, and its rows decide
        (answer(BODY, 403), False),
        (answer(b""), False),
    ],
)
def test_the_same_bytes_are_the_same_page(response: HtmlResponse, same: bool) -> None:
    assert column(after_a_night()).same_answer(response) is same


def test_nothing_is_the_same_without_a_reading_to_rely_on_or_on_a_later_page() -> None:
    assert not column(after_a_night(), reliable=False).same_answer(answer())
    assert not column(None).same_answer(answer())
    second = column(after_a_night())
    second.pagination.pages = 1
    assert not second.same_answer(answer())


def test_an_unchanged_reading_hands_its_marks_on() -> None:
    memory = after_a_night()
    assert column(memory).unchanged(answer()).body_sha256 == memory.body_sha256
    moved = column(memory)
    assert moved.open(answer(BODY + b"<i>1287</i>"), LISTING)
    assert moved.unchanged(answer()).body_sha256 not in (None, memory.body_sha256)


def test_a_server_s_word_stands_for_one_night() -> None:
    memory = replace(after_a_night(), etag='"x"')
    told = column(memory).unchanged(answer(b"", 304))
    assert (told.etag, told.last_modified, told.body_sha256) == (None, None, memory.body_sha256)


def test_a_list_whose_first_page_does_not_tell_what_is_new_leaves_no_mark() -> None:
    for days, marked in (((4, 3), True), ((3, 4), False)):
        listed = column()
        listed.open(answer(), LISTING)
        rows = [Sighting(str(day), "公告", None, date(2023, 5, day)) for day in days]
        for number, row in enumerate(rows, 1):
            stop = listed.pagination.take([row], LISTING if number < len(rows) else Listing())
        assert stop is not None
        close = listed.stopped(stop, date(2023, 7, 3))
        assert (close.body_sha256 is not None, close.fingerprint is not None) == (marked, marked)


def test_a_shell_leaves_no_mark_of_its_list() -> None:
    shell = column(source=ListSource(URL, named=True))
    shell.open(answer(), LISTING)
    assert (shell.etag, shell.body_sha256) == (None, None)
