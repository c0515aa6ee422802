"""The three tables of a drafted report as grids of merged cells. Pure."""

from collections.abc import Iterator, Sequence

from monitor.annual.checks.forms import (
    APPLICANTS,
    CARRIED,
    DECIDED,
    LAWSUITS,
    LEFT,
    NEW,
    RULINGS,
    Clause,
    Label,
)
from monitor.annual.draft import Draft
from monitor.paper_files.grid import Cell, Grid

RELATION = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
RESULTS_TITLE = "三、本年度办理结果"
WIDTH = 156  # of the text, in millimetres
LABEL_WIDTHS = (14, 20, 38)
FIRST_RESULT = 5
WIDE = len(RULINGS)


def grid_of(draft: Draft, table: int) -> Grid:
    """Table 2, 3 or 4 of the draft."""
    return {2: _disclosure, 3: _requests, 4: _courts}[table](draft)


def _disclosure(draft: Draft) -> Grid:
    columns = 1 + max(len(clause.heads) for clause in draft.form.clauses)
    cells: list[Cell] = []
    row = 0
    for clause in draft.form.clauses:
        cells += _clause(draft, clause, row, columns)
        row += 2 + len(clause.rows)
    return Grid((WIDTH // columns,) * columns, row, tuple(cells), 0)


def _clause(draft: Draft, clause: Clause, row: int, columns: int) -> Iterator[Cell]:
    yield Cell(row, 0, clause.title, 1, columns)
    yield from _spread(row + 1, ["信息内容", *(head.words for head in clause.heads)], columns)
    for at, label in enumerate(clause.rows, start=row + 2):
        values = [draft.cell(2, label.key, head.key) for head in clause.heads]
        yield from _spread(at, [label.words, *values], columns)


def _spread(row: int, texts: Sequence[str], columns: int) -> Iterator[Cell]:
    """Texts from the left; the last takes the columns that are over."""
    for column, text in enumerate(texts[:-1]):
        yield Cell(row, column, text)
    yield Cell(row, len(texts) - 1, texts[-1], 1, columns - len(texts) + 1)


def _requests(draft: Draft) -> Grid:
    results = list(_results(draft))
    last = FIRST_RESULT + len(draft.form.outcomes)
    cells = [*_request_heads(), *results]
    for row, label in ((3, NEW), (4, CARRIED), (last + 1, LEFT)):
        cells += [Cell(row, 0, label.words, 1, 3), *_values(draft, row, label)]
    cells += [Cell(last, 1, DECIDED.words, 1, 2), *_values(draft, last, DECIDED)]
    cells.append(Cell(FIRST_RESULT, 0, RESULTS_TITLE, last + 1 - FIRST_RESULT, 1))
    rest = (WIDTH - sum(LABEL_WIDTHS)) // len(APPLICANTS)
    return Grid((*LABEL_WIDTHS, *(rest,) * len(APPLICANTS)), last + 2, tuple(cells), 3)


def _request_heads() -> Iterator[Cell]:
    yield Cell(0, 0, RELATION, 3, 3)
    yield Cell(0, 3, "申请人情况", 1, len(APPLICANTS))
    yield Cell(1, 3, APPLICANTS[0].words, 2, 1)
    yield Cell(1, 4, "法人或其他组织", 1, len(APPLICANTS) - 2)
    yield Cell(1, 9, APPLICANTS[-1].words, 2, 1)
    for column, label in enumerate(APPLICANTS[1:-1], start=4):
        yield Cell(2, column, label.words)


def _results(draft: Draft) -> Iterator[Cell]:
    row = FIRST_RESULT
    for group in draft.form.results:
        if group.title:
            yield Cell(row, 1, group.title, len(group.rows), 1)
        for label in group.rows:
            yield Cell(row, 2, label.words) if group.title else Cell(row, 1, label.words, 1, 2)
            yield from _values(draft, row, label)
            row += 1


def _values(draft: Draft, row: int, label: Label) -> Iterator[Cell]:
    for column, applicant in enumerate(APPLICANTS, start=3):
        yield Cell(row, column, draft.cell(3, label.key, applicant.key))


def _courts(draft: Draft) -> Grid:
    cells = [Cell(0, 0, LAWSUITS[0].words, 1, WIDE), Cell(0, WIDE, "行政诉讼", 1, 2 * WIDE)]
    for at, group in enumerate(LAWSUITS):
        if at:
            cells.append(Cell(1, at * WIDE, group.words, 1, WIDE))
        for column, ruling in enumerate(RULINGS, start=at * WIDE):
            cells.append(Cell(2, column, ruling.words) if at else Cell(1, column, ruling.words, 2, 1))
            cells.append(Cell(3, column, draft.cell(4, group.key, ruling.key)))
    columns = len(LAWSUITS) * WIDE
    return Grid((WIDTH // columns,) * columns, 4, tuple(cells), 3)
