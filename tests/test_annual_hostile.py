"""Hostile and broken files: one Chinese sentence, in bounded time, never a crash."""

import time
import zipfile
import zlib
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.documents.document import Document
from crawler.documents.formats import kind_of
from crawler.documents.office_archive import MOST_XML
from crawler.documents.plain_text import read_text
from crawler.documents.ruled_tables import Segment, lattices
from crawler.page.page import Page
from monitor.annual.checks.examine import examine
from monitor.annual.reading.compose import report_of
from monitor.annual.reading.reader import document_of
from rules.errors import WrongInput
from tests.annual_made import as_html, as_pdf, as_text, as_word, sound

HYSTERESIS = 20.0


def read(body: bytes) -> Document:
    return document_of(Page("file:///", body))


def check(body: bytes) -> None:
    examine(report_of(read(body)))


def packed(parts: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return buffer.getvalue()


REFUSED = [
    (b"", "空的"),
    (b"  \n ", "空的"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "另存为 .docx"),
    (b"{\\rtf1 x}", "另存为 .docx"),
    (b"\x7fELF" + bytes(range(256)) * 8, "类型无法识别"),
    (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "类型无法识别"),
    (packed({"hello.txt": b"hello"}), "不是 Word 或 Excel"),
    (packed({"word/document.xml": b"<broken"}), "已损坏"),
    (b"PK\x03\x04 broken", "已损坏"),
    (b"%PDF-1.4 broken", "已损坏"),
]


@pytest.mark.parametrize(("body", "words"), REFUSED)
def test_what_is_no_report_is_refused_in_one_sentence(body: bytes, words: str) -> None:
    with pytest.raises(WrongInput, match=words) as refusal:
        read(body)
    assert "\n" not in str(refusal.value) and str(refusal.value).endswith("。")


@pytest.mark.parametrize("share", [0.2, 0.6, 0.95])
def test_a_word_file_cut_off_is_refused(share: float) -> None:
    whole = as_word(sound())
    with pytest.raises(WrongInput, match="已损坏"):
        read(whole[: int(len(whole) * share)])


def test_a_word_file_that_unpacks_to_gigabytes_is_not_unpacked() -> None:
    started = time.process_time()
    with pytest.raises(WrongInput, match="解压后过大"):
        read(packed({"word/document.xml": b" " * (MOST_XML + 1)}))
    assert time.process_time() - started < HYSTERESIS


def test_a_size_that_the_archive_lies_about_is_not_believed() -> None:
    """The directory says 10 bytes, the stream holds far more."""
    body = bytearray(packed({"word/document.xml": b" " * 1_000_000, "[Content_Types].xml": b"<Types/>"}))
    true, false = (1_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")
    assert true in body
    with pytest.raises(WrongInput):
        read(bytes(body.replace(true, false)))


def test_entities_are_not_expanded() -> None:
    bomb = (
        b'<!DOCTYPE d [<!ENTITY a "'
        + b"x" * 1000
        + b'">'
        + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 20) for n in range(8))
    )
    space = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    bomb += b"]><w:document " + space + b"><w:body><w:p><w:r><w:t>&i;</w:t></w:r></w:p></w:body></w:document>"
    good = zipfile.ZipFile(BytesIO(as_word(sound())))
    parts = {name: good.read(name) for name in good.namelist()} | {"word/document.xml": bomb}
    started = time.process_time()
    try:
        document = read(packed(parts))
    except WrongInput:
        return
    finally:
        assert time.process_time() - started < HYSTERESIS
    assert sum(len(text) for text in document.paragraphs) < 10_000


