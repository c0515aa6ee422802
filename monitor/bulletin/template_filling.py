"""Filling the office's Word template: the only place where the bulletin's prose is put together."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate  # type: ignore[import-untyped]
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from monitor.bulletin.compose import Bulletin
from monitor.bulletin.template_words import words_of
from monitor.paper_files.inert import plain
from rules.errors import WrongInput

DRAFT = "草　稿"


@dataclass(frozen=True, slots=True)
class ProseParagraph:
    """One paragraph of the prose: its style's name and its text, on one line."""

    style: str
    text: str


def fill_template(bulletin: Bulletin, template: Path) -> Document:
    """The template with the bulletin's words in it. Raises WrongInput where it cannot be read or asks for a word
    there is not."""
    words = {name: plain(value) for name, value in words_of(bulletin).items()}
    filled = BytesIO()
    try:
        paper = DocxTemplate(str(template))
        paper.render(words, jinja_env=SandboxedEnvironment(undefined=StrictUndefined), autoescape=True)
        paper.save(filled)
    except (TemplateError, PackageNotFoundError, OSError, KeyError, ValueError) as error:
        raise WrongInput(
            f"通报模板 {template} 无法套用（{error}），没有写入任何文件，可用的词见 docs/bulletin.md。"
        ) from None
    return docx.Document(filled)


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


def draft_line(bulletin: Bulletin) -> str:
    """The line at the head of a draft."""
    reasons = "；".join(bulletin.doubts)
    return f"{DRAFT}（不得印发：{reasons}）" if reasons else DRAFT
