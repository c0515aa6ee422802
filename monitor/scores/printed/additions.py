"""Which columns of a printed table make up its totals: found from the rows that tie, never from a guess alone."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from monitor.scores.printed.headings import ColumnHeading, Role, weight_of
from monitor.scores.printed.layout import UnitRow
from rules.vocabulary.points import add, places, same_printed, show_points

MOST_COLUMNS = 24  # every run of them is tried: their square
ROWS_TO_LEARN_FROM = 80  # more rows teach nothing new
BARE = frozenset({"得分", "分数", "成绩", "分值", "评分", "考核得分"})
MEAN = re.compile(r"平均|均分|均值")
ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)

Addends = tuple[tuple[ColumnHeading, Decimal], ...]
Terms = Iterable[tuple[str, Decimal]]


@dataclass(frozen=True, slots=True)
class Addition:
    """`total` = `base` + the addends, each (column, factor), over `divisor`: factors are 1 or -1, or weights in
    percent. `tied` of `rows` rows obey it; `digits` is how many decimals the total is printed with; `rounds`: it is
    the habit of this column to round, not one row's; `ceiling` is what no total passes."""

    total: ColumnHeading
    addends: Addends
    base: Decimal
    tied: int
    rows: int
    digits: int = 0
    rounds: bool = False
    divisor: Decimal = ONE
    ceiling: Decimal | None = None

    def reckon(self, values: Mapping[int, Decimal]) -> Decimal:
        """What the total should be, of values by column."""
        return self.base + add(f * values.get(h.column, ZERO) for h, f in self.addends) / self.divisor

    def explains(self, reckoned: Decimal, printed: Decimal) -> bool:
        """Whether a total may be printed so: as it is, rounded where the column rounds, or cut at its ceiling."""
        if self.ceiling is not None and printed == self.ceiling < reckoned:
            return True
        return reckoned == printed or (self.rounds and same_printed(reckoned, printed, self.digits))

    def holds(self, unit: UnitRow) -> bool:
        """Whether a row obeys it."""
        return self.explains(self.reckon(unit.values), unit.value(self.total.column))

    def unknown(self, unit: UnitRow) -> bool:
        """Whether a row cannot be reckoned: a cell that is no number; for a mean a blank too."""
        columns = {heading.column for heading, _ in self.addends}
        return bool(columns & unit.unread) or (self.divisor != ONE and not columns <= unit.values.keys())

    def __str__(self) -> str:
        named = ((h.text or f"第 {h.column + 1} 列", factor) for h, factor in self.addends)
        return f"{self.total.text} = {self.written(named)}"

    def shown(self, unit: UnitRow) -> str:
        """The sum in a row's own numbers: 4+2+13+13+50.5."""
        values = ((unit.value(h.column), factor) for h, factor in self.addends)
        return self.written((show_points(abs(v)), f if v >= 0 else -f) for v, f in values)

    def written(self, terms: Terms) -> str:
        """The formula with these words for its addends."""
        text = show_points(self.base) if self.base else ""
        weighted = self.divisor == HUNDRED
        for words, factor in terms:
            weight = f"×{show_points(abs(factor))}%" if weighted else ""
            text += ("-" if factor < 0 else "+" if text else "") + words + weight
        return text if weighted or self.divisor == ONE else f"({text})÷{self.divisor}"


def find_additions(headings: Sequence[ColumnHeading], units: Sequence[UnitRow]) -> tuple[Addition, ...]:
    """An Addition for every total that most rows prove; nothing for one that they do not."""
    units = units[:ROWS_TO_LEARN_FROM]
    numeric = [h for h in headings if _numeric(h, units)][:MOST_COLUMNS]
    found = []
    for total in _totals(numeric):
        tried = [_try(total, *each, units, len(numeric) - 1) for each in _candidates(total, numeric)]
        if proved := [addition for addition in tried if addition]:
            found.append(max(proved, key=lambda a: (a.tied, not a.base, len(a.addends))))
    return tuple(found)


