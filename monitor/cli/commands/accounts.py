"""`gongkai accounts`: new-media accounts' posts, imported from a table that the office keeps."""

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from crawler.crawling.plan import unit_key
from crawler.sites.load import load_site
from db.connect import open_database
from db.recording.checks import AccountSeen, save_accounts
from db.recording.register import register
from monitor.cli.options import SiteArgument, day
from monitor.terminal import say
from rules.errors import WrongInput
from rules.vocabulary.places import Site

FileArgument = Annotated[
    Path, typer.Argument(metavar="CSV文件", help="列：单位,平台,账号,日期,条数（条数可省，默认 1）")
]
Since = Annotated[
    str | None, typer.Option("--since", metavar="日期", help="表中数据从哪一天起完整；默认最早一天")
]
Until = Annotated[
    str | None, typer.Option("--until", metavar="日期", help="表中数据到哪一天为止完整；默认最晚一天")
]
HEADS = ("单位", "平台", "账号", "日期")


def accounts(site: SiteArgument, file: FileArgument, since: Since = None, until: Until = None) -> None:
    """导入政务新媒体账号的更新情况（CSV），供 14 天不更新等规则使用。"""
    place = load_site(site)
    posts = read_posts(place, file)
    days = [when for _, when in posts]
    first, last = day(since, min(days)), day(until, max(days))
    named = dict.fromkeys(account for account, _ in posts)
    seen = [
        AccountSeen(*account, first, last, {when: n for (who, when), n in posts.items() if who == account})
        for account in named
    ]
    with open_database().begin() as connection:
        register(connection, place)
        save_accounts(connection, place.key, seen)
    say(f"{place.name}：导入 {len(seen)} 个账号 {sum(posts.values())} 条更新（{first} 至 {last}）。")


def read_posts(site: Site, file: Path) -> Counter[tuple[tuple[str, str, str], date]]:
    """((unit key, platform, account), day) → posts. Raises WrongInput with file, line and reason."""
    posts: Counter[tuple[tuple[str, str, str], date]] = Counter()
    for number, row in _rows(file):
        try:
            key = (unit_key(site, row["单位"].strip()), row["平台"].strip(), row["账号"].strip())
            posts[key, day(row["日期"].strip(), date.min)] += int(row.get("条数") or 1)
        except (WrongInput, ValueError) as error:
            raise WrongInput(f"{file} 第 {number} 行：{error}，没有导入任何内容。") from None
    if not posts:
        raise WrongInput(f"{file} 中没有数据，没有导入任何内容。")
    return posts


def _rows(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise WrongInput(f"{file} 无法读取，请检查路径，并用 UTF-8 编码保存。") from None
    reader = csv.DictReader(text.splitlines())
    missing = [head for head in HEADS if head not in (reader.fieldnames or ())]
    if missing:
        raise WrongInput(f"{file} 缺少列：{'、'.join(missing)}，没有导入任何内容。")
    for row in reader:
        yield reader.line_num, {name: value or "" for name, value in row.items() if name}
