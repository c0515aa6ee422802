"""A Word document's language: Chinese in every style and run, so that Word breaks lines, sets punctuation and checks spelling
as Chinese. (A new document of the library is English and Japanese: its commas stand in the middle of their squares.) Letters and
figures of a run have no language: as Chinese, LibreOffice breaks a line within them (201 | 5 年)."""

from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

LANGUAGE = "zh-CN"
NO_LANGUAGE = "x-none"
AFTER_LANGUAGE = tuple(map(qn, ("w:eastAsianLayout", "w:specVanish", "w:oMath", "w:rPrChange")))


def set_language(document: Document) -> None:
    """Marks all that is there: the defaults, the styles, the runs of text, headers and footers, the document itself."""
    document.core_properties.language = LANGUAGE
    for part in document.part.package.iter_parts():
        element = getattr(part, "element", None)
        if element is None:
            continue
        for style in element.iter(qn("w:style")):
            if style.get(qn("w:type")) in ("paragraph", "character"):
                style.get_or_add_rPr()
        for run in element.iter(qn("w:r")):
            run.get_or_add_rPr()
        for properties in element.iter(qn("w:rPr")):
            _mark(properties, NO_LANGUAGE if properties.getparent().tag == qn("w:r") else LANGUAGE)
        for theme in element.iter(qn("w:themeFontLang")):
            _name(theme, LANGUAGE)


def _mark(properties: Any, figures: str) -> None:
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    language = OxmlElement("w:lang")
    _name(language, figures)
    later = next((place for place, child in enumerate(properties) if child.tag in AFTER_LANGUAGE), None)
    properties.insert(len(properties) if later is None else later, language)


def _name(element: Any, figures: str) -> None:
    """The language of Latin letters and figures, and that of the Chinese text."""
    element.set(qn("w:val"), figures)
    element.set(qn("w:eastAsia"), LANGUAGE)
