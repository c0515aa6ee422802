"""Rows of the three tables, wherever they stand: recognised by their labels, not by their place in a grid, for
tables run over pages, lose their heads and come cut into pieces."""

import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from crawler.documents.document import GridCell, Row
from monitor.annual.checks.forms import (
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
from monitor.annual.checks.numbers import read_number
from monitor.annual.checks.report import CellPlace, ReportCell
from monitor.annual.reading.table_columns import CourtHeads, Heads, applicants_of, even_words

_ENUMERATED = re.compile(r"\(?[一二三四五六七八九十\d]{1,2}[)、.]")
MOST_ABOVE = 2  # lines of a label that a page break may have cut off
_CJK = re.compile(r"[\u4e00-\u9fff]")
_NOTHING = frozenset({"无", "没有", "空", "零", "待填", "待补", "待定", "待核"})
_CONTENT = re.compile(r"信息内容")
MERGED = "合并单元格"
OTHERS = Label("other", "（六）其他处理", r"其他处理")
REQUEST_ROWS = (NEW, CARRIED, *FORM_2021.outcomes, OTHERS, DECIDED, LEFT)
DISCLOSURE_ROWS = tuple({row.key: row for form in FORMS for row in form.rows(2)}.values())
_LAST_OTHER = "other.3"
COURT_WIDTH = len(LAWSUITS) * len(RULINGS)


@dataclass(slots=True)
class TableReader:
    """Takes rows in reading order; what it has read is in `cells`, `ragged` and `form`."""

    cells: dict[CellPlace, ReportCell] = field(default_factory=dict)
    ragged: set[tuple[int, str]] = field(default_factory=set)
    votes: Counter[str] = field(default_factory=Counter)
    _disclosure: Heads = field(default_factory=Heads)
    _applicants: Heads = field(default_factory=Heads)
    _courts: CourtHeads = field(default_factory=CourtHeads)
    _last: str = ""
    _strange: list[tuple[str, list[GridCell]]] = field(default_factory=list)
    _above: deque[str] = field(default_factory=lambda: deque(maxlen=MOST_ABOVE))

    @property
    def form(self) -> str | None:
        """The key of the form whose heads were met most."""
        return self.votes.most_common(1)[0][0] if self.votes else None

    def take(self, row: Row, section: int) -> None:
        """One row of a grid that stands in a section (0: before any)."""
        labels, values = _split([cell for cell in row if not cell.across])
        words = [even_words(cell.text) for cell in labels]
        taken = self._take_placed(row) or self._take_court(row, words, values, section)
        if not taken and not self._take_heads(row, words, values):
            known = self._take_labelled(words, values, section)
            if not known and section == 3 and words and any(cell.text for cell in values):
                self._strange.append((words[-1], self._applicants.under(row) or values))
        self._above.extend(words[-1:] if not any(cell.text for cell in values) else ())

    def _take_placed(self, row: Row) -> bool:
        """A row of table two or three by the heads above it, whatever its cells hold."""
        self._applicants = applicants_of(row) or self._applicants
        for heads, table in ((self._applicants, 3), (self._disclosure, 2)):
            cells = heads.under(row)
            words = heads.before(row) if cells else []
            key = (self._request_row(words) if table == 3 else _disclosed(words)) if words else ""
            if key and not any(is_row_label(cell.text) for cell in cells):
                self._put(table, key, list(heads.columns), cells)
                return True
        return False

    def _take_court(self, row: Row, words: list[str], values: list[GridCell], section: int) -> bool:
        """Heads or numbers of table four."""
        if section not in (0, 4):
            return False
        numbers = any(cell.text for cell in values)
        if not numbers and self._courts.learn(row):
            return True
        found = list(self._courts.cells(row, words))
        for group, ruling, cell in found:
            self.cells.setdefault(CellPlace(4, group, ruling), _cell(cell))
        return bool(found)

    def _take_heads(self, row: Row, words: list[str], values: list[GridCell]) -> bool:
        """A row of heads of table two."""
        if any(cell.text for cell in values) or not words:
            return False
        found = {at: _head(even_words(cell.text)) for at, cell in enumerate(row) if not cell.across}
        keys = {key: at for at, (key, _) in found.items() if key}
        if not keys or not (_CONTENT.search(words[0]) or len(keys) == len(words)):
            return False
        self._disclosure = Heads(len(row), keys)
        for _, forms in found.values():
            self.votes.update(forms if len(forms) == 1 else ())
        return True

    def _take_labelled(self, words: list[str], values: list[GridCell], section: int) -> bool:
        """A row by its label and the order of its numbers, where no heads tell the columns."""
        if not words and len(_fitted(values, COURT_WIDTH)) == COURT_WIDTH:
            self._take_courts(_fitted(values, COURT_WIDTH))
            return True
        for label in self._labels(words) if values else ():
            court = next((group for group in LAWSUITS if re.search(group.mark, label)), None)
            if court and section == 4 and len(values) == len(RULINGS):
                self._put(4, court.key, _keys(RULINGS), values)
                return True
            if request := self._request_row([*words[:-1], label]):
                self._put(3, request, _keys(APPLICANTS), values)
                return True
            if self._disclosure.columns and len(words) < 2 and (disclosed := _disclosed([label])):
                self._put(2, disclosed, list(self._disclosure.columns), values)
                return True
        return False

    def _labels(self, words: list[str]) -> Iterator[str]:
        """What the label of a row may be: its own words, or those with the lines above that a break cut off."""
        own = words[-1] if words else ""
        if own:
            yield own
        if not _ENUMERATED.match(own):
            above = list(self._above)
            yield from ("".join([*above[at:], own]) for at in reversed(range(len(above))))

    def _take_courts(self, values: list[GridCell]) -> None:
        """A row of numbers without a label or heads: table four, if it has its fifteen cells."""
        numbers = sum(read_number(cell.text) is not None for cell in values)
        if not self._courts.width and numbers < COURT_WIDTH - 5:
            return
        for at, group in enumerate(LAWSUITS):
            self._put(4, group.key, _keys(RULINGS), values[at * len(RULINGS) :][: len(RULINGS)])

    def _request_row(self, words: list[str]) -> str:
        for row in REQUEST_ROWS:
            if re.search(row.mark, words[-1]):
                inside = self._last.startswith("other") or any("其他处理" in text for text in words[:-1])
                if row.key != _LAST_OTHER or inside:
                    return row.key
        return ""

    def _put(self, table: int, row: str, columns: list[str], values: list[GridCell]) -> None:
        if table == 3:
            self._settle_strange(row)
        self._above.clear()
        if CellPlace(table, row, columns[0]) in self.cells:
            return
        values = _fitted(values, len(columns))
        if len(values) != len(columns):
            if any(cell.text for cell in values):
                self.ragged.add((table, row))
            return
        self.ragged.discard((table, row))
        for column, cell in zip(columns, values, strict=True):
            self.cells[CellPlace(table, row, column)] = _cell(cell)

    def _settle_strange(self, row: str) -> None:
        """Rows of table three with unknown labels, as many as the form has between those around them, are
        those of the form; others are kept under their own labels."""
        strange, last = self._strange, self._last
        self._strange = []
        keys = _between(last, row, len(strange)) or [label for label, _ in strange]
        for key, (_, values) in zip(keys, strange, strict=True):
            if last:
                self._put(3, key, _keys(APPLICANTS), values)
        self._last = row


def _split(row: Sequence[GridCell]) -> tuple[list[GridCell], list[GridCell]]:
    """The labels of a row, blanks between them left out, and the cells after the last label."""
    worded = [_CJK.search(cell.text) and cell.text not in _NOTHING for cell in row]
    labels = [at for at, words in enumerate(worded) if words and read_number(row[at].text) is None]
    end = labels[-1] + 1 if labels else 0
    return [cell for cell in row[:end] if cell.text], list(row[end:])


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
    found = {form.key: head.key for form in FORMS for head in form.columns(2) if re.search(head.mark, text)}
    return next(iter(found.values()), ""), list(found)


def _cell(cell: GridCell) -> ReportCell:
    return ReportCell(MERGED) if cell.carried else ReportCell(cell.text, read_number(cell.text))


def _between(last: str, row: str, number: int) -> list[str]:
    """The rows between two of a form, if they are so many."""
    for form in FORMS:
        keys = _keys(form.request_rows)
        between = keys[keys.index(last) + 1 : keys.index(row)] if {last, row} <= set(keys) else []
        if number and len(between) == number:
            return between
    return []


def _keys(labels: Sequence[Label]) -> list[str]:
    return [label.key for label in labels]


def _disclosed(words: Sequence[str]) -> str:
    """The key of a row of table two."""
    return next((row.key for row in DISCLOSURE_ROWS if re.search(row.mark, words[-1])), "")


def is_row_label(text: str) -> bool:
    """Whether a cell that should hold a number holds the label of a row: then the columns are not what they seem."""
    return any(re.search(row.mark, even_words(text)) for row in (*REQUEST_ROWS, *DISCLOSURE_ROWS))
