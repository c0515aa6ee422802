"""The files of a drafted report: text, and Word in the layout of official documents. In Word the table of several
pages begins one: where they turn can then be reckoned, however long the prose before becomes, and a label beside rows that a page
parts is said again."""

from collections.abc import Sequence
from itertools import takewhile
from pathlib import Path

from docx.document import Document

from monitor.annual.draft import Draft
from monitor.annual.draft_tables import grid_of
from monitor.annual.draft_text import DraftLine, as_text, lines_of
from monitor.paper_files.data_files import placed_in
from monitor.paper_files.printed_table import PrintedTable
from monitor.paper_files.table_pages import paged, row_heights
from monitor.paper_files.word_document import append_table, new_document, save_document, write_line
from monitor.paper_files.word_page import TEXT_HEIGHT, height_of

STYLES = {"title": "公文标题", "heading": "一级标题", "text": "公文正文", "note": "表注"}


def write_draft(draft: Draft, folder: Path, name: str, overwrite: bool = False) -> list[Path]:
    """Writes the Word and text files into a folder (made if need be) and returns their paths. Raises WrongInput where
    others of their names stand there, unless `overwrite`."""
    with placed_in(folder, overwrite) as aside:
        write_word(draft, aside / f"{name}.docx")
        (aside / f"{name}.txt").write_text(as_text(draft), encoding="utf-8")
    return [folder / f"{name}.docx", folder / f"{name}.txt"]


def write_word(draft: Draft, path: Path) -> None:
    """Writes the draft to a .docx file; the same draft gives the same bytes."""
    document = new_document(draft.title)
    lines = tuple(lines_of(draft))
    for place, line in enumerate(lines):
        if line.kind != "table":
            write_line(document, STYLES[line.kind], line.text)
            continue
        grid = grid_of(draft, int(line.text))
        if grid.blocks:
            _append_long(document, draft, grid, lines[place - 1], lines[place + 1 :])
        else:
            append_table(document, grid, whole=True)
    save_document(document, path, draft.name, draft.as_of)


def _append_long(
    document: Document, draft: Draft, grid: PrintedTable, heading: DraftLine, after: Sequence[DraftLine]
) -> None:
    """Adds a table that, with the heading just written, begins a page, and ends on one that holds the next table too."""
    document.paragraphs[-1].paragraph_format.page_break_before = True
    between = [*takewhile(lambda line: line.kind != "table", after)]
    below = sum(_height(draft, line) for line in after[: len(between) + 1])
    table = paged(grid, TEXT_HEIGHT - _height(draft, heading), TEXT_HEIGHT, below)
    append_table(document, table.grid, table.heights)


def _height(draft: Draft, line: DraftLine) -> float:
    """How much of a page a paragraph or a table takes, in points."""
    if line.kind == "table":
        return sum(row_heights(grid_of(draft, int(line.text))))
    return height_of(STYLES[line.kind], line.text)
