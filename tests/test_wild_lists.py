"""Lists that no template ever wrote: nothing makes the reader raise, hang or contradict itself."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.listing.source import read_list
from crawler.page.page import Page
from crawler.readers.pagers.pager import read_pager

SITE = "http://www.beishan.gov.cn"
PIECES = st.sampled_from(
    [
        "<ul>",
        "</ul>",
        "<li>",
        "</li>",
        "<div>",
        "</div>",
        "<table>",
        "<tr>",
        "<td>",
        "</td></tr></table>",
        '<a~href="/a/1.html">',
        '<a~href="http://[">',
        '<a~href="javascript:go(2)">',
        "</a>",
        "<span>",
        "</span>",
        "<h3>",
        "<p>",
        "下一页",
        "更多",
        "2020-03-04",
        "05-20",
        "[2020-13-40]",
        "共33条",
        "1/3",
        "首页",
        "2",
        ">",
        "关于做好春耕生产的通知",
        "当前位置：",
        "此栏目暂无信息",
        '<script>createPageHTML(4,0,"index","html")</script>',
        "<!--",
        "-->",
        "<script>Pager({size:9,current:x})</script>",
        '<base~href="::">',
        "<textarea>",
        '<select><option~value="2">2</option>',
        "<form>",
        "<datastore><totalrecord>9",
        "<record><![CDATA[<li>]]></record>",
        '{"title":"a"',
        '[{"title":"通知","url":"/a","date":1}]',
        "\ufeff",
        "\x00",
        "</html>",
        "<dl><dt>",
        "<dd>",
        "2019",
        "年",
        "<font>",
        'onclick="go(1)"',
        "上一篇：",
        "来源：教育局",
        "&nbsp;",
        "&#0;",
        "&#99999999;",
        "<br/>",
    ]
).map(lambda piece: piece.replace("~", " "))
WILD = st.lists(PIECES | st.text(max_size=6), max_size=60).map(" ".join)
ADDRESSES = st.sampled_from(
    ["", "index.html", SITE, SITE + "/gg/?page=2", "http://[::1", "file:///a.html", "不是网址"]
)


@settings(max_examples=300)
@given(WILD, ADDRESSES, st.none() | st.dates(date(2000, 1, 1), date(2030, 1, 1)))
def test_wild_pages_never_break_the_reader(html: str, url: str, as_of: date | None) -> None:
    one = Page(url, html.encode("utf-8", "surrogatepass"))
    listing = read_list(one, as_of)
    assert listing == read_list(Page(url, one.body), as_of)
    assert all(entry.title for entry in listing.entries)
    assert not (listing.entries and listing.says_empty)
    assert all(entry.absurd for entry in listing.entries if entry.date and as_of and entry.date > as_of)
    turn = read_pager(one).turn
    assert turn is None or turn.method in ("GET", "POST")


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 2000 + "2020-01-01",
        "<ul>" + '<li><a href="/1.html">关于做好工作的通知</a><span>2020-01-01</span>' * 3000,
        "<table>" + "<tr><td>一二三四五</td><td>2020-01-01</td></tr>" * 3000,
        "<p>2020-01-01 " * 5000,
        '<a href="x">下一页</a> 1 2 3 ' * 3000,
        "<a>" * 4000 + "共" * 4000,
        "<script>" + "createPageHTML(" * 3000 + "</script>",
        "<script>" + "{title:'a',url:" * 6000 + "</script>",
        "<meta name='column' content='甲乙'>" * 4000 + "<h3>重要公示</h3><p>暂无信息</p>" * 3000,
        "<div onclick=\"go('1')\">" * 2000 + "关于做好春耕生产的通知",
        "<table><tr><td rowspan='"
        + "9" * 6000
        + "'>标题</td><td>日期</td></tr><tr><td>2020-01-01</td></tr></table>",
        "<select onchange='go(this.value)'><option>1</option><option value='"
        + "9" * 6000
        + "'>2</option></select>",
        "[" * 50_000,
        '{"a":' * 20_000,
        "<datastore>" + "<record><![CDATA[" * 5000,
        "当前位置 " * 5000 + "此栏目暂无信息 " * 2000,
    ],
)
def test_hostile_pages_are_read_in_time(html: str) -> None:
    one = Page(SITE + "/gg/", html.encode())
    start = time.process_time()
    read_list(one, date(2020, 6, 1))
    assert time.process_time() - start < 3
