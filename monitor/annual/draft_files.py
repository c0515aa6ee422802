"""The draft's files: Word in the layout of official documents, and plain text."""

from pathlib import Path

from monitor.annual.draft import Draft
from monitor.annual.draft_tables import grid_of
from monitor.annual.draft_text import as_text, lines_of
from monitor.paper_files.data_files import placed_in
from monitor.paper_files.word_document import new_document, save_document, write_line
from monitor.paper_files.word_tables import append_table

STYLES = {"title": "公文标题", "heading": "一级标题", "text": "公文正文", "note": "表注"}


def write_draft(draft: Draft, folder: Path, name: str) -> list[Path]:
    """Writes the Word and text files into a folder (made if need be) and returns their paths."""
    with placed_in(folder) as aside:
        write_word(draft, aside / f"{name}.docx")
        (aside / f"{name}.txt").write_text(as_text(draft), encoding="utf-8")
    return [folder / f"{name}.docx", folder / f"{name}.txt"]


def write_word(draft: Draft, path: Path) -> None:
    """Writes the draft to a .docx file; the same draft gives the same bytes."""
    document = new_document(draft.title)
    for line in lines_of(draft):
        if line.kind == "table":
            append_table(document, grid_of(draft, int(line.text)))
        else:
            write_line(document, STYLES[line.kind], line.text)
    save_document(document, path, draft.name, draft.as_of)
