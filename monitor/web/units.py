"""The page of a unit: its columns with numbers and countdowns, its findings, its letters."""

from collections.abc import Sequence

from fastapi import APIRouter
from starlette.responses import Response

from db.counting.counts import Count
from monitor.finding_lines import lines_of
from monitor.judge.judging import Judgement
from monitor.web import states
from monitor.web.addresses import path
from monitor.web.downloads import download
from monitor.web.findings import finding_table
from monitor.web.letters import letter_table
from monitor.web.looks import page
from monitor.web.periods import offered, period_of
from monitor.web.security.guards import NOT_THERE, CurrentRequest, Refused
from monitor.web.tables import Cell, Table, cells
from monitor.wording import shown, shown_total, status_label, total_of
from rules.cases import ColumnCase
from rules.vocabulary.places import Site, Unit
from rules.vocabulary.roles import Viewer

routes = APIRouter()
HEADS = ("栏目", "信息数", "读取结果", "最近发布", "更新周期", "还有几天", "责任")


def unit_in(site: Site, key: str) -> Unit:
    """A unit of a site. Raises Refused."""
    found = next((unit for unit in site.units if unit.key == key), None)
    if found is None:
        raise Refused(404, NOT_THERE)
    return found


def column_table(judgement: Judgement, unit: Unit) -> Table:
    """Every column that a unit owes, alone or jointly, with what is known of it."""
    cases = {case.subject: case for case in judgement.cases if isinstance(case, ColumnCase)}
    rows = [
        _row(judgement, count, cases.get(count.subject))
        for count in judgement.counts
        if unit.key in count.duty.units
    ]
    name = f"{judgement.site.name}_{unit.name}_{judgement.period.key}_栏目"
    return Table(name, HEADS, rows, "站点文件中没有由该单位负责的栏目。")


def _row(judgement: Judgement, count: Count, case: ColumnCase | None) -> tuple[Cell, ...]:
    site, period, column = judgement.site.key, judgement.period.key, count.column
    number = Cell(
        shown(count), path(site, "postings", owner=count.duty.key, column=column.key, period=period), states.of_count(count)
    )  # fmt: skip
    cycle = f"{column.cycle} 天" if column.cycle else None
    return cells(
        Cell("›".join(column.path), path(site, "column", key=column.key, period=period)),
        number,
        status_label(count.status),
        case.newest if case else None,
        cycle,
        _days_left(case),
        "独立" if len(count.duty.units) == 1 else count.duty.label,
    )


def _days_left(case: ColumnCase | None) -> Cell:
    """Days until the column is due by its cycle; nothing where it has none or was not read to its newest posting."""
    if case is None or case.cycle is None or case.newest is None or not case.read_to_newest:
        return Cell(None)
    newest = max(case.newest, case.newest_below) if case.newest_below else case.newest
    left = case.cycle - (case.looked_on - newest).days
    return Cell(left, "", "late" if left < 0 else "soon" if left <= 7 else "")


@routes.get("/s/{site_key}/units/{unit_key}")
def unit_page(
    asked: CurrentRequest,
    site_key: str,
    unit_key: str,
    period: str = "",
    form: str = "",
    table: str = "columns",
) -> Response:
    site = asked.site(site_key)
    unit = unit_in(site, unit_key)
    if not asked.viewer.sees_units(site_key, (unit_key,)):
        raise Refused(404, NOT_THERE)
    status, chosen = asked.sources.status(site), period_of(period, asked.sources.today)
    if status is None:
        return page("never_crawled", asked.session, site=site, title=site.name)
    judgement = asked.sources.judgement(site, chosen)
    columns, findings, letters = _tables(judgement, unit, asked.viewer)
    tables = {"columns": columns, "findings": findings, "letters": letters}
    if form:
        return download(tables.get(table, columns), form)
    own = [count for count in judgement.counts if count.duty.units == (unit.key,)]
    return page(
        "unit", asked.session, site=site, unit=unit, status=status, period=chosen, columns=columns,
        findings=findings, letters=letters, total=shown_total(total_of(own)),
        offered=offered(asked.sources.today, chosen), title=unit.name,
    )  # fmt: skip


def _tables(judgement: Judgement, unit: Unit, viewer: Viewer) -> Sequence[Table]:
    mine = [line for line in lines_of(judgement.rulings) if unit.key in line.units]
    letters = [letter for letter in judgement.letters if unit.key in letter.units]
    name = f"{judgement.site.name}_{unit.name}"
    return (
        column_table(judgement, unit),
        finding_table(judgement, mine, f"{name}_问题", viewer),
        letter_table(letters, f"{name}_信件"),
    )
