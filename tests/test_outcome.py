"""An empty column, a read one, and one that could not be read: every fault page, and wild ones."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.listing.source import read_list
from crawler.outcomes.causes import CAUSES
from crawler.outcomes.costly import within_budget
from crawler.outcomes.outcome import (
    FAILURES,
    see_answer,
    see_article,
    see_failure,
    see_letter,
    see_letters,
    see_list,
)
from crawler.page.page import Page
from crawler.page.values import Article, Entry, Expectation, Letter, LetterEntry, LetterList, Listing
from crawler.readers.articles.article import read_article
from rules.vocabulary.terms import Outcome

HERE = Path(__file__).parent
FAULTS = HERE / "pages" / "faults"
SHARED = HERE.parent.parent / "shared"
AS_OF = date(2024, 6, 28)
EXPECT = Expectation("http://www.yunling.example/", "云岭县人民政府", ("救灾领域", "备灾管理"))
GOOD = ("read", "empty")


def page_at(path: Path) -> Page:
    """A fault page with what its json says of status, headers and addresses."""
    beside = path.with_suffix(".json")
    meta = json.loads(beside.read_text("utf-8")) if beside.exists() else {}
    return Page(
        meta.get("url", "http://www.yunling.example/jczwgk/jzly/bzgl/"),
        path.read_bytes(),
        meta.get("status", 200),
        meta.get("headers", {"content-type": "text/html; charset=utf-8"}),
        meta.get("asked"),
    )


PAGES = sorted(path for path in FAULTS.glob("*/*") if path.suffix != ".json")
BAD_PAGES = [path for path in PAGES if path.parent.name not in GOOD]


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_page_is_seen_as_what_it_is(path: Path) -> None:
    page = page_at(path)
    page_outcome = see_list(page, read_list(page, AS_OF), EXPECT)
    if path.parent.name in GOOD:
        assert (page_outcome.outcome.value, page_outcome.cause, page_outcome.sentence) == (
            path.parent.name,
            "",
            "",
        )
    else:
        cause = CAUSES[path.parent.name]
        assert (page_outcome.cause, page_outcome.outcome) == (path.parent.name, cause.outcome)
        assert page_outcome.sentence.startswith(cause.sentence)


def test_every_kind_of_fault_has_a_page() -> None:
    """What only a request, a walk or another reader can meet has its own tests below."""
    without_page = {
        *FAILURES,
        "browser_limit",
        "foreign_endpoint",
        "own_fault",
        "too_costly",
        "suddenly_empty",
        "suddenly_others",
    }
    single = {"no_article", "no_letters", "no_letter"}
    tried = {path.parent.name for path in BAD_PAGES}
    # Doubts about rows that were read have their cases in tests/test_doubts.py and the tests of walks.
    partial = {code for code, cause in CAUSES.items() if cause.outcome is Outcome.PARTIAL}
    assert tried | without_page | single | partial == set(CAUSES)
    assert len(tried) >= 25


@pytest.mark.parametrize("path", BAD_PAGES, ids=named)
def test_no_fault_page_earns_a_zero_whatever_the_reader_says(path: Path) -> None:
    page = page_at(path)
    for listing in (Listing(), Listing(says_empty="暂无数据"), Listing(stated_total=0)):
        assert see_list(page, listing, EXPECT).outcome is not Outcome.EMPTY
        assert (
            see_letters(page, LetterList(says_empty=listing.says_empty), EXPECT).outcome is not Outcome.EMPTY
        )


@pytest.mark.parametrize("path", BAD_PAGES, ids=named)
def test_what_is_seen_before_reading_is_the_same_fault(path: Path) -> None:
    page_outcome = see_answer(page_at(path), EXPECT)
    assert page_outcome is None or page_outcome.cause == path.parent.name


@pytest.mark.parametrize("path", [path for path in PAGES if path.parent.name in GOOD], ids=named)
def test_good_pages_are_not_accused_before_reading(path: Path) -> None:
    """A short page with a login box can only be told from a login page by its rows."""
    page_outcome = see_answer(page_at(path), EXPECT)
    assert page_outcome is None or page_outcome.cause == "login"


SOUND_PAGES = {
    "no_rows",
    "js_list",
    "other_column",
    "other_site",
    "other_host",
    "doubtful_empty",
    "empty_unproved",
    "bare_list",
    "under_construction",
    "moved",
    "frame",
    "hijacked",
}


# A notice over rows: only the reader of lists asks whose rows they are.
ALONE = [path for path in BAD_PAGES if path.parent.name not in SOUND_PAGES and "_over_" not in path.stem]


@pytest.mark.parametrize("path", ALONE, ids=named)
def test_no_fault_page_is_a_letter_or_an_article_without_a_day(path: Path) -> None:
    page = page_at(path)
    assert see_letter(page, Letter()).outcome is not Outcome.READ
    assert see_letters(page, LetterList()).outcome is not Outcome.READ
    article = read_article(page)
    assert article.published or see_article(page, article).outcome is not Outcome.READ


def test_an_article_is_read_by_its_day_its_text_or_its_files() -> None:
    text = (
        "云岭县应急管理局关于做好汛期救灾物资储备工作的通知，各乡镇人民政府、县直各单位要认真贯彻落实。" * 12
    )
    page = Page("http://www.yunling.example/a.html", f"<html><body><p>{text}</p></body></html>".encode())
    assert see_article(page, Article(title="通知", published=AS_OF)).outcome is Outcome.READ
    assert see_article(page, Article(title="系统升级维护公告", text=text)).outcome is Outcome.READ
    assert see_article(page, Article()).cause == "no_article"
    assert see_article(page, Article(title="404 Not Found", published=AS_OF)).cause == "soft_404"
    assert see_article(page, Article(title="The page cannot be found", published=AS_OF)).cause == "soft_404"


def test_letters_are_read_by_their_rows_and_a_letter_by_its_words() -> None:
    page = page_at(FAULTS / "read" / "plain.html")
    rows = (LetterEntry("反映路灯不亮的问题", "http://www.yunling.example/l/1.html", received=AS_OF),)
    assert see_letters(page, LetterList(rows), EXPECT).outcome is Outcome.READ
    assert see_letters(page, LetterList(), EXPECT).cause == "no_letters"
    assert (
        see_letter(page, Letter(subject="反映路灯不亮的问题", received="2024-06-01")).outcome is Outcome.READ
    )
    assert see_letter(page, Letter()).cause == "no_letter"


def test_rows_without_dates_do_not_outweigh_a_notice() -> None:
    page = page_at(FAULTS / "soft_404" / "in_the_sites_own_frame.html")
    rows = (Entry("走进云岭", "http://www.yunling.example/zjyl/", None),)
    assert see_list(page, Listing(entries=rows), EXPECT).cause == "soft_404"


@pytest.mark.parametrize("kind", FAILURES)
def test_a_failed_request_is_never_a_zero(kind: str) -> None:
    page_outcome = see_failure(kind)
    expected = Outcome.BLOCKED if kind == "robots" else Outcome.UNREACHABLE
    assert (page_outcome.outcome, page_outcome.cause) == (expected, kind)


def test_an_unknown_kind_of_failure_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        see_failure("no_rows")


@pytest.mark.parametrize("code", CAUSES)
def test_a_cause_is_one_sentence_that_never_claims_a_zero(code: str) -> None:
    cause = CAUSES[code]
    assert not cause.outcome.good
    assert re.fullmatch(r"[^。{}]{12,70}", cause.sentence)
    assert any(words in cause.sentence for words in ("不计零", "按“至少”计数", "不作判断"))
    assert "请" in cause.sentence or "将" in cause.sentence


def test_the_manual_tells_the_same_causes() -> None:
    manual = (HERE.parent / "docs" / "outcomes.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (\S+) \| (.+?) \| (.+?) \|$", manual, re.M)
    assert [row[:3] for row in rows] == [
        (c, cause.outcome.label, cause.sentence) for c, cause in CAUSES.items()
    ]
    assert all(row[3].endswith("。") for row in rows)


LISTINGS = st.builds(
    Listing,
    entries=st.lists(st.builds(Entry, st.text(), st.none(), st.none() | st.just(AS_OF)), max_size=3).map(
        tuple
    ),
    stated_total=st.none() | st.integers(0, 3),
    stated_pages=st.none() | st.integers(0, 3),
    says_empty=st.none() | st.sampled_from(["暂无数据", "此栏目暂无任何新增信息", "共0条", " "]),
)
PIECES = st.sampled_from(
    [
        "<html>", "<head>", "<title>", "</title>", "<body>", "</body>", "</html>", "<ul class='list'>", "</ul>", "<li>",
        "<a href='x.html'>", "</a>", "<div id=app>", "</div>", "<script>", "</script>", "<!--", "-->", "<iframe src=a.html>",
        "<meta name=ColumnName content=备灾管理>", "<meta http-equiv=refresh content='0;url=/'>", "备灾管理", "云岭县人民政府",
        "当前位置：首页 > 备灾管理", "暂无数据", "共0条", "共 0 条记录", "{{ x }}", "$.ajax(", ".html(", "请登录", "系统维护中",
        "页面不存在", "document.cookie='a';location.reload()", "<input type=password>", "2024-06-01", "<", "&", "\ufffd", "锟斤拷",
    ]
)  # fmt: skip
BODIES = st.binary(max_size=400) | st.lists(PIECES | st.text(max_size=8), max_size=40).map(
    lambda p: "".join(p).encode()
)
URLS = st.none() | st.sampled_from(
    ["http://www.yunling.example/", "https://other.example/a/", "http://[::bad", "", "x:y"]
)


@given(BODIES, LISTINGS, st.sampled_from([200, 202, 206, 302, 304, 404, 412, 500, 777]), URLS, st.booleans())
def test_wild_pages_never_raise_and_never_earn_a_zero_without_a_statement_or_a_proof(
    body: bytes, listing: Listing, status: int, asked: str | None, expecting: bool
) -> None:
    page = Page("http://www.yunling.example/jczwgk/jzly/bzgl/", body, status, {}, asked)
    expect = EXPECT if expecting else None
    page_outcome = see_list(page, listing, expect)
    see_answer(page, expect)
    assert page_outcome.outcome in (Outcome.READ, Outcome.EMPTY) or page_outcome.sentence.startswith(
        CAUSES[page_outcome.cause].sentence
    )
    assert listing.entries or page_outcome.outcome is not Outcome.READ
    if page_outcome.outcome is Outcome.EMPTY:
        said = listing.says_empty and "".join(listing.says_empty.split()) in "".join(page.text.split())
        assert status < 300
        assert said or listing.stated_total == 0 or (expect and "备灾管理" in page.text)


HOSTILE = ["<!-- x -->", "<!--", "<", "<meta ", "<div ", "您的请求", "抱歉您访问的页面", "{{", "<p>当前位置：", "<ul class=list>",
           "<script>location.href=", "版权所有", "锟斤拷", "[", "<h1>a</h1>", "共 0", "location = "]  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE)
@pytest.mark.timeout(10)
def test_endless_pages_are_seen_in_bounded_time(unit: str) -> None:
    body = f"<html><head><title>{unit * 50}</title></head><body>{unit * 20_000}".encode()
    page = Page("http://www.yunling.example/jczwgk/jzly/bzgl/", body)
    listing = Listing(says_empty="暂无数据")
    seen = within_budget(page, lambda: see_list(page, listing, EXPECT), lambda costly: costly)
    assert seen.outcome is not Outcome.EMPTY
    before = within_budget(page, lambda: see_answer(page, EXPECT), lambda costly: costly)
    assert before is None or before.cause in CAUSES


needs_corpus = pytest.mark.skipif(not (SHARED / "corpus").is_dir(), reason="../shared/corpus is not there")
needs_mirror = pytest.mark.skipif(not (SHARED / "real").is_dir(), reason="../shared/real is not there")


def corpus(kind: str) -> list[tuple[str, Page]]:
    """The corpus pages of a kind that a browser is not needed for."""
    lines = (SHARED / "corpus" / "manifest.jsonl").read_text("utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["kind"] == kind and not row["needs_js"]]
    return [
        (
            row["id"],
            Page(
                f"http://www.county{row['id']}.example/a/b/", (SHARED / "corpus" / row["file"]).read_bytes()
            ),
        )
        for row in rows
    ]


@needs_corpus
def test_real_lists_and_articles_are_read() -> None:
    labels = (SHARED / "corpus" / "labels.jsonl").read_text("utf-8").splitlines()
    labelled = {row["id"] for row in map(json.loads, labels)}
    lists = {name: see_list(page, read_list(page, date(2025, 1, 1))).cause for name, page in corpus("list")}
    articles = {name: see_article(page, read_article(page)).cause for name, page in corpus("article")}
    assert {name: cause for name, cause in lists.items() if cause and name in labelled} == {}
    assert {name: cause for name, cause in articles.items() if cause} == {}


@needs_corpus
@pytest.mark.parametrize(
    "kind", ["article", "home", "nav", "other", "mailbox_letter", "mailbox_list", "list"]
)
def test_no_real_page_is_called_empty_or_a_fault_before_reading(kind: str) -> None:
    said = {name: see_answer(page) for name, page in corpus(kind)}
    assert {page_outcome.cause for page_outcome in said.values() if page_outcome} <= {"closed"}
    for name, page in corpus(kind):
        assert see_list(page, Listing()).outcome is not Outcome.EMPTY, name


@needs_mirror
def test_a_real_countys_silent_units_are_empty_and_the_others_read() -> None:
    root = SHARED / "real" / "zhecheng"
    outcomes = []
    for path in sorted(root.glob("gzjg/*/*/index.html")):
        page = Page(f"http://www.zhecheng.gov.cn/{path.parent.relative_to(root)}/", path.read_bytes())
        unit = page.tree.findtext(".//title") or ""
        expect = Expectation("http://www.zhecheng.gov.cn/", "柘城县人民政府", ("工作机构", unit))
        page_outcome = see_list(page, read_list(page, date(2018, 7, 27)), expect)
        assert (page_outcome.outcome is Outcome.EMPTY) == ("此栏目暂无任何新增信息" in page.text), path
        outcomes.append(page_outcome.outcome)
    assert (outcomes.count(Outcome.EMPTY), outcomes.count(Outcome.READ)) == (23, 45)
