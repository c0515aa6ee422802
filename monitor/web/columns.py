"""The page of a column: who owes it, its numbers, how it was read lately, its newest postings."""

from fastapi import APIRouter
from starlette.responses import Response

from crawler.outcomes.causes import sentence_of
from db.facts.column_history import ColumnVisit, visits_of
from monitor.finding_lines import lines_of
from monitor.web.addresses import path
from monitor.web.downloads import download
from monitor.web.findings import finding_table
from monitor.web.looks import page
from monitor.web.periods import offered, period_of
from monitor.web.security.guards import NOT_THERE, CurrentRequest, Refused
from monitor.web.tables import Cell, Table, cells
from monitor.wording import shown, status_label
from rules.vocabulary.places import Column, Site

routes = APIRouter()
MOST_VISITS = 60
HEADS = ("日期", "页", "结果", "原因", "条数", "地址", "快照")
GOOD_STATES = {True: "", False: "unknown"}


def column_in(site: Site, key: str) -> Column:
    """A column of a site. Raises Refused."""
    found = next((column for column in site.columns if column.key == key), None)
    if found is None:
        raise Refused(404, NOT_THERE)
    return found


def owners_of(column: Column) -> tuple[str, ...]:
    """Keys of all units that owe a column, or parts of a shared one."""
    return tuple(dict.fromkeys(unit for duty in column.duties for unit in duty.units))


def _visit_row(site: Site, visit: ColumnVisit) -> tuple[Cell, ...]:
    kept = path(site.key, "snapshots", str(visit.snapshot_id)) if visit.snapshot_id else ""
    return cells(
        visit.as_of, visit.page_number, Cell(visit.outcome.label, "", GOOD_STATES[visit.outcome.seen]),
        sentence_of(visit.cause) if visit.cause else "", visit.rows, Cell(visit.url, visit.url),
        Cell("查看" if kept else "没有新内容", kept),
    )  # fmt: skip


@routes.get("/s/{site_key}/column")
def column_page(
    asked: CurrentRequest, site_key: str, key: str, period: str = "", form: str = "", table: str = "visits"
) -> Response:
    site = asked.site(site_key)
    column = column_in(site, key)
    if not asked.viewer.sees_units(site_key, owners_of(column)):
        raise Refused(404, NOT_THERE)
    chosen = period_of(period, asked.sources.today)
    judgement = asked.sources.judgement(site, chosen)
    with asked.sources.read() as connection:
        visited = visits_of(connection, site.key, column.key, MOST_VISITS)
    name = f"{site.name}_{'-'.join(column.path)}"
    visits = Table(f"{name}_读取", HEADS, [_visit_row(site, visit) for visit in visited], "还没有读取过。")
    mine = [
        line
        for line in lines_of(judgement.rulings)
        if line.main.path == column.path and asked.viewer.sees_units(site_key, line.units)
    ]
    findings = finding_table(judgement, mine, f"{name}_问题", asked.viewer)
    if form:
        return download(findings if table == "findings" else visits, form)
    counts = [
        (count.duty.label or "未能归属", shown(count), status_label(count.status), count.evidence.sentence,
         path(site.key, "postings", owner=count.duty.key, column=column.key, period=chosen.key))
        for count in judgement.counts
        if count.column.key == column.key and asked.viewer.sees_units(site_key, count.duty.units)
    ]  # fmt: skip
    return page(
        "column", asked.session, site=site, column=column, period=chosen, counts=counts, visits=visits,
        findings=findings, offered=offered(asked.sources.today, chosen), title="›".join(column.path),
    )  # fmt: skip
