"""A table of a page: the same value is shown, and downloaded as CSV, Excel or JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell says, where it leads (an address of ours, or a web address), and its state as a class name of the
    style sheet (`zero`, `unknown`, `veto` …): a state is always said in words or signs too."""

    value: str | int | date | None
    href: str = ""
    state: str = ""

    @property
    def text(self) -> str:
        if self.value is None:
            return ""
        return self.value.isoformat() if isinstance(self.value, date) else str(self.value)

    @property
    def number(self) -> bool:
        return isinstance(self.value, int)


@dataclass(frozen=True, slots=True)
class Table:
    """`name` is what a downloaded file is called; `empty` what is said where there are no rows, and what comes next."""

    name: str
    heads: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]
    empty: str = "没有内容。"


def cells(*values: str | int | date | Cell | None) -> tuple[Cell, ...]:
    """A row of plain values and cells."""
    return tuple(value if isinstance(value, Cell) else Cell(value) for value in values)
