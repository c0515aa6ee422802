"""`gongkai status`: how the watching of a site, or of all sites of a folder, stands."""

import os
from datetime import datetime, time
from pathlib import Path
from typing import Annotated

import typer

from crawler.sites.load import SITES, load_site
from db.connect import Connection, open_existing
from monitor.cli.currency import never_crawled
from monitor.cli.error_messages import WRONG_INPUT
from monitor.cli.options import AsOf, Json, day
from monitor.clock import SHANGHAI, shanghai_now
from monitor.judge.context import context_of
from monitor.judge.judging import Judgement, judge_period
from monitor.status.gather import SiteStatus, status_of
from monitor.status.gather import as_json as status_json
from monitor.terminal import say, say_error, say_json
from rules.dates.periods import Period
from rules.errors import WrongInput
from rules.vocabulary.places import Site

Where = Annotated[
    str,
    typer.Argument(metavar="[站点或目录]", help="站点文件、sites/ 下的名称或一个目录；默认 sites/ 下全部"),
]


def status(where: Where = str(SITES), as_of: AsOf = None, as_json: Json = False) -> None:
    """运行状况：最近一个正常的夜晚、下一次何时、没有读到的和原因、单项否决、未解决的问题。"""
    # Of another day than today: at its noon, when its night is over.
    moment = datetime.combine(day(as_of), time(12), SHANGHAI) if as_of else shanghai_now()
    folder = os.path.isdir(where)  # noqa: PTH112 a path's own question fails of a name that is too long
    sites, wrong = _sites(Path(where)) if folder else ([load_site(where)], [])
    with open_existing().connect() as connection:
        found = [(site, _status(connection, site, moment)) for site in sites]
    told = [each for _, each in found if each]
    if as_json:
        shown = [status_json(each) for each in told]
        say_json(shown if folder else shown[0] if shown else None)
    else:
        for each in told:
            _print(each)
    silent = [site for site, each in found if each is None]
    for site in silent:
        say_error(never_crawled(site, moment.date()))
    for fault in wrong:
        say_error(fault)
    if silent or wrong:
        raise typer.Exit(WRONG_INPUT)


def _status(connection: Connection, site: Site, moment: datetime) -> SiteStatus | None:
    def judge(period: Period) -> Judgement:
        return judge_period(connection, context_of(site, moment.date()), period)

    return status_of(connection, site, moment, judge)


def _sites(folder: Path) -> tuple[list[Site], list[WrongInput]]:
    """The sites of a folder, and what is wrong with the files that are none: one wrong file hides no other site."""
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise WrongInput(f"目录 {folder} 中没有站点文件，请写明站点文件或目录，或用 gongkai init 起草一个。")
    sites, wrong = [], []
    for file in files:
        try:
            sites.append(load_site(file))
        except WrongInput as error:
            wrong.append(error)
    return sites, wrong


def _print(status: SiteStatus) -> None:
    say(f"{status.site.name}（{status.site.key}）")
    good = f"{status.good:%Y-%m-%d}" if status.good else "近两个月没有"
    read = f"{status.last.read_on:%Y-%m-%d}" if status.last.read_on else "没有读到过"
    say(f"  最近一个正常的夜晚：{good}　最近采集：{status.last.crawled_on:%Y-%m-%d}　最近读取：{read}")
    if status.trouble:
        say(f"  此后：{status.trouble}")
    missed = f"（{status.missed:%Y-%m-%d} 的一夜没有运行）" if status.missed else ""
    say(
        f"  下一次：{status.due:%Y-%m-%d %H:%M}，由 gongkai serve 或定时任务中的 gongkai nightly 运行{missed}"
    )
    total = sum(len(group.names) for group in status.unread)
    say(f"  没有完整读到：{f'{total} 个' if total else '无'}")
    for group in status.unread:
        say(f"    {group.line}")
    say(f"  单项否决：触及 {sum(veto.hit for veto in status.vetoes)} 项")
    for veto in sorted(status.vetoes, key=lambda veto: not veto.hit):
        say(f"    {veto.summary}")
    say(f"  {_pages(status)}")
    counts = "，".join(f"{severity} {number}" for severity, number in status.findings.items())
    say(f"  未解决的问题：{counts or '无'}")


def _pages(status: SiteStatus) -> str:
    """How many pages were looked through for personal numbers, and when all will have been."""
    stock, nights = status.stock, status.nights_left
    failed = f"，打不开的 {stock.failed} 页" if stock.failed else ""
    if not stock.left:
        rest = ""
    elif nights is None:
        rest = "，其余不再检查（站点文件 stock_pages = 0）"
    else:
        rest = f"，其余每夜 {status.site.crawling.stock_pages} 页，约 {nights} 夜"
    return f"个人信息和错敏词检查：内容页已检 {stock.scanned} / 共 {stock.pages} 页{failed}{rest}"
