"""`gongkai probe`: one look at a site's home page, remembered."""

from typing import Annotated

import typer

from crawler.sites.load import load_site
from db.connect import open_database
from db.recording.probes import Probe, keep_probes
from db.recording.register import register
from monitor.cli.options import AsOf, Json, SiteArgument, day
from monitor.clock import shanghai_now
from monitor.night.probes import probe_site
from monitor.terminal import say, say_json

At = Annotated[str | None, typer.Option("--at", metavar="网址", help="在另一个地址（镜像）上探测本站点")]


def probe(site: SiteArgument, as_of: AsOf = None, at: At = None, as_json: Json = False) -> None:
    """探测一次首页能否打开、用时多少，并记入数据库。"""
    place = load_site(site)
    now = shanghai_now()
    today = day(as_of, now.date())
    with open_database().begin() as connection:
        register(connection, place)
        probes = list(probe_site(place, now, at))
        keep_probes(connection, place.key, probes, today)
    if as_json:
        say_json([_facts(each) for each in probes])
        return
    for each in probes:
        answer = f"状态 {each.status}" if each.status else f"没有回应（{each.error}）"
        say(f"{'对照' if each.neutral else place.name} {each.url}：{answer}，{each.seconds:.2f} 秒。")


def _facts(probe_: Probe) -> dict[str, object]:
    return {
        "url": probe_.url, "moment": probe_.moment.isoformat(), "seconds": round(probe_.seconds, 3),
        "status": probe_.status, "error": probe_.error, "neutral": probe_.neutral, "opened": probe_.opened,
    }  # fmt: skip
