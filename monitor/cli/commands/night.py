"""`gongkai nightly` and `gongkai probe`: one night now; one look at a home page."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from crawler.outcomes.causes import reason_of
from crawler.sites.load import SITES, load_site
from db.backups import back_up, backup_folder
from db.connect import Engine, open_database
from db.recording.checks import Probe, keep_probes
from db.recording.register import register
from monitor.alerts.outbox import send_alerts
from monitor.alerts.render import say_deliveries
from monitor.cli.checked import mirror
from monitor.cli.options import AsOf, Json, SiteArgument, day_so_far
from monitor.clock import shanghai_now
from monitor.judge.context import context_of, load_calendar
from monitor.night.heartbeat import beat
from monitor.night.night import SiteNight, night_files, run_nightly
from monitor.night.probes import probe_site
from monitor.terminal import say, say_error, say_json
from rules.alerting import quiet_hours
from rules.errors import GongkaiError
from rules.vocabulary.places import Site

Folder = Annotated[Path, typer.Option("--sites", metavar="目录", help="站点文件所在目录")]
At = Annotated[
    str | None, typer.Option("--at", metavar="网址", help="在另一个地址（镜像）上探测本站点", callback=mirror)
]
NightAt = Annotated[
    str | None,
    typer.Option(
        "--at", metavar="网址", help="在另一个地址（镜像）上读取；只用于一个站点的目录", callback=mirror
    ),
]


def nightly(sites: Folder = SITES, as_of: AsOf = None, at: NightAt = None, as_json: Json = False) -> None:
    """夜间任务：对全部站点各采集、统计、检查一次（可由 cron 调用）。"""
    today = day_so_far(as_of)
    night_files(sites, at)  # before a database is made where there is nothing to put into it
    nights = [_print(night, as_json) for night in run_nightly(open_database(), today, sites, at=at)]
    if as_json:
        say_json([asdict(night) for night in nights])
    if any(night.trouble for night in nights):
        raise typer.Exit(3)


def service_night(engine: Engine, night: date, sites: Path, papers: Path) -> str | None:
    """A night's work under the service: whatever happens is noted, and the service goes on. None: our clock is wrong,
    and this was no night."""
    try:
        nights = [_print(each, False) for each in run_nightly(engine, night, sites)]
    except GongkaiError as error:
        say_error(error)
        return str(error)
    if all(each.under_wrong_day for each in nights):
        return None
    from monitor.cli.commands.period_close import draft_ended  # papers: a probe draws none

    _back_up(engine, night)
    draft_ended(sites, papers, night)
    beat()
    troubled = [each.site for each in nights if each.trouble]
    return f"{len(nights)} 个站点" + (f"，有异常：{'、'.join(troubled)}" if troubled else "")


def _back_up(engine: Engine, night: date) -> None:
    """The backup after a night; that it fails is said, and the night stands."""
    where = backup_folder(engine)
    try:
        if where:
            back_up(engine, where, night)
    except GongkaiError as error:
        say_error(error)


def alert_sites(engine: Engine, sites: Path, moment: datetime) -> None:
    """Every site's alerts that are due at this moment; one site's trouble never stops the others."""
    if quiet_hours(moment, load_calendar()):
        return
    for site in _sites(sites):
        try:
            sent = send_alerts(engine, context_of(site, moment.date()), moment)
        except GongkaiError as error:
            say_error(f"{site.name}：{error}")
            continue
        if sent.rows:
            say_deliveries(site, sent.rows)
        for each in [*sent.refusals, *sent.doubts]:
            say_error(f"{site.name}：{each}")


def _sites(folder: Path) -> Iterator[Site]:
    """The sites of a folder; a site file that is wrong is the night's to report."""
    for file in sorted(folder.glob("*.toml")):
        try:
            yield load_site(file)
        except GongkaiError:
            continue


def probe_sites(engine: Engine, sites: Path) -> None:
    """Looks at every site's home page once."""
    now = shanghai_now()
    for site in _sites(sites):
        probes = list(probe_site(site, now))
        with engine.begin() as connection:
            register(connection, site)
            keep_probes(connection, site.key, probes, now.date())


def _print(night: SiteNight, quiet: bool) -> SiteNight:
    if not quiet and night.findings is not None:
        say(f"{night.name}：{night.findings} 个问题，用 gongkai status 看概况，用 gongkai check 看问题。")
    if night.trouble:
        say_error(f"{night.name}：{night.trouble}")
    return night


def probe(site: SiteArgument, as_of: AsOf = None, at: At = None, as_json: Json = False) -> None:
    """探测一次首页能否打开、用时多少，并记入数据库。"""
    place = load_site(site)
    now, today = shanghai_now(), day_so_far(as_of)
    with open_database().begin() as connection:
        register(connection, place)
        probes = list(probe_site(place, now, at))
        keep_probes(connection, place.key, probes, today)
    if as_json:
        say_json([_facts(each) for each in probes])
        return
    for each in probes:
        answer = f"状态 {each.status}" if each.status else f"没有回应（{reason_of(each.error)}）"
        say(f"{'对照' if each.neutral else place.name} {each.url}：{answer}，{each.seconds:.2f} 秒。")


def _facts(probe_: Probe) -> dict[str, object]:
    return {
        "url": probe_.url, "moment": probe_.moment.isoformat(), "seconds": round(probe_.seconds, 3),
        "status": probe_.status, "error": probe_.error, "neutral": probe_.neutral, "opened": probe_.opened,
    }  # fmt: skip
