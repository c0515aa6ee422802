"""Printing the list as an Excel sheet."""

from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from monitor.paper_files.data_files import pack, placed_in
from monitor.paper_files.excel_cells import BOX, put, put_boxed, set_up_page
from monitor.postings.compose import HEADS, PostingLists, rows_of
from monitor.wording import shown_total

WIDTHS = (18, 34, 12, 48, 12, 12, 48, 10, 30)
LONGEST_LINK = 2000  # characters that a spreadsheet takes in an address
TITLE, HEAD = 1, 3
LINK = HEADS.index("链接")


def write_sheet(composed: PostingLists, path: Path, overwrite: bool = False) -> Path:
    """Writes the workbook and returns its path; the file stands there whole or not at all. Raises WrongInput where another
    of its name does, unless `overwrite`."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "信息清单"
    title = f"{composed.unit.name} {composed.period.title}信息清单（截至 {composed.as_of:%Y-%m-%d}）"
    put(page, TITLE, 1, title).font = Font(bold=True, size=14)
    put(page, TITLE + 1, 1, f"合计 {shown_total(composed.total)} 条；写有撤下日期的不计。")
    for column, (head, width) in enumerate(zip(HEADS, WIDTHS, strict=True), start=1):
        put_boxed(page, HEAD, column, head, Font(bold=True))
        page.column_dimensions[page.cell(HEAD, column).column_letter].width = width
    for number, row in enumerate(rows_of(composed), start=HEAD + 1):
        for column, value in enumerate(row, start=1):
            cell = put(page, number, column, value)
            cell.border, cell.alignment = BOX, Alignment(vertical="top", wrap_text=True)
        address = str(row[LINK])
        if address.startswith(("http://", "https://")) and len(address) <= LONGEST_LINK:
            page.cell(number, LINK + 1).hyperlink = address
    set_up_page(page, f"A{HEAD + 1}", f"{HEAD}:{HEAD}")
    page.page_setup.orientation = "landscape"
    with placed_in(path.parent, overwrite) as aside:
        book.save(aside / path.name)
        pack(aside / path.name, composed.as_of)
    return path
