"""Merged cells: from cells with widths and heights to rows in which a cell merged downwards is carried along."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from crawler.annual.document import GridCell


@dataclass(frozen=True, slots=True)
class Box:
    """One cell as a file writes it: its text, how many columns and how many rows it covers."""

    text: str
    width: int = 1
    height: int = 1


def lay(rows: Iterable[Sequence[Box]]) -> Iterator[tuple[GridCell, ...]]:
    """Rows of cells. Never raises, whatever the widths and heights say."""
    hanging: dict[int, tuple[int, Box]] = {}
    for boxes in rows:
        waiting, cells, column = deque(boxes), [], 0
        below: dict[int, tuple[int, Box]] = {}
        while True:
            if column in hanging:
                left, box = hanging.pop(column)
                cells.append(GridCell(box.text, carried=True))
            elif waiting:
                box = waiting.popleft()
                left = box.height
                cells.append(GridCell(box.text))
            elif further := [at for at in hanging if at > column]:
                column = min(further)
                continue
            else:
                break
            if left > 1:
                below[column] = (left - 1, box)
            column += box.width
        hanging = below
        yield tuple(cells)
