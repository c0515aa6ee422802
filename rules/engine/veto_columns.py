"""All columns of a site together, as the vetoes count them: each page once, what was not read kept apart."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rules.cases import ColumnCase, SiteCase
from rules.engine.rule import Measure, unknown
from rules.vocabulary.terms import Outcome


@dataclass(frozen=True, slots=True)
class Counted:
    """What a veto counted: `names` of the columns that count, how many of these the office waived (a national line knows
    no local waiver), and how many columns were not judged."""

    names: tuple[str, ...]
    excused: int
    unread: int

    @property
    def note(self) -> str:
        """The number with the office's waivers taken off, and what it leaves out."""
        rest = len(self.names) - self.excused
        waived = f"其中 {self.excused} 个已在本地豁免，扣除后 {rest} 个" if self.excused else ""
        unread = f"另有 {self.unread} 个栏目没有完整读到，未计入" if self.unread else ""
        return "；".join(part for part in (waived, unread) if part)


def pages_of(columns: Iterable[ColumnCase]) -> list[ColumnCase]:
    """One case a page: several duties of one page, and the units of a shared list, count once. Columns kept on
    another site are left out."""
    own = (column for column in columns if not column.elsewhere)
    return list({column.page: column for column in reversed([*own])}.values())[::-1]


def count_columns(case: SiteCase, names: Callable[[ColumnCase], str | None]) -> Counted:
    """The columns that `names` gives a name for because they count against the site."""
    pages = pages_of(case.columns)
    excused = {column.page for column in case.columns if column.subject in case.excused}
    named = [(page.page, name) for page in pages if (name := names(page)) is not None]
    return Counted(
        tuple(name for _, name in named),
        sum(page in excused for page, _ in named),
        sum(not page.read_to_newest for page in pages),
    )


def named(column: ColumnCase) -> str:
    """A column as a list of many names it: by its unit too, for many units have a column of the same name."""
    return f"“{column.title}”" if column.shared else f"{column.unit_names}“{column.title}”"


def measured(counted: Counted, pages: int, line: int, what: str) -> Measure:
    """A veto on a number of columns; unknown where no column at all was read."""
    if counted.unread >= pages:
        return unknown(line, "个", "没有读到任何栏目")
    number = len(counted.names)
    left_out = f"（{counted.note}）" if counted.note else ""
    return Measure(
        number=number,
        line=line,
        unit="个",
        hit=number >= line,
        distance=max(0, line - number),
        sentence=f"{what} {number} 个，达到 {line} 个的单项否决线{left_out}。",
        note=counted.note,
        examples=counted.names,
        undecided=number < line <= number + counted.unread,
    )


def share_misread(columns: Iterable[ColumnCase]) -> float | None:
    """The share of pages that answered otherwise than a column should, refusals left out; None without any."""
    pages = pages_of(columns)
    wrong = {Outcome.UNREADABLE, Outcome.UNREACHABLE, Outcome.ELSEWHERE}
    return sum(page.outcome in wrong for page in pages) / len(pages) if pages else None
