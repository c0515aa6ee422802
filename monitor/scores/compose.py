"""Composing a score sheet (得分表): from counts, findings and the office's notes to one value. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from db.counting.counts import EXTERNAL, Count
from monitor.scores.earning import ComponentPoints, Posted, UnitFacts, earn
from monitor.scores.notes import Notes
from monitor.scores.ranks import rank_all
from monitor.scores.scheme import Joint, PeerGroup, Scheme
from monitor.wording import status_label
from rules.book import BOOK
from rules.dates.periods import Period, parse_period
from rules.engine.finding import Finding
from rules.errors import WrongInput
from rules.vocabulary.places import Site, Unit
from rules.vocabulary.points import add
from rules.vocabulary.terms import Exactness

IDLE = "没有单独负责的计分栏目"


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One unit's row. None is not known: a part that could not be read, a carry-over nobody gave. `least`
    is what the total is at the least. `rank` is among the units that are wholly known. `idle`: it has no column of
    its own that the scheme counts, so its points say nothing of its work."""

    unit: str
    parts: tuple[ComponentPoints, ...]
    carry: Decimal | None
    rank: int | None = None
    notes: tuple[str, ...] = ()
    idle: bool = False

    @property
    def month(self) -> Decimal | None:
        values = [part.value for part in self.parts]
        return None if None in values else add(value for value in values if value is not None)

    @property
    def total(self) -> Decimal | None:
        return None if self.month is None or self.carry is None else self.month + self.carry

    @property
    def least(self) -> Decimal:
        return add(part.least for part in self.parts) + (self.carry or 0)


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """One group's rows: ranked ones first, best first; then those not ranked, in the site file's order."""

    group: PeerGroup
    rows: tuple[ScoreRow, ...]

    @property
    def ranked(self) -> tuple[ScoreRow, ...]:
        return tuple(row for row in self.rows if row.rank is not None)

    @property
    def unranked(self) -> tuple[ScoreRow, ...]:
        return tuple(row for row in self.rows if row.rank is None)


@dataclass(frozen=True, slots=True)
class MonthlySheet:
    """The sheet of one month."""

    scheme: Scheme
    period: Period
    tables: tuple[ScoreTable, ...]

    @property
    def carried(self) -> bool:
        """A total of earlier months is carried over into this one."""
        return self.scheme.carry and self.period.start.month != self.scheme.first

    @property
    def before(self) -> str:
        """The months carried over, as the heading says: 1月, 1—2月; blank where there are none."""
        month = self.period.start.month
        return _months(self.scheme.first, 12 if month == 1 else month - 1) if self.carried else ""

    @property
    def span(self) -> str:
        """The months of the total: 1—3月."""
        month = self.period.start.month
        return _months(self.scheme.first, month) if self.carried else f"{month}月"

    @property
    def year(self) -> int:
        """The year the span began in."""
        start = self.period.start
        return start.year - (self.carried and start.month < self.scheme.first)


def compose_sheet(scheme: Scheme, period: Period, units: Sequence[UnitFacts]) -> MonthlySheet:
    """The sheet of the units' facts; a unit of no group is left out."""
    empty = MonthlySheet(scheme, period, ())
    tables = []
    for group in scheme.groups:
        rows = [_row(scheme, facts, empty) for facts in units if facts.kind in group.kinds]
        if rows:
            tables.append(ScoreTable(group, _ranked(scheme, rows)))
    return replace(empty, tables=tuple(tables))


def _row(scheme: Scheme, facts: UnitFacts, sheet: MonthlySheet) -> ScoreRow:
    parts = tuple(earn(scheme, component, facts) for component in scheme.components)
    carry = facts.carry if sheet.carried else Decimal(0)
    notes = [note for part in parts for note in part.unread]
    if carry is None:
        notes.append(f"{sheet.before}得分未知")
    idle = any(True for _ in scheme.amounts) and not any(scheme.worth(p.path) for p in facts.posted)
    notes += [IDLE] if idle else []
    return ScoreRow(facts.name, parts, carry, None, tuple(notes), idle)


