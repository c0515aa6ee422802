"""Tables as files: CSV, Excel and JSON of exactly what the page shows (`?form=`)."""

import csv
from collections.abc import Callable, Mapping
from io import BytesIO, StringIO
from typing import Any
from urllib.parse import quote

from starlette.responses import Response

from monitor.paper_files.data_files import csv_cell
from monitor.paper_files.json_text import json_text
from monitor.web.tables import Table


class UnknownForm(ValueError):
    """A form of download that there is not."""


def _csv(table: Table) -> bytes:
    text = StringIO()
    rows = [table.heads, *([cell.value for cell in row] for row in table.rows)]
    csv.writer(text, lineterminator="\n").writerows(map(csv_cell, row) for row in rows)
    return text.getvalue().encode("utf-8-sig")  # Excel takes a file without a mark for GBK


def _xlsx(table: Table) -> bytes:
    from openpyxl import Workbook  # only for a download: it is slow to import

    from monitor.paper_files.excel_cells import put

    book = Workbook()
    page: Any = book.active
    for column, head in enumerate(table.heads, 1):
        put(page, 1, column, head)
    for number, row in enumerate(table.rows, 2):
        for column, cell in enumerate(row, 1):
            put(page, number, column, cell.value)
    page.freeze_panes = "A2"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _json(table: Table) -> bytes:
    rows = [dict(zip(table.heads, (cell.value for cell in row), strict=True)) for row in table.rows]
    return json_text(rows).encode()


FORMS: Mapping[str, tuple[str, Callable[[Table], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", _csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
    "json": ("application/json", _json),
}


def download(table: Table, form: str) -> Response:
    """A table as a file. Raises UnknownForm."""
    if form not in FORMS:
        raise UnknownForm(form)
    kind, write = FORMS[form]
    name = quote(f"{table.name}.{form}")
    return Response(
        write(table), media_type=kind, headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    )
