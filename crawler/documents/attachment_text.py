"""The text of an attachment, as far as its format can be read: for scanning, never for showing."""

import re
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import islice
from pathlib import PurePosixPath
from urllib.parse import unquote

from docx import Document
from docx.opc.part import XmlPart
from lxml import etree
from openpyxl import load_workbook
from pypdf import PasswordType, PdfReader

from crawler.page.addresses import split
from crawler.page.decode import decode
from crawler.page.lines import read_lines
from crawler.page.page import Page
from rules.errors import GongkaiError

MOST_BYTES = 16 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
MOST_ROWS = 100_000
MOST_PAGES = 300
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SECOND_COPY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PACKED = {"word/document.xml": ".docx", "xl/workbook.xml": ".xlsx"}
_MARKUP = re.compile(
    r"\s*(?:<\?[^<>]{0,200}>\s*)?<(?:!doctype html|html|head|meta|style|body|table)\b", re.IGNORECASE
)
_TEXTS = (".txt", ".csv")


class UnreadableFile(GongkaiError):
    """An attachment whose text cannot be had; the text says why, in Chinese."""


def file_text(url: str, body: bytes) -> str:
    """The text of an attachment, lines for rows or cells; its format is what the bytes are, and what the address ends
    with where they do not tell. Raises UnreadableFile (format, size, damage, a file of pictures alone)."""
    if len(body) > MOST_BYTES:
        raise UnreadableFile("文件过大")
    named = PurePosixPath(unquote(split(url).path)).suffix.lower()
    reader = READERS.get(_told(body) or named)
    if reader is None:
        raise UnreadableFile(f"{named or '无扩展名的'}文件的格式不能扫描")
    if _is_markup(body) and reader is not _exported and named not in _TEXTS:
        raise UnreadableFile("打开的是网页而不是文件")
    text = _read(reader, body)
    if not text.strip():
        raise UnreadableFile("文件里没有文字，可能是扫描图片")
    return text


def _read(reader: Callable[[bytes], str], body: bytes) -> str:
    if reader in (_sheets, _word):
        _refuse_bombs(body)
    try:
        return reader(body)
    except UnreadableFile:
        raise
    except Exception as error:  # the parsers raise whatever a broken file leads them to
        raise UnreadableFile("文件已损坏") from error


def _told(body: bytes) -> str:
    """The format that the bytes themselves tell; "" where they do not."""
    if b"%PDF-" in body[:1024]:
        return ".pdf"
    if not body.startswith(b"PK"):
        return ""
    try:
        with zipfile.ZipFile(BytesIO(body)) as packed:
            inside = set(packed.namelist())
    except (zipfile.BadZipFile, ValueError):
        return ""
    return next((suffix for name, suffix in _PACKED.items() if name in inside), "")


def _is_markup(body: bytes) -> bool:
    return bool(_MARKUP.match(decode(body[:2_000])))


def _plain(body: bytes) -> str:
    return decode(body)


def _exported(body: bytes) -> str:
    """A table in HTML that is called .xls or .doc, as many systems hand out their lists."""
    if not _is_markup(body):
        raise UnreadableFile("旧版Office文件的格式不能扫描")
    return "\n".join(line.text for line in read_lines(Page("", body).tree))


def _sheets(body: bytes) -> str:
    book = load_workbook(BytesIO(body), read_only=True, data_only=True)
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # exporters state wrong ones, and only what they state would be read
    rows = (row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))
    return "\n".join(
        "\t".join(_cell(cell) for cell in row if cell is not None) for row in islice(rows, MOST_ROWS)
    )


def _cell(value: object) -> str:
    """A long number is kept whole: a float would round an ID or a card."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _word(body: bytes) -> str:
    parts = Document(BytesIO(body)).part.package.iter_parts()
    lines = (line for part in parts if isinstance(part, XmlPart) for line in _paragraphs(part.element))
    return "\n".join(islice(lines, MOST_ROWS))


def _paragraphs(root: etree._Element) -> Iterator[str]:
    """Every text wherever it stands: in nested tables, fields, frames, insertions, headers."""
    etree.strip_elements(root, _SECOND_COPY, with_tail=False)
    said: list[str] = []
    for node in root.iter(_WORD + "p", _WORD + "t", _WORD + "tab", _WORD + "br"):
        if node.tag == _WORD + "t":
            said.append(node.text or "")
        elif node.tag == _WORD + "p":
            if said:
                yield "".join(said)
            said = []
        elif said:
            said.append("\t")
    if said:
        yield "".join(said)


def _pdf(body: bytes) -> str:
    reader = PdfReader(BytesIO(body))
    # Most "encrypted" papers only forbid changes: the password for reading is empty.
    if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
        raise UnreadableFile("文件已加密")
    return "\n".join(page.extract_text() for page in islice(reader.pages, MOST_PAGES))


def _refuse_bombs(body: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(body)) as packed:
            if sum(info.file_size for info in packed.infolist()) > MOST_UNPACKED:
                raise UnreadableFile("文件展开后过大")
    except zipfile.BadZipFile:
        raise UnreadableFile("文件已损坏") from None


READERS: dict[str, Callable[[bytes], str]] = {
    ".txt": _plain,
    ".csv": _plain,
    ".xlsx": _sheets,
    ".docx": _word,
    ".pdf": _pdf,
    ".xls": _exported,
    ".doc": _exported,
}
