"""Where reports come from: a file or an address, told apart by what the bytes are and never by a name."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx

from crawler.documents.document import Document, Grid
from crawler.documents.packed import kind_within
from crawler.documents.pdf import read_pdf
from crawler.documents.plain_text import read_text
from crawler.documents.word import read_word
from crawler.documents.workbook import read_workbook
from crawler.outcomes.outcome import see_answer
from crawler.page.decode import decode
from crawler.page.page import Page
from crawler.readers.articles.article import read_article
from crawler.settings import USER_AGENT
from monitor.annual.reading.headings import heading_of
from monitor.annual.reading.webpage import read_page
from rules.errors import WrongInput

MOST_BYTES = 40_000_000
LONG_TABLE = 15
PROSE = 3_000
LONGEST_WAIT = 30.0
LONGEST_DOWNLOAD = 120.0
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_MARKUP = re.compile(r"<(?:!doctype html|html|head|body|table|div|p)[\s>]", re.IGNORECASE)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_READABLE = re.compile(r"\.(?:docx|pdf|xlsx)(?:$|[?#&])", re.IGNORECASE)
_OLD_WORD = b"\xd0\xcf\x11\xe0"
_REFUSED = {
    "old": "这是旧式 Office 文件（.doc、.wps 或 .xls），无法直接读取，请用 Word 或 WPS 另存为 .docx 再试。",
    "zip": "这个压缩包不是 Word 或 Excel 文件，能检查的是 .docx、.xlsx、.pdf、网页（.html）和文本（.txt）。",
    "rtf": "这是 RTF 文件，无法直接读取，请另存为 .docx 再试。",
    "unknown": "这个文件的类型无法识别，能检查的是 .docx、.xlsx、.pdf、网页（.html）和文本（.txt）。",
    "empty": "这个文件是空的，没有内容可以检查。",
}


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes with the address they came from ("" for a file) and the content type that was told."""

    body: bytes
    address: str = ""
    content_type: str = ""
    status: int = 200

    @property
    def page(self) -> Page:
        return Page(self.address or "file:///", self.body, self.status, {"content-type": self.content_type})


def read_document(where: str) -> Document:
    """The document at a path or an http(s) address; where a page only offers the report as a file, that file.
    Raises WrongInput: nothing there, of no readable kind, broken, too large."""
    if not _ADDRESS.match(where):
        return read_source(Source(_file(Path(where))))
    source = _fetch(where)
    return _attached(source) or read_source(source)


def read_source(source: Source) -> Document:
    """The document in some bytes. Raises WrongInput."""
    kind = kind_of(source.body)
    readers: dict[str, Callable[[], Document]] = {
        "docx": lambda: read_word(source.body),
        "xlsx": lambda: read_workbook(source.body),
        "pdf": lambda: read_pdf(source.body, lambda text: heading_of(text) is not None),
        "html": lambda: read_page(source.page),
        "txt": lambda: read_text(decode(source.body, source.content_type)),
    }
    if kind not in readers:
        raise WrongInput(_REFUSED[kind])
    return readers[kind]()


def kind_of(body: bytes) -> str:
    """docx, xlsx, pdf, html or txt; or the reason for which it is none: old, zip, rtf, empty, unknown.
    Raises WrongInput for an archive that is broken or packed to deceive."""
    if not body.strip():
        return "empty"
    if body.startswith(b"PK"):
        return kind_within(body) or "zip"
    for mark, kind in ((_OLD_WORD, "old"), (b"{\\rtf", "rtf")):
        if body.startswith(mark):
            return kind
    if b"%PDF-" in body[:1024]:
        return "pdf"
    head = body[:8000]
    if len(_CONTROLS.findall(head)) * 50 > len(head) and not body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "unknown"
    return "html" if _MARKUP.search(decode(head)) else "txt"


def _file(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise WrongInput(f"没有这个文件：{path}。")
        if path.stat().st_size > MOST_BYTES:
            raise WrongInput(f"文件超过 {MOST_BYTES // 1_000_000} MB，拒绝读取：{path}。")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise WrongInput(
            f"文件无法读取：{path}（{getattr(error, 'strerror', None) or '路径有误'}）。"
        ) from None


def _fetch(address: str) -> Source:
    """One polite download, bounded in size and time."""
    headers = {"User-Agent": USER_AGENT}
    try:
        with (
            httpx.Client(
                timeout=LONGEST_WAIT, follow_redirects=True, max_redirects=5, headers=headers
            ) as client,
            client.stream("GET", address) as answer,
        ):
            body = _bounded(answer)
            return Source(body, str(answer.url), answer.headers.get("content-type", ""), answer.status_code)
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise WrongInput(
            f"地址无法访问：{address}（{type(error).__name__}），请核对地址或稍后再试。"
        ) from None


def _bounded(answer: httpx.Response) -> bytes:
    started, body = time.monotonic(), bytearray()
    for piece in answer.iter_bytes():
        body += piece
        if len(body) > MOST_BYTES or time.monotonic() - started > LONGEST_DOWNLOAD:
            raise WrongInput("这个地址返回的内容过大或过慢，已放弃下载。")
    return bytes(body)


def _attached(source: Source) -> Document | None:
    """The file that a page offers in place of a text of its own; None where the page is to be read itself."""
    if kind_of(source.body) != "html":
        return None
    page = source.page
    sight = see_answer(page)
    if source.status >= 400 or (sight and not sight.outcome.seen):
        why = sight.sentence if sight else f"网站返回 {source.status}"
        raise WrongInput(f"这个地址没有读到报告：{why}。")
    article = read_article(page)
    files = [
        each.url for each in article.attachments if _READABLE.search(each.url) or _READABLE.search(each.name)
    ]
    document = read_page(page)
    if not files or sum(len(text) for text in document.paragraphs) > PROSE or _long_table(document):
        return None
    attached = read_source(_fetch(files[0]))
    return Document(attached.kind, attached.blocks, article.title or attached.title, article.published)


def _long_table(document: Document) -> bool:
    """Whether a document has a table about the size of table three."""
    return any(isinstance(block, Grid) and len(block.rows) > LONG_TABLE for block in document.blocks)
