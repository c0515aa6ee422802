"""The one door: an annual report from a file or an address."""

from dataclasses import replace
from datetime import date

from crawler.documents.document import Document
from monitor.annual.checks.forms import EARLIEST
from monitor.annual.checks.report import Report
from monitor.annual.reading.compose import report_of
from monitor.annual.reading.sources import document_at
from rules.errors import WrongInput

NO_REPORT = "里没有读到政府信息公开工作年度报告：没有六个部分的标题，也没有三张表，请核对文件或地址"


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
