"""Every word of an attachment, for scanning, unbounded: for the child process alone (`crawler.documents.files`)."""

import re
import time
from collections.abc import Callable, Iterator

from crawler.documents.formats import is_pdf
from crawler.documents.office_archive import MOST_UNPACKED, DamagedArchive, OversizedArchive, office_kind
from crawler.documents.pdf_pages import Locked, words_of_pdf
from crawler.documents.sandbox import Json, Stop
from crawler.documents.word_text import words_of_word
from crawler.documents.workbook import words_of_workbook
from crawler.page.decode import decode
from crawler.page.lines import read_lines
from crawler.page.page import Page

# What is scanned for personal numbers: more than anybody reads, less than would hold up a crawl.
MOST_ROWS = 100_000
MOST_CHARACTERS = 4_000_000
LONGEST = 2.5  # seconds of processor time: before the limit that would lose what was read so far
_BEGINS_AS_MARKUP = re.compile(
    r"\s*(?:<\?[^<>]{0,200}>\s*)?<(?:!doctype html|html|head|meta|style|body|table)\b", re.IGNORECASE
)
_TEXTS = ("txt", "csv")


class Wordless(Exception):
    """A file whose words cannot be had; the text says why, in Chinese."""


def words_in(body: bytes, suffix: str) -> Json:
    """{"text": words, lines for rows or cells; "why": Chinese, without a full stop, where they are not all or none}.
    The format is what the bytes are, and the suffix of the address (".xlsx", "") where they do not tell. Raises whatever
    the parsers do where the file is broken."""
    try:
        text, whole = _gathered(_lines(body, suffix))
    except Wordless as error:
        return {"text": "", "why": str(error)}
    if not text.strip():
        return {"text": "", "why": "文件里没有文字，可能是扫描图片" if whole else Stop.TIME.value}
    return {"text": text, "why": "" if whole else "文件过长，只扫描了前一部分"}


def _gathered(lines: Iterator[str]) -> tuple[str, bool]:
    """As many lines as are scanned, and whether they are all."""
    gathered: list[str] = []
    characters, started = 0, time.process_time()
    for line in lines:
        late = time.process_time() - started > LONGEST
        if late or len(gathered) == MOST_ROWS or characters >= MOST_CHARACTERS:
            return "\n".join(gathered), False
        gathered.append(line[: MOST_CHARACTERS - characters])
        characters += len(line) + 1
    return "\n".join(gathered), characters <= MOST_CHARACTERS + 1


def _lines(body: bytes, suffix: str) -> Iterator[str]:
    named = suffix.removeprefix(".")
    reader = _READERS.get(_told(body, named) or named)
    if reader is None:
        raise Wordless(f"{suffix or '无扩展名的'}文件的格式不能扫描")
    if _is_markup(body) and reader is not _exported and named not in _TEXTS:
        raise Wordless("打开的是网页而不是文件")
    return reader(body)


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
        if named in _READERS:
            raise Wordless("文件展开后过大") from None
        return ""


def _is_markup(body: bytes) -> bool:
    # Of packed bytes the encoding would be guessed, which takes longer than reading them.
    return not body.startswith((b"PK\x03\x04", b"%PDF-")) and bool(
        _BEGINS_AS_MARKUP.match(decode(body[:2_000]))
    )


def _plain(body: bytes) -> Iterator[str]:
    yield decode(body)


def _exported(body: bytes) -> Iterator[str]:
    """A table in HTML that is called .xls or .doc, as many systems hand out their lists."""
    if not _is_markup(body):
        raise Wordless("旧版Office文件的格式不能扫描")
    return (line.text for line in read_lines(Page("", body)))


def _pages(body: bytes) -> Iterator[str]:
    try:
        yield from words_of_pdf(body)
    except Locked:
        raise Wordless("文件已加密") from None


_READERS: dict[str, Callable[[bytes], Iterator[str]]] = {
    "txt": _plain,
    "csv": _plain,
    "xlsx": words_of_workbook,
    "docx": words_of_word,
    "pdf": _pages,
    "xls": _exported,
    "doc": _exported,
}
