"""Reading articles: hand-made pages of the usual builds, each with what must be read beside it; and malice."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.page.page import Page
from crawler.page.values import Article
from crawler.readers.articles.article import read_article

PAGES = Path(__file__).parent / "pages" / "articles"
NAMES = sorted(path.stem for path in PAGES.glob("*.html"))
ALWAYS = {"title", "published", "source", "dates"}


def read(name: str) -> tuple[Article, dict[str, object]]:
    told = json.loads((PAGES / f"{name}.json").read_text(encoding="utf-8"))
    return read_article(Page(told["url"], (PAGES / f"{name}.html").read_bytes())), told["expect"]


def test_every_page_has_its_expectation():
    assert len(NAMES) >= 12
    assert {path.stem for path in PAGES.glob("*.json")} == set(NAMES)
    for name in NAMES:
        assert set(read(name)[1]) >= ALWAYS, name


@pytest.mark.parametrize("name", NAMES)
def test_hand_made_page(name):
    article, expect = read(name)
    said = {
        "title": article.title,
        "published": article.published and article.published.isoformat(),
        "source": article.source,
        "document_number": article.document_number,
        "signed": article.signed and article.signed.isoformat(),
        "dates": {kind: day.isoformat() for kind, day in article.dates.items()},
        "attachments": [[one.name, one.url] for one in article.attachments],
        "text": article.text,
        "text_first": article.text[: len(str(expect.get("text_first", "")))],
        "text_last": article.text[-len(str(expect.get("text_last", ""))) :],
        "text_once": expect.get("text_once")
        if article.text.count(str(expect.get("text_once"))) == 1
        else None,
    }
    assert {key: said[key] for key in expect} == expect


def html(body: str, head: str = "") -> Page:
    return Page(
        "http://www.example.gov.cn/a/b.html", f"<html><head>{head}</head><body>{body}</body></html>".encode()
    )


META = '<meta name="{name}" content="{value}">'


def test_meta_names_are_read_in_any_case():
    for name in ("PubDate", "pubdate", "PUBDATE"):
        assert (
            read_article(html("", META.format(name=name, value="2023-01-02 08:00"))).published.isoformat()
            == "2023-01-02"
        )


def test_shown_day_is_believed_before_meta_and_both_are_kept():
    page = html(
        "<h1>关于春节放假的通知</h1><p>发布时间：2021-02-03</p><p>全县各单位：现将放假安排通知如下。</p>",
        META.format(name="PubDate", value="2024-05-06"),
    )
    article = read_article(page)
    assert article.published.isoformat() == "2021-02-03"
    assert {kind: day.year for kind, day in article.dates.items()} == {"shown": 2021, "meta": 2024}


def test_the_address_is_believed_only_where_nothing_else_is():
    page = Page(
        "http://www.example.gov.cn/202305/t20230506_1.html",
        "<h1>关于停水的公告</h1><p>明日起停水。</p>".encode(),
    )
    assert read_article(page).published.isoformat() == "2023-05-06"


@pytest.mark.parametrize(
    "byline",
    [
        "<p>日期：2022-03-04 来源：县档案馆</p>",
        "<p>2022年3月4日　　来源：县档案馆　　浏览：3</p>",
        "<p><span>来源：县档案馆</span><span>[2022.03.04]</span></p>",
        "<ul><li>发布日期</li><li>2022/03/04</li><li>来源</li><li>县档案馆</li></ul>",
        "<div>【发布时间】2022-03-04【来源】县档案馆</div>",
        "<p>信息来源： 县档案馆 | 发布于 : 2022-3-4 09:00 | 编辑：某某</p>",
        "<table><tr><th>公开日期</th><td>2022-03-04</td><th>信息来源</th><td>县档案馆</td></tr></table>",
    ],
)
def test_bylines_of_many_makes(byline):
    article = read_article(
        html(f"<h1>县档案馆开展国际档案日活动</h1>{byline}<p>活动于2021年6月9日举办，效果良好。</p>")
    )
    assert (article.published and article.published.isoformat(), article.source) == ("2022-03-04", "县档案馆")


@pytest.mark.parametrize(
    "byline",
    [
        "<div>2022-03-04 星期五 09:10　县融媒体中心　我要评论</div>",
        "<div><b>2022</b>年<b>03</b>月<b>04</b>日 <em>县融媒体中心</em></div>",
        "<p>原创 县发布 2022-03-04 18:00 发表于河南</p>",
        "<p>来源：新华社·客户端（北京） 2022-03-04 10:00:00 打印 关闭</p>",
        "<h6>信息提供日期：2022-03-04 10:00 【字体：<a href='#'>大</a>】</h6>",
    ],
)
def test_days_in_bylines_without_order(byline):
    article = read_article(
        html(f"<h1>县档案馆开展国际档案日活动</h1>{byline}<p>活动于2021年6月9日举办，效果良好。</p>")
    )
    assert article.published and article.published.isoformat() == "2022-03-04"


def test_the_closing_day_is_no_day_of_publication():
    body = "<h1>公告</h1><p>现将停水事项公告如下，请做好储水准备。</p><p>云川县水利局</p><p>2023年5月6日</p>"
    article = read_article(html(body, "<title>公告_云川县水利局</title>"))
    assert (article.title, article.published) == ("公告", None)
    assert article.signed and article.signed.isoformat() == "2023-05-06"


def test_a_day_in_the_header_is_no_byline():
    body = "<div>当前时间：2024年1月5日</div><h1>我县召开会议部署防汛工作</h1><p>会议要求，各乡镇要落实责任。</p>"
    article = read_article(html(body))
    assert (article.title, article.published) == ("我县召开会议部署防汛工作", None)


PIECES = st.sampled_from(
    ["<p>", "</p>", "<table><tr><td>", "</td><td>", "</tr></table>", "<script>document.write('2020-01-0", "2')</script>",
     "来源：", "发布时间：", "2020-02-31", "2020-02-03", "<meta name=PubDate content='", "<h1>", "\x00", "&#x1f;", "<!--", "<title>",
     "<a href=x.pdf>"]
)  # fmt: skip


@given(st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_without_a_fault_and_always_alike(pieces):
    body = "".join(pieces).encode("utf-8", errors="replace")
    first, second = (read_article(Page("http://www.example.gov.cn/x", body)) for _ in range(2))
    assert first == second
    assert first.published is None or first.published in first.dates.values()


@given(st.binary(max_size=300))
@settings(max_examples=80, deadline=None)
def test_any_bytes_are_read_without_a_fault(body):
    assert isinstance(read_article(Page("http://www.example.gov.cn/x", body)), Article)


HOSTILE = {
    "deep": "<div>" * 1900 + "发布时间：2020-01-01",
    "unclosed": "<div><p>发布时间：2020-01-01 来源：" * 1900,
    "rows": "<table>" + "<tr><td>索引号</td><td>1</td></tr>" * 4000,
    "breaks": "<p>" + "来源：某局<br>" * 8000,
    "blanks": "来" + " " * 100_000 + "源：某局",
    "script": "<script>" + 'document.write("a"+' * 2000 + "</script>",
    "title": "<title>" + "a_b-" * 9000 + "</title>",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_malice_costs_no_more_than_its_size(kind):
    page = html(HOSTILE[kind])
    assert page.tree is not None
    start = time.process_time()
    read_article(page)
    assert time.process_time() - start < 2.0
