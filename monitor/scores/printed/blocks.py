"""Re-adding tables of blocks: a unit's items line by line, its total once, the grand total at the end.

Such tables reach us with merged cells flattened and columns shifted, so rows are read by their words and
numbers in order, not by column."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from monitor.scores.printed.discrepancies import Discrepancy, Kind, place_of, rank_discrepancy
from monitor.scores.printed.headings import head_of
from monitor.scores.printed.layout import SUM_WORDS
from monitor.scores.printed.paper import Grid, GridRow
from monitor.scores.ranks import allowed_ranks, fits
from rules.vocabulary.points import add, parse_points, show_points
from rules.vocabulary.white_space import squeeze
from rules.vocabulary.words import alternatives

OFFICE = re.compile(alternatives("offices.printed") + "$")


@dataclass(slots=True)
class UnitBlock:
    """One unit's lines. `total` is as printed, at `place` (row, column); `serial` what the block begins with; `leaves` are its
    numbers by the last word before each."""

    unit: str
    start: GridRow
    serial: int | None
    items: list[Decimal] = field(default_factory=list)
    lines: int = 1
    total: Decimal | None = None
    column: int = 0
    leaves: dict[str, list[Decimal]] = field(default_factory=dict)

    @property
    def ties(self) -> bool:
        return self.total is None or self.total == add(self.items)

    def note(self, texts: Sequence[tuple[int, str]], numbers: Sequence[Decimal]) -> None:
        """Keeps a line's number by its column: the last word that is not the unit's name."""
        words = [text for _, text in texts if text != self.unit]
        if words and numbers:
            self.leaves.setdefault(words[-1], []).append(numbers[0])

    def goes_on_in(self, other: "UnitBlock") -> bool:
        """Whether the next block is the rest of this one on another page, with its number, name and total said again."""
        said_again = (self.serial, self.unit, self.total) == (other.serial, other.unit, other.total)
        return said_again and self.serial is not None


@dataclass(frozen=True, slots=True)
class BlockTable:
    """A table of blocks, and its grand total with the row and column it stands in."""

    grid: Grid
    headings: tuple[str, ...]
    blocks: tuple[UnitBlock, ...]
    grand: tuple[GridRow, int, Decimal] | None = None

    @property
    def totals(self) -> list[Decimal]:
        """The blocks' totals as printed; what they add up to where none is printed."""
        return [block.total if block.total is not None else add(block.items) for block in self.blocks]

    @property
    def sums(self) -> list[Decimal]:
        """What the blocks' lines add up to."""
        return [add(block.items) for block in self.blocks]


def read_blocks(grid: Grid) -> BlockTable | None:
    """The table as blocks; None where it is not one: no block with several lines, or most do not tie."""
    captions, heads, body = head_of(grid)
    titled = Grid(grid.name, grid.rows, (*grid.captions, *captions))
    words = tuple(dict.fromkeys(squeeze(text) for row in heads for _, text in row.tokens))
    readings = [_gather(titled, words, body, last) for last in (True, False)]
    best = max(readings, key=lambda reading: sum(block.ties for block in reading.blocks))
    several = sum(block.lines > 1 for block in best.blocks)
    told = sum(block.total is not None for block in best.blocks)
    tied = sum(block.ties and block.total is not None for block in best.blocks)
    return best if several >= 2 and told >= 2 and tied * 2 > told else None


