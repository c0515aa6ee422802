"""The draft as a Word file in the layout of official documents."""

from datetime import UTC, date, datetime, time
from pathlib import Path

import docx
from docx.document import Document

from monitor.annual.draft import Draft
from monitor.annual.draft_tables import grid_of
from monitor.annual.draft_text import Line, lines_of
from monitor.word.inert import plain
from monitor.word.packing import pack
from monitor.word.page import lay_out
from monitor.word.tables import append_table

STYLES = {"title": "公文标题", "heading": "一级标题", "text": "公文正文", "note": "表注"}


def write_word(draft: Draft, path: Path) -> None:
    """Writes the draft to a .docx file; the same draft gives the same bytes."""
    document = docx.Document()
    lay_out(document)
    document.core_properties.title = plain(draft.title)
    document.core_properties.author = plain(draft.name)
    for line in lines_of(draft):
        _write(document, draft, line)
    document.save(str(path))
    pack(path, _midnight(draft.as_of))


def _write(document: Document, draft: Draft, line: Line) -> None:
    if line.kind == "table":
        append_table(document, grid_of(draft, int(line.text)))
    else:
        document.add_paragraph(plain(line.text), style=STYLES[line.kind])


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
