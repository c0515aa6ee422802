"""Findings: what is wrong, since when, and what to do; filtered by severity, rule and unit."""

from collections.abc import Iterable

from fastapi import APIRouter
from starlette.responses import Response

from monitor.finding_lines import FindingLine, lines_of
from monitor.judge.judging import Judgement
from monitor.web.addresses import path
from monitor.web.downloads import download
from monitor.web.looks import page
from monitor.web.periods import offered, period_of
from monitor.web.security.guards import CurrentRequest
from monitor.web.states import OF_SEVERITY
from monitor.web.tables import Cell, Table, cells
from rules.book import RULES
from rules.vocabulary.roles import Role, Viewer
from rules.vocabulary.terms import Severity

routes = APIRouter()
HEADS = ("程度", "单位", "问题", "怎么办", "依据", "期限", "豁免")
NONE = "没有符合条件的问题。没有读到的栏目不作判断，见首页“没有完整读到”。"


def finding_table(judgement: Judgement, lines: Iterable[FindingLine], name: str, viewer: Viewer) -> Table:
    """Lines of findings as a table; whoever may set one aside is led there."""
    office = viewer.role is Role.OFFICE
    return Table(name, HEADS, [_row(judgement, line, office) for line in lines], NONE)


def _row(judgement: Judgement, line: FindingLine, office: bool) -> tuple[Cell, ...]:
    site, main, rule = judgement.site.key, line.main, RULES[line.main.rule]
    unit = main.units[0] if len(main.units) == 1 else ""
    column = main.about.column
    deadline = f"{main.due_on:%Y-%m-%d}" if main.due_on else rule.deadline or "不设期限"
    return cells(
        Cell(line.severity.value, "", OF_SEVERITY[line.severity]),
        Cell(main.unit_names or judgement.site.name, path(site, "units", unit) if unit else ""),
        Cell(line.sentence, path(site, "column", key=column) if column else ""),
        rule.remedy,
        rule.basis,
        deadline,
        _waiving(site, line) if office else line.waived or None,
    )


def _waiving(site: str, line: FindingLine) -> Cell:
    """The waiver's reason, or the way to one: of the line's unit (of a joint one for all), and its column."""
    main = line.main
    unit = main.units[0] if len(main.units) == 1 else ""
    if line.waived or not (unit or main.path):
        return Cell(line.waived or None)
    return Cell("豁免", path(site, "waive", rule=main.rule, unit=unit, column="/".join(main.path)))


@routes.get("/s/{site_key}/findings")
def findings_page(
    asked: CurrentRequest,
    site_key: str,
    period: str = "",
    severity: str = "",
    rule: str = "",
    unit: str = "",
    form: str = "",
) -> Response:
    site = asked.site(site_key)
    chosen = period_of(period, asked.sources.today)
    judgement = asked.sources.judgement(site, chosen)
    seen = [line for line in lines_of(judgement.rulings) if asked.viewer.sees_units(site_key, line.units)]
    lines = [
        line
        for line in seen
        if severity in ("", line.severity.value)
        and rule in ("", line.main.rule)
        and (not unit or unit in line.units)
    ]
    table = finding_table(judgement, lines, f"{site.name}_{chosen.key}_问题", asked.viewer)
    if form:
        return download(table, form)
    rules = sorted({(line.main.rule, RULES[line.main.rule].name) for line in seen})
    units = [each for each in site.units if asked.viewer.sees_units(site_key, (each.key,))]
    return page(
        "findings", asked.session, here=asked.here, site=site, period=chosen, table=table, severities=list(Severity), rules=rules,
        units=units, chosen={"severity": severity, "rule": rule, "unit": unit},
        offered=offered(asked.sources.today, chosen), title="问题",
    )  # fmt: skip
