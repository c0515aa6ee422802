"""The annual report in a file or at an address; the kind is decided by the bytes, never by the name."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from crawler.documents.document import Document, Grid
from crawler.documents.files import kind_of, read_document
from crawler.fetching.client import MOST_BYTES, Client
from crawler.fetching.destinations import FetchFailed, typed
from crawler.outcomes.outcome import see_answer
from crawler.page.page import Page
from crawler.page.values import PageRequest
from crawler.readers.articles.article import read_article
from monitor.annual.checks.forms import EARLIEST
from monitor.annual.checks.report import Report
from monitor.annual.reading.compose import report_of
from monitor.annual.reading.headings import heading_of, part_with_headings
from rules.errors import WrongInput

LONG_TABLE = 15  # rows: table three has more than twenty
NO_REPORT = "里没有读到政府信息公开工作年度报告：没有六个部分的标题，也没有三张表，请核对文件或地址"
PROSE = 3_000  # characters: a page with more is the report itself, whatever files it offers
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_READABLE = re.compile(r"\.(?:docx|pdf|xlsx)(?:$|[?#&])", re.IGNORECASE)


def read_report(where: str, published: date | None = None) -> Report:
    """The report at a path or address; `published` overrides what the page says. Raises WrongInput where there
    is none, so that what was not read is never reported as a fault."""
    return checked(where, document_at(where), published)


def checked(where: str, document: Document, published: date | None = None) -> Report:
    """The report of a document, if it is one."""
    report = report_of(document)
    if not report.headings and not report.cells and not (report.year and report.year < EARLIEST):
        raise WrongInput(f"“{where}”{NO_REPORT}。")
    return replace(report, published=published) if published else report


def document_at(where: str) -> Document:
    """The document at a path or an http(s) address; where a page only offers the report as a file, that file.
    Raises WrongInput: nothing there, of no readable kind, broken, too large."""
    if not _ADDRESS.match(where):
        return document_of(Page("file:///", _file(Path(where))))
    with Client(typed(where)) as client:
        page = _fetch(client, where)
        return _attached(client, page) or document_of(page)


def document_of(file: Page) -> Document:
    """The document in a file, a web page with its own title and day. Raises WrongInput."""
    document = read_document(file, "", part_with_headings, lambda line: heading_of(line) is not None)
    if document.kind != "html":
        return document
    article = read_article(file)
    return replace(document, title=article.title or "", published=article.published)


def _file(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise WrongInput(f"没有这个文件：{path}。")
        if path.stat().st_size > MOST_BYTES:
            raise WrongInput(f"文件超过 {MOST_BYTES // 1_000_000} MB，拒绝读取：{path}。")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "路径有误"
        raise WrongInput(f"文件无法读取：{path}（{why}）。") from None


def _fetch(client: Client, address: str) -> Page:
    try:
        return client.fetch(PageRequest(address))
    except FetchFailed as error:
        raise WrongInput(str(error)) from None


def _attached(client: Client, page: Page) -> Document | None:
    """The file that a page offers in place of a text of its own; None where the page is to be read itself."""
    if kind_of(page.body) != "html":
        return None
    page_outcome = see_answer(page)
    if page.status >= 400 or (page_outcome and not page_outcome.outcome.seen):
        why = page_outcome.sentence if page_outcome else f"网站返回 {page.status}"
        raise WrongInput(f"这个地址没有读到报告：{why}。")
    article = read_article(page)
    files = [a.url for a in article.attachments if _READABLE.search(a.url) or _READABLE.search(a.name)]
    document = document_of(page)
    # About the size of table three.
    long = any(isinstance(block, Grid) and len(block.rows) > LONG_TABLE for block in document.blocks)
    if not files or long or sum(len(text) for text in document.paragraphs) > PROSE:
        return None
    attached = document_of(_fetch(client, files[0]))
    return replace(attached, title=article.title or attached.title, published=article.published)
