"""The front page, and the page of a county: the last night, vetoes, the heat map, what was not read, what is new."""

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from db.counting.weeks import postings_by_week
from db.findings.nights import news_of_night
from monitor.status.gather import SiteStatus
from monitor.web.addresses import path
from monitor.web.downloads import download
from monitor.web.heat_map import SIGNS, heat_map
from monitor.web.looks import page
from monitor.web.periods import offered, period_of
from monitor.web.security.guards import CurrentRequest
from monitor.web.tables import Cell, Table, cells
from rules.vocabulary.places import Site
from rules.vocabulary.roles import Role

routes = APIRouter()
WEEKS = 13  # a quarter
NO_SITES = "还没有站点文件。请用 gongkai init 网址 起草一个，放入服务的站点目录，再运行第一夜。"


@routes.get("/")
def front(asked: CurrentRequest) -> Response:
    """Every site that the viewer may see; of one site, its own page at once."""
    viewer = asked.viewer
    if viewer.role is Role.UNIT:
        return RedirectResponse(path(viewer.site, "units", viewer.unit), 303)
    sites = asked.sources.sites()
    if len(sites) == 1:
        return RedirectResponse(path(sites[0].key), 303)
    rows = [_row(site, asked.sources.status(site)) for site in sites]
    heads = ("网站", "最近一个正常的夜晚", "触及单项否决", "没有完整读到", "未解决的问题")
    return page("sites", asked.session, table=Table("网站", heads, rows, NO_SITES), title="网站")


def _row(site: Site, status: SiteStatus | None) -> tuple[Cell, ...]:
    here = Cell(site.name, path(site.key))
    if status is None:
        return cells(here, Cell("还没有采集过", "", "unknown"), None, None, None)
    return cells(
        here, status.good or Cell("近两个月没有", "", "unknown"), sum(veto.hit for veto in status.vetoes),
        sum(len(group.names) for group in status.unread), sum(status.findings.values()),
    )  # fmt: skip


@routes.get("/s/{site_key}")
def county(asked: CurrentRequest, site_key: str, period: str = "", form: str = "") -> Response:
    site = asked.whole_site(site_key)
    status, chosen = asked.sources.status(site), period_of(period, asked.sources.today)
    if status is None:
        return page("never_crawled", asked.session, site=site, title=site.name)
    table = heat_map(asked.sources.judgement(site, chosen), asked.viewer)
    if form:
        return download(table, form)
    with asked.sources.read() as connection:
        weeks = postings_by_week(connection, site.key, asked.sources.today, WEEKS)
        news = news_of_night(connection, site.key, status.last.crawled_on) if status.last.crawled_on else ()
    return page(
        "county", asked.session, site=site, status=status, period=chosen, table=table, news=news, weeks=weeks,
        offered=offered(asked.sources.today, chosen), signs=SIGNS, title=site.name,
    )  # fmt: skip
