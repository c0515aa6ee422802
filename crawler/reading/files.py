"""The text of an attachment, as far as its format can be read: for scanning, never for showing."""

import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import islice
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from crawler.reading.decode import decode
from rules.errors import GongkaiError

MOST_BYTES = 16 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
MOST_ROWS = 100_000
MOST_PAGES = 300


class UnreadableFile(GongkaiError):
    """An attachment whose text cannot be had; the text says why, in Chinese."""


def file_text(url: str, body: bytes) -> str:
    """The text of an attachment, lines for rows. Raises UnreadableFile (format, size, damage)."""
    suffix = PurePosixPath(unquote(urlsplit(url).path)).suffix.lower()
    reader = READERS.get(suffix)
    if reader is None:
        raise UnreadableFile(f"{suffix or '无扩展名的'}文件的格式不能扫描")
    if len(body) > MOST_BYTES:
        raise UnreadableFile("文件过大")
    if suffix in (".xlsx", ".docx"):
        _refuse_bombs(body)
    try:
        return reader(body)
    except UnreadableFile:
        raise
    except Exception as error:  # the parsers raise whatever a broken file leads them to
        raise UnreadableFile("文件已损坏") from error


def _plain(body: bytes) -> str:
    return decode(body)


def _sheets(body: bytes) -> str:
    book = load_workbook(BytesIO(body), read_only=True, data_only=True)
    rows = (row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))
    return "\n".join(
        "\t".join(_cell(cell) for cell in row if cell is not None) for row in islice(rows, MOST_ROWS)
    )


def _cell(value: object) -> str:
    """A long number is kept whole: a float would round an ID or a card."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _word(body: bytes) -> str:
    return "\n".join(islice(_word_lines(body), MOST_ROWS))


def _word_lines(body: bytes) -> Iterator[str]:
    document = Document(BytesIO(body))
    yield from (paragraph.text for paragraph in document.paragraphs)
    for table in document.tables:
        for row in table.rows:
            yield "\t".join(cell.text for cell in row.cells)


def _pdf(body: bytes) -> str:
    reader = PdfReader(BytesIO(body))
    if reader.is_encrypted:
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
}
