"""What a Word paper is made of, for tests: its languages, its styles, what its tables say again."""

from typing import Any

from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table


def languages(paper: Document) -> set[tuple[bool, str, str]]:
    """Of every mark of a language: whether it is a run's, that of letters and figures, that of Chinese. A run without a mark
    counts as (True, "", "")."""
    marks = [
        (mark.getparent().getparent().tag == qn("w:r"), mark.get(qn("w:val")), mark.get(qn("w:eastAsia")))
        for part in paper.part.package.iter_parts()
        if (element := getattr(part, "element", None)) is not None
        for mark in element.iter(qn("w:lang"))
    ]
    runs = list(paper.element.body.iter(qn("w:r")))
    bare = [run for run in runs if run.find(f"{qn('w:rPr')}/{qn('w:lang')}") is None]
    return {*marks, *([(True, "", "")] if bare else [])}


def styles(paper: Document) -> list[str]:
    """The styles of the paragraphs that say something, in their order."""
    return [p.style.name or "" for p in paper.paragraphs if p.style is not None and p.text.strip()]


def heads(table: Table) -> list[bool]:
    """Of each row whether it is said again on every page."""
    return [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]


def unbroken(table: Table) -> bool:
    """Whether no row of it is broken by a page."""
    return all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def kept(table: Table) -> list[bool]:
    """Of each row whether it stays with the next."""
    return [row._tr.find(f".//{qn('w:keepNext')}") is not None for row in table.rows]


def own_texts(row: Any) -> list[str]:
    """The texts of the cells that begin in a row, "" where a merged cell above runs on."""
    return [
        ""
        if cell.tcPr.find(qn("w:vMerge")) is not None and cell.vMerge != "restart"
        else "".join(text.text or "" for text in cell.iter(qn("w:t")))
        for cell in row._tr.tc_lst
    ]
