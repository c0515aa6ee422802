"""The annual report in a file or at an address; the kind is decided by the bytes, never by the name."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from crawler.documents.document import Document, Grid
from crawler.fetching.client import MOST_BYTES, Client
from crawler.fetching.destinations import FetchFailed, typed
from crawler.page.page import Page
from crawler.page.values import PageRequest
from crawler.sites.office_files import read_bytes
from monitor.annual.checks.forms import EARLIEST
from monitor.annual.checks.report import Report
from monitor.annual.reading.compose import report_of
from monitor.annual.reading.offered import Offered, offered_by
from monitor.bounded_check import check_bounded
from rules.errors import WrongInput

LONG_TABLE = 15  # rows: table three has more than twenty
NO_REPORT = "里没有读到政府信息公开工作年度报告：没有六个部分的标题，也没有三张表，请核对文件或地址"
PROSE = 3_000  # characters: a page with more is the report itself, whatever files it offers
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


def read_report(where: str, published: date | None = None) -> Report:
    """The report at a path or address; `published` overrides what the page says. Raises WrongInput where there
    is none, so that what was not read is never reported as a fault."""
    return checked(where, document_at(where), published)


def checked(where: str, document: Document, published: date | None = None) -> Report:
    """The report of a document, if it is one."""
    report = check_bounded(lambda: report_of(document))
    if not report.headings and not report.cells and not (report.year and report.year < EARLIEST):
        raise WrongInput(f"“{where}”{NO_REPORT}。")
    return replace(report, published=published) if published else report


def document_at(where: str) -> Document:
    """The document at a path or an http(s) address; where a page only offers the report as a file, that file.
    Raises WrongInput: nothing there, of no readable kind, broken, too large."""
    if not _ADDRESS.match(where):
        body = read_bytes(Path(where), most=MOST_BYTES)
        try:
            return document_of(Page("file:///", body))
        except WrongInput as error:  # of several files, which
            raise WrongInput(f"{where}：{error}") from None
    with Client(typed(where)) as client:
        return _chosen(client, offered_by(_fetch(client, where)))


def document_of(file: Page) -> Document:
    """The document in a file, a web page with its own title and day. Raises WrongInput."""
    return offered_by(file).document


def _fetch(client: Client, address: str) -> Page:
    try:
        return client.fetch(PageRequest(address))
    except FetchFailed as error:
        raise WrongInput(str(error)) from None


def _chosen(client: Client, offered: Offered) -> Document:
    """Of what an address offers, the report: its own text, or the file that a page shows in place of one."""
    if offered.trouble:
        raise WrongInput(f"这个地址没有读到报告：{offered.trouble}。")
    document = offered.document
    # About the size of table three.
    long = any(isinstance(block, Grid) and len(block.rows) > LONG_TABLE for block in document.blocks)
    if not offered.files or long or sum(len(text) for text in document.paragraphs) > PROSE:
        return document
    attached = document_of(_fetch(client, offered.files[0]))
    return replace(attached, title=document.title or attached.title, published=document.published)
