"""Pages, files and site files put together from pieces of real ones and damaged: no exception outside the error tree, and
no page above its budget.

    FUZZ_MINUTES=30 python -m pytest -n 0 tests/test_page_fuzz.py

runs as long as that, with other examples each time; a failing one is printed as the shortest that fails."""

import json
import os
import random
import re
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.discovery.study import study
from crawler.documents.files import UnreadableFile, words_of
from crawler.outcomes.costly import within_budget
from crawler.page.budget import TooCostly
from crawler.page.page import Page
from crawler.page.tag_scan import crowded_attributes
from crawler.page.values import Expectation
from crawler.readers.lists.home import read_home
from crawler.sites.load import parse_site
from monitor.pages.page_facts import KINDS, facts_of
from rules.errors import GongkaiError
from tests.conftest import ROOT

MINUTES = float(os.environ.get("FUZZ_MINUTES", "0"))
AS_OF = date(2023, 5, 20)
PROMISED = 5  # seconds of processor time, the end of what takes too long included
ADDRESSES = ("http://www.mou.example/zwgk/tzgg/", "http://www.mou.example/gkmlpt/index?page=2#7", "x.html")
OFTEN = settings(
    max_examples=120 if not MINUTES else 400, deadline=None, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
RARELY = settings(OFTEN, max_examples=40 if not MINUTES else 400)

SOURCES = sorted(path for path in (ROOT / "tests" / "pages").rglob("*.html") if path.stat().st_size < 60_000)
PAGES = [path.read_bytes().decode("utf-8", "replace") for path in random.Random(11).sample(SOURCES, 60)]
# What a page is cut into: tags, texts between them, statements of its scripts.
PIECES = sorted({piece for text in PAGES for piece in re.findall(r"<[^<>]{1,300}>|[^<>;]{1,200};?", text)})
TOKENS = [
    "<", ">", "</", "<!--", "-->", "<![CDATA[", "<script>", "</script>", "<style>", "<textarea>", "</html>", "<a href='",
    "\"", "'", "\\", "\\u0000", "\\ud83d", "\0", "&#x110000;", "&nbsp;", "\u3000", "\u202e", "\ufeff", "\ud83d", "9" * 5000,
    "共", "条", "页", "2023-13-45", "2023年02月30日", "0000-00-00", "〔2023〕", "第", "1e999999", "[", "]", "{", "}", ",", ":",
    '{"rows":[{"title":"公告","url":"/a.html"}]}', "createPageHTML(", "document.write(", "来信时间：", "暂无信息", "<td rowspan=99999>",
    "<base href='//['>", "<meta charset=utf-7>", "http://[", "javascript:", "%zz", "<option value=", "<iframe src=",
]  # fmt: skip

piece = st.one_of(st.sampled_from(PIECES), st.sampled_from(TOKENS), st.text(max_size=12))
repeated = st.builds(lambda text, times: text * times, piece, st.sampled_from([1, 1, 1, 2, 7, 60, 900]))
soup = st.lists(repeated, max_size=25).map("".join)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A real page with pieces put in, taken out and repeated."""
    text = draw(st.sampled_from(PAGES))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(text)))
        gone = draw(st.sampled_from([0, 1, 5, 80, 2000]))
        text = text[:at] + draw(repeated) + text[at + gone :]
    return text


values = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.sampled_from(PIECES),
        st.sampled_from(["2023-05-01", "1683000000000", "/a/b.html", "success", "<li><a href=/a>公告</a></li>"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=5),
        st.dictionaries(
            st.sampled_from(["rows", "data", "list", "total", "title", "url", "date", "publishDate", "html", "code", "msg"]),
            inner, max_size=6,
        ),
    ),
    max_leaves=40,
)  # fmt: skip
answers = values.map(lambda value: json.dumps(value, ensure_ascii=False))
in_script = answers.map(lambda text: f"<html><body><div id=list></div><script>var data = {text};</script>")
texts = st.one_of(damaged(), soup, answers, in_script)
ENCODINGS = ["utf-8", "utf-8", "utf-8", "gb18030", "utf-16", "utf-32", "hz", "utf-7"]


@st.composite
def bodies(draw: st.DrawFn) -> bytes:
    body = draw(texts).encode(draw(st.sampled_from(ENCODINGS)), errors="replace")
    for _ in range(draw(st.sampled_from([0, 0, 1, 4]))):
        at = draw(st.integers(0, len(body)))
        body = body[:at] + draw(st.binary(max_size=4)) + body[at + 1 :]
    return body


def again(test: Callable[[], None]) -> None:
    """Runs a property: once, or as often as there is time for."""
    end = time.monotonic() + 60 * MINUTES / 4
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


def test_no_file_breaks_its_reader() -> None:
    @RARELY
    @given(bodies(), st.sampled_from(["txt", "csv", "xls", "doc", "docx", "xlsx", "pdf", "zip", ""]))
    def read(body: bytes, suffix: str) -> None:
        try:
            assert words_of(f"http://www.mou.example/a.{suffix}", body)
        except UnreadableFile as refusal:
            assert "\n" not in str(refusal)

    again(read)


def test_no_site_file_breaks_its_reader() -> None:
    whole = (ROOT / "demo" / "site.toml").read_text("utf-8")
    lines = whole.splitlines()
    line = st.one_of(st.sampled_from(lines), st.sampled_from(TOKENS), st.text(max_size=30))
    names = st.sampled_from(sorted(set(re.findall(r"^(\w+) =", whole, re.MULTILINE))))
    wrong = st.builds(
        lambda name, value: f"{name} = {value}", names, st.one_of(answers, st.sampled_from(TOKENS))
    )

    @OFTEN
    @given(st.lists(st.one_of(line, line, wrong), max_size=25), st.integers(0, len(lines)))
    def read(drawn: list[str], kept: int) -> None:
        try:
            parse_site("\n".join([*lines[:kept], *drawn]), Path("mou.toml"))
        except GongkaiError as refusal:
            assert str(refusal)

    again(read)
