"""The bulletin in Word: the office's template filled (the only place where its prose is put together), the annexes
behind it; and the working copy beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.document import Document

from monitor.bulletin.annexes import Annex, annexes_of
from monitor.bulletin.compose import Bulletin
from monitor.bulletin.template_filling import fill_words
from monitor.bulletin.template_words import copies_of, words_of
from monitor.bulletin.working_copy import working_parts
from monitor.paper_files.inert import plain
from monitor.paper_files.table_pages import paged
from monitor.paper_files.word_document import (
    append_table,
    break_titles,
    new_document,
    save_document,
    write_line,
)
from monitor.paper_files.word_page import TEXT_HEIGHT, add_styles, height_of

DRAFT = "草　稿"
WORKING_TITLE = "通报工作底稿"


@dataclass(frozen=True, slots=True)
class ProseParagraph:
    """One paragraph of the prose: its style's name and its text, on one line."""

    style: str
    text: str


def fill_template(bulletin: Bulletin, template: Path) -> Document:
    """The template with the bulletin's words in it. Raises WrongInput where it cannot be read or asks for a word
    there is not."""
    words = {name: plain(value) for name, value in words_of(bulletin).items()}
    document = docx.Document(BytesIO(fill_words(template, words)))
    break_titles(document)
    return document


def prose_of(document: Document) -> list[ProseParagraph]:
    """The paragraphs that say something, up to the annexes."""
    found = []
    for paragraph in document.paragraphs:
        style = paragraph.style.name if paragraph.style is not None else ""
        if style == "附件标号":
            break
        text = "".join(paragraph.text.split("\n")).strip()
        if text and style != "草稿标记":
            found.append(ProseParagraph(style or "", text))
    return found


def title_of(prose: Sequence[ProseParagraph]) -> str:
    """The bulletin's title; in a template without such a style its first paragraph."""
    titles = [each.text for each in prose if each.style == "公文标题"]
    return (titles or [each.text for each in prose] or ["通报"])[0]


def draft_line(bulletin: Bulletin) -> str:
    """The line at the head of a draft."""
    reasons = "；".join(bulletin.doubts)
    return f"{DRAFT}（不得印发：{reasons}）" if reasons else DRAFT


def write_word(bulletin: Bulletin, filled: Document, path: Path) -> None:
    """Writes the bulletin: the annexes are added to the filled template."""
    add_styles(filled)
    filled.core_properties.title = title_of(prose_of(filled))
    if bulletin.draft:
        _mark(filled, draft_line(bulletin))
    for annex in annexes_of(bulletin):
        append_annex(filled, annex)
    append_copies(filled, bulletin)
    save_document(filled, path, bulletin.judgement.site.name, bulletin.as_of)


def write_working(bulletin: Bulletin, path: Path) -> None:
    """Writes the working copy."""
    document = new_document(WORKING_TITLE)
    write_line(document, "公文标题", WORKING_TITLE)
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


def append_copies(document: Document, bulletin: Bulletin) -> None:
    """版记, below all else: who gets a copy, who issued it when. Only where the site file names somebody."""
    if copies := copies_of(bulletin):
        for line in copies:
            document.add_paragraph(plain(line), style="版记")


def append_annex(document: Document, annex: Annex) -> None:
    """Adds an annex on a new page: its label, title, scope, table and note."""
    above = {"附件标号": annex.label, "附件标题": annex.title, "附件范围": f"（{annex.scope}）"}
    for style, text in above.items():
        write_line(document, style, text)
    taken = sum(height_of(style, text) for style, text in above.items())
    table = paged(annex.grid, TEXT_HEIGHT - taken, TEXT_HEIGHT, height_of("表注", annex.note))
    append_table(document, table.grid, table.heights)
    document.add_paragraph(plain(annex.note), style="表注")
