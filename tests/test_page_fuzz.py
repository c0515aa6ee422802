"""Pages, files and site files put together from pieces of real ones and damaged: no exception outside the error tree, and
no page above its budget.

    FUZZ_MINUTES=30 python -m pytest -n 0 tests/test_page_fuzz.py

runs as long as that, with other examples each time; a failing one is printed as the shortest that fails."""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.discovery.study import study
from crawler.documents.files import UnreadableFile, read_document, words_of
from crawler.fetching.destinations import destinations_of
from crawler.listing.source import ListSource, expectation_of, read_page, source_of
from crawler.outcomes.costly import within_budget
from crawler.page.budget import TooCostly
from crawler.page.page import Page
from crawler.page.tag_scan import crowded_attributes
from crawler.page.values import Expectation
from crawler.readers.lists.home import read_home
from crawler.sites.load import parse_site
from monitor.pages.page_facts import KINDS, facts_of
from rules.errors import GongkaiError
from rules.vocabulary.places import Endpoint
from tests.fuzzed import MINUTES, answers, bodies, files, jsonp, site_files

AS_OF = date(2023, 5, 20)
PROMISED = 5  # seconds of processor time, the end of what takes too long included
ADDRESSES = ("http://www.mou.example/zwgk/tzgg/", "http://www.mou.example/gkmlpt/index?page=2#7", "x.html")
OFTEN = settings(
    max_examples=100 if not MINUTES else 400, deadline=None, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
RARELY = settings(OFTEN, max_examples=40 if not MINUTES else 400)


def again(test: Callable[[], None]) -> None:
    """Runs a property: once, or as often as there is time for."""
    end = time.monotonic() + 60 * MINUTES / 5
    test()
    while time.monotonic() < end:
        test()


def test_no_page_breaks_a_reader_or_its_budget() -> None:
    @OFTEN
    @given(bodies(), st.sampled_from(ADDRESSES), st.sampled_from([200, 200, 200, 404, 500]))
    def read(body: bytes, url: str, status: int) -> None:
        for kind in KINDS:
            page = Page(url, body, status, {"content-type": "text/html"})
            started = time.process_time()
            facts_of(kind, page, AS_OF)
            assert time.process_time() - started < PROMISED
        study(Page(url, body, status), Expectation("http://www.mou.example/"), AS_OF, name="公告")
        page = Page(url, body, status)
        within_budget(page, lambda: read_home(page, AS_OF), lambda _: None)

    again(read)


def test_the_scan_counts_no_fewer_attributes_than_the_parser() -> None:
    tags = st.sampled_from([
        "<p ", "<a ", "</p>", "<script", "</script", "<script>", "</script>", "<style>", "</style>", "<title>", "<textarea>",
        "</textarea", "<xmp", "</xmp>", "<plaintext>", "<iframe>", "<noscript>", "<!--", "-->", "--!>", "<!", "</", "<", ">",
        "?", "-", "/", "\n", " ", "=", "'", '"', "='", '="', "q1 ", "q2 ", "q3 ", "q4=", "q5/", "x=y", "&lt;", "<![CDATA[", "]]>",
    ])  # fmt: skip

    @settings(OFTEN, max_examples=10 * OFTEN.max_examples)
    @given(st.lists(tags, max_size=18).map("".join))
    def count(source: str) -> None:
        try:
            tree = Page("x", f"{source}<p z>".encode()).tree
        except TooCostly:
            return
        assert sum(len(one.attrib) for one in tree.iter("*")) <= crowded_attributes(f"{source}<p z>", 0)

    again(count)


def test_no_answer_breaks_its_recipe() -> None:
    """Of an endpoint that the site file describes: what comes is what the recipe says, or not."""
    url = "http://www.mou.example/api?page={page}"
    recipes = st.sampled_from([
        Endpoint(url, "rows", "title", "date", "url", "total"), Endpoint(url, "data.list", "title", "date", "/x/{id}.html"),
        Endpoint(url, "data", "name", "publishDate", "", "data.total"), Endpoint(url, "html", "", ""), Endpoint(url, "@", "title", "date"),
    ])  # fmt: skip

    @OFTEN
    @given(st.one_of(answers, jsonp, bodies()), recipes, st.sampled_from([1, 2, 60]))
    def read(body: str | bytes, recipe: Endpoint, number: int) -> None:
        raw = body.encode("utf-8", "replace") if isinstance(body, str) else body
        source = ListSource("http://www.mou.example/tzgg/", endpoint=recipe)
        read_page(Page("http://www.mou.example/api?page=1", raw), source, number, AS_OF)

    again(read)


def test_no_file_breaks_its_reader() -> None:
    @RARELY
    @given(files(), st.sampled_from(["txt", "csv", "xls", "doc", "docx", "xlsx", "pdf", "zip", ""]))
    def read(body: bytes, suffix: str) -> None:
        address = f"http://www.mou.example/a.{suffix}"
        try:
            assert words_of(address, body)
        except UnreadableFile as refusal:
            assert "\n" not in str(refusal)
        with suppress(GongkaiError):
            read_document(Page(address, body))

    again(read)


def test_no_site_file_breaks_its_reader() -> None:
    @OFTEN
    @given(site_files())
    def read(text: str) -> None:
        try:
            site = parse_site(text, Path("mou.toml"))
        except GongkaiError as refusal:
            assert str(refusal)
            return
        for column in site.columns:
            source_of(site, column).first_request()
            expectation_of(site, column)
        destinations_of(site, None)

    again(read)
