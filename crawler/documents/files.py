"""The one entry for files: what kind the bytes are, the neutral document in them, and every word for scanning."""

import re
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from crawler.documents.document import Document
from crawler.documents.office_archive import MOST_UNPACKED, DamagedArchive, OversizedArchive, office_kind
from crawler.documents.pdf import read_pdf
from crawler.documents.plain_text import read_csv, read_text
from crawler.documents.webpage import Part, read_page
from crawler.documents.word import read_word, words_of_word
from crawler.documents.workbook import read_workbook, words_of_workbook
from crawler.page.decode import decode
from crawler.page.lines import read_lines
from crawler.page.page import Page
from rules.errors import GongkaiError, WrongInput

_MARKUP = re.compile(r"<(?:!doctype html|html|head|body|table|div|p)[\s>]", re.IGNORECASE)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_REFUSED = {
    "old": "这是旧式 Office 文件（.doc、.wps 或 .xls），无法直接读取，请用 Word 或 WPS 另存为 .docx 再试。",
    "zip": "这个压缩包不是 Word 或 Excel 文件，能检查的是 .docx、.xlsx、.pdf、网页（.html）和文本（.txt）。",
    "rtf": "这是 RTF 文件，无法直接读取，请另存为 .docx 再试。",
    "unknown": "这个文件的类型无法识别，能检查的是 .docx、.xlsx、.pdf、网页（.html）和文本（.txt）。",
    "empty": "这个文件是空的，没有内容可以检查。",
}

# What is scanned for personal numbers: more than anybody reads, less than would hold up a crawl.
MOST_BYTES = 16 * 1024 * 1024
MOST_ROWS = 100_000
MOST_PAGES = 300
_BEGINS_AS_MARKUP = re.compile(
    r"\s*(?:<\?[^<>]{0,200}>\s*)?<(?:!doctype html|html|head|meta|style|body|table)\b", re.IGNORECASE
)
_TEXTS = ("txt", "csv")


class UnreadableFile(GongkaiError):
    """A file whose words cannot be had; the text says why, in Chinese."""


def kind_of(body: bytes) -> str:
    """docx, xlsx, pdf, html or txt; or the reason for which it is none: old, zip, rtf, empty, unknown.
    Raises WrongInput for an archive that is broken or packed to deceive."""
    if not body.strip():
        return "empty"
    if body.startswith(b"PK"):
        return office_kind(body) or "zip"
    for mark, kind in ((_OLD_OFFICE, "old"), (b"{\\rtf", "rtf")):
        if body.startswith(mark):
            return kind
    if is_pdf(body):
        return "pdf"
    head = body[:8000]
    if len(_CONTROLS.findall(head)) * 50 > len(head) and not body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "unknown"
    return "html" if _MARKUP.search(decode(head)) else "txt"


def is_pdf(body: bytes) -> bool:
    return b"%PDF-" in body[:1024]


def read_document(
    file: Page,
    kind: str = "",
    part: Part | None = None,
    stands_alone: Callable[[str], bool] = lambda _: False,
) -> Document:
    """The document in a file, read as `kind` (docx, xlsx, pdf, csv, txt, html; not given: as its bytes say). `part`:
    of a web page, the element that holds it; `stands_alone`: lines of a PDF that are never joined with others.
    Raises WrongInput, one Chinese sentence: of no readable kind, broken, locked, too large."""
    kind = kind or kind_of(file.body)
    readers: dict[str, Callable[[], Document]] = {
        "docx": lambda: read_word(file.body),
        "xlsx": lambda: read_workbook(file.body),
        "pdf": lambda: read_pdf(file.body, stands_alone),
        "html": lambda: read_page(file, part),
        "csv": lambda: read_csv(file.text, PurePosixPath(file.url).stem),
        "txt": lambda: read_text(file.text),
    }
    if kind not in readers:
        raise WrongInput(_REFUSED[kind])
    return readers[kind]()


def words_of(url: str, body: bytes) -> str:
    """The words of an attachment, lines for rows or cells; its format is what the bytes are, and what the address
    ends with where they do not tell. Raises UnreadableFile (format, size, damage, a file of pictures alone)."""
    if len(body) > MOST_BYTES:
        raise UnreadableFile("文件过大")
    suffix = PurePosixPath(unquote(urlsplit(url).path)).suffix.lower()
    named = suffix.removeprefix(".")
    reader = WORDS.get(_told(body, named) or named)
    if reader is None:
        raise UnreadableFile(f"{suffix or '无扩展名的'}文件的格式不能扫描")
    if _is_markup(body) and reader is not _exported and named not in _TEXTS:
        raise UnreadableFile("打开的是网页而不是文件")
    try:
        text = "\n".join(islice(reader(body), MOST_ROWS))
    except UnreadableFile:
        raise
    except Exception as error:  # the parsers raise whatever a broken file leads them to
        raise UnreadableFile("文件已损坏") from error
    if not text.strip():
        raise UnreadableFile("文件里没有文字，可能是扫描图片")
    return text


def _told(body: bytes, named: str) -> str:
    """The kind that the bytes themselves tell; "" where they do not."""
    if is_pdf(body):
        return "pdf"
    try:
        # Rows are read one by one, so that a long sheet is no danger.
        return office_kind(body, MOST_UNPACKED) if body.startswith(b"PK") else ""
    except DamagedArchive:
        return ""
    except OversizedArchive:
        if named in WORDS:
            raise UnreadableFile("文件展开后过大") from None
        return ""


def _is_markup(body: bytes) -> bool:
    return bool(_BEGINS_AS_MARKUP.match(decode(body[:2_000])))


def _plain(body: bytes) -> Iterator[str]:
    yield decode(body)


def _exported(body: bytes) -> Iterator[str]:
    """A table in HTML that is called .xls or .doc, as many systems hand out their lists."""
    if not _is_markup(body):
        raise UnreadableFile("旧版Office文件的格式不能扫描")
    return (line.text for line in read_lines(Page("", body)))


def _pages(body: bytes) -> Iterator[str]:
    from crawler.documents.pdf_pages import Locked, words_of_pdf

    try:
        yield from words_of_pdf(body, MOST_PAGES)
    except Locked:
        raise UnreadableFile("文件已加密") from None


WORDS: dict[str, Callable[[bytes], Iterator[str]]] = {
    "txt": _plain,
    "csv": _plain,
    "xlsx": words_of_workbook,
    "docx": words_of_word,
    "pdf": _pages,
    "xls": _exported,
    "doc": _exported,
}
