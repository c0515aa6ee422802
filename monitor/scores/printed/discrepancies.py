"""What is found wrong in a printed score table, and what a check of it comes to."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from monitor.scores.printed.paper import Grid, GridRow
from monitor.scores.ranks import say_due
from rules.vocabulary.terms import Severity


class Kind(StrEnum):
    """差错类别: its key in JSON, and what it says to people."""

    label: str

    ROW = "row.sum", "本行不等于各项之和"
    SUMS = "column.sum", "合计不等于各行之和"
    MEAN = "column.mean", "平均不等于各行的平均"
    BLOCK = "block.sum", "单位小计不等于各栏之和"
    GRAND = "grand.sum", "合计不等于各单位之和"
    RANK = "rank", "名次与总分不符"
    ORDER = "order", "排列顺序与总分不符"
    MAXIMUM = "maximum", "超过满分"
    SHARE = "share", "百分比与数量不符"
    TWICE = "unit.twice", "单位重复"
    SERIAL = "serial", "序号有误"
    HEADING = "heading", "表头与内容不符"
    PRAISE = "prose.praise", "表扬与名次不符"
    CRITICISM = "prose.criticism", "批评与名次不符"
    PASSED_OVER = "prose.passed_over", "点名不一致"
    PERIOD = "prose.period", "时段与表不符"
    NUMBER = "prose.number", "正文数字与表不符"

    def __new__(cls, key: str, label: str) -> "Kind":
        kind = str.__new__(cls, key)
        kind._value_, kind.label = key, label
        return kind


@dataclass(frozen=True, slots=True)
class FilePlace:
    """Where it stands: the table, its row and column as the file counts them (from 1), the column's heading;
    `line` in a text file; for prose only the paragraph's line."""

    table: str = ""
    row: int | None = None
    column: int | None = None
    heading: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One mistake. `rank` and `rank_due` are before and after putting the sum right; `due_there` names who
    then stands on the old rank; `follows` are the sentences of the prose that fall with it."""

    kind: Kind
    place: FilePlace
    sentence: str
    unit: str = ""
    printed: str = ""
    reckoned: str = ""
    severity: Severity = Severity.SCORE
    rank: int | None = None
    rank_due: int | None = None
    due_there: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()

    def with_consequence(self, sentence: str) -> "Discrepancy":
        """The same discrepancy, and what else is wrong because of it."""
        return replace(self, sentence=self.sentence + sentence, follows=(*self.follows, sentence))


@dataclass(frozen=True, slots=True)
class Checked:
    """One table as checked. `form` is rows (one unit a row) or blocks (one unit in several rows); `rows` are
    its units, of which `equal` were re-added and equal; `formulas` say which columns make which total.
    `totals` are unit → total as printed, `due` as they should be; `ranked`: it prints ranks, and they were
    checked; `grand` is its printed sum, `grand_due` what that should be; `shares` say which columns make which
    percentage; `unchecked` what could not be checked, and why. `cells` are unit → all numbers of its rows, `leaves` of
    a table of blocks unit → column → its numbers."""

    title: str
    form: str
    rows: int
    equal: int
    formulas: tuple[str, ...] = ()
    totals: Mapping[str, Decimal] = field(default_factory=dict)
    due: Mapping[str, Decimal] = field(default_factory=dict)
    ranked: bool = False
    grand: Decimal | None = None
    grand_due: Decimal | None = None
    headings: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()
    cells: Mapping[str, frozenset[Decimal]] = field(default_factory=dict)
    leaves: Mapping[str, Mapping[str, tuple[Decimal, ...]]] = field(default_factory=dict)

    @property
    def told(self) -> bool:
        """Anything of it could be checked."""
        return self.form == "blocks" or bool(self.formulas) or bool(self.shares) or self.ranked


def place_of(grid: Grid, row: GridRow, column: int, heading: str = "") -> FilePlace:
    """The place of one cell; `column` counts from 0."""
    return FilePlace(grid.title, row.number, row.left + column + 1, heading, row.line(column))


def rank_discrepancy(
    place: FilePlace, unit: str, total: str, ranks: range, printed: int | None
) -> Discrepancy:
    """A printed rank that is none of those a unit's total (in words) allows."""
    sentence = f"{unit}：{total}，{say_due(ranks, printed)}。"
    due = ranks.start
    return Discrepancy(Kind.RANK, place, sentence, unit, f"{printed}", f"{due}", rank=printed, rank_due=due)
