"""The heat map of a county: who owes × field, each with its number and the gravest finding. Pure.

What is owed jointly has rows of its own, as in the annexes: a joint posting added to each unit would be counted twice."""

from collections.abc import Iterable, Sequence

from db.counting.counts import Count
from monitor.judge.judging import Judgement
from monitor.web import states
from monitor.web.addresses import path
from monitor.web.tables import Cell, Table
from monitor.wording import shown_total, total_of
from rules.engine.finding import Finding
from rules.vocabulary.roles import Viewer
from rules.vocabulary.terms import Severity

NO_FIELD = "门户栏目"  # of the portal itself, in none of the 领域
# Signs beside the colours: a state is never told by its colour alone.
SIGNS = {Severity.VETO: "✖", Severity.SCORE: "▼", Severity.PROBLEM: "▲", Severity.NOTICE: "·"}


def heat_map(judgement: Judgement, viewer: Viewer) -> Table:
    """The table: a row for each unit and each joint duty, a column for each field, and the sum."""
    site, period = judgement.site, judgement.period
    counts = [count for count in judgement.counts if viewer.sees_units(site.key, count.duty.units)]
    fields = tuple(dict.fromkeys(count.column.field for count in counts))
    gravest = _gravest(judgement)
    rows = []
    for key, owned in _by_owner(counts, judgement):
        label = owned[0].duty.label or "未能归属"
        here = path(site.key, "units", key, period=period.key) if key and "+" not in key else ""
        cells = [
            _cell(owned, field, gravest.get((key, field)), site.key, key, period.key) for field in fields
        ]
        total = total_of(owned)
        rows.append((Cell(label, here), *cells, Cell(shown_total(total), "", states.of_total(total))))
    name = f"{site.name}_{period.key}_发布情况"
    heads = ("单位", *(field or NO_FIELD for field in fields), "合计")
    return Table(name, heads, rows, "站点文件中没有栏目。")


def _by_owner(counts: Iterable[Count], judgement: Judgement) -> list[tuple[str, list[Count]]]:
    """Counts by who owes them: the units in the site file's order, then what is joint."""
    owned: dict[str, list[Count]] = {unit.key: [] for unit in judgement.site.units}
    for count in counts:
        owned.setdefault(count.duty.key, []).append(count)
    return [(key, mine) for key, mine in owned.items() if mine]


def _gravest(judgement: Judgement) -> dict[tuple[str, str], Severity]:
    """(owner, field) → the gravest of its findings that papers report."""
    found: dict[tuple[str, str], Severity] = {}
    for finding in _reported(judgement):
        place = ("+".join(finding.units), finding.path[0])
        if place not in found or finding.severity.rank < found[place].rank:
            found[place] = finding.severity
    return found


def _reported(judgement: Judgement) -> Sequence[Finding]:
    return [ruling.finding for ruling in judgement.rulings if ruling.reported and ruling.finding.path]


def _cell(
    owned: Sequence[Count], field: str, severity: Severity | None, site: str, owner: str, period: str
) -> Cell:
    mine = [count for count in owned if count.column.field == field]
    if not mine:
        return Cell(None, "", "none")
    total = total_of(mine)
    sign = f" {SIGNS[severity]}" if severity else ""
    number = shown_total(total)
    state = f"{states.of_total(total)} {states.OF_SEVERITY[severity]}" if severity else states.of_total(total)
    href = path(site, "postings", owner=owner, field=field, period=period)
    return Cell(number if not sign else f"{number}{sign}", href, state)
