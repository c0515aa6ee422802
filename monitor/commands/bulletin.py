"""`gongkai bulletin`: the papers of a period."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Engine

from crawler.sitefile import load_site
from db.connect import open_database
from db.register import register
from monitor.bulletin import Bulletin, compose_bulletin
from monitor.clock import shanghai_now
from monitor.judging import judge_site
from monitor.options import AsOf, Json, PeriodArgument, SiteArgument, day
from monitor.papers import as_json as bulletin_json
from monitor.papers import write_bulletin
from monitor.terminal import say, say_json
from rules.periods import Period, parse_period
from rules.places import Site

Out = Annotated[Path, typer.Option("--out", metavar="目录", help="写入的目录")]


def bulletin(
    site: SiteArgument, period: PeriodArgument, out: Out, as_of: AsOf = None, as_json: Json = False
) -> None:
    """起草一个时段的通报：counts.csv、bulletin.json 和文字草稿。"""
    place = load_site(site)
    when = parse_period(period)
    composed, papers = draft(open_database(), place, when, day(as_of, shanghai_now().date()), out)
    if as_json:
        say_json(bulletin_json(composed))
        return
    say(
        f"{place.name} {when.title}：共 {composed.total} 条，其中基层政务公开 {composed.grassroots} 条。已写入："
    )
    for paper in papers:
        say(f"  {paper}")


def draft(
    engine: Engine, site: Site, period: Period, as_of: date, folder: Path
) -> tuple[Bulletin, list[Path]]:
    """Counts, judges, composes and writes."""
    with engine.begin() as connection:
        register(connection, site)
        composed = compose_bulletin(judge_site(connection, site, period, as_of))
    return composed, write_bulletin(composed, folder)
