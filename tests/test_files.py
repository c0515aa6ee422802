"""Attachments: text out of real files, and a reason where there is none."""

import zipfile
from io import BytesIO

import pytest
from docx import Document
from openpyxl import Workbook

from crawler.reading.files import MOST_BYTES, MOST_UNPACKED, UnreadableFile, file_text

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
    text = file_text(URL + ".xlsx", xlsx([["姓名", "证件"], ["张某", 123456789012345.0], ["李某", "00123"]]))
    assert text.splitlines() == ["姓名\t证件", "张某\t123456789012345", "李某\t00123"]


def test_a_document_gives_paragraphs_and_cells() -> None:
    assert file_text(URL + ".docx", docx("公告正文", cell="表内文字")).splitlines() == [
        "公告正文",
        "表内文字",
    ]


def test_plain_text_in_gb18030() -> None:
    assert file_text(URL + ".TXT", "补贴发放名单公示".encode("gb18030")) == "补贴发放名单公示"


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
        file_text(URL + name, body)


def test_a_bomb_is_not_unpacked() -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (MOST_UNPACKED + 1))
    with pytest.raises(UnreadableFile, match="展开后过大"):
        file_text(URL + ".xlsx", buffer.getvalue())
