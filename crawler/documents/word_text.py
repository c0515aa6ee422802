"""Every paragraph of a Word file wherever it stands, for scanning: nested tables, fields, frames, insertions, headers,
footnotes. The parts are read as streams, without a tree, so that a list of a whole county costs no memory."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

_PARAGRAPH, _TEXT = qn("w:p"), qn("w:t")
_APART = frozenset({qn("w:br"), qn("w:tab")})
_SECOND_COPY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MAIN = "word/document.xml"
_PART = re.compile(r"word/[^/]+\.xml")
_PIECE = 1 << 16  # bytes


def words_of_word(body: bytes) -> Iterator[str]:
    """The paragraphs, those of the document first. Raises whatever the parser does where the file is broken."""
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        names = dict.fromkeys([_MAIN, *filter(_PART.fullmatch, packed.namelist())])
        for name in names:
            with packed.open(name) as part:
                yield from _paragraphs(part)


def _paragraphs(part: Any) -> Iterator[str]:
    words = _Words()
    target: Any = words  # the stubs ask for more than lxml does
    parser = etree.XMLParser(target=target, resolve_entities=False, no_network=True)
    while piece := part.read(_PIECE):
        parser.feed(piece)
        yield from words.take()
    parser.close()
    yield from words.take()


class _Words:
    """Gathers paragraphs as the parser meets them."""

    def __init__(self) -> None:
        self._paragraphs: list[str] = []
        self._words: list[str] = []
        self._in_text = False
        self._copies = 0

    def take(self) -> list[str]:
        """The paragraphs that came since this was last asked."""
        taken, self._paragraphs = self._paragraphs, []
        return taken

    def start(self, tag: str, _attributes: Mapping[str, str]) -> None:
        if tag == _SECOND_COPY:
            self._copies += 1
        elif self._copies:
            return
        elif tag == _TEXT:
            self._in_text = True
        elif tag == _PARAGRAPH:
            self._end_paragraph()
        elif tag in _APART and self._words:
            self._words.append("\t")

    def end(self, tag: str) -> None:
        if tag == _SECOND_COPY:
            self._copies -= 1
        elif tag == _TEXT:
            self._in_text = False

    def data(self, text: str) -> None:
        if self._in_text:
            self._words.append(text)

    def close(self) -> None:
        self._end_paragraph()

    def _end_paragraph(self) -> None:
        if self._words:
            self._paragraphs.append("".join(self._words))
            self._words = []
