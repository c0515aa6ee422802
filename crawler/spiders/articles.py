"""The articles spider: the home page, then postings' own pages, newest first, each once."""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.crawling.article_facts import FileText, describe, owner_of
from crawler.crawling.crawl import Crawl
from crawler.documents.files import SCANNED, UnreadableFile, words_of
from crawler.fetching.patience import OUT_OF_TIME
from crawler.fetching.requests import READABLE_STATUSES, ask, fetch, kind_of, page_of
from crawler.listing.own_pages import read_posting
from crawler.outcomes.causes import outcome_of
from crawler.outcomes.costly import within_budget
from crawler.outcomes.outcome import see_answer, see_failure
from crawler.page.addresses import text_digest
from crawler.page.page import Page
from crawler.page.values import Article, Attachment, Expectation, PageRequest
from crawler.readers.articles.attachments import written_files
from crawler.readers.articles.unread import may_hold_text
from crawler.readers.lists.home import read_home
from crawler.sites.hosts import host_names_of
from db.recording.articles import ArticleSeen, HomeSeen
from db.recording.pages import Snapshot
from rules.vocabulary.terms import Outcome
from rules.vocabulary.unit_names import UnitMatcher

MOST_FILES = 5
CARRIERS = ("length", "pictures", "embedded", "attachments")
# The server is there, and says that the page is not.
GONE = frozenset({"http_404", "http_410"})
FILENAME = re.compile(rb"filename\*?=(?:[\w-]*'')?\"?([^\";]+)", re.IGNORECASE)


