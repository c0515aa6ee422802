"""Bytes to text, whatever they declare."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.page.decode import decode
from crawler.page.page import Page

TEXT = "北山县人民政府关于公布2021年政务公开工作要点的通知，请认真贯彻执行。"
HTML = "<html><head>{meta}<title>{text}</title></head><body><p>{text}</p></body></html>"


def body(encoding: str, declared: str | None, *, filler: int = 0) -> bytes:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    comment = "<!--" + "x" * filler + "-->" if filler else ""
    return HTML.format(meta=comment + meta, text=TEXT).encode(encoding)


@pytest.mark.parametrize(
    ("encoding", "declared", "header"),
    [
        ("utf-8", "utf-8", ""),
        ("utf-8", None, ""),
        ("utf-8", "gb2312", "text/html; charset=gb2312"),
        ("utf-8-sig", "gb2312", ""),
        ("gb18030", "gb2312", ""),
        ("gb18030", "GBK", "text/html; charset=ISO-8859-1"),
        ("gb18030", None, ""),
        ("gb18030", None, "text/html; charset=GB2312"),
        ("gb18030", "utf-8", "text/html; charset=utf-8"),
        ("gb18030", "no-such-charset", 'text/html; charset=""'),
        ("utf-16", "gb2312", "text/html; charset=gb2312"),
        ("utf-16-le", "unicode", ""),
        ("utf-16-be", None, ""),
    ],
)
def test_declared_or_not(encoding: str, declared: str | None, header: str) -> None:
    assert TEXT in decode(body(encoding, declared), header)


def test_big5_where_it_is_declared() -> None:
    text = "<meta charset=big5><p>關於公布政務公開工作要點的通知</p>"
    assert decode(text.encode("big5")) == text


def test_a_declaration_after_four_kilobytes() -> None:
    assert TEXT in decode(body("gb18030", "gb2312", filler=6000))


def test_one_broken_character_does_not_change_the_encoding() -> None:
    broken = body("utf-8", "utf-8").replace("公布".encode(), "公".encode() + b"\xe5\xb8", 1)
    assert "北山县人民政府关于公" in decode(broken)


def test_a_body_cut_in_the_middle_of_a_character() -> None:
    assert decode(body("utf-8", None)[:80]).startswith("<html><head><title>北山县人民政府关于公布")


@pytest.mark.parametrize(
    ("source", "header"),
    [
        (b"\xef\xbb\xbf" + body("gb18030", "gb2312"), ""),
        (b"\0" * 300 + body("utf-8", None), ""),
        (body("utf-8", None) + b"\0" * 3000, ""),
        (body("utf-8", None).replace("，请".encode(), b"\x85 \x93", 2), "text/html; charset=utf-8"),
        (body("gb18030", "gb2312") + "<div>版权所有</div>".encode(), ""),
    ],
    ids=["a mark before GBK", "zeros before", "zeros after", "Windows punctuation", "an included footer"],
)
def test_a_few_bytes_that_lie(source: bytes, header: str) -> None:
    assert TEXT[:20] in decode(source, header)


def test_a_short_body_cut_in_gbk() -> None:
    assert decode("<title>县司法局公告".encode("gbk")[:-1]).startswith("<title>县司法局公")


def test_big5_where_nobody_says_so() -> None:
    text = "<p>關於公布政務公開工作要點的通知，請各鄉鎮人民政府認真貫徹執行，縣政府辦公室將適時組織督查。</p>"
    assert decode(text.encode("big5")) == text


def test_rare_characters_of_names() -> None:
    assert decode("<meta charset=gb2312><p>䶮镕㙦喆</p>".encode("gb18030")).endswith("<p>䶮镕㙦喆</p>")


def test_control_characters_and_marks_are_gone() -> None:
    assert decode(b"\xef\xbb\xbf<p>a\x00b\x0bc</p>") == "<p>a b c</p>"


def test_nothing_is_dropped_after_an_early_end() -> None:
    page = Page("http://a.gov.cn/", "<html><body>头</body></html><div>正文</div></html>".encode())
    assert page.tree.text_content() == "头正文"


@pytest.mark.parametrize("source", [b"", b"  ", b"<!-- nothing -->", b"<?xml version='1.0' encoding='gbk'?>"])
def test_a_tree_even_of_nothing(source: bytes) -> None:
    assert Page("http://a.gov.cn/", source).tree.tag == "html"


@given(
    st.binary(max_size=400),
    st.sampled_from(["", "text/html; charset=gbk", "text/html; charset=hex", "charset=;;"]),
)
def test_any_bytes_give_text_and_a_tree(source: bytes, header: str) -> None:
    page = Page("http://a.gov.cn/", source, headers={"content-type": header})
    assert "\0" not in page.text
    assert page.tree.tag == "html"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_hundred_kilobytes_are_quick(encoding: str) -> None:
    source = (HTML.format(meta="", text=TEXT) * 700).encode(encoding)
    spent = []
    for _ in range(5):
        start = time.process_time()
        decode(source)
        spent.append(time.process_time() - start)
    assert min(spent) < 0.02


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"关于\ud800的通知", "关于\ufffd的通知"),
        (r"关于\uDFFF的通知", "关于\ufffd的通知"),
        (r"\ud83d\ude00", "\U0001f600"),  # a pair is a character
        (r"\ud800\ud83d\ude00\ude00", "\ufffd\U0001f600\ufffd"),
        (r"\ude00\ud83d", "\ufffd\ufffd"),  # the wrong way round
        (r"通知\u0000\u0000", "通知  "),
        (r"\\u0000\\ud800", r"\u0020\ufffd"),  # of JSON inside JSON
        (r"\\ud83d\\ude00", r"\ud83d\ude00"),
        (r"\\\ud800", "\\\ufffd"),
    ],
)
def test_what_json_escapes_can_be_stored(written: str, read: str) -> None:
    title = json.loads(decode(f'{{"title": "{written}"}}'.encode()))["title"]
    assert title == read
    assert title.encode()


@pytest.mark.parametrize("markup", ["通知&#xD800;公告", "通知&#0;公告", "通知\0公告", "通知&#55357;公告"])
def test_what_markup_names_can_be_stored(markup: str) -> None:
    text = Page("https://a.example/", f"<p>{markup}</p>".encode()).tree.text_content()
    assert "通知" in text and "公告" in text
    assert "\0" not in text and text.encode()


@given(st.binary(max_size=60))
def test_no_bytes_give_text_that_cannot_be_stored(body: bytes) -> None:
    for text in (decode(body), decode(b"<meta charset=utf-16>" + body), decode(b"\xff\xfe" + body)):
        assert "\0" not in text and text.encode() is not None
