"""The three tables of a drafted report as grids of merged cells. Pure."""

from collections.abc import Iterator, Sequence

from monitor.annual.checks.forms import APPLICANTS, CARRIED, DECIDED, LAWSUITS, LEFT, NEW, RULINGS, Label
from monitor.annual.draft import Draft
from monitor.paper_files.printed_table import PrintedCell, PrintedTable

RELATION = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
RESULTS_TITLE = "三、本年度办理结果"
WIDTH = 156  # of the text, in millimetres
LABEL_WIDTHS = (14, 20, 38)
FIRST_RESULT = 5
WIDE = len(RULINGS)


def grid_of(draft: Draft, table: int) -> PrintedTable:
    """Table 2, 3 or 4 of the draft."""
    return {2: _disclosure, 3: _requests, 4: _courts}[table](draft)


def _disclosure(draft: Draft) -> PrintedTable:
    columns = 1 + max(len(clause.heads) for clause in draft.form.clauses)
    rows: list[list[str]] = []
    for clause in draft.form.clauses:
        rows += [[clause.title], ["信息内容", *(head.words for head in clause.heads)]]
        for label in clause.rows:
            rows.append([label.words, *(draft.cell(2, label.key, head.key) for head in clause.heads)])
    cells = tuple(cell for row, texts in enumerate(rows) for cell in _spread(row, texts, columns))
    return PrintedTable((WIDTH // columns,) * columns, len(rows), cells, 0)


def _spread(row: int, texts: Sequence[str], columns: int) -> Iterator[PrintedCell]:
    """Texts from the left; the last takes the columns that are over."""
    for column, text in enumerate(texts[:-1]):
        yield PrintedCell(row, column, text)
    yield PrintedCell(row, len(texts) - 1, texts[-1], 1, columns - len(texts) + 1)


def _requests(draft: Draft) -> PrintedTable:
    results = list(_results(draft))
    last = FIRST_RESULT + len(draft.form.outcomes)
    cells = [*_request_heads(), *results]
    for row, label in ((3, NEW), (4, CARRIED), (last + 1, LEFT)):
        cells += [PrintedCell(row, 0, label.words, 1, 3), *_values(draft, row, label)]
    cells += [PrintedCell(last, 1, DECIDED.words, 1, 2), *_values(draft, last, DECIDED)]
    cells.append(PrintedCell(FIRST_RESULT, 0, RESULTS_TITLE, last + 1 - FIRST_RESULT, 1))
    rest = (WIDTH - sum(LABEL_WIDTHS)) // len(APPLICANTS)
    return PrintedTable(
        (*LABEL_WIDTHS, *(rest,) * len(APPLICANTS)), last + 2, tuple(cells), 3, tuple(_blocks(draft))
    )


def _blocks(draft: Draft) -> Iterator[int]:
    """The first rows of what belongs together: both numbers of requests; the results above the first group; each group,
    with the last the total and what is carried over."""
    yield from (3, FIRST_RESULT)
    row = FIRST_RESULT
    for group in draft.form.results:
        if group.title:
            yield row
        row += len(group.rows)


def _request_heads() -> Iterator[PrintedCell]:
    yield PrintedCell(0, 0, RELATION, 3, 3)
    yield PrintedCell(0, 3, "申请人情况", 1, len(APPLICANTS))
    yield PrintedCell(1, 3, APPLICANTS[0].words, 2, 1)
    yield PrintedCell(1, 4, "法人或其他组织", 1, len(APPLICANTS) - 2)
    yield PrintedCell(1, 9, APPLICANTS[-1].words, 2, 1)
    for column, label in enumerate(APPLICANTS[1:-1], start=4):
        yield PrintedCell(2, column, label.words)


def _results(draft: Draft) -> Iterator[PrintedCell]:
    row = FIRST_RESULT
    for group in draft.form.results:
        if group.title:
            yield PrintedCell(row, 1, group.title, len(group.rows), 1)
        for label in group.rows:
            yield PrintedCell(row, 2, label.words) if group.title else PrintedCell(row, 1, label.words, 1, 2)
            yield from _values(draft, row, label)
            row += 1


def _values(draft: Draft, row: int, label: Label) -> Iterator[PrintedCell]:
    for column, applicant in enumerate(APPLICANTS, start=3):
        yield PrintedCell(row, column, draft.cell(3, label.key, applicant.key))


def _courts(draft: Draft) -> PrintedTable:
    cells = [PrintedCell(0, 0, LAWSUITS[0].words, 1, WIDE), PrintedCell(0, WIDE, "行政诉讼", 1, 2 * WIDE)]
    for at, group in enumerate(LAWSUITS):
        if at:
            cells.append(PrintedCell(1, at * WIDE, group.words, 1, WIDE))
        for column, ruling in enumerate(RULINGS, start=at * WIDE):
            cells.append(PrintedCell(2 if at else 1, column, ruling.words, 1 if at else 2, 1))
            cells.append(PrintedCell(3, column, draft.cell(4, group.key, ruling.key)))
    columns = len(LAWSUITS) * WIDE
    return PrintedTable((WIDTH // columns,) * columns, 4, tuple(cells), 3)
