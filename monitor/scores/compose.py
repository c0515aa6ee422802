"""Composing a score sheet (得分表): from counts, findings and the office's notes to one value. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from db.counting.counts import EXTERNAL, Count
from monitor.scores.earning import Posted, UnitFacts
from monitor.scores.notes import Notes
from monitor.scores.scheme import Joint, Scheme
from monitor.scores.sheet import MonthlySheet, compose_sheet
from monitor.totals import status_label
from rules.book import BOOK
from rules.dates.periods import Period, parse_period
from rules.engine.finding import Finding
from rules.errors import WrongInput
from rules.vocabulary.places import Site, Unit
from rules.vocabulary.terms import Exactness


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """A site's sheet of one month as of a day. `units` gives each printed name its unit."""

    site: Site
    sheet: MonthlySheet
    as_of: date

    @property
    def units(self) -> dict[str, Unit]:
        return {unit.name: unit for unit in self.site.units[1:]}


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
    return ScoreSheet(site, compose_sheet(scheme, month, facts), as_of)


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
