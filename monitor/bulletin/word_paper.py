"""The bulletin in Word: the filled template with the annexes behind it; and the working copy beside it."""

from pathlib import Path
from typing import Any

from docx.document import Document

from monitor.bulletin.annexes import Annex, annexes_of
from monitor.bulletin.compose import Bulletin
from monitor.bulletin.template_filling import DRAFT, draft_line
from monitor.bulletin.working_copy import working_parts
from monitor.paper_files.inert import plain
from monitor.paper_files.word_document import new_document, save_document, write_line
from monitor.paper_files.word_page import add_styles
from monitor.paper_files.word_tables import append_table


def write_word(bulletin: Bulletin, filled: Document, path: Path) -> None:
    """Writes the bulletin: the annexes are added to the filled template."""
    add_styles(filled)
    filled.core_properties.title = filled.paragraphs[0].text
    if bulletin.draft:
        _mark(filled, draft_line(bulletin))
    for annex in annexes_of(bulletin):
        append_annex(filled, annex)
    save_document(filled, path, bulletin.judgement.site.name, bulletin.as_of)


def write_working(bulletin: Bulletin, path: Path) -> None:
    """Writes the working copy."""
    document = new_document()
    write_line(document, "公文标题", "通报工作底稿")
    write_line(document, "附件范围", "（不随通报印发）")
    for part in working_parts(bulletin):
        write_line(document, "一级标题", part.title)
        for line in part.lines:
            write_line(document, "公文正文", line)
        if part.rows:
            append_table(document, part.grid)
        elif part.heads:
            write_line(document, "公文正文", "无")
    save_document(document, path, bulletin.judgement.site.name, bulletin.as_of)


def _mark(document: Document, line: str) -> None:
    first: Any = document.paragraphs[0]
    first.insert_paragraph_before(plain(line), style="草稿标记")
    section = document.sections[0]
    for header in (section.header, section.even_page_header):
        header.is_linked_to_previous = False
        header.paragraphs[0].text = DRAFT


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