def _ranked(scheme: Scheme, rows: list[ScoreRow]) -> tuple[ScoreRow, ...]:
    known = [(row, row.total) for row in rows if row.total is not None]
    known.sort(key=lambda pair: -pair[1])
    ranks = rank_all([total for _, total in known], scheme.ties)
    ranked = [replace(row, rank=rank) for (row, _), rank in zip(known, ranks, strict=True)]
    return (*ranked, *(row for row in rows if row.total is None))


def _months(first: int, last: int) -> str:
    return f"{first}月" if first == last else f"{first}—{last}月"


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """A site's sheet of one month as of a day; `reach` says how far the data go."""

    site: Site
    sheet: MonthlySheet
    as_of: date
    reach: str = ""


def month_of(text: str) -> Period:
    """A month written 2022-02. Raises WrongInput for a quarter or a year."""
    period = parse_period(text)
    if (period.end - period.start).days > 31:
        raise WrongInput(f"得分表按月编制，“{text}”不是月份，请写成 2022-02 的形式。")
    return period


def month_before(month: Period) -> Period:
    """The month before a month."""
    year, number = month.start.year, month.start.month - 1
    return parse_period(f"{year:04}-{number:02}" if number else f"{year - 1:04}-12")


def refuse_misfit(scheme: Scheme, site: Site) -> None:
    """Raises WrongInput where a scheme names columns or rules that do not exist."""
    paths = {column.path for column in site.columns}
    for _, amount in scheme.amounts:
        if not any(amount.covers(path) for path in paths):
            raise WrongInput(f"评分方案中的栏目“{'›'.join(amount.path)}”在站点 {site.key} 中没有。")
    known = [rule.id for rule in BOOK]
    for part in scheme.components:
        for deduction in part.deductions:
            if deduction.rule not in known:
                raise WrongInput(f"评分方案中的规则“{deduction.rule}”不存在，可用的有：{'、'.join(known)}。")


def compose_scores(
    site: Site,
    scheme: Scheme,
    month: Period,
    as_of: date,
    counts: Sequence[Count],
    findings: Iterable[Finding],
    notes: Notes,
    carried: Mapping[str, Decimal | None],
    reach: str = "",
) -> ScoreSheet:
    """The sheet of one month. `findings` are those that stand; `notes` and `carried` are by unit key."""
    broken = _findings(scheme, findings)
    facts = [
        UnitFacts(
            name=unit.name,
            kind=unit.kind,
            posted=tuple(_posted(scheme, unit, counts)),
            findings=broken.get(unit.key, {}),
            noted=notes.get(unit.key, {}),
            carry=carried.get(unit.key),
        )
        for unit in site.units[1:]
    ]
    return ScoreSheet(site, compose_sheet(scheme, month, facts), as_of, reach)


def _posted(scheme: Scheme, unit: Unit, counts: Sequence[Count]) -> Iterator[Posted]:
    """The unit's own duties; what is kept on another site scores nothing and costs nothing."""
    for count in counts:
        if count.status == EXTERNAL or unit.key not in count.duty.units:
            continue
        if len(count.duty.units) > 1 and scheme.joint is Joint.NOBODY:
            continue
        exact = count.exactness is Exactness.EXACT
        yield Posted(count.column.path, count.count, exact, "" if exact else status_label(count.status))


def _findings(scheme: Scheme, findings: Iterable[Finding]) -> dict[str, Counter[str]]:
    """Unit key → rule → how many findings; those about a joint duty count as the scheme sets."""
    broken: dict[str, Counter[str]] = {}
    for finding in findings:
        if len(finding.units) > 1 and scheme.joint is Joint.NOBODY:
            continue
        for unit in finding.units:
            broken.setdefault(unit, Counter())[finding.rule] += 1
    return broken
