"""A row of an annual report's tables that a page break has cut in two: every row of both forms, cut at several places,
its numbers on either page."""

from collections.abc import Iterator, Sequence

import pytest

from crawler.documents.document import Document, Grid, GridCell, Paragraph
from monitor.annual.checks.forms import FORM_2019, FORM_2021, Form
from monitor.annual.reading.compose import report_of
from tests.annual_made import Made, Row, _boxes, blocks, disclosure, requests
from tests.test_annual_reading import busy

TABLES = {2: disclosure, 3: requests}
Box = tuple[tuple[int, int, int, int], str]  # (column, row, width, height), text


def grid_of(boxes: Sequence[Box], heads: Grid | None = None) -> Grid:
    height, width = (max(box[at] + box[at + 2] for box, _ in boxes) for at in (1, 0))
    cells = [[GridCell("")] * width for _ in range(height)]
    for (left, top, w, h), text in boxes:
        for y in range(top, top + h):
            for x in range(left, left + w):
                cells[y][x] = GridCell(text, carried=y > top, across=x > left)
    return Grid((*(heads.rows if heads else ()), *map(tuple, cells)))


def cut(rows: list[Row], at: int, letters: int, numbers_above: bool, heads: int) -> list[Grid] | None:
    """The table on two pages, the label of one row cut after so many letters; None where it has no more. `heads`: so many
    rows are repeated on the second page."""
    boxes: list[Box] = _boxes(rows)
    alone = [box for box, text in boxes if box[1] == at and box[3] == 1 and text and not _is_number(text)]
    label = max(alone, default=None)
    upper: list[Box] = []
    lower: list[Box] = []
    for box, text in boxes:
        left, top, width, height = box
        if top > at:
            lower.append(((left, top - at, width, height), text))
        elif top + height <= at:
            upper.append((box, text))
        else:
            number = height == 1 and (not text or _is_number(text))
            begun = text[:letters] if box == label else "" if number and not numbers_above else text
            if box == label and begun == text:
                return None
            upper.append(((left, top, width, at - top + 1), begun))
            lower.append(((left, 0, width, top + height - at), text[len(begun) :]))
    first = grid_of(upper)
    return [first, grid_of(lower, Grid(first.rows[:heads]))] if alone else None


def _is_number(text: str) -> bool:
    return text.replace(",", "").isdigit()


def documents(made: Made, table: int, heads: int = 0) -> Iterator[Document]:
    rows = TABLES[table](made)
    for at in range(heads, len(rows)):
        for letters, numbers_above in ((2, False), (8, True), (20, True)):
            parts = cut(rows, at, letters, numbers_above, heads)
            if parts is not None:
                yield Document("pdf", tuple(_placed(made, rows, parts)), made.title)


def _placed(made: Made, rows: list[Row], parts: Sequence[Grid]) -> Iterator[Paragraph | Grid]:
    for block in blocks(made):
        if isinstance(block, str):
            yield Paragraph(block)
        elif block == rows:
            yield from parts
        else:
            yield grid_of(_boxes(block))


@pytest.mark.parametrize("form", [FORM_2019, FORM_2021], ids=lambda form: form.key)
@pytest.mark.parametrize(("table", "heads", "fewest"), [(2, 0, 15), (3, 3, 40)])
def test_a_row_cut_by_a_page_break_is_one_row(form: Form, table: int, heads: int, fewest: int) -> None:
    made = busy(form)
    whole = list(documents(made, table, heads))
    assert len(whole) >= fewest
    for document in whole:
        assert {place: cell.text for place, cell in report_of(document).cells.items()} == dict(made.cells)


def parted(rows: list[Row], at: int) -> list[Grid]:
    """The table on two pages, cut between two rows: a cell that goes over both prints its text on the first."""
    upper = [((x, y, w, min(h, at - y)), text) for (x, y, w, h), text in _boxes(rows) if y < at]
    lower = [
        ((x, max(y - at, 0), w, y + h - max(y, at)), text if y >= at else "")
        for (x, y, w, h), text in _boxes(rows)
        if y + h > at
    ]
    return [grid_of(upper), grid_of(lower)]


def test_tables_that_are_cut_between_rows_keep_every_row() -> None:
    made = busy(FORM_2021)
    for table in TABLES.values():
        rows = table(made)
        for at in range(4, len(rows)):
            document = Document("pdf", tuple(_placed(made, rows, parted(rows, at))), made.title)
            assert {place: cell.text for place, cell in report_of(document).cells.items()} == dict(made.cells)
