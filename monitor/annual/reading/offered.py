"""What a file or a web page holds of an annual report: read in the process that parses it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from crawler.documents.document import Document
from crawler.documents.document_json import pack, unpack
from crawler.documents.files import read_bounded
from crawler.page.page import Page
from monitor.annual.reading.headings import heading_of, part_with_headings

# What `_offered` needs in the process that parses: imported there once, before the first file.
PARSED_WITH = ("crawler.outcomes.outcome", "crawler.readers.articles.article")
_READABLE = re.compile(r"\.(?:docx|pdf|xlsx)(?:$|[?#&])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Offered:
    """A document, and of a web page: the addresses of the files that it offers, and why it shows no report itself, in
    Chinese ("" where nothing speaks against it)."""

    document: Document
    files: tuple[str, ...] = ()
    trouble: str = ""


def offered_by(file: Page) -> Offered:
    """What a file holds; a web page with its own title and day. Raises WrongInput: of no readable kind, broken, too
    large, too costly."""
    said = read_bounded(_offered, file)
    return Offered(unpack(said["document"]), tuple(said["files"]), said["trouble"])


def _offered(body: bytes, bare: Page) -> Mapping[str, Any]:
    from crawler.documents.formats import document_in
    from crawler.outcomes.outcome import see_answer
    from crawler.readers.articles.article import read_article

    page = replace(bare, body=body)
    document = document_in(page, "", part_with_headings, lambda line: heading_of(line) is not None)
    if document.kind != "html":
        return {"document": pack(document), "files": [], "trouble": ""}
    article, seen = read_article(page), see_answer(page)
    faulty = page.status >= 400 or (seen and not seen.outcome.seen)
    trouble = (seen.sentence if seen else f"网站返回 {page.status}") if faulty else ""
    files = [a.url for a in article.attachments if _READABLE.search(a.url) or _READABLE.search(a.name)]
    titled = replace(document, title=article.title or "", published=article.published)
    return {"document": pack(titled), "files": files, "trouble": trouble}