class ArticlesSpider(Spider):
    """Yields one HomeSeen, and one ArticleSeen a posting opened."""

    name = "articles"
    handle_httpstatus_list = READABLE_STATUSES

    def __init__(self, crawl: Crawl, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.crawl = crawl
        self.plan = crawl.plan
        self.patience, self.clock = crawl.patience, crawl.clock
        self.hosts = host_names_of(self.plan.site)
        self.unit_matcher = UnitMatcher(self.plan.site.units, self.plan.site.name)

    async def start(self) -> AsyncIterator[Request]:
        if self.plan.unit is None:
            yield ask(PageRequest(self.plan.site.home), self.home, self.home_failure)
        for posting_id, url in self.crawl.openings():
            yield ask(PageRequest(url), self.article, self.failure, posting_id=posting_id)

    async def home(self, response: Response) -> AsyncIterator[HomeSeen]:
        page = page_of(response)
        snapshot = self.crawl.keep(response)
        yield within_budget(
            page,
            lambda: _home_seen(page, self.plan.as_of, snapshot),
            lambda trouble: HomeSeen(trouble.outcome, trouble.cause, snapshot),
        )

    async def home_failure(self, failure: Failure) -> AsyncIterator[HomeSeen]:
        page_outcome = see_failure(kind_of(failure))
        if page_outcome.cause != OUT_OF_TIME:
            yield HomeSeen(page_outcome.outcome, page_outcome.cause)

    async def article(self, response: Response, posting_id: int) -> AsyncIterator[ArticleSeen]:
        page = page_of(response)
        expect = Expectation(self.plan.site.home, self.plan.site.name)
        article, page_outcome = read_posting(page, expect)
        snapshot = self.crawl.keep(response)
        if not page_outcome.outcome.good:
            gone = {page.asked or page.url: ""} if page_outcome.cause in GONE else {}
            yield ArticleSeen(
                posting_id, page_outcome.outcome, page_outcome.cause, snapshot, facts=self._gone(gone)
            )
            return
        files = [await self._file(attachment, page) for attachment in article.attachments[:MOST_FILES]]
        files += [FileText(a.name, None, "附件过多，未扫描") for a in article.attachments[MOST_FILES:]]
        yield within_budget(
            page,
            lambda: self._described(page, article, files, posting_id, snapshot),
            lambda unread: ArticleSeen(posting_id, unread.outcome, unread.cause, snapshot),
        )

    def _described(
        self,
        page: Page,
        article: Article,
        files: Sequence[FileText],
        posting_id: int,
        snapshot: Snapshot | None,
    ) -> ArticleSeen:
        site = self.plan.site
        described = describe(page, article, files, self.hosts, site.mobiles, site.wording)
        described["facts"] |= self._gone({file.gone: file.name for file in files if file.gone})
        described["facts"]["owner"] = owner_of(article.source, self.unit_matcher, self.plan.site.name)
        if not any(described[carrier] for carrier in CARRIERS) and may_hold_text(page, article):
            unread = outcome_of("js_shell")
            return ArticleSeen(posting_id, unread.outcome, unread.cause, snapshot)
        outcome = Outcome.PARTIAL if any(file.missed for file in files) else Outcome.READ
        return _seen(posting_id, outcome, article, snapshot, described)

    async def failure(self, failure: Failure) -> AsyncIterator[ArticleSeen]:
        request: Request = failure.request  # type: ignore[attr-defined]
        page_outcome = see_failure(kind_of(failure))
        if page_outcome.cause != OUT_OF_TIME:
            yield ArticleSeen(request.cb_kwargs["posting_id"], page_outcome.outcome, page_outcome.cause)

    def _gone(self, addresses: Mapping[str, str]) -> dict[str, Any]:
        """What is not there (address → name, "" for the page itself), while the site itself was; of a mirror it is said that it
        is a copy, which may lack what the site has."""
        if not addresses or not any(outcome.seen for outcome in self.crawl.report.columns.values()):
            return {}
        copy = self.plan.mirror is not None
        return {"gone": {url: {"name": name, "copy": copy} for url, name in addresses.items()}}

    async def _file(self, attachment: Attachment, page: Page) -> FileText:
        response = await fetch(self, attachment.url)
        if response is None or response.status != 200:
            answer = see_answer(page_of(response), None) if response is not None else None
            gone = answer is not None and answer.cause in GONE and attachment.url in written_files(page)
            why = "附件不存在" if gone else "附件打不开"
            return FileText(attachment.name, None, why, missed=True, gone=attachment.url if gone else "")
        name = named(attachment, response)
        try:
            # In a thread: the crawl goes on while a file is parsed, however long that takes.
            return FileText(attachment.name, await asyncio.to_thread(words_of, name, response.body))
        except UnreadableFile as error:
            return FileText(attachment.name, error.text or None, str(error))


def _home_seen(page: Page, as_of: date, snapshot: Snapshot | None) -> HomeSeen:
    trouble = see_answer(page, None)
    if trouble:
        return HomeSeen(trouble.outcome, trouble.cause, snapshot)
    home = read_home(page, as_of)
    cause = "js_list" if home.scripted else ""
    undated = sorted(text_digest(address)[:12] for address in home.undated)
    footer = None if home.footer is None else sorted(home.footer)
    return HomeSeen(
        Outcome.READ,
        cause,
        snapshot,
        home.newest,
        home.identity,
        home.tags,
        home.titles,
        undated,
        footer,
        home.links,
    )


def named(attachment: Attachment, response: Response) -> str:
    """A name that tells the format: by the first of the address, the attachment's name and the name the answer gives
    it that tells one we read; else the address. (Many systems hand out every file from one address.)"""
    given = FILENAME.search(response.headers.get("Content-Disposition") or b"")
    names = (attachment.url, attachment.name, given[1].decode("latin-1") if given else "")
    found = (PurePosixPath(re.split(r"[?#]", name)[0].strip()).suffix.lower() for name in names)
    return next(
        (f"attachment{suffix}" for suffix in found if suffix.removeprefix(".") in SCANNED), attachment.url
    )


def _seen(
    posting_id: int, outcome: Outcome, article: Article, snapshot: Snapshot | None, described: dict[str, Any]
) -> ArticleSeen:
    return ArticleSeen(
        posting_id,
        outcome,
        "",
        snapshot,
        title=article.title,
        published=article.published,
        shown=article.dates.get("shown"),
        meta=article.dates.get("meta"),
        signed=article.signed,
        source=article.source,
        document_number=article.document_number,
        **described,
    )
