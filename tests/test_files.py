"""Attachments: text out of real files, and a reason where there is none."""

import zipfile
from io import BytesIO

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl import Workbook
from pypdf import PdfWriter

from crawler.documents import scanning
from crawler.documents.files import MOST_BYTES, UnreadableFile, words_of
from crawler.documents.office_archive import MOST_UNPACKED

URL = "https://www.mou.example/P0/%E5%90%8D%E5%8D%95"


def xlsx(rows: list[list[object]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def docx(*paragraphs: str, cell: str = "") -> bytes:
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.add_table(1, 1).cell(0, 0).text = cell
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_a_sheet_keeps_long_numbers_whole() -> None:
    text = words_of(URL + ".xlsx", xlsx([["姓名", "证件"], ["张某", 123456789012345.0], ["李某", "00123"]]))
    assert text.splitlines() == ["姓名\t证件", "张某\t123456789012345", "李某\t00123"]


def test_a_document_gives_paragraphs_and_cells() -> None:
    assert words_of(URL + ".docx", docx("公告正文", cell="表内文字")).splitlines() == [
        "公告正文",
        "表内文字",
    ]


def test_plain_text_in_gb18030() -> None:
    assert words_of(URL + ".TXT", "补贴发放名单公示".encode("gb18030")) == "补贴发放名单公示"


@pytest.mark.parametrize(
    ("name", "body", "why"),
    [
        (".xls", b"\xd0\xcf\x11\xe0", "格式不能扫描"),
        ("", b"x", "无扩展名"),
        (".pdf", b"%PDF-1.4 broken", "已损坏"),
        (".xlsx", b"not a zip", "已损坏"),
        (".docx", b"PK\x03\x04", "已损坏"),
        (".txt", b" " * (MOST_BYTES + 1), "过大"),
    ],
)
def test_what_cannot_be_read_says_why(name: str, body: bytes, why: str) -> None:
    with pytest.raises(UnreadableFile, match=why):
        words_of(URL + name, body)


def pdf(password: str | None = None) -> bytes:
    """A page without text, locked against changes with a password of its own if one is given."""
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    if password:
        writer.encrypt(password, "owner", algorithm="RC4-128")
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_a_document_is_read_wherever_its_words_stand() -> None:
    document = Document()
    document.add_table(1, 1).cell(0, 0).add_table(1, 1).cell(0, 0).text = "嵌套的表"
    document.sections[0].header.paragraphs[0].text = "页眉"
    for inner in (
        "<w:p {}><w:ins w:id='1' w:author='x'><w:r><w:t>插入</w:t></w:r></w:ins></w:p>",
        "<w:sdt {}><w:sdtContent><w:p><w:r><w:t>控件</w:t></w:r></w:p></w:sdtContent></w:sdt>",
        "<w:p {}><w:del w:id='2' w:author='x'><w:r><w:delText>删去</w:delText></w:r></w:del></w:p>",
    ):
        document.element.body.insert(0, parse_xml(inner.format(nsdecls("w"))))
    buffer = BytesIO()
    document.save(buffer)
    lines = words_of("名单.docx", buffer.getvalue()).splitlines()
    assert sorted(lines) == sorted(["嵌套的表", "页眉", "插入", "控件"])


def test_a_sheet_is_read_whole_whatever_size_it_states() -> None:
    buffer = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(xlsx([["姓名"], ["张某"]]))) as whole,
        zipfile.ZipFile(buffer, "w") as stated,
    ):
        for name in whole.namelist():
            stated.writestr(name, whole.read(name).replace(b'ref="A1:A2"', b'ref="A1"'))
    assert words_of("名单.xlsx", buffer.getvalue()).splitlines() == ["姓名", "张某"]


@pytest.mark.parametrize(
    ("url", "body", "text"),
    [
        ("/download.jsp?id=3", docx("公告正文"), "公告正文"),
        ("/名单.xls", xlsx([["张某"]]), "张某"),
        ("/名单.doc", docx("公告正文"), "公告正文"),
        ("/名单.xls", "<meta charset=gbk><table><tr><td>张某</table>".encode("gbk"), "张某"),
    ],
    ids=["no ending", "a new sheet under an old name", "a new document under an old name", "a table in HTML"],
)
def test_the_bytes_tell_the_format(url: str, body: bytes, text: str) -> None:
    assert words_of(url, body).strip() == text


@pytest.mark.parametrize(
    ("url", "body", "why"),
    [
        ("/通知.pdf", pdf(), "没有文字"),
        ("/通知.pdf", pdf(password="secret"), "已加密"),
        ("/名单.xlsx", xlsx([]), "没有文字"),
        ("/通知.pdf", b"<!DOCTYPE html><html><body>404</body></html>", "网页"),
        ("/download.jsp?id=3", b"<html><body>404</body></html>", "格式不能扫描"),
        ("/名单.xls", b"<?xml version='1.0'?><Workbook><Table/></Workbook>", "格式不能扫描"),
    ],
    ids=["scanned", "locked", "empty", "an error page", "an error page without a name", "a sheet in XML"],
)
def test_a_file_nobody_scanned_is_none_that_is_clean(url: str, body: bytes, why: str) -> None:
    with pytest.raises(UnreadableFile, match=why):
        words_of(url, body)


def test_a_bomb_is_not_unpacked() -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (MOST_UNPACKED + 1))
    with pytest.raises(UnreadableFile, match="展开后过大"):
        words_of(URL + ".xlsx", buffer.getvalue())


def test_of_a_long_file_the_beginning_is_scanned_and_the_rest_said_to_be_left() -> None:
    lines = "补贴发放名单\n" * 10 + "张某\t1\n" * 800_000
    with pytest.raises(UnreadableFile, match="只扫描了前一部分") as left:
        words_of(URL + ".txt", lines.encode())
    assert lines.startswith(left.value.text)
    assert len(left.value.text) == 4_000_000


def test_a_file_whose_reading_ended_before_its_first_word_is_not_called_empty(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    buffer, paper = BytesIO(), PdfWriter()
    paper.add_blank_page(100, 100)
    paper.write(buffer)
    assert scanning.words_in(buffer.getvalue(), ".pdf")["why"] == "文件里没有文字，可能是扫描图片"
    monkeypatch.setattr(scanning, "LONGEST", -1.0)
    assert "超时" in scanning.words_in(buffer.getvalue(), ".pdf")["why"]
