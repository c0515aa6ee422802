"""`gongkai scores`: the month's score sheet."""

from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from crawler.sites.load import find_site_file, load_site
from db.connect import open_existing
from monitor.cli.currency import currency_of
from monitor.cli.options import AsOf, Json, Out, Overwrite, SiteArgument, day, refuse_future
from monitor.cli.pdf_option import Pdf, with_pdf
from monitor.judge.context import context_of
from monitor.judge.judging import judge_period
from monitor.paper_files.paper_names import period_folder
from monitor.scores.compose import compose_scores, month_before, month_of, refuse_misfit
from monitor.scores.form import criticism, praise
from monitor.scores.notes import read_carried, read_notes
from monitor.scores.papers import as_json as scores_json
from monitor.scores.papers import write_scores
from monitor.scores.scheme import Scheme, load_scheme, scheme_path
from monitor.terminal import say, say_json
from rules.dates.periods import Period
from rules.errors import WrongInput
from rules.vocabulary.places import Site

MonthArgument = Annotated[str, typer.Argument(metavar="月份", help="如 2022-02")]
SchemeFile = Annotated[
    Path | None,
    typer.Option("--scheme", metavar="文件", help="评分方案，默认为站点文件旁的 scores/<名称>.toml"),
]
BonusFile = Annotated[
    Path | None,
    typer.Option("--bonus", metavar="文件", help="本月加分的 CSV，列：单位,项目,次数 或 单位,项目,分值"),
]
CarryFile = Annotated[
    Path | None, typer.Option("--carry", metavar="文件", help="上月的得分表（.json），或 CSV，列：单位,得分")
]


def scores(
    site: SiteArgument,
    month: MonthArgument,
    out: Out,
    scheme: SchemeFile = None,
    bonus: BonusFile = None,
    carry: CarryFile = None,
    as_of: AsOf = None,
    overwrite: Overwrite = False,
    pdf: Pdf = True,
    as_json: Json = False,
) -> None:
    """编制一个月的得分表：Word 简报、Excel、CSV、JSON 和文字草稿。"""
    place, when = load_site(site), month_of(month)
    today = day(as_of)
    refuse_future(when, today)
    plan = load_scheme(_scheme_file(site, scheme))
    refuse_misfit(plan, place)
    notes = read_notes(bonus, place, plan) if bonus else {}
    carried = _carried(plan, place, when, carry)
    with open_existing().connect() as connection:
        currency = currency_of(connection, place, today)
        judgement = judge_period(connection, context_of(place, today), when)
    reach = currency.sentence
    if not when.over(today):
        reach += f"{when.title}还没有结束，得分和名次只到此日，不能据以表扬或点名。"
    findings = [ruling.finding for ruling in judgement.rulings if ruling.reported]
    composed = compose_scores(place, plan, when, today, judgement.counts, findings, notes, carried, reach)
    papers = with_pdf(write_scores(composed, period_folder(out, when), overwrite), pdf, overwrite)
    if as_json:
        say_json(scores_json(composed))
        return
    if when.over(today):
        say(praise(composed.sheet) + criticism(composed.sheet) or "没有可以点名的单位。")
    unread = [row.unit for table in composed.sheet.tables for row in table.unranked]
    if unread:
        say(f"未完整读取、未参加排名的单位 {len(unread)} 个：{'、'.join(unread)}。")
    if not any(table.ranked for table in composed.sheet.tables):
        say("没有一个单位的栏目完整读取，没有排名；请先用 gongkai crawl 采集该月的栏目。")
    say(f"{reach}已写入：")
    for paper in papers:
        say(f"  {paper}")


def _scheme_file(site: str, given: Path | None) -> Path:
    if given:
        return given
    path = scheme_path(find_site_file(site))
    if not path.is_file():
        raise WrongInput(
            f"找不到评分方案 {path}，请照样本 demo/sample/scores.toml 编写（见 docs/zh/scores.md），或用 --scheme 指明文件。"
        )
    return path


def _carried(scheme: Scheme, site: Site, month: Period, path: Path | None) -> dict[str, Decimal | None]:
    needed = scheme.carry and month.start.month != scheme.first
    if needed and path is None:
        before = month_before(month).key
        raise WrongInput(f"评分方案要求累计，请用 --carry 给出 {before} 的得分表（.json）或 CSV。")
    return read_carried(path, site, month_before(month)) if needed and path else {}
