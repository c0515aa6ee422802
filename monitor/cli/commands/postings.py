"""`gongkai postings`: the rows behind a number."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from crawler.crawling.plan import unit_key
from crawler.sites.load import load_site
from db.connect import open_existing
from db.counting.counts import counts_as_of
from db.counting.posting_list import listed_postings
from monitor.cli.currency import Currency, currency_of
from monitor.cli.options import AsOf, Json, Overwrite, SiteArgument, day, period_by
from monitor.cli.site_words import columns_named
from monitor.paper_files.posting_rows import posting_rows
from monitor.postings.compose import PostingLists, compose_lists, name_of
from monitor.postings.compose import as_json as lists_json
from monitor.postings.papers import write_sheet
from monitor.terminal import say, say_json, say_table
from monitor.wording import shown_total
from rules.dates.periods import is_period
from rules.errors import WrongInput

UnitArgument = Annotated[str, typer.Argument(metavar="单位", help="id、名称或别名")]
Words = Annotated[
    list[str],
    typer.Argument(
        metavar="[栏目] 时段",
        help="栏目可省：末级名称，或路径 领域/一级/二级（可只写前几级）；时段如 2023Q2、2023-04、2023",
    ),
]
Sheet = Annotated[Path | None, typer.Option("--xlsx", metavar="文件", help="另写成 Excel 表")]
HEADS = ("日期", "标题", "首次见到", "撤下", "链接", "快照")


def postings(
    site: SiteArgument,
    unit: UnitArgument,
    words: Words,
    xlsx: Sheet = None,
    overwrite: Overwrite = False,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """列出一个数字背后的每一条信息：标题、日期、首次见到、链接、快照。"""
    place, today = load_site(site), day(as_of)
    if len(words) > 2:
        raise WrongInput(f"“{words[2]}”是多余的参数，应为：站点 单位 [栏目] 时段；栏目名中有空格的请加引号。")
    if xlsx and xlsx.suffix.lower() != ".xlsx":
        raise WrongInput(f"文件 {xlsx} 的名称应以 .xlsx 结尾，没有写入。")
    if len(words) > 1 and is_period(words[0]) and not is_period(words[1]):
        words = [words[1], words[0]]
    key, period = unit_key(place, unit), period_by(words[-1], today)
    columns = columns_named(place, key, words[0]) if len(words) > 1 else place.columns
    wanted = {column.key for column in columns}
    shared = frozenset(column.key for column in place.columns if column.shared)
    with open_existing().connect() as connection:
        currency = currency_of(connection, place, today)
        counts = [
            count
            for count in counts_as_of(connection, place, period, today)
            if key in count.duty.units and count.column.key in wanted
        ]
        listed = listed_postings(connection, place.key, shared, period, today)
    composed = compose_lists(place.unit(key), period, today, counts, listed)
    written = write_sheet(composed, xlsx, overwrite) if xlsx else None
    if as_json:
        say_json(lists_json(composed))
    else:
        _print(composed, currency, written)


def _iso(day: str | int | date | None) -> str:
    return day.isoformat() if isinstance(day, date) else ""


def _print(composed: PostingLists, currency: Currency, written: Path | None) -> None:
    for each in composed.lists:
        if not each.counted and not each.withdrawn:
            say(name_of(each))
            continue
        cells = [
            (_iso(published), title, _iso(first), _iso(gone), url, kept)
            for _, _, published, title, first, gone, url, _, kept in posting_rows((each,))
        ]
        say_table(HEADS, cells, name_of(each))
    name = f"{composed.unit.name} {composed.period.title}"
    say(f"{name}合计 {shown_total(composed.total)} 条。{currency.sentence}")
    if written:
        say(f"已写入 {written}")
