"""The bulletin in Word: the filled template with the annexes behind it; and the working copy beside it."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import docx
from docx.document import Document

from monitor.bulletin.annexes import Annex, annexes_of
from monitor.bulletin.compose import Bulletin
from monitor.bulletin.word_filling import DRAFT, draft_line
from monitor.bulletin.working_copy import Part, working_parts
from monitor.word.grid import Cell, Grid
from monitor.word.inert import plain
from monitor.word.packing import pack
from monitor.word.page import add_styles, lay_out
from monitor.word.tables import append_table


def write_word(bulletin: Bulletin, filled: Document, path: Path) -> None:
    """Writes the bulletin: the annexes are added to the filled template."""
    add_styles(filled)
    filled.core_properties.title = filled.paragraphs[0].text
    if bulletin.draft:
        _mark(filled, draft_line(bulletin))
    for annex in annexes_of(bulletin):
        append_annex(filled, annex)
    _save(filled, bulletin.judgement.site.name, path, bulletin.as_of)


def write_working(bulletin: Bulletin, path: Path) -> None:
    """Writes the working copy."""
    document = docx.Document()
    lay_out(document)
    document.add_paragraph("通报工作底稿", style="公文标题")
    document.add_paragraph("（不随通报印发）", style="附件范围")
    for part in working_parts(bulletin):
        document.add_paragraph(plain(part.title), style="一级标题")
        for line in part.lines:
            document.add_paragraph(plain(line), style="公文正文")
        if part.rows:
            append_table(document, grid_of(part))
        elif part.heads:
            document.add_paragraph("无", style="公文正文")
    _save(document, bulletin.judgement.site.name, path, bulletin.as_of)


def grid_of(part: Part) -> Grid:
    """A part's headings and rows as a grid."""
    rows = [part.heads, *part.rows]
    cells = [Cell(row, column, text) for row, texts in enumerate(rows) for column, text in enumerate(texts)]
    return Grid(part.widths, len(rows), tuple(cells))


def _mark(document: Document, line: str) -> None:
    first: Any = document.paragraphs[0]
    first.insert_paragraph_before(plain(line), style="草稿标记")
    section = document.sections[0]
    for header in (section.header, section.even_page_header):
        header.is_linked_to_previous = False
        header.paragraphs[0].text = DRAFT


def _save(document: Document, author: str, path: Path, day: date) -> None:
    document.core_properties.author = plain(author)
    document.save(str(path))
    pack(path, datetime.combine(day, time(), UTC))


def append_annex(document: Document, annex: Annex) -> None:
    """Adds an annex on a new page: its label, title, scope, table and note."""
    for style, text in (
        ("附件标号", annex.label),
        ("附件标题", annex.title),
        ("附件范围", f"（{annex.scope}）"),
    ):
        document.add_paragraph(text, style=style)
    append_table(document, annex.grid)
    document.add_paragraph(annex.note, style="表注")
