"""The postings behind counts as rows, and as a sheet of a workbook."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from openpyxl.styles import Alignment, Font

from db.counting.posting_list import CountedList
from monitor.paper_files.excel_cells import BOX, put, put_boxed, set_up_page

HEADS = ("责任单位", "栏目", "日期", "标题", "首次见到", "撤下", "链接", "快照编号", "快照")
WIDTHS = (18, 34, 14, 48, 14, 14, 48, 10, 30)
LONGEST_LINK = 2000  # characters that a spreadsheet takes in an address
TITLE, HEAD = 1, 3
LINK = HEADS.index("链接")
DAY = 'yyyy"年"m"月"d"日"'

Row = tuple[str | int | date | None, ...]


def posting_rows(lists: Iterable[CountedList]) -> list[Row]:
    """The rows below HEADS, the withdrawn ones of each column last."""
    return [
        (each.count.duty.label, "›".join(each.count.column.path), posting.published, posting.title,
         posting.first_seen, posting.withdrawn_on, posting.url, posting.snapshot_id, posting.snapshot)
        for each in lists
        for posting in (*each.counted, *each.withdrawn)
    ]  # fmt: skip


def is_link(address: str) -> bool:
    """Whether an address may be made a link to click on."""
    return address.startswith(("http://", "https://")) and len(address) <= LONGEST_LINK


def write_posting_sheet(page: Any, title: str, note: str, lists: Iterable[CountedList]) -> None:
    """A sheet with a row a posting; days are days, addresses links."""
    page.title = "信息清单"
    put(page, TITLE, 1, title).font = Font(bold=True, size=14)
    put(page, TITLE + 1, 1, note)
    for column, (head, width) in enumerate(zip(HEADS, WIDTHS, strict=True), start=1):
        put_boxed(page, HEAD, column, head, Font(bold=True))
        page.column_dimensions[page.cell(HEAD, column).column_letter].width = width
    for number, row in enumerate(posting_rows(lists), start=HEAD + 1):
        for column, value in enumerate(row, start=1):
            cell = put(page, number, column, value)
            cell.border, cell.alignment = BOX, Alignment(vertical="top", wrap_text=True)
            if isinstance(value, date):
                cell.number_format = DAY
        if is_link(address := str(row[LINK])):
            page.cell(number, LINK + 1).hyperlink = address
    set_up_page(page, f"A{HEAD + 1}", f"{HEAD}:{HEAD}")
    page.page_setup.orientation = "landscape"
