"""A hand-made page of an annual report written again as Word or Excel, merged cells and all."""

from collections.abc import Iterator
from io import BytesIO

from docx import Document as WordFile
from lxml import html
from openpyxl import Workbook

from tests.annual_made import Row, _boxes, _word_table

Block = str | list[Row]


def blocks_of(page: bytes) -> Iterator[Block]:
    """Paragraphs and tables of a page that has no other elements."""
    for element in html.fromstring(page).find("body"):
        if element.tag == "table":
            yield [
                [(td.text_content(), int(td.get("colspan", 1)), int(td.get("rowspan", 1))) for td in row]
                for row in element.iter("tr")
            ]
        else:
            yield element.text_content()


def as_word(page: bytes) -> bytes:
    document = WordFile()
    for block in blocks_of(page):
        if isinstance(block, str):
            document.add_paragraph(block)
        else:
            _word_table(document, block)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def as_workbook(page: bytes) -> bytes:
    """One sheet, paragraphs in the first column; numbers are stored as numbers."""
    book, top = Workbook(), 1
    for block in blocks_of(page):
        if isinstance(block, str):
            book.active.cell(top, 1).value = block
            top += 1
            continue
        for (left, row, width, height), text in _boxes(block):
            cell = book.active.cell(top + row, left + 1)
            cell.value = int(text) if text.isdigit() else text
            book.active.merge_cells(
                start_row=top + row,
                start_column=left + 1,
                end_row=top + row + height - 1,
                end_column=left + width,
            )
        top += max(box[1] + box[3] for box, _ in _boxes(block))
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


FORMATS = {"html": bytes, "txt": bytes, "docx": as_word, "xlsx": as_workbook}
