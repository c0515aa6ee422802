"""Word documents: begun in the layout of official documents, written line by line, saved as the same bytes."""

from datetime import date
from pathlib import Path

import docx
from docx.document import Document

from monitor.paper_files.inert import plain
from monitor.paper_files.packing import pack
from monitor.paper_files.word_page import lay_out


def new_document(title: str = "") -> Document:
    """A document with the page and the styles of `word_page`."""
    document = docx.Document()
    lay_out(document)
    if title:
        document.core_properties.title = plain(title)
    return document


def write_line(document: Document, style: str, text: str) -> None:
    """Adds a paragraph of one of the styles."""
    document.add_paragraph(plain(text), style=style)


def save_document(document: Document, path: Path, author: str, day: date) -> None:
    """Writes the file as of a day: the same document gives the same bytes."""
    document.core_properties.author = plain(author)
    document.save(str(path))
    pack(path, day)
