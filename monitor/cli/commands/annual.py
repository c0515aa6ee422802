"""`gongkai annual`: checking and drafting annual reports."""

from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from crawler.sites.load import load_site
from db.connect import open_existing
from monitor.annual.check_report import check_text, facts_of
from monitor.annual.checks.claims import OwnCount
from monitor.annual.checks.examine import examine
from monitor.annual.checks.report import Report
from monitor.annual.draft import BLANK, Draft, compose_draft, own_count, unit_named
from monitor.annual.draft_text import known
from monitor.annual.draft_word import write_draft
from monitor.annual.reading.reader import read_report
from monitor.annual.year_facts import year_facts
from monitor.bounded_check import check_bounded
from monitor.cli.checked import folder, one_of
from monitor.cli.currency import currency_of
from monitor.cli.options import AsOf, Json, Overwrite, SiteArgument, day, refuse_future
from monitor.cli.pdf_option import Pdf, with_pdf
from monitor.clock import shanghai_now
from monitor.judge.context import context_of
from monitor.paper_files.paper_names import paper_name, place_of
from monitor.progress import waiting
from monitor.terminal import say, say_json
from rules.dates.periods import parse_period

FAIL_ON = ("finding", "notice")

Where = Annotated[
    str,
    typer.Argument(metavar="文件或网址", help="年度报告：.docx、.xlsx、.pdf、.html、.txt，或 http(s) 网址"),
]
Last = Annotated[str | None, typer.Option("--last", metavar="文件或网址", help="上一年的报告，核对跨年数据")]
Part = Annotated[
    list[str] | None,
    typer.Option("--part", metavar="文件或网址", help="被汇总单位的报告，可写多次，核对汇总数"),
]
SiteOption = Annotated[
    str | None, typer.Option("--site", metavar="站点", help="用该站点当年的采集结果比对报告所称的公开数量")
]
UnitOption = Annotated[
    str | None, typer.Option("--unit", metavar="单位", help="单位的 id 或名称；默认整个站点")
]
Published = Annotated[
    str | None,
    typer.Option("--published", metavar="日期", help="报告的发布日期，如 2021-01-25；网页可自动读出"),
]
FailOn = Annotated[
    str | None,
    typer.Option(
        "--fail-on",
        metavar="finding|notice",
        help="finding：有问题时退出码为 1；notice：有提示也算",
        callback=one_of(*FAIL_ON),
    ),
]
Year = Annotated[int, typer.Argument(metavar="年度", help="报告的年度，如 2025", min=1, max=9998)]
Out = Annotated[
    Path,
    typer.Option(
        "--out", metavar="目录", help="存放文件的目录，其中每个年度一个子目录，默认当前目录", callback=folder
    ),
]


def check(
    where: Where,
    last: Last = None,
    part: Part = None,
    site: SiteOption = None,
    unit: UnitOption = None,
    published: Published = None,
    as_of: AsOf = None,
    fail_on: FailOn = None,
    as_json: Json = False,
) -> None:
    """核对一份年度报告：六个部分、三张表的勾稽关系、正文与表格、发布期限。"""
    today = shanghai_now().date()
    report = _read(where, day(published, today) if published else None)
    before = _read(last) if last else None
    own = _own(site, unit, report.year, as_of) if site else None
    parts = [_read(each) for each in part or ()]
    result = check_bounded(lambda: examine(report, before, parts, own))
    if as_json:
        say_json(facts_of(result))
    else:
        say(check_text(result).rstrip("\n"))
    counted = result.findings if fail_on == "notice" else result.weighty
    if fail_on and counted:
        raise typer.Exit(1)


def _read(where: str, published: date | None = None) -> Report:
    with waiting(where) if where.lower().startswith("http") else nullcontext():
        return read_report(where, published)


def draft(
    site: SiteArgument,
    year: Year,
    unit: UnitOption = None,
    last: Last = None,
    out: Out = Path(),
    as_of: AsOf = None,
    overwrite: Overwrite = False,
    pdf: Pdf = True,
    as_json: Json = False,
) -> None:
    """按法定格式起草年度报告（Word 和文本）：填入采集到的数，其余标“待填”。"""
    place = load_site(site)
    whose = unit_named(place, unit) if unit else None
    before = _read(last) if last else None
    today = day(as_of)
    refuse_future(parse_period(f"{year:04}"), today)
    with open_existing().connect() as connection:
        composed = compose_draft(year_facts(connection, context_of(place, today), year), whose, before)
        currency = currency_of(connection, place, today)
    name = paper_name("年度报告草稿", f"{year}", whose.name if whose else place_of(place))
    papers = with_pdf(write_draft(composed, out / f"{year}", name, overwrite), pdf, overwrite)
    if as_json:
        say_json({"title": composed.title, "total": composed.total.number, "exact": composed.total.exact,
                  "papers": [str(paper) for paper in papers]})  # fmt: skip
        return
    say(f"{composed.title}：{_counted(composed)}。{currency.sentence}已写入：")
    for paper in papers:
        say(f"  {paper}")


def _counted(composed: Draft) -> str:
    if known(composed.total) == BLANK:
        return "当年的栏目一个也没有读到，公开数量待填"
    return f"主动公开 {composed.total} 条"


def _own(site: str, unit: str | None, year: int | None, as_of: str | None) -> OwnCount | None:
    if year is None:
        return None
    place = load_site(site)
    whose = unit_named(place, unit) if unit else None
    today = day(as_of)
    with open_existing().connect() as connection:
        return own_count(year_facts(connection, context_of(place, today), year), whose)
