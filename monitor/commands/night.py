"""`gongkai nightly` and `gongkai serve`: one night now, or every night."""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from apscheduler.schedulers.blocking import BlockingScheduler
from sqlalchemy import Engine

from crawler.sitefile import SITES, load_site
from db.connect import open_database
from db.locks import hold
from db.probes import keep_probes
from db.register import register
from monitor.clock import SHANGHAI, shanghai_now
from monitor.nightly import SiteNight, run_nightly
from monitor.nightwatch import Nightwatch
from monitor.options import AsOf, Json, day
from monitor.probing import probe_site
from monitor.terminal import complain, say, say_json
from rules.errors import GongkaiError

Folder = Annotated[Path, typer.Option("--sites", metavar="目录", help="站点文件所在目录")]


def nightly(sites: Folder = SITES, as_of: AsOf = None, as_json: Json = False) -> None:
    """夜间任务：对全部站点各采集、统计、检查一次（可由 cron 调用）。"""
    today = day(as_of, shanghai_now().date())
    nights = [_speak(night, as_json) for night in run_nightly(open_database(), today, sites)]
    if as_json:
        say_json([asdict(night) for night in nights])
    if any(night.trouble for night in nights):
        raise typer.Exit(3)


def serve(sites: Folder = SITES) -> None:
    """常驻服务：每天 02:00（北京时间）运行夜间任务，错过的一夜补一次。"""
    engine = open_database()
    with hold(engine, "serve", "已有一个 gongkai serve 在使用这个数据库，本次没有启动，请先停止它。"):
        scheduler = BlockingScheduler(timezone=SHANGHAI)
        service = Nightwatch(
            engine, lambda night: _night(engine, night, sites), shanghai_now, lambda: _probe(engine, sites)
        )
        service.schedule(scheduler)
        say("服务已启动，每天 02:00（北京时间）运行夜间任务，按 Ctrl-C 停止。")
        try:
            scheduler.start()
        except (KeyboardInterrupt, SystemExit):
            say("服务已停止。")


def _night(engine: Engine, night: date, sites: Path) -> str:
    """A night's work under the service: whatever happens is noted, and the service goes on."""
    try:
        nights = [_speak(each, False) for each in run_nightly(engine, night, sites)]
    except GongkaiError as error:
        complain(error)
        return str(error)
    troubled = [each.site for each in nights if each.trouble]
    return f"{len(nights)} 个站点" + (f"，有异常：{'、'.join(troubled)}" if troubled else "")


def _probe(engine: Engine, sites: Path) -> None:
    """Looks at every site's home page once; a site file that is wrong tonight is the night's to complain of."""
    now = shanghai_now()
    for file in sorted(sites.glob("*.toml")):
        try:
            site = load_site(file)
        except GongkaiError:
            continue
        probes = list(probe_site(site, now))
        with engine.begin() as connection:
            register(connection, site)
            keep_probes(connection, site.key, probes, now.date())


def _speak(night: SiteNight, quiet: bool) -> SiteNight:
    if not quiet:
        say(f"{night.name}：{night.findings} 个问题。")
    if night.trouble:
        complain(f"{night.name}：{night.trouble}")
    return night
