"""Percentages of a printed table (完成率, 占比): which two columns make them, and which rows print another."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations

from monitor.scores.printed.discrepancies import Discrepancy, Kind
from monitor.scores.printed.headings import ColumnHeading, Role
from monitor.scores.printed.layout import Layout
from monitor.scores.printed.paper import GridRow
from rules.vocabulary.points import add, parse_points, places, rounded, show_points
from rules.vocabulary.white_space import squeeze

_HEADED = re.compile(r"率(?!先)|占比|比例|比重|百分比|[%％]")
_NUMBER = re.compile(r"[+-]?\d{1,6}(?:\.\d{1,6})?%")
HUNDRED = Decimal(100)
# Columns tried as what a percentage is made of.
MOST_COLUMNS = 12
ROWS_TO_LEARN_FROM = 80  # more rows teach nothing new
# Rows that prove a formula: fewer agree by chance.
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Share:
    """`heading` = `part` ÷ `whole` in percent; `whole` None: of the `sum` of all parts."""

    heading: ColumnHeading
    part: ColumnHeading
    whole: ColumnHeading | None
    sum: Decimal = Decimal(0)

    def __str__(self) -> str:
        whole = self.whole.text if self.whole else f"{self.part.text}合计"
        return f"{self.heading.text} = {self.part.text} ÷ {whole}"


def find_shares(layout: Layout) -> tuple[Share, ...]:
    """For each column of percentages the two columns of numbers that make it in most rows; nothing where none do."""
    numbers = [
        h
        for h in layout.headings
        if h.role not in (Role.RANK, Role.SERIAL, Role.NOTE)
        and any(h.column in u.values for u in layout.units)
    ][:MOST_COLUMNS]
    sums = {h.column: add(unit.value(h.column) for unit in layout.units) for h in numbers}
    found = []
    for heading in layout.headings:
        printed = [_percent(u.row.text(heading.column)) for u in layout.units]
        if not _HEADED.search(heading.text) or sum(each is not None for each in printed) < FEWEST:
            continue
        others = [h for h in numbers if h != heading and not _HEADED.search(h.text)]
        pairs = [Share(heading, part, whole) for part, whole in permutations(others, 2)]
        pairs += [Share(heading, part, None, sums[part.column]) for part in others]
        proved = {share: _obeyed(layout, share) for share in pairs}
        best = max(proved, key=lambda share: proved[share], default=None)
        known = sum(each is not None for each in printed[:ROWS_TO_LEARN_FROM])
        if best and proved[best] >= max(FEWEST - 1, known // 2 + 1):
            found.append(best)
    return tuple(found)


def check_shares(layout: Layout, shares: Sequence[Share]) -> Iterator[Discrepancy]:
    """Rows, those of sums among them, whose percentage is not what their numbers make."""
    named = [(unit.name, unit.name, unit.row) for unit in layout.units]
    named += [("合计行", "", row) for section in layout.sections for row in section.sums]
    for share in shares:
        for name, unit, row in named:
            printed, due = _percent(row.text(share.heading.column)), _due(share, row)
            if printed is None or due is None or _same(printed, due):
                continue
            shown, reckoned = (
                f"{show_points(printed)}%",
                f"{show_points(rounded(due, max(places(printed), 2)))}%",
            )
            sentence = f"{name}：“{share.heading.text}”为 {shown}，按 {share} 应为 {reckoned}。"
            place = layout.place(row, share.heading)
            yield Discrepancy(Kind.SHARE, place, sentence, unit, shown, reckoned)


def _obeyed(layout: Layout, share: Share) -> int:
    """How many rows prove it; a row of 0 or 100 % proves little, so that all of these alone prove nothing."""
    proved = []
    for row in (unit.row for unit in layout.units[:ROWS_TO_LEARN_FROM]):
        printed, due = _percent(row.text(share.heading.column)), _due(share, row)
        if printed is not None and due is not None and _same(printed, due):
            proved.append(printed)
    return len(proved) if any(each not in (0, HUNDRED) for each in proved) else 0


def _due(share: Share, row: GridRow) -> Decimal | None:
    part = parse_points(row.text(share.part.column))
    whole = parse_points(row.text(share.whole.column)) if share.whole else share.sum
    return part * HUNDRED / whole if part is not None and whole else None


def _same(printed: Decimal, due: Decimal) -> bool:
    """As rounded, or as cut off, to the digits printed."""
    return abs(printed - due) < Decimal(1).scaleb(-places(printed)) and (
        rounded(due, places(printed)) == printed or printed <= due
    )


def _percent(text: str) -> Decimal | None:
    """90.5% → 90.5; None for what bears no sign."""
    plain = squeeze(unicodedata.normalize("NFKC", text[:20]))
    return Decimal(plain[:-1]) if _NUMBER.fullmatch(plain) else None
