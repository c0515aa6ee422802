"""The one door for files that strangers wrote: attachments, annual reports, tables. Each is parsed in a bounded child
process (`crawler.documents.sandbox`); this module and whoever imports it load no parser."""

from collections.abc import Collection
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from crawler.documents.document import Document
from crawler.documents.document_json import unpack
from crawler.documents.sandbox import Json, ParserStopped, Stop, Work, run_bounded
from crawler.page.page import Page
from rules.errors import GongkaiError, WrongInput

MOST_BYTES = 16 * 1024 * 1024  # of an attachment
# Endings of the files whose words can be had: of old Office files, where they are tables in HTML.
SCANNED = frozenset({"txt", "csv", "xlsx", "docx", "pdf", "xls", "doc"})


class UnreadableFile(GongkaiError):
    """A file whose words cannot be had, or only those of its beginning (`text`); it says why, in Chinese."""

    def __init__(self, why: str, text: str = "") -> None:
        super().__init__(why)
        self.text = text


def words_of(url: str, body: bytes) -> str:
    """The words of an attachment, lines for rows or cells; its format is what the bytes are, and what the address
    ends with where they do not tell. Raises UnreadableFile (format, size, damage, a file of pictures alone, too
    long, too costly to parse)."""
    if len(body) > MOST_BYTES:
        raise UnreadableFile("文件过大")
    suffix = PurePosixPath(unquote(urlsplit(url).path)).suffix.lower()
    try:
        said = run_bounded(_words_in, body, suffix)
    except ParserStopped as stopped:
        raise UnreadableFile(stopped.stop.value) from stopped
    except WrongInput as refusal:  # a table in HTML above the budget of pages
        raise UnreadableFile("文件过大或结构异常，没有读取") from refusal
    if said["why"]:
        raise UnreadableFile(said["why"], said["text"])
    return str(said["text"])


def read_document(file: Page, kind: str = "", among: Collection[str] = ()) -> Document:
    """The document in a file, read as `kind` (docx, xlsx, pdf, csv, txt, html; not given: as its bytes say); of none
    but the kinds `among`, if given. Raises WrongInput, one Chinese sentence: of no readable kind, broken, locked, too
    large, too costly."""
    return unpack(read_bounded(_packed_document, file, kind, tuple(among)))


def read_bounded(work: Work, file: Page, *arguments: object) -> Json:
    """What `work(body, file without its bytes, *arguments)` says in a bounded process. Raises WrongInput, also where
    it had to be stopped."""
    bare = Page(file.url, b"", file.status, dict(file.headers), file.asked)
    try:
        return run_bounded(work, file.body, bare, *arguments)
    except ParserStopped as stopped:
        if stopped.stop is Stop.NOT_RUN:
            raise WrongInput(f"{stopped.stop.value}，请稍后重试。") from stopped
        raise WrongInput(f"这个{stopped.stop.value}，请在办公软件中另存后重试。") from stopped


def _words_in(body: bytes, suffix: str) -> Json:
    from crawler.documents.scanning import words_in

    return words_in(body, suffix)


def _packed_document(body: bytes, file: Page, kind: str, among: Collection[str]) -> Json:
    from crawler.documents.formats import packed_document

    return packed_document(body, file, kind, among)
