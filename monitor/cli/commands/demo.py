"""`gongkai demo`: one night on the demo county, from its pages to the papers."""

import os
import time
from datetime import date
from pathlib import Path

from crawler.crawling.plan import default_since
from crawler.sites.load import load_site
from db.connect import open_database
from db.private_files import place
from demo.county import County
from demo.server import serve
from monitor.bulletin.drafting import print_bulletin
from monitor.bulletin.papers import as_json as bulletin_json
from monitor.cli.commands.crawl import crawl_with_progress, settle
from monitor.cli.options import Json, Out
from monitor.judge.context import context_of
from monitor.night.night import remember_period
from monitor.paper_files.paper_names import period_folder
from monitor.terminal import say, say_json
from rules.dates.periods import parse_period

DEMO = Path(__file__).parent.parent.parent.parent / "demo"
# What an office keeps beside its database, as samples: where it stands in the folder, and where it ships.
SAMPLES = {
    "site.toml": DEMO / "site.toml",
    "scores/site.toml": DEMO / "sample" / "scores.toml",
    "bonus.csv": DEMO / "sample" / "bonus.csv",
    "accounts.csv": DEMO / "sample" / "accounts.csv",
}
DAY = date(2023, 7, 3)
PERIOD = "2023Q2"
NEXT = (
    f"gongkai status site.toml --as-of {DAY}",
    f"gongkai check site.toml {PERIOD} --as-of {DAY}",
    f"gongkai postings site.toml 区教育局 {PERIOD} --as-of {DAY}",
    f"gongkai scores site.toml 2023-06 --as-of {DAY} --bonus bonus.csv --out papers",
    f"gongkai alert site.toml --baseline --as-of {DAY}",
)


def demo(out: Out = Path("demo/out"), as_json: Json = False) -> None:
    """演示：在本机上架设一个虚构的县区网站，采集、统计、检查并起草通报。"""
    started = time.monotonic()
    out.mkdir(parents=True, exist_ok=True)
    for leftover in out.glob("gongkai.db*"):
        leftover.unlink()
    os.environ["GONGKAI_DATABASE_URL"] = f"sqlite:///{out / 'gongkai.db'}"
    for name, sample in SAMPLES.items():
        place(out / name, sample.read_bytes())
    site = load_site(out / "site.toml")
    with serve(County(day=DAY)) as county:
        report = crawl_with_progress(site, DAY, default_since(DAY), at=county.url)
    settle(report)
    engine, context, period = open_database(), context_of(site, DAY), parse_period(PERIOD)
    with engine.begin() as connection:
        remember_period(connection, context, period)
    printed = print_bulletin(engine, context, period, period_folder(out, period), overwrite=True)
    composed, papers = printed.bulletin, printed.papers
    if as_json:
        say_json(bulletin_json(composed))
        return
    say(
        f"演示县区 {site.name}：{len(report.columns)} 个栏目，请求 {report.requests} 次，用时 {time.monotonic() - started:.0f} 秒。"
    )
    say(f"2023 年第二季度共发布 {composed.total} 条，其中基层政务公开 {composed.grassroots} 条。结果在：")
    for paper in papers:
        say(f"  {paper}")
    say(f"  {out / 'gongkai.db'}（全部数据，SQLite）")
    say(f"接着看：先进入 {out} 目录，站点文件 site.toml、评分方案 scores/site.toml 都可以改了再试，例如：")
    for command in NEXT:
        say(f"  {command}")
    say("另开一个窗口运行 python -m demo --port 8023 架设演示网站，之后可以再采集：")
    say(f"  gongkai audit site.toml 区教育局 --as-of {DAY} --at http://127.0.0.1:8023/")
