"""The grid of a table whose cells span rows and columns, whatever file it stands in: each cell at every place it covers."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from lxml import html

T = TypeVar("T")
# No real table is wider; a page that claims so would cost memory.
MOST_COLUMNS = 60
# Where rowspans hang side by side a row may grow beyond its own cells; not without end.
WIDEST = 500
MOST_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class Spanning(Generic[T]):
    """A cell and how many columns and rows it covers."""

    cell: T
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Place(Generic[T]):
    """One place of a row. `cell` is None where a row ends before a cell that hangs down into it. `carried`: it comes
    from a row above; `across`: it begins further left; `below`: rows it reaches down from here."""

    cell: T | None
    carried: bool = False
    across: bool = False
    below: int = 0


def spread(rows: Iterable[Sequence[Spanning[T]]], widest: int = WIDEST) -> Iterator[list[Place[T]]]:
    """The places of each row, about `widest` at most. Never raises, whatever the cells claim."""
    hanging: dict[int, tuple[int, Spanning[T]]] = {}
    for row in rows:
        waiting, places = deque(row), list[Place[T]]()
        below: dict[int, tuple[int, Spanning[T]]] = {}
        while (hanging or waiting) and len(places) < widest:
            column = len(places)
            carried = column in hanging
            if carried:
                left, one = hanging.pop(column)
            elif waiting:
                one = waiting.popleft()
                left = one.rows
            else:
                hanging = {at: held for at, held in hanging.items() if at > column}
                places += [Place(None)] if hanging else []
                continue
            if left > 1:
                below[column] = (left - 1, one)
            width = max(1, min(one.columns, MOST_COLUMNS - column))
            places += [Place(one.cell, carried, at > 0, max(left - 1, 0)) for at in range(width)]
        hanging = below
        yield places


def html_rows(table: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """A table's own rows, whatever holds them; not those of a table within a cell."""
    waiting = list(reversed(table))
    while waiting:
        element = waiting.pop()
        if element.tag == "tr":
            yield element
        elif element.tag not in ("table", "td", "th"):
            waiting += reversed(element)


def html_cells(row: html.HtmlElement) -> list[html.HtmlElement]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def spanning(cell: html.HtmlElement) -> Spanning[html.HtmlElement]:
    return Spanning(cell, columns_of(cell), _span(cell, "rowspan", MOST_ROWS))


def columns_of(cell: html.HtmlElement) -> int:
    """How many columns a cell covers; 1 where it says nothing sound."""
    return _span(cell, "colspan", MOST_COLUMNS)


def _span(cell: html.HtmlElement, name: str, most: int) -> int:
    value = (cell.get(name) or "1").strip()
    return min(max(int(value), 1), most) if value.isascii() and value.isdigit() and len(value) < 6 else 1
