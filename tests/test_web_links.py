"""Only addresses of the web are stored as links, as a browser would open them; a row whose link is a script stays a row."""

import html as markup
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.listing.source import read_letters, read_list
from crawler.page.addresses import find_base, link_address, split, web_address
from crawler.page.page import Page
from crawler.readers.articles.article import read_article
from crawler.readers.articles.outbound_links import read_outbound
from rules.vocabulary.unprinted import UNPRINTED

HERE = "http://www.mou.example/tzgg/"
NOWHERE = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "java\tscript:alert(1)",
    "j\ra\nvascript:alert(1)",
    " \x01\x1f javascript:alert(1)",
    "javascript&colon;alert(1)",
    "&#106;avascript&#58;alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "DATA:text/html;base64,PHNjcmlwdD4=",
    "file:///etc/passwd",
    "file://server/share/a.doc",
    "blob:http://www.mou.example/1",
    "view-source:http://www.mou.example/",
    "filesystem:http://www.mou.example/1",
    "intent://scan/#Intent;scheme=zxing;end",
    "ms-word:ofe|u|http://evil.example/a.docx",
    "weixin://dl/chat",
    "tel:10086",
    "mailto:a@mou.example",
    "ftp://www.mou.example/1.doc",
    "https://",
    "https://@/",
    "http://a b.example/1.html",
    "http://www.mou.example%00.evil.example/",
    "http://www.mou.example\x7f.evil.example/",
    "http://www.mou\u202e.example/",
    "http://www.mou.example:port/",
    "http://www.mou.example:99999/",
    "http://[::1/",
    "/" + "a" * 9000,
]
SOMEWHERE = {
    "1.html": HERE + "1.html",
    "HTTP://WWW.mou.example/1.html": "http://WWW.mou.example/1.html",
    "HTTPS://b.example/": "https://b.example/",
    "http://www.gov.cn@evil.example/1.html": "http://evil.example/1.html",
    "http://user:secret@b.example:8080/1.html": "http://b.example:8080/1.html",
    "//www.gov.cn@evil.example/": "http://evil.example/",
    "/\\evil.example/1.html": "http://evil.example/1.html",
    "\\\\evil.example\\1.html": "http://evil.example/1.html",
    "..\\2023\\1.html": "http://www.mou.example/2023/1.html",
    "1.html?path=a\\b": HERE + "1.html?path=a\\b",
    "/a\x1b[2Jb.html": "http://www.mou.example/a%1B[2Jb.html",
    "/a\u202eb.html": "http://www.mou.example/a%E2%80%AEb.html",
    "/a\nb.html": "http://www.mou.example/ab.html",
    "/公告 1.html": "http://www.mou.example/公告 1.html",
    "http://县政府.example/1.html": "http://县政府.example/1.html",
    "http://[2001:db8::1]/1.html": "http://[2001:db8::1]/1.html",
}


@pytest.mark.parametrize("href", NOWHERE, ids=lambda href: ascii(href)[:40])
def test_it_is_no_web_address(href: str) -> None:
    assert link_address(HERE, markup.unescape(href)) is None
    assert web_address(HERE, markup.unescape(href)) is None


@pytest.mark.parametrize(("href", "url"), SOMEWHERE.items(), ids=map(ascii, SOMEWHERE))
def test_it_is_stored_as_a_browser_opens_it(href: str, url: str) -> None:
    assert link_address(HERE, href) == web_address(HERE, href) == url


SCHEMES = ["", "http:", "//", "javascript:", "data:", "\\\\", "http://a@b/", "file:"]
TEXTS = st.text(alphabet=st.characters(codec=None), max_size=30)  # lone surrogates too


@given(st.sampled_from(SCHEMES), TEXTS)
@settings(max_examples=200)
def test_whatever_is_printed_only_the_web_is_stored(scheme: str, rest: str) -> None:
    url = link_address(HERE, scheme + rest)
    assert url is None or url.startswith(("http://", "https://"))
    assert url is None or (not UNPRINTED.search(url) and "@" not in split(url).netloc)


@pytest.mark.parametrize("base", [*NOWHERE[:12], "https://"], ids=ascii)
def test_a_base_that_is_no_web_address_counts_for_nothing(base: str) -> None:
    page = Page(HERE, f'<base href="{base}"><a href="1.html">一</a>'.encode())
    assert find_base(page) == HERE


def list_of(href: str) -> Page:
    rows = "".join(
        f'<li><a href="{markup.escape(href) if n == 3 else f"{n}.html"}">关于第{n}批次补贴资金发放情况的公告</a>'
        f"<span>2023-05-{20 - n:02}</span></li>"
        for n in range(8)
    )
    return Page(
        HERE, f"<meta charset=utf-8><div>首页 &gt; 通知公告</div><ul>{rows}</ul><div>共8条</div>".encode()
    )


@pytest.mark.parametrize(
    "href", [href for href in NOWHERE if "\x00" not in href], ids=lambda href: ascii(href)[:40]
)
def test_a_row_whose_link_leads_nowhere_stays_a_posting(href: str) -> None:
    listing = read_list(list_of(markup.unescape(href)), date(2023, 7, 1))
    assert [one.title for one in listing.entries] == [
        f"关于第{n}批次补贴资金发放情况的公告" for n in range(8)
    ]
    assert [one.url for one in listing.entries] == [None if n == 3 else f"{HERE}{n}.html" for n in range(8)]
    assert listing.entries[3].date == date(2023, 5, 17)


ARTICLE = """<meta charset=utf-8><title>关于补贴资金的公告</title><h1>关于补贴资金的公告</h1><div>发布日期：2023-05-04</div>
<div id="content"><p>{prose}</p><p>附件：<a href="{href}">补贴资金名单.xlsx</a></p><p><a href="a.xlsx">二.xlsx</a></p>
<iframe src="{href}#.pdf"></iframe><embed src="{href}/.pdf"></div>"""


@pytest.mark.parametrize("href", NOWHERE, ids=lambda href: ascii(href)[:40])
def test_no_attachment_and_no_outbound_link_leads_nowhere(href: str) -> None:
    body = ARTICLE.format(
        prose="根据有关规定，现将补贴资金发放情况公告如下。" * 9, href=markup.escape(markup.unescape(href))
    )
    page = Page(HERE + "1.html", body.encode())
    found = {one.url for one in read_article(page).attachments}
    assert HERE + "a.xlsx" in found
    assert all(url.startswith("http://www.mou.example/") for url in found)
    assert read_outbound(page, {"www.mou.example"}) == ()


LETTERS = """<meta charset=utf-8><div>首页 &gt; 县长信箱</div>
<table><tr><th>标题</th><th>来信日期</th><th>答复日期</th></tr>{rows}</table>"""


@pytest.mark.parametrize("href", NOWHERE, ids=lambda href: ascii(href)[:40])
def test_a_letter_whose_link_leads_nowhere_stays_a_letter(href: str) -> None:
    link = markup.escape(markup.unescape(href))
    rows = "".join(
        f"<tr><td><a href='{link if n == 3 else f'{n}.html'}'>关于第{n}条道路维修的问题</a></td>"
        f"<td>2023-05-{20 - n:02}</td><td>2023-05-{25 - n:02}</td></tr>"
        for n in range(8)
    )
    letters = read_letters(Page(HERE, LETTERS.format(rows=rows).encode())).entries
    assert [one.url for one in letters] == [None if n == 3 else f"{HERE}{n}.html" for n in range(8)]
