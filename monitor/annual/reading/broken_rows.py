"""Rows of a PDF's tables that a page break has cut: the beginning of a label on one page, its end on the next, and the
numbers on either."""

from collections.abc import Iterator, Sequence

from crawler.documents.document import Block, Grid, GridCell, Row
from monitor.annual.checks.forms import FORMS
from monitor.annual.checks.numbers import read_number
from monitor.annual.reading.table_columns import even_words
from monitor.annual.reading.table_rows import is_row_label

# Every label of a row and every head of table two, whole.
_WHOLE = frozenset(
    even_words(words)
    for form in FORMS
    for words in (
        "信息内容",
        *(label.words for table in (2, 3) for label in form.rows(table)),
        *(head.words for head in form.columns(2)),
    )
)
_BLANK = frozenset({"", "/", "-", "—"})
_BEGINNINGS = "一二三四五六七八九(123456789"
MOST_HEADS = 4  # rows of heads that Word repeats on each page; the longest table has three


def mended(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, with the last row of a table and the first of the next put together where they are one row."""
    waiting: Grid | None = None
    for block in blocks:
        whole = _put_together(waiting, block) if waiting is not None and isinstance(block, Grid) else None
        if waiting is not None and whole is None:
            yield waiting
        waiting = whole or (block if isinstance(block, Grid) else None)
        if waiting is None:
            yield block
    if waiting is not None:
        yield waiting


def _put_together(first: Grid, second: Grid) -> Grid | None:
    """The two grids as one, without heads that are only repeated; None where no row was cut between them."""
    heads = 0
    while heads < min(MOST_HEADS, len(first.rows), len(second.rows)) and (
        _texts(first.rows[heads]) == _texts(second.rows[heads])
    ):
        heads += 1
    above, below = first.rows[-1:], second.rows[heads : heads + 1]
    if not above or not below or not _are_one(above[0], below[0]):
        return None
    row = tuple(
        GridCell(upper.text + lower.text, upper.carried, upper.across, upper.line)
        for upper, lower in zip(above[0], below[0], strict=True)
    )
    return Grid((*first.rows[:-1], row, *second.rows[heads + 1 :]), first.name)


def _are_one(above: Row, below: Row) -> bool:
    """Whether two rows are the parts of one: the numbers stand in one of them alone, and the labels make a whole one
    together, or the second is none by itself."""
    if len(above) != len(below):
        return False
    pairs = list(zip(_texts(above), _texts(below), strict=True))
    labels = [pair for pair in pairs if any(map(_is_word, pair))]
    values = [pair for pair in pairs if not any(map(_is_word, pair))]
    if not labels or any(_BLANK.isdisjoint(pair) for pair in values):
        return False
    upper, lower = (any(pair[at] not in _BLANK for pair in values) for at in (0, 1))
    begun, rest = labels[-1]
    if not rest:
        return is_row_label(begun) and lower and not upper
    if even_words(begun + rest) in _WHOLE:
        return even_words(begun) not in _WHOLE
    return (
        bool(begun) and upper != lower and not is_row_label(rest) and even_words(rest)[:1] not in _BEGINNINGS
    )


def _texts(row: Row) -> list[str]:
    return [cell.text for cell in row]


def _is_word(text: str) -> bool:
    return text not in _BLANK and read_number(text) is None
