"""`gongkai accounts`: new-media accounts' posts, imported from a table that the office keeps."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Annotated

import typer

from crawler.crawling.plan import unit_key
from crawler.sites.load import load_site
from crawler.sites.office_files import read_csv
from db.connect import open_database
from db.recording.checks import AccountSeen, save_accounts
from db.recording.register import register
from monitor.cli.options import SiteArgument, day
from monitor.clock import shanghai_now
from monitor.paper_files.inert import plain
from monitor.terminal import say
from rules.errors import WrongInput
from rules.vocabulary.places import Site

FileArgument = Annotated[
    Path,
    typer.Argument(
        metavar="CSV文件",
        help="列：单位,平台,账号,日期,条数（条数可省，默认 1）；可另加 留言、答复（当日网民留言数和其中已答复的），"
        "互动（有无留言、私信等互动功能，写 有 或 无）",
    ),
]
Since = Annotated[
    str | None, typer.Option("--since", metavar="日期", help="表中数据从哪一天起完整；默认最早一天")
]
Until = Annotated[
    str | None, typer.Option("--until", metavar="日期", help="表中数据到哪一天为止完整；默认最晚一天")
]
HEADS = ("单位", "平台", "账号", "日期")
# No account posts so often in a day; it also keeps a day's sum within what a database's integer holds.
MOST_POSTS = 100_000
LONGEST_NAME = 100
INTERACTIVE = {"有": True, "无": False}

Account = tuple[str, str, str]  # unit key, platform, name


def accounts(site: SiteArgument, file: FileArgument, since: Since = None, until: Until = None) -> None:
    """导入政务新媒体账号的更新情况（CSV），供 14 天不更新等规则使用。"""
    place = load_site(site)
    posts = read_posts(place, file)
    days = [when for of in posts.values() for when in of.by_day]
    first, last = day(since, min(days)), day(until, max(days))
    if first > last:
        raise WrongInput(f"起始日期 {first} 晚于截止日期 {last}，没有导入任何内容。")
    seen = [
        AccountSeen(*account, first, last, of.by_day, of.comments, of.interactive)
        for account, of in posts.items()
    ]
    with open_database().begin() as connection:
        register(connection, place)
        save_accounts(connection, place.key, seen)
    total = sum(sum(of.by_day.values()) for of in posts.values())
    say(f"{place.name}：导入 {len(seen)} 个账号 {total} 条更新（{first} 至 {last}）。")


@dataclass(slots=True)
class AccountRows:
    """What the table says of one account: posts by day, comments left and answered by day where it tells them, and whether it
    can be written to, by its latest day that tells."""

    by_day: dict[date, int] = field(default_factory=dict)
    comments: dict[date, tuple[int, int]] = field(default_factory=dict)
    interactive: bool | None = None
    told_on: date = date.min

    def add(self, when: date, row: Mapping[str, str]) -> None:
        self.by_day[when] = _number(row.get("条数") or "1", "条数", self.by_day.get(when, 0))
        if row.get("留言") or row.get("答复"):
            left, answered = self.comments.get(when, (0, 0))
            left, answered = (
                _number(row.get("留言") or "0", "留言", left),
                _number(row.get("答复") or "0", "答复", answered),
            )
            if answered > left:
                raise WrongInput(f"{when} 答复 {answered} 条，多于留言 {left} 条")
            self.comments[when] = left, answered
        if (told := row.get("互动") or "") and when >= self.told_on:
            if told not in INTERACTIVE:
                raise WrongInput(f"互动“{told[:40]}”应写 有 或 无")
            self.interactive, self.told_on = INTERACTIVE[told], when


def read_posts(site: Site, file: Path) -> dict[Account, AccountRows]:
    """Account → what the table says of it. Raises WrongInput with file, line and reason."""
    posts: dict[Account, AccountRows] = {}
    owners: dict[tuple[str, str], str] = {}
    unit_of, today = cache(partial(unit_key, site)), shanghai_now().date()
    for number, row in read_csv(file, {}, HEADS):
        try:
            account = (unit_of(row["单位"]), _name(row, "平台"), _name(row, "账号"))
            if owners.setdefault(account[1:], account[0]) != account[0]:
                raise WrongInput(f"账号“{account[2]}”写在两个单位名下")
            posts.setdefault(account, AccountRows()).add(_day(row["日期"], today), row)
        except WrongInput as error:
            raise WrongInput(
                f"{file} 第 {number} 行：{str(error).rstrip('。')}，没有导入任何内容。"
            ) from None
    if not posts:
        raise WrongInput(f"{file} 中没有数据，没有导入任何内容。")
    return posts


def _name(row: Mapping[str, str], column: str) -> str:
    name = row[column]
    if not 0 < len(name) <= LONGEST_NAME or plain(name) != name:
        raise WrongInput(f"{column}应是 1 到 {LONGEST_NAME} 个看得见的字")
    return name


def _day(text: str, today: date) -> date:
    # A sheet saves its days as 2023/7/3.
    match = re.fullmatch(r"(\d{4})/(\d{1,2})/(\d{1,2})", text, re.ASCII)
    when = day(f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match else text)
    if when > today:
        raise WrongInput(f"日期 {when} 在今天之后")
    return when


def _number(text: str, column: str, known: int) -> int:
    """The day's number with those of earlier rows."""
    if not re.fullmatch(r"\d{1,6}", text, re.ASCII) or known + int(text) > MOST_POSTS:
        raise WrongInput(f"{column}“{text[:40]}”应是整数，一天合计不超过 {MOST_POSTS}")
    return known + int(text)
