"""Excel sheets: cells that are numbers or inert text, borders, and the printed page."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl.styles import Alignment, Border, Font, Side

from monitor.paper_files.data_files import FORMULA_LIKE
from monitor.paper_files.inert import plain
from monitor.paper_files.table_pages import lines_of

CHARACTER = 5.2  # points: one of those a column's width is counted in
LINE = 15.0  # points: of text of 11 and 12 points
THIN = Side(style="thin")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
LEFT = Alignment(vertical="center", wrap_text=True)
MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)


def put(page: Any, row: int, column: int, value: str | int | Decimal | date | None) -> Any:
    """A number as a number; text as text, whatever it begins with; None leaves the cell blank. Returns the cell."""
    cell = page.cell(row, column)
    if not isinstance(value, str):
        cell.value = value
        return cell
    cell.value = plain(value)
    cell.data_type = "s"
    if value.lstrip().startswith(FORMULA_LIKE):
        cell.quotePrefix = True
    return cell


def put_boxed(page: Any, row: int, column: int, value: str | int | Decimal | None, font: Font) -> None:
    """A cell of a ruled table."""
    cell = put(page, row, column, value)
    cell.font, cell.alignment, cell.border = font, MIDDLE, BOX


def row_height(texts: Sequence[str], widths: Sequence[int]) -> float:
    """How high a row must be for its texts in columns of these widths (in Excel's characters), in points: not every program
    sees to that."""
    pairs = zip(texts, widths, strict=True)
    return LINE * max(lines_of(text, width * CHARACTER) for text, width in pairs) + LINE / 4


def merge(page: Any, row: int, column: int, rows: int, columns: int) -> None:
    """Makes one cell of so many rows and columns."""
    if rows > 1 or columns > 1:
        page.merge_cells(
            start_row=row, end_row=row + rows - 1, start_column=column, end_column=column + columns - 1
        )


def set_up_page(page: Any, frozen: str, heads: str) -> None:
    """A4, as wide as the paper, the rows of heads (`heads`, as 4:5) on every page; what stands before the cell
    `frozen` stays in sight."""
    page.freeze_panes = frozen
    page.print_title_rows = heads
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_options.horizontalCentered = True