PAGES = {
    "deep": b"<html><body>" + b"<div>" * 60_000 + "一、总体情况".encode(),
    "deep tables": b"<html>" + b"<table><tr><td>" * 3_000 + "规章".encode(),
    "wide spans": b"<html><table>" + b'<tr><td rowspan="99999" colspan="99999">1</td><td>2</td></tr>' * 3_000,
    "many cells": b"<html><table><tr>" + b"<td>1" * 200_000,
    "one long line": b"<html><p>" + "共其中12条、".encode() * 100_000,
    "digits": b"<html><p>" + b"1" * 1_000_000,
    "commas": b"<html><p>" + b"1,234," * 200_000,
    "headings": b"<html>" + "<p>一、总体情况</p>".encode() * 20_000,
    "spaces": b"<html><p>" + b" \xe3\x80\x80" * 300_000 + "12 件".encode(),
    "words": "<html><p>一、总体情况</p><p>".encode() + "主动公开信息复议诉讼不予公开及".encode() * 30_000,
}


@pytest.mark.parametrize("name", PAGES)
def test_hostile_pages_end_soon(name: str) -> None:
    started = time.process_time()
    with suppress(WrongInput):
        check(PAGES[name])
    assert time.process_time() - started < HYSTERESIS


def test_hostile_text_ends_soon() -> None:
    started = time.process_time()
    for text in (
        "\t" * 1_000_000,
        "|" * 1_000_000,
        "1 " * 500_000,
        "**" * 500_000,
        "<b" * 500_000,
        "一、" * 300_000,
    ):
        examine(report_of(read_text(text)))
    assert time.process_time() - started < HYSTERESIS


def test_a_pdf_that_unpacks_to_gigabytes_is_bounded() -> None:
    stream = zlib.compress(b"0 0 m 1 1 l S\n" * 20_000_000, 9)
    body = as_pdf(sound())
    content = b"<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream" % (len(stream), stream)
    start, end = body.index(b"4 0 obj\n") + 8, body.index(b"\nendobj", body.index(b"4 0 obj\n"))
    started = time.process_time()
    with pytest.raises(WrongInput):
        read(body[:start] + content + body[end:])
    assert time.process_time() - started < HYSTERESIS


def test_a_scanned_pdf_says_that_it_is_one() -> None:
    body = as_pdf(sound())
    start, end = body.index(b"stream\n") + 7, body.index(b"\nendstream")
    with pytest.raises(WrongInput, match="扫描"):
        read(body[:start] + b" " * (end - start) + body[end:])


def test_a_page_of_a_million_lines_has_no_tables() -> None:
    assert list(lattices([Segment(True, float(at), 0, 9) for at in range(100_000)])) == []


GOOD = [as_html(sound()), as_text(sound()).encode(), as_word(sound())]


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(GOOD), st.integers(0, 30_000), st.binary(max_size=30), st.integers(0, 400))
def test_damage_is_refused_or_read_and_never_crashes(whole: bytes, at: int, noise: bytes, lost: int) -> None:
    at %= len(whole)
    body = whole[:at] + noise + whole[at + lost :]
    try:
        check(body)
    except WrongInput as refusal:
        assert str(refusal).endswith("。")


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_have_a_kind(body: bytes) -> None:
    try:
        kind = kind_of(body)
    except WrongInput:
        kind = "zip"
    assert kind in {"docx", "xlsx", "pdf", "html", "txt", "old", "zip", "rtf", "unknown", "empty"}


words = st.sampled_from(
    ["一、总体情况", "二、主动公开政府信息情况", "第二十条第（一）项", "信息内容\t本年制发件数", "规章\t1\t2\t3",
     "（一）予以公开\t1\t1", "0\t" * 15, "其中 12 条，公告 3 条。", "收到申请 5 件", "其他", "总计", "2022年", "/", "\t"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(words, max_size=30), st.sampled_from(["\n", "", "\t", " "]))
def test_any_text_of_such_words_is_examined(parts: list[str], between: str) -> None:
    report = report_of(read_text(between.join(parts)))
    result = examine(report)
    assert len({heading.section for heading in report.headings}) == len(report.headings)
    assert all(finding.sentence and finding.place and finding.basis for finding in result.findings)
