"""From the cells that a file writes to the places of a grid: merged cells spread out, frames taken apart."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from crawler.documents.document import Grid, GridCell, Row

MOST_COLUMNS = 60
WIDEST = 500
MOST_ROWS = 5_000
LONGEST_LABEL = 300


@dataclass(frozen=True, slots=True)
class Box:
    """One cell as a file writes it: its text, how many columns and rows it covers; `continues` the cell above;
    `frame`: it only holds a table together."""

    text: str
    width: int = 1
    height: int = 1
    continues: bool = False
    frame: bool = False


def take_apart(rows: Sequence[Sequence[Box]]) -> Iterator[Grid | int]:
    """The tables of data that a table holds, and the numbers (from 0) of the rows that only frame what stands
    in them: another table, a page of prose, or never two cells side by side."""
    lone = all(len(row) < 2 for row in rows)
    gathered: list[Row] = []
    for at, laid in enumerate(lay(rows)):
        if not lone and not any(box.frame or len(box.text) > LONGEST_LABEL for box in rows[at]):
            gathered.append(laid)
            continue
        if gathered:
            yield Grid(tuple(gathered))
            gathered = []
        yield at
    if gathered:
        yield Grid(tuple(gathered))


def lay(rows: Iterable[Sequence[Box]]) -> Iterator[Row]:
    """Rows of places, WIDEST at most. Never raises, whatever the widths and heights say."""
    hanging: dict[int, tuple[int, Box]] = {}
    above: dict[int, str] = {}
    for boxes in rows:
        waiting, cells = deque(boxes), list[GridCell]()
        below: dict[int, tuple[int, Box]] = {}
        while (hanging or waiting) and len(cells) < WIDEST:
            column = len(cells)
            if column in hanging:
                left, box = hanging.pop(column)
                carried, text = True, box.text
            elif waiting:
                box = waiting.popleft()
                left, carried = box.height, box.continues
                text = above.get(column, "") if carried else box.text
            else:
                hanging = {at: held for at, held in hanging.items() if at > column}
                cells += [GridCell("")] if hanging else []
                continue
            if left > 1:
                below[column] = (left - 1, box)
            above[column] = text
            width = max(1, min(box.width, MOST_COLUMNS - column))
            cells += [GridCell(text, carried, across=at > 0) for at in range(width)]
        hanging = below
        yield tuple(cells)
