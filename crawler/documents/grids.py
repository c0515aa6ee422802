"""From the cells that a file writes to the places of a grid: merged cells spread out, frames taken apart."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from crawler.documents.document import Grid, GridCell, Row
from crawler.page.span_grid import Spanning, spread

# Characters: the longest label of the annual form has 40; a cell with more is a page of prose.
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
    """Rows of places. Never raises, whatever the widths and heights say."""
    above: dict[int, str] = {}
    for places in spread([Spanning(box, box.width, box.height) for box in boxes] for boxes in rows):
        cells: list[GridCell] = []
        for column, place in enumerate(places):
            box = place.cell
            if box is None:
                cells.append(GridCell(""))
            elif place.across:
                cells.append(GridCell(cells[-1].text, cells[-1].carried, across=True))
            else:
                continues = box.continues and not place.carried
                text = above[column] = above.get(column, "") if continues else box.text
                cells.append(GridCell(text, place.carried or continues))
        yield tuple(cells)
