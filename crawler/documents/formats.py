"""What kind of file the bytes are, and the neutral document in them, unbounded: for the child process alone
(`crawler.documents.files` is the door for everybody else)."""

import re
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import PurePosixPath

from crawler.documents.document import Document, Grid
from crawler.documents.document_json import pack
from crawler.documents.office_archive import DAMAGED, office_kind
from crawler.documents.pdf import read_pdf
from crawler.documents.plain_text import read_csv, read_text
from crawler.documents.sandbox import Json
from crawler.documents.webpage import Part, read_page
from crawler.documents.word import read_word
from crawler.documents.workbook import read_workbook
from crawler.page.budget import TooCostly
from crawler.page.decode import decode
from crawler.page.page import Page
from rules.errors import WrongInput

MOST_PLACES = 200_000  # of all tables of a file: beyond any list that an office publishes
MOST_BLOCKS = 100_000  # paragraphs, tables and pictures
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
_TOO_MUCH = "这个文件的内容过多或结构异常，没有读取，请在办公软件中另存后重试。"
StandsAlone = Callable[[str], bool]


def kind_of(body: bytes) -> str:
    """docx, xlsx, pdf, html or txt; or the reason for which it is none: old, zip, rtf, empty, unknown.
    Raises WrongInput for an archive that is broken or packed to deceive."""
    if not body or body.isspace():
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


def packed_document(
    body: bytes,
    file: Page,
    kind: str = "",
    among: Collection[str] = (),
) -> Json:
    """`document_in` for the child process: `file` without its bytes; `among`: the kinds that are taken."""
    if among and kind_of(body) not in among:
        raise WrongInput(DAMAGED)
    return pack(document_in(replace(file, body=body), kind))


def document_in(
    file: Page,
    kind: str = "",
    part: Part | None = None,
    stands_alone: StandsAlone = lambda _: False,
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
    try:
        document = readers[kind]()
    except TooCostly:  # as a web page is
        raise WrongInput(_TOO_MUCH) from None
    places = sum(len(row) for grid in document.blocks if isinstance(grid, Grid) for row in grid.rows)
    if places > MOST_PLACES or len(document.blocks) > MOST_BLOCKS:
        raise WrongInput(_TOO_MUCH)
    return document
