"""Rows of the three tables, wherever they stand: recognised by their labels, not by their place in a grid, for
tables run over pages, lose their heads and come cut into pieces."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from crawler.tables.document import GridCell
from rules.annual.forms import (
    APPLICANTS,
    CARRIED,
    DECIDED,
    FORM_2021,
    FORMS,
    LAWSUITS,
    LEFT,
    NEW,
    RULINGS,
    Label,
)
from rules.annual.numbers import even, read_number
from rules.annual.report import Cell, Place

_CJK = re.compile(r"[\u4e00-\u9fff]")
_NOTHING = frozenset({"无", "没有", "空", "零", "待填", "待补", "待定", "待核"})
_COURT_HEAD = re.compile(r"结果维持|尚未审结|维持.*纠正")
_CONTENT = re.compile(r"信息内容")
MERGED = "合并单元格"
OTHERS = Label("other", "（六）其他处理", r"其他处理")
REQUEST_ROWS = (NEW, CARRIED, *FORM_2021.outcomes, OTHERS, DECIDED, LEFT)
DISCLOSURE_ROWS = tuple(
    {row.key: row for form in FORMS for clause in form.clauses for row in clause.rows}.values()
)
_LAST_OTHER = "other.3"
COURT_WIDTH = len(LAWSUITS) * len(RULINGS)


@dataclass(slots=True)
class TableReader:
    """Takes rows in reading order; what it has read is in `cells`, `ragged` and `form`."""

    cells: dict[Place, Cell] = field(default_factory=dict)
    ragged: set[tuple[int, str]] = field(default_factory=set)
    votes: Counter[str] = field(default_factory=Counter)
    _heads: tuple[str, ...] = ()
    _last: str = ""
    _courts: bool = False

    @property
    def form(self) -> str | None:
        """The key of the form whose heads were met most."""
        return self.votes.most_common(1)[0][0] if self.votes else None

    def take(self, row: Sequence[GridCell], section: int) -> None:
        """One row of a grid that stands in a section (0: before any)."""
        labels, values = _split(row)
        words = [_even(cell.text) for cell in labels]
        if _COURT_HEAD.search("".join(words)):
            self._courts = True
        if not labels:
            self._take_courts(values, section)
        elif not self._take_heads(words, values):
            self._take_labelled(words, values, section)

    def _take_heads(self, words: list[str], values: list[GridCell]) -> bool:
        """A row of heads of table two."""
        if any(cell.text for cell in values):
            return False
        found = [_head(text) for text in words]
        keys = [key for key, _ in found if key]
        if not keys or not (_CONTENT.search(words[0]) or len(keys) == len(words)):
            return False
        self._heads = tuple(keys)
        for _, forms in found:
            self.votes.update(forms if len(forms) == 1 else ())
        return True

    def _take_labelled(self, words: list[str], values: list[GridCell], section: int) -> None:
        label = words[-1]
        court = next((group for group in LAWSUITS if re.search(group.mark, label)), None)
        if court and section == 4 and len(values) == len(RULINGS):
            self._put(4, court.key, [ruling.key for ruling in RULINGS], values)
            return
        request = self._request_row(words)
        disclosure = next((row for row in DISCLOSURE_ROWS if re.search(row.mark, label)), None)
        if request:
            self._last = request
            self._put(3, request, [column.key for column in APPLICANTS], values)
        elif disclosure and self._heads and len(words) == 1:
            self._put(2, disclosure.key, list(self._heads), values)

    def _take_courts(self, values: list[GridCell], section: int) -> None:
        """A row of numbers without a label: table four, if it has its fifteen cells."""
        values = _fitted(values, COURT_WIDTH)
        numbers = sum(read_number(cell.text) is not None for cell in values)
        if len(values) != COURT_WIDTH or (
            not (self._courts and section in (0, 4)) and numbers < COURT_WIDTH - 5
        ):
            return
        for at, group in enumerate(LAWSUITS):
            part = values[at * len(RULINGS) : (at + 1) * len(RULINGS)]
            self._put(4, group.key, [ruling.key for ruling in RULINGS], part)

    def _request_row(self, words: list[str]) -> str:
        for row in REQUEST_ROWS:
            if re.search(row.mark, words[-1]):
                inside = self._last.startswith("other") or any("其他处理" in text for text in words[:-1])
                if row.key != _LAST_OTHER or inside:
                    return row.key
        return ""

    def _put(self, table: int, row: str, columns: list[str], values: list[GridCell]) -> None:
        if Place(table, row, columns[0]) in self.cells:
            return
        values = _fitted(values, len(columns))
        if len(values) != len(columns):
            if any(cell.text for cell in values):
                self.ragged.add((table, row))
            return
        self.ragged.discard((table, row))
        for column, cell in zip(columns, values, strict=True):
            self.cells[Place(table, row, column)] = _cell(cell)


def _split(row: Sequence[GridCell]) -> tuple[list[GridCell], list[GridCell]]:
    """The labels of a row, blanks between them left out, and the cells after the last label."""
    last = max((at for at, cell in enumerate(row) if _is_label(cell.text)), default=-1)
    return [cell for cell in row[: last + 1] if cell.text], list(row[last + 1 :])


def _is_label(text: str) -> bool:
    return bool(_CJK.search(text)) and text not in _NOTHING and read_number(text) is None


def _fitted(values: list[GridCell], width: int) -> list[GridCell]:
    """Blank cells beyond the table's width dropped, first those at the end."""
    values = list(values)
    while len(values) > width and not values[-1].text:
        values.pop()
    while len(values) > width and not values[0].text:
        values.pop(0)
    return values


def _head(text: str) -> tuple[str, list[str]]:
    """The key of a head of table two ("" if it is none), and the forms that have it."""
    found = {
        form.key: head.key
        for form in FORMS
        for clause in form.clauses
        for head in clause.heads
        if re.search(head.mark, text)
    }
    return next(iter(found.values()), ""), list(found)


def _cell(cell: GridCell) -> Cell:
    if cell.carried:
        return Cell(MERGED)
    return Cell(cell.text, read_number(cell.text))


def _even(text: str) -> str:
    return even(text).replace(" ", "")
