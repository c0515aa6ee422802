"""Which columns of a printed table make up its totals: found from the rows that tie, never from a guess alone."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from rules.scores.headings import Heading, Role
from rules.scores.layout import UnitRow
from rules.scores.points import add, places, same_printed

MOST_COLUMNS = 24
ROWS_TO_LEARN_FROM = 80
BARE = frozenset({"得分", "分数", "成绩", "分值", "评分", "考核得分"})
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Addition:
    """`total` = `base` + the addends, each (column, 1 or -1). `tied` of `rows` rows obey it; `digits` is how
    many decimals the total is printed with; `rounds`: it is the habit of this column to round, not one row's."""

    total: Heading
    addends: tuple[tuple[Heading, int], ...]
    base: Decimal
    tied: int
    rows: int
    digits: int = 0
    rounds: bool = False

    def reckon(self, values: dict[int, Decimal]) -> Decimal:
        """What the total should be, of values by column."""
        return self.base + add(sign * values.get(heading.column, ZERO) for heading, sign in self.addends)

    def explains(self, reckoned: Decimal, printed: Decimal) -> bool:
        """Whether a total may be printed so: as it is, or rounded where the column rounds."""
        return reckoned == printed or (self.rounds and same_printed(reckoned, printed, self.digits))


def find_additions(headings: Sequence[Heading], units: Sequence[UnitRow]) -> tuple[Addition, ...]:
    """An Addition for every total that most rows prove; nothing for one that they do not."""
    units = units[:ROWS_TO_LEARN_FROM]
    numeric = [h for h in headings if _numeric(h, units)][:MOST_COLUMNS]
    found = []
    for total in _totals(numeric):
        tried = [a for addends in _candidates(total, numeric) if (a := _try(total, addends, units))]
        if tried:
            found.append(max(tried, key=lambda a: (a.tied, not a.base, len(a.addends))))
    return tuple(found)


def _numeric(heading: Heading, units: Sequence[UnitRow]) -> bool:
    numbers = sum(heading.column in unit.values for unit in units)
    apart = heading.role in (Role.RANK, Role.SERIAL, Role.NOTE)
    return numbers > 0 and numbers * 2 >= len(units) and not apart


def _totals(numeric: Sequence[Heading]) -> list[Heading]:
    """The columns that may be totals: by their headings, else the last and the first."""
    named = [h for h in numeric if h.role in (Role.TOTAL, Role.MONTH) or h.text.split("/")[-1] in BARE]
    if named or not numeric:
        return named
    scores = [h for h in numeric if h.role is Role.POINTS]
    return scores if len(scores) == 1 else list(dict.fromkeys([numeric[-1], numeric[0]]))


def _candidates(total: Heading, numeric: Sequence[Heading]) -> Iterator[list[Heading]]:
    """Sets of columns that may add up to a total: all, all that are no mere numbers, then every run."""
    others = [h for h in numeric if h is not total]
    for unwanted in ((), (Role.COUNT,), (Role.TOTAL,), (Role.COUNT, Role.TOTAL), (Role.MONTH,)):
        yield [h for h in others if h.role not in unwanted]
    for start in range(len(others)):
        for end in range(start + 2, len(others) + 1):
            yield others[start:end]


def _try(total: Heading, addends: list[Heading], units: Sequence[UnitRow]) -> Addition | None:
    if len(addends) < 2:
        return None
    signed = tuple((h, _sign(h, units)) for h in addends)
    digits = max((places(unit.value(total.column)) for unit in units), default=0)
    draft = Addition(total, signed, ZERO, 0, len(units), digits)
    draft = replace(
        draft, base=_base(signed, [unit.value(total.column) - draft.reckon(unit.values) for unit in units])
    )
    ties = [
        unit for unit in units if same_printed(draft.reckon(unit.values), unit.value(total.column), digits)
    ]
    telling = sum(_telling(unit, total, addends) for unit in ties)
    if telling < 2 or len(ties) * 2 <= len(units) or (len(units) < 3 and len(ties) < len(units)):
        return None
    rounded = sum(draft.reckon(unit.values) != unit.value(total.column) for unit in ties)
    return replace(draft, tied=len(ties), rounds=rounded > 1)


def _base(signed: Sequence[tuple[Heading, int]], rests: list[Decimal]) -> Decimal:
    """Full marks that are only taken from (100 less what is off) are a base; else there is none."""
    common, _ = Counter(rests).most_common(1)[0]
    return common if any(sign < 0 for _, sign in signed) and common >= 10 else ZERO


def _sign(heading: Heading, units: Sequence[UnitRow]) -> int:
    """-1 for a column of deductions written without a minus."""
    positive = all(unit.value(heading.column) >= 0 for unit in units)
    return -1 if heading.role is Role.DEDUCTION and positive else 1


def _telling(unit: UnitRow, total: Heading, addends: list[Heading]) -> bool:
    """A row that ties by more than a single number."""
    return bool(unit.value(total.column)) and sum(bool(unit.value(h.column)) for h in addends) >= 2