def _gather(grid: Grid, words: tuple[str, ...], body: Sequence[GridRow], last: bool) -> BlockTable:
    """`last`: where a line holds two numbers, the second is the block's total; else the first."""
    blocks: list[UnitBlock] = []
    grand = None
    for row in body:
        texts = [(c, squeeze(t)) for c, t in row.tokens if parse_points(t) is None]
        numbers = [(c, n) for c, t in row.tokens if (n := parse_points(t)) is not None]
        if any(SUM_WORDS.fullmatch(text) for _, text in texts):
            if numbers and texts[0][1].startswith("小") and blocks:
                blocks[-1].column, blocks[-1].total = numbers[-1]
            elif numbers:
                grand = (row, *numbers[-1])
            continue
        serial = _serial(row, blocks)
        numbers = numbers[1:] if serial is not None else numbers
        if serial is not None or (len(numbers) == 2 and texts):
            opened = _opened(UnitBlock(_unit(texts), row, serial), numbers, last)
            if blocks and blocks[-1].goes_on_in(opened):
                blocks[-1].items += opened.items
                blocks[-1].lines += 1
            else:
                blocks.append(opened)
            blocks[-1].note(texts, opened.items)
        elif blocks:
            blocks[-1].items += [number for _, number in numbers]
            blocks[-1].lines += 1
            blocks[-1].note(texts, [number for _, number in numbers])
    for block in blocks:
        # A lone number in the first line is the total where the rest add up to it.
        if block.total is None and len(block.items) > 1 and block.items[0] == add(block.items[1:]):
            block.total, block.items = block.items[0], block.items[1:]
    return BlockTable(grid, words, tuple(blocks), grand)


def _serial(row: GridRow, blocks: Sequence[UnitBlock]) -> int | None:
    """The number a new block begins with: before a word, and either the next one or not the row's only one."""
    tokens = row.tokens
    number = parse_points(tokens[0][1]) if len(tokens) > 1 else None
    if number is None or number != int(number) or parse_points(tokens[1][1]) is not None:
        return None
    due = (blocks[-1].serial or 0) + 1 if blocks else 1
    several = any(parse_points(text) is not None for _, text in tokens[2:])
    return int(number) if number == due or several else None


def _unit(texts: Sequence[tuple[int, str]]) -> str:
    """The word that ends as offices do, else the first."""
    offices = [text for _, text in texts if OFFICE.search(text)]
    return offices[-1] if offices else (texts[0][1] if texts else "")


def _opened(block: UnitBlock, numbers: list[tuple[int, Decimal]], last: bool) -> UnitBlock:
    """The block with the numbers of its first line."""
    if len(numbers) >= 2:
        block.column, block.total = numbers.pop(-1 if last else 0)
    elif numbers:
        block.column = numbers[0][0]
    block.items = [number for _, number in numbers]
    return block


def check_blocks(table: BlockTable, ranked: bool) -> Iterator[Discrepancy]:
    """Totals that are not the sum of their lines, a grand total that is not theirs, ranks out of order."""
    for block in table.blocks:
        if block.total is not None and not block.ties:
            printed, reckoned = show_points(block.total), show_points(add(block.items))
            shown = "+".join(show_points(item) for item in block.items)
            sentence = f"{block.unit}：{shown}={reckoned}，表中为 {printed}。"
            place = place_of(table.grid, block.start, block.column)
            yield Discrepancy(Kind.BLOCK, place, sentence, block.unit, printed, reckoned)
    if ranked:
        yield from _check_ranks(table)
    if table.grand and table.grand[2] not in (add(table.totals), add(table.sums)):
        row, column, grand = table.grand
        printed, reckoned = show_points(grand), show_points(add(table.totals))
        sentence = f"合计为 {printed}，各单位相加为 {reckoned}。"
        yield Discrepancy(Kind.GRAND, place_of(table.grid, row, column), sentence, "", printed, reckoned)


def _check_ranks(table: BlockTable) -> Iterator[Discrepancy]:
    """Against the totals as printed or as they add up, whichever the ranks obey better."""
    printed = [block.serial for block in table.blocks]
    totals = min((table.totals, table.sums), key=lambda each: fits(each, printed).count(False))
    ranks = allowed_ranks(totals)
    for n, fine in enumerate(fits(totals, printed)):
        if fine is False:
            block, total = table.blocks[n], f"信息数 {show_points(totals[n])}"
            place = place_of(table.grid, block.start, block.start.tokens[0][0])
            yield rank_discrepancy(place, block.unit, total, ranks[n], block.serial)
