"""Tables out of ruled lines: from line segments on a page to rows of merged cells. Plain geometry, y upwards."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from crawler.documents.document import Grid, GridCell, Row, collapse_blanks

NEAR = 2.5  # points: lines nearer than this are one, drawn twice or as a thin box
SHORTEST = 4.0  # points: shorter strokes are dots of a pattern or underlines
MOST_SEGMENTS = 3_000  # of a page; beyond it the page is a drawing, and pairing them grows with the square
MOST_LINES = 200  # of a table in one direction


@dataclass(frozen=True, slots=True)
class Segment:
    """A ruled line: `at` is its x (upright) or y, from `low` to `high` along the other axis."""

    upright: bool
    at: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some words that begin at a point; `size` is the height of their letters in points."""

    x: float
    y: float
    size: float
    text: str


@dataclass(slots=True)
class Lattice:
    """The lines of one table: `xs` ascending, `ys` descending; `owner` maps an elementary cell (row, column) to
    the first cell of the merged one it belongs to."""

    xs: list[float]
    ys: list[float]
    owner: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    @property
    def top(self) -> float:
        return self.ys[0]

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """The elementary cell that holds a point."""
        row = next((at for at, (high, low) in enumerate(pairwise(self.ys)) if low <= y <= high), None)
        column = next((at for at, (low, high) in enumerate(pairwise(self.xs)) if low <= x <= high), None)
        return None if row is None or column is None else (row, column)

    def grid(self, chunks: Iterable[Chunk]) -> Grid:
        """The table with its words."""
        words: dict[tuple[int, int], list[Chunk]] = {}
        for chunk in chunks:
            cell = self.cell_at(chunk.x + chunk.size / 4, chunk.y + chunk.size / 4)
            if cell:
                words.setdefault(self.owner[cell], []).append(chunk)
        texts = {cell: joined(inside) for cell, inside in words.items()}
        return Grid(tuple(self._row(row, texts) for row in range(len(self.ys) - 1)))

    def _row(self, row: int, texts: dict[tuple[int, int], str]) -> Row:
        owners = [self.owner[row, column] for column in range(len(self.xs) - 1)]
        return tuple(
            GridCell(texts.get(cell, ""), carried=cell[0] < row, across=at > 0 and owners[at - 1] == cell)
            for at, cell in enumerate(owners)
        )


def lattices(segments: Sequence[Segment]) -> Iterator[Lattice]:
    """The tables that the lines of a page draw, from the top down; none where there are absurdly many lines."""
    if len(segments) > MOST_SEGMENTS:
        return
    found = [_lattice(group) for group in _touching(segments)]
    yield from sorted((one for one in found if one is not None), key=lambda one: -one.top)


def joined(chunks: Sequence[Chunk]) -> str:
    """Words in reading order: lines from the top, chunks of a line from the left."""
    return collapse_blanks("".join("".join(c.text for c in line) for line in lines(chunks)))


def lines(chunks: Sequence[Chunk]) -> list[list[Chunk]]:
    """Chunks gathered into lines of about the same height, from the top."""
    gathered: list[list[Chunk]] = []
    for chunk in sorted(chunks, key=lambda c: (-c.y, c.x)):
        near = gathered and abs(gathered[-1][0].y - chunk.y) < max(chunk.size, 4) * 0.45
        if near:
            gathered[-1].append(chunk)
        else:
            gathered.append([chunk])
    return [sorted(line, key=lambda c: c.x) for line in gathered]


def _touching(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Segments that hang together. Uprights are few, so each is met with every level line."""
    groups = list(range(len(segments)))

    def root(at: int) -> int:
        while groups[at] != at:
            groups[at] = groups[groups[at]]
            at = groups[at]
        return at

    levels = [(at, one) for at, one in enumerate(segments) if not one.upright]
    for at, upright in enumerate(segments):
        for other, level in levels if upright.upright else ():
            if _meet(upright, level):
                groups[root(at)] = root(other)
    gathered: dict[int, list[Segment]] = {}
    for at, segment in enumerate(segments):
        gathered.setdefault(root(at), []).append(segment)
    return list(gathered.values())


def _meet(upright: Segment, level: Segment) -> bool:
    across = level.low - NEAR <= upright.at <= level.high + NEAR
    return across and upright.low - NEAR <= level.at <= upright.high + NEAR


def _lattice(segments: Sequence[Segment]) -> Lattice | None:
    uprights = [one for one in segments if one.upright]
    levels = [one for one in segments if not one.upright]
    xs = _clustered(one.at for one in uprights)
    ys = _clustered(one.at for one in levels)[::-1]
    if not (2 < len(xs) <= MOST_LINES and 2 <= len(ys) <= MOST_LINES):
        return None
    lattice = Lattice(xs, ys)
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            _settle(lattice, row, column, uprights, levels)
    return lattice


def _settle(
    lattice: Lattice, row: int, column: int, uprights: Sequence[Segment], levels: Sequence[Segment]
) -> None:
    """Joins a cell to the one on its left or above where no line stands between."""
    middle_x = (lattice.xs[column] + lattice.xs[column + 1]) / 2
    middle_y = (lattice.ys[row] + lattice.ys[row + 1]) / 2
    owner = (row, column)
    if column and not _ruled(uprights, lattice.xs[column], middle_y):
        owner = lattice.owner[row, column - 1]
    elif row and not _ruled(levels, lattice.ys[row], middle_x):
        owner = lattice.owner[row - 1, column]
    lattice.owner[row, column] = owner


def _ruled(segments: Sequence[Segment], at: float, along: float) -> bool:
    return any(abs(one.at - at) <= NEAR and one.low - NEAR <= along <= one.high + NEAR for one in segments)


def _clustered(values: Iterable[float]) -> list[float]:
    """Ascending values, those nearer than NEAR taken as one."""
    clustered: list[float] = []
    for value in sorted(values):
        if not clustered or value - clustered[-1] > NEAR:
            clustered.append(value)
    return clustered
