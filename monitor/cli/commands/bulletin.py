"""`gongkai bulletin`: the papers of a period, drafted, corrected, published."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from crawler.sites.load import find_site_file, load_site
from crawler.sites.office_files import read_bytes
from db.connect import open_existing
from monitor.bulletin.compose import Edits
from monitor.bulletin.drafting import Printed, print_bulletin
from monitor.bulletin.naming import NamingEdit
from monitor.bulletin.papers import as_json as bulletin_json
from monitor.bulletin.word_template import TEMPLATE
from monitor.cli.currency import currency_of
from monitor.cli.options import AsOf, Json, Out, Overwrite, PeriodArgument, SiteArgument, day, period_by
from monitor.cli.pdf_option import Pdf, with_pdf
from monitor.judge.context import context_of
from monitor.paper_files.paper_names import period_folder
from monitor.terminal import say, say_json
from monitor.wording import spaced, tight
from rules.errors import WrongInput

FOLDER = "bulletins"

Name = Annotated[
    list[str] | None, typer.Option("--name", metavar="单位=理由", help="增加点名一个单位，可重复")
]
Skip = Annotated[list[str] | None, typer.Option("--skip", metavar="单位=理由", help="不点名一个单位，可重复")]
Draft = Annotated[bool, typer.Option("--draft", help="起草标明“草稿”的文件，未达到发布条件时也可以")]
Publish = Annotated[bool, typer.Option("--publish", help="发布：冻结各项数字和文件的 SHA-256")]
Template = Annotated[
    Path | None,
    typer.Option(
        "--template", metavar="文件", help="通报正文的 Word 模板，默认为站点文件旁的 bulletins/<名称>.docx"
    ),
]


def bulletin(
    site: SiteArgument,
    period: PeriodArgument,
    out: Out,
    name: Name = None,
    skip: Skip = None,
    draft: Draft = False,
    publish: Publish = False,
    template: Template = None,
    as_of: AsOf = None,
    overwrite: Overwrite = False,
    pdf: Pdf = True,
    as_json: Json = False,
) -> None:
    """起草一个时段的通报：Word、Excel、网页、文字和数据，核对无误才写入。"""
    if draft and publish:
        raise WrongInput("草稿不能发布，请去掉 --draft 或 --publish。")
    place, today = load_site(site), day(as_of)
    when = period_by(period, today)
    edits = Edits(_naming_edits(name, "--name"), _naming_edits(skip, "--skip"), draft)
    paper = _word_file(template) if template else _template(site)
    context = context_of(place, today)
    engine = open_existing(read_only=not publish)
    with engine.connect() as connection:
        currency = currency_of(connection, place, today)
    printed = print_bulletin(
        engine, context, when, period_folder(out, when), edits, paper, publish, overwrite
    )
    printed = replace(printed, papers=with_pdf(printed.papers, pdf, overwrite))
    if as_json:
        say_json(
            bulletin_json(printed.bulletin)
            | {"corrections": list(printed.corrections), "published": printed.number}
        )
        return
    _report(printed, publish)
    say(currency.sentence)


def _word_file(file: Path) -> Path:
    """A template that is there and may be a Word file. Raises WrongInput."""
    if not read_bytes(file, "通报模板").startswith(b"PK"):
        raise WrongInput(f"通报模板 {file} 不是 Word 文件（.docx），没有写入任何文件，请检查路径。")
    return file


def _template(site: str) -> Path:
    """The office's own template beside the site file, or ours."""
    file = find_site_file(site)
    own = file.parent / FOLDER / f"{file.stem}.docx"
    return own if own.is_file() else TEMPLATE


def _naming_edits(texts: Sequence[str] | None, option: str) -> tuple[NamingEdit, ...]:
    edits = []
    for text in texts or ():
        unit, _, reason = text.partition("=")
        if not unit.strip() or not reason.strip():
            raise WrongInput(f"{option} 的“{text}”没有写明单位和理由，请写成 {option} 单位=理由。")
        edits.append(NamingEdit(unit.strip(), reason.strip()))
    return tuple(edits)


def _report(printed: Printed, publish: bool) -> None:
    composed, before = printed.bulletin, printed.before
    title = f"{composed.judgement.site.name} {composed.judgement.period.title}"
    sums = spaced(tight(f"共{composed.total}条，其中基层政务公开{composed.grassroots}条"))
    say(f"{title}{'（草稿）' if composed.draft else ''}：{sums}。各处数字核对一致，已写入：")
    for paper in printed.papers:
        say(f"  {paper}")
    if before and printed.corrections:
        say(f"更正：与 {before.as_of:%Y-%m-%d} 发布的通报（第 {before.number} 号记录）相比：")
        for sentence in printed.corrections:
            say(f"  {sentence}")
        if not publish:
            say("已发布的记录保持不变；如要发布这份更正，请加 --publish。")
    if printed.number == 1:
        say("已发布：各项数字和文件的 SHA-256 已经冻结。")
    elif printed.number:
        say(f"已发布更正（第 {printed.number} 号记录），此前的记录保持不变。")
    elif publish and before:
        say(f"这份通报已于 {before.as_of:%Y-%m-%d} 发布，数字没有变化，冻结的记录保持不变。")
