"""The bulletin's Word template, as the office finds it: `python -m monitor.bulletin.word_template` writes it anew.

The office may edit the result, or a copy of it, in Word: its words in {{ }} are those of `monitor.bulletin.template_words`."""

import tomllib
from datetime import date
from pathlib import Path

import docx
from docx.document import Document

from monitor.paper_files.data_files import pack
from monitor.paper_files.word_document import drop_leftovers
from monitor.paper_files.word_language import set_language
from monitor.paper_files.word_page import KAI_FACE, lay_out, set_fonts

TEMPLATE = Path(__file__).parent / "templates" / "bulletin.docx"
PROSE = TEMPLATE.with_name("prose.toml")
MADE_ON = date(2023, 1, 1)


def build_template() -> Document:
    """The template as a document: the paragraphs of `prose.toml` in their styles."""
    document = docx.Document()
    lay_out(document)
    for style, text in tomllib.loads(PROSE.read_text(encoding="utf-8"))["paragraphs"]:
        paragraph = document.add_paragraph(style=style or "公文正文")
        lead, _, rest = text.rpartition("‖")
        if lead:
            set_fonts(paragraph.add_run(lead)._r, KAI_FACE)
        paragraph.add_run(rest)
    drop_leftovers(document)
    set_language(document)
    return document


def write_template(path: Path = TEMPLATE) -> None:
    """Writes the template; the same words make the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    build_template().save(str(path))
    pack(path, MADE_ON)


if __name__ == "__main__":
    write_template()