def _numeric(heading: ColumnHeading, units: Sequence[UnitRow]) -> bool:
    numbers = sum(heading.column in unit.values for unit in units)
    apart = heading.role in (Role.RANK, Role.SERIAL, Role.NOTE)
    return numbers > 0 and numbers * 2 >= len(units) and not apart


def _totals(numeric: Sequence[ColumnHeading]) -> list[ColumnHeading]:
    """The columns that may be totals: by their headings, else the last and the first."""
    headed = {h: h.text.split("/")[-1] in BARE or MEAN.search(h.text) for h in numeric}
    named = [h for h in numeric if h.role in (Role.TOTAL, Role.MONTH) or headed[h]]
    if named or not numeric:
        return named
    scores = [h for h in numeric if h.role is Role.POINTS]
    return scores if len(scores) == 1 else list(dict.fromkeys([numeric[-1], numeric[0]]))


def _candidates(
    total: ColumnHeading, numeric: Sequence[ColumnHeading]
) -> Iterator[tuple[list[ColumnHeading], list[Decimal]]]:
    """Sets of columns that may make up a total, with weights in percent where the headings name them: all, all that
    are no mere numbers, then every run."""
    others = [h for h in numeric if h is not total]
    weights = {h: weight for h in others if (weight := weight_of(h.text))}
    if sum(weights.values()) == HUNDRED:
        yield list(weights), list(weights.values())
    for unwanted in ((), (Role.COUNT,), (Role.TOTAL,), (Role.COUNT, Role.TOTAL), (Role.MONTH,)):
        yield [h for h in others if h.role not in unwanted], []
    for start in range(len(others)):
        for end in range(start + 2, len(others) + 1):
            yield others[start:end], []


def _try(
    total: ColumnHeading,
    addends: list[ColumnHeading],
    weights: list[Decimal],
    units: Sequence[UnitRow],
    among: int,
) -> Addition | None:
    if len(addends) < 2:
        return None
    mean = MEAN.search(total.text) and not weights
    factors = weights or [_sign(h, units) for h in addends]
    divisor = HUNDRED if weights else Decimal(len(addends)) if mean else ONE
    digits = max((places(unit.value(total.column)) for unit in units), default=0)
    signed = tuple(zip(addends, factors, strict=True))
    draft = Addition(total, signed, ZERO, 0, len(units), digits, divisor != ONE, divisor)
    rests = [unit.value(total.column) - draft.reckon(unit.values) for unit in units]
    draft = replace(draft, base=_base(signed, rests))
    draft = replace(draft, ceiling=total.maximum or _ceiling(draft, units))
    to_whole = replace(draft, rounds=True)
    ties = [unit for unit in units if to_whole.holds(unit)]
    # A row tells something that ties by more than a single number.
    telling = [u for u in ties if u.value(total.column) and sum(bool(u.value(h.column)) for h in addends) > 1]
    sure = total.role is Role.TOTAL and len(addends) == among
    few = len(ties) * 2 <= len(units) or (len(units) < 3 and len(ties) < len(units))
    if few or len(telling) < (1 if sure else 2):
        return None
    rounded = sum(not draft.holds(unit) for unit in ties)
    return replace(draft, tied=len(ties), rounds=draft.rounds or rounded > 1)


def _ceiling(draft: Addition, units: Sequence[UnitRow]) -> Decimal | None:
    """The highest total, where several rows, not most, stop at it whose parts make more."""
    top = max(unit.value(draft.total.column) for unit in units)
    there = [unit for unit in units if unit.value(draft.total.column) == top]
    cut = sum(draft.reckon(unit.values) > top for unit in there)
    return top if cut > 1 and len(there) * 2 <= len(units) else None


def _base(signed: Addends, rests: list[Decimal]) -> Decimal:
    """Full marks that are only taken from (100 less what is off) are a base; else there is none."""
    common, _ = Counter(rests).most_common(1)[0]
    return common if any(sign < 0 for _, sign in signed) and common >= 10 else ZERO


def _sign(heading: ColumnHeading, units: Sequence[UnitRow]) -> Decimal:
    """-1 for a column of deductions written without a minus."""
    positive = all(unit.value(heading.column) >= 0 for unit in units)
    return -ONE if heading.role is Role.DEDUCTION and positive else ONE
