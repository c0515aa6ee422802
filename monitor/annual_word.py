"""The draft as a Word file: official layout, the three tables with their merged cells."""

from pathlib import Path

from docx import Document
from docx.document import Document as Word
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from monitor.annual_draft import Draft
from monitor.annual_text import RELATION, RESULTS_TITLE, Line, lines_of, request_values
from rules.annual.forms import APPLICANTS, CARRIED, DECIDED, LAWSUITS, LEFT, NEW, RULINGS, Clause

FONTS = {"title": "方正小标宋简体", "heading": "黑体", "text": "仿宋_GB2312", "note": "楷体_GB2312"}
SIZES = {"title": 22, "heading": 16, "text": 16, "note": 14}
TABLE_SIZE = 9
PITCH = Pt(28)
INDENT = 2


def write_word(draft: Draft, path: Path) -> None:
    """Writes the draft to a .docx file."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    document.core_properties.title = draft.title
    document.core_properties.author = ""
    for line in lines_of(draft):
        _write_line(document, draft, line)
    document.save(str(path))


def _write_line(document: Word, draft: Draft, line: Line) -> None:
    if line.kind == "table":
        {"2": _disclosure, "3": _requests, "4": _courts}[line.text](document, draft)
        document.add_paragraph().paragraph_format.line_spacing = Pt(12)
        return
    paragraph = document.add_paragraph()
    _write(paragraph, line.text, FONTS[line.kind], SIZES[line.kind])
    paragraph.paragraph_format.line_spacing = PITCH
    if line.kind == "title":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    else:
        paragraph.paragraph_format.first_line_indent = Pt(SIZES[line.kind] * INDENT)


def _write(paragraph: Paragraph, text: str, font: str, size: float) -> None:
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.font.name = font
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _disclosure(document: Word, draft: Draft) -> None:
    widest = max(len(clause.heads) for clause in draft.form.clauses) + 1
    rows = sum(len(clause.rows) + 2 for clause in draft.form.clauses)
    table = _table(document, rows, widest)
    at = 0
    for clause in draft.form.clauses:
        at = _clause(table, draft, clause, at, widest)


def _clause(table: Table, draft: Draft, clause: Clause, at: int, widest: int) -> int:
    _put(_span(table, at, 0, at, widest - 1), clause.title)
    _fill(table, at + 1, ["信息内容", *(head.words for head in clause.heads)])
    for offset, row in enumerate(clause.rows, start=2):
        _fill(table, at + offset, [row.words, *(draft.cell(2, row.key, head.key) for head in clause.heads)])
    return at + 2 + len(clause.rows)


def _fill(table: Table, at: int, texts: list[str]) -> None:
    """Texts from the left; the last one takes the cells that are over."""
    widest = len(table.columns)
    for column, text in enumerate(texts[:-1]):
        _put(table.cell(at, column), text)
    _put(_span(table, at, len(texts) - 1, at, widest - 1), texts[-1])


def _requests(document: Word, draft: Draft) -> None:
    outcomes = draft.form.outcomes
    table = _table(document, 3 + 2 + len(outcomes) + 2, 3 + len(APPLICANTS))
    _request_heads(table)
    for at, row in enumerate((NEW, CARRIED), start=3):
        _put(_span(table, at, 0, at, 2), row.words)
        _numbers(table, at, request_values(draft, row))
    at = first = 5
    for group in draft.form.results:
        if group.title:
            _put(_span(table, at, 1, at + len(group.rows) - 1, 1), group.title)
        for row in group.rows:
            _put(table.cell(at, 2) if group.title else _span(table, at, 1, at, 2), row.words)
            _numbers(table, at, request_values(draft, row))
            at += 1
    _put(_span(table, at, 1, at, 2), DECIDED.words)
    _numbers(table, at, request_values(draft, DECIDED))
    _put(_span(table, first, 0, at, 0), RESULTS_TITLE)
    _put(_span(table, at + 1, 0, at + 1, 2), LEFT.words)
    _numbers(table, at + 1, request_values(draft, LEFT))


def _request_heads(table: Table) -> None:
    _put(_span(table, 0, 0, 2, 2), RELATION)
    _put(_span(table, 0, 3, 0, 9), "申请人情况")
    _put(_span(table, 1, 3, 2, 3), APPLICANTS[0].words)
    _put(_span(table, 1, 4, 1, 8), "法人或其他组织")
    _put(_span(table, 1, 9, 2, 9), APPLICANTS[-1].words)
    for column, label in enumerate(APPLICANTS[1:-1], start=4):
        _put(table.cell(2, column), label.words)


def _courts(document: Word, draft: Draft) -> None:
    width = len(RULINGS)
    table = _table(document, 4, len(LAWSUITS) * width)
    _put(_span(table, 0, 0, 0, width - 1), LAWSUITS[0].words)
    _put(_span(table, 0, width, 0, 3 * width - 1), "行政诉讼")
    for at, group in enumerate(LAWSUITS):
        if at:
            _put(_span(table, 1, at * width, 1, (at + 1) * width - 1), group.words)
        for offset, ruling in enumerate(RULINGS):
            column = at * width + offset
            _put(_span(table, 2 if at else 1, column, 2, column), ruling.words)
            _put(table.cell(3, column), draft.cell(4, group.key, ruling.key))


def _table(document: Word, rows: int, columns: int) -> Table:
    table: Table = document.add_table(rows, columns, style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    return table


def _span(table: Table, top: int, left: int, bottom: int, right: int) -> _Cell:
    first = table.cell(top, left)
    return first if (top, left) == (bottom, right) else first.merge(table.cell(bottom, right))


def _numbers(table: Table, at: int, texts: list[str]) -> None:
    for column, text in enumerate(texts, start=3):
        _put(table.cell(at, column), text)


def _put(cell: _Cell, text: str) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(paragraph, text, FONTS["text"], TABLE_SIZE)
