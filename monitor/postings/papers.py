"""Printing the list as an Excel sheet."""

from pathlib import Path

from openpyxl import Workbook

from monitor.paper_files.data_files import pack, placed_in
from monitor.paper_files.posting_rows import write_posting_sheet
from monitor.postings.compose import PostingLists
from monitor.wording import day_of, shown_total, tight


def write_sheet(composed: PostingLists, path: Path, overwrite: bool = False) -> Path:
    """Writes the workbook and returns its path; the file stands there whole or not at all. Raises WrongInput where another
    of its name does, unless `overwrite`."""
    book = Workbook()
    title = f"{composed.unit.name}{tight(composed.period.title)}信息清单（截至{day_of(composed.as_of)}）"
    note = f"合计 {shown_total(composed.total)} 条；写有撤下日期的不计。"
    write_posting_sheet(book.active, title, note, composed.lists)
    with placed_in(path.parent, overwrite) as aside:
        book.save(aside / path.name)
        pack(aside / path.name, composed.as_of)
    return path
