"""The rows behind a number: every posting it counts, with its day, first seen, kept page and link."""

from collections.abc import Sequence

from fastapi import APIRouter
from starlette.responses import Response

from db.counting.counts import Count
from db.counting.posting_list import CountedList, counted_lists, listed_postings
from monitor.judge.judging import Judgement
from monitor.web.addresses import path
from monitor.web.downloads import download
from monitor.web.looks import page
from monitor.web.periods import period_of
from monitor.web.security.guards import CurrentRequest
from monitor.web.tables import Cell, Table, cells
from monitor.wording import shown_total, total_of
from rules.vocabulary.places import Site

routes = APIRouter()
HEADS = ("日期", "标题", "责任", "栏目", "首次见到", "撤下", "快照")
NONE = "没有信息。没有读到的栏目不作零计算。"


def chosen_counts(judgement: Judgement, owner: str, field: str, column: str) -> list[Count]:
    """The counts of who owes them (`owner`: a unit's key, or keys joined by +), of a field, of one column; "" is any."""
    return [
        count
        for count in judgement.counts
        if owner in ("", count.duty.key)
        and field in ("", count.column.field)
        and column in ("", count.column.key)
    ]


def posting_table(site: Site, lists: Sequence[CountedList], name: str) -> Table:
    rows = [
        cells(
            posting.published, Cell(posting.title, posting.url), listed.count.duty.label or "未能归属",
            "›".join(listed.count.column.path), posting.first_seen,
            Cell(posting.withdrawn_on, "", "late") if posting.withdrawn_on else None,
            Cell("查看", path(site.key, "snapshots", str(posting.snapshot_id))) if posting.snapshot else None,
        )
        for listed in lists
        for posting in (*listed.counted, *listed.withdrawn)
    ]  # fmt: skip
    return Table(name, HEADS, rows, NONE)


@routes.get("/s/{site_key}/postings")
def postings_page(
    asked: CurrentRequest,
    site_key: str,
    owner: str = "",
    field: str = "",
    column: str = "",
    period: str = "",
    form: str = "",
) -> Response:
    site, chosen = asked.site(site_key), period_of(period, asked.sources.today)
    counts = [
        count
        for count in chosen_counts(asked.sources.judgement(site, chosen), owner, field, column)
        if asked.viewer.sees_units(site_key, count.duty.units)
    ]
    shared = frozenset(each.key for each in site.columns if each.shared)
    with asked.sources.read() as connection:
        listed = listed_postings(connection, site.key, shared, chosen, asked.sources.today)
    lists = counted_lists(counts, listed)
    table = posting_table(site, lists, f"{site.name}_{chosen.key}_信息")
    if form:
        return download(table, form)
    return page(
        "postings", asked.session, here=asked.here, site=site, period=chosen, table=table, lists=lists,
        total=shown_total(total_of(counts)), title="信息",
    )  # fmt: skip
