"""The paragraphs of a draft (their words stand in templates/draft.txt.j2), and its files: Word in the layout of official
documents, text whose tables are rows of tabs."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from monitor.annual.checks.forms import SECTIONS
from monitor.annual.draft import BLANK, Draft
from monitor.annual.draft_tables import grid_of
from monitor.paper_files.data_files import placed_in
from monitor.paper_files.inert import plain
from monitor.paper_files.templates import render_template
from monitor.paper_files.word_document import append_table, new_document, save_document, write_line
from monitor.wording import Total

MOST_UNREAD = 20
STYLES = {"title": "公文标题", "heading": "一级标题", "text": "公文正文", "note": "表注"}


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One paragraph: `kind` is title, heading, text, note or table; of a table `text` is its number."""

    kind: str
    text: str


def lines_of(draft: Draft) -> Iterator[DraftLine]:
    """The whole report in order, tables by their numbers."""
    text = render_template(
        "monitor.annual", "draft.txt.j2", draft=draft, sections=SECTIONS, known=known, most=MOST_UNREAD
    )
    for line in text.strip().split("\n"):
        kind, _, words = line.partition(" ")
        yield DraftLine(kind, words)


def as_text(draft: Draft) -> str:
    """The draft as plain text."""
    return "\n\n".join(_shown(draft, line) for line in lines_of(draft)) + "\n"


def _shown(draft: Draft, line: DraftLine) -> str:
    if line.kind != "table":
        return plain(line.text)
    rows = grid_of(draft, int(line.text)).rows
    return "\n".join("\t".join(plain(cell.text) for cell in row) for row in rows if row)


def known(total: Total) -> str:
    """The number as it follows a Chinese word; 待填 where nothing was read, for that is not 0."""
    if not total.exact and not total.number:
        return f" {BLANK}"
    return f" {total}" if total.exact else f"{total}"


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
    for line in lines_of(draft):
        if line.kind == "table":
            append_table(document, grid_of(draft, int(line.text)))
        else:
            write_line(document, STYLES[line.kind], line.text)
    save_document(document, path, draft.name, draft.as_of)
