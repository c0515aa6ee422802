"""`gongkai audit`: crawl, judge and report one unit now."""

from pathlib import Path
from typing import Annotated

import typer

from crawler.crawling.plan import default_since, unit_key
from crawler.sites.load import load_site
from db.connect import open_database
from db.counting.counts import counts_as_of
from monitor.audit.compose import Verdict, compose_audit
from monitor.audit.look import look_of
from monitor.audit.papers import as_json as audit_json
from monitor.audit.papers import paper_names_of, print_audit, write_audit
from monitor.cli.checked import folder
from monitor.cli.commands.crawl import crawl_with_progress, refuse_broken
from monitor.cli.currency import currency_of
from monitor.cli.options import AsOf, At, Json, Overwrite, SiteArgument, day_so_far, period_by
from monitor.cli.pdf_option import Pdf, with_pdf
from monitor.judge.context import context_of
from monitor.judge.judging import judge_period
from monitor.paper_files.data_files import refuse_taken
from monitor.paper_files.paper_names import period_folder
from monitor.terminal import say, say_json
from rules.book import BOOK
from rules.dates.periods import quarter_of
from rules.engine.rule import refuse_unknown_rules

UnitArgument = Annotated[str, typer.Argument(metavar="单位", help="单位的 id、名称或别名")]
PeriodOption = Annotated[str | None, typer.Option("--period", metavar="时段", help="默认当前季度")]
Out = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="目录",
        help="另写 JSON、HTML 和 Word 到这个目录，其中每个时段一个子目录",
        callback=folder,
    ),
]


def audit(
    site: SiteArgument,
    unit: UnitArgument,
    period: PeriodOption = None,
    as_of: AsOf = None,
    at: At = None,
    out: Out = None,
    overwrite: Overwrite = False,
    pdf: Pdf = True,
    as_json: Json = False,
) -> None:
    """专项检查一个单位：现在就采集它的栏目和留言，判断并给出报告；一个栏目也没有读到的，退出码为 1。"""
    place = load_site(site)
    refuse_unknown_rules(place.thresholds, BOOK)
    key = unit_key(place, unit)
    today = day_so_far(as_of)
    when = period_by(period, today) if period else quarter_of(today)
    papers_folder = period_folder(out, when) if out else None
    if papers_folder and not overwrite:  # said before the site is asked, not after
        refuse_taken(paper_names_of(place.unit(key), today), papers_folder)
    engine, context = open_database(), context_of(place, today)
    with engine.connect() as connection:
        before = counts_as_of(connection, place, when, today)
    report = crawl_with_progress(place, today, min(default_since(today), when.start), unit=key, at=at)
    refuse_broken(report)
    with engine.connect() as connection:
        judgement = judge_period(connection, context, when, report.crawl_id)
        reach = currency_of(connection, place, today).sentence
        look = look_of(connection, place, report.crawl_id)
    composed = compose_audit(judgement, place.unit(key), before, look, reach)
    papers = write_audit(composed, papers_folder, overwrite) if papers_folder else []
    papers = with_pdf(papers, pdf, overwrite)
    if as_json:
        say_json(audit_json(composed))
    else:
        print_audit(composed)
        for paper in papers:
            say(f"  已写入 {paper}")
    if composed.verdict is Verdict.UNKNOWN:
        raise typer.Exit(1)
