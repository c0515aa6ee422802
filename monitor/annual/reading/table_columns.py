"""Which column of a table holds what, by its heading rows: a cell is read by the headings above it,
so that columns more, rows upside down and tables cut in two are read all the same."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from crawler.documents.document import GridCell, Row
from monitor.annual.checks.forms import APPLICANTS, LAWSUITS, RULINGS, Label
from monitor.annual.checks.numbers import even

_CJK = re.compile(r"[\u4e00-\u9fff]")
FEWEST_APPLICANTS = 6  # of seven heads: one may be misspelt
FEWEST_RULINGS = 4  # of five heads: one may be misspelt


@dataclass(frozen=True, slots=True)
class Heads:
    """The columns of one row of heads: key → column, first come; in rows of `width` places."""

    width: int = 0
    columns: Mapping[str, int] = field(default_factory=dict)

    def under(self, row: Row) -> list[GridCell]:
        """The cells of a row below these heads, in their order; none where its columns are not these."""
        cells = [row[at] for at in self.columns.values()] if len(row) == self.width else []
        return [] if any(cell.across for cell in cells) else cells

    def before(self, row: Row) -> list[str]:
        """The words on the left of all heads."""
        left = row[: min(self.columns.values())]
        return [even_words(cell.text) for cell in left if cell.text and not cell.across]


def applicants_of(row: Row) -> Heads | None:
    """The heads of table three; None where a row is not they."""
    columns: dict[str, int] = {}
    for at, key in _matched(row, APPLICANTS):
        columns.setdefault(key, at)
    ordered = {label.key: columns[label.key] for label in APPLICANTS if label.key in columns}
    return Heads(len(row), ordered) if len(ordered) >= FEWEST_APPLICANTS else None


@dataclass(slots=True)
class CourtHeads:
    """Heads of table four, which offices draw lying, upright or in two: a cell belongs to the group and the ruling
    that its column or its row says."""

    width: int = 0
    groups: dict[int, str] = field(default_factory=dict)
    rulings: dict[int, str] = field(default_factory=dict)

    def learn(self, row: Row) -> bool:
        """Whether a row of words is a heading row; its columns are kept."""
        groups, rulings = dict(_matched(row, LAWSUITS)), dict(_matched(row, RULINGS))
        if not groups and len(rulings) < FEWEST_RULINGS:
            return False
        if len(row) != self.width:
            self.width, self.groups, self.rulings = len(row), {}, {}
        self.groups |= groups
        self.rulings |= rulings
        return True

    def cells(self, row: Row, words: Sequence[str]) -> Iterator[tuple[str, str, GridCell]]:
        """(group, ruling, cell) of a row of numbers; `words` are its labels."""
        if len(row) != self.width:
            return
        own_group, own_ruling = (_said(words, labels) for labels in (LAWSUITS, RULINGS))
        for at, cell in enumerate(row):
            group, ruling = own_group or self.groups.get(at), own_ruling or self.rulings.get(at)
            if group and ruling and not cell.across and even_words(cell.text) not in words:
                yield group, ruling, cell


def even_words(text: str) -> str:
    """A label without blanks, its digits and brackets narrow."""
    return even(text).replace(" ", "")


def _matched(row: Row, labels: Sequence[Label]) -> Iterator[tuple[int, str]]:
    """(column, key) of every place whose words are one of these labels."""
    for at, cell in enumerate(row):
        if cell.text and _CJK.search(cell.text) and (key := _said([even_words(cell.text)], labels)):
            yield at, key


def _said(words: Sequence[str], labels: Sequence[Label]) -> str:
    return next((label.key for word in words[-1:] for label in labels if re.search(label.mark, word)), "")
