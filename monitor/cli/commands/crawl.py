"""`gongkai crawl`: one crawl of a site, or of one unit's columns."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, Any

import typer

from crawler.crawling.crawl import CrawlReport, Item
from crawler.crawling.plan import columns_to_ask, default_since, unit_key
from crawler.fetching.snapshots import evidence_folder
from crawler.run import crawl_site
from crawler.sites.load import load_site
from crawler.sites.politeness import refuse_without_reason, remark_on
from db.connect import Engine, open_database, sqlite_path
from db.private_files import open_to_others
from db.recording.articles import ArticleSeen
from db.recording.pages import PageSeen
from monitor.cli.checked import one_of
from monitor.cli.options import AsOf, At, Json, SiteArgument, day, day_so_far
from monitor.progress import Step, progress
from monitor.status.unread import MOST, grouped, owner_of
from monitor.terminal import say, say_error, say_json
from rules.engine.nights import clock_sentence
from rules.errors import GongkaiError
from rules.vocabulary.places import Site
from rules.vocabulary.terms import Outcome

Unit = Annotated[
    str | None, typer.Option("--unit", metavar="单位", help="只采集这个单位的栏目（id、名称或别名）")
]
Since = Annotated[
    str | None, typer.Option("--since", metavar="日期", help="读到哪一天为止；默认上一季度第一天")
]
FailOn = Annotated[
    str | None,
    typer.Option(
        "--fail-on", metavar="partial", help="有栏目未能完整读取时退出码为 1", callback=one_of("partial")
    ),
]


def crawl(
    site: SiteArgument,
    unit: Unit = None,
    since: Since = None,
    as_of: AsOf = None,
    at: At = None,
    fail_on: FailOn = None,
    as_json: Json = False,
) -> None:
    """采集一个站点：读取各栏目与信箱，写入数据库。"""
    place = load_site(site)
    today = day_so_far(as_of)
    start = day(since, default_since(today))
    key = unit_key(place, unit) if unit else None
    report = crawl_with_progress(place, today, start, unit=key, at=at)
    if as_json:
        say_json(_facts(place, report, at))
    else:
        _print(place, report)
    settle(report)
    if fail_on == "partial" and any(not outcome.good for outcome in report.columns.values()):
        raise typer.Exit(1)


def _say_open_to_others(engine: Engine) -> None:
    """Files of earlier runs, or folders that somebody else made, which other users of the machine can read or change."""
    database = sqlite_path(engine)
    found = open_to_others([*([database] if database else []), evidence_folder(engine)])
    if found:
        names = "、".join(map(str, found))
        say_error(
            f"{names} 中有公民个人信息，但本机其他用户可以读取或改动，请收紧权限（chmod -R go= {names.replace('、', ' ')}）。"
        )


def crawl_with_progress(place: Site, today: date, start: date, **how: Any) -> CrawlReport:
    """A crawl with its progress on standard error: columns and mailboxes, then the postings that are opened."""
    refuse_without_reason(place, how.get("at"))
    if remark := remark_on(place, how.get("at")):
        say_error(remark)
    engine = open_database()
    _say_open_to_others(engine)
    total = len(columns_to_ask(place, how.get("unit"))) + len(place.mailboxes)
    with progress() as begin:
        steps: dict[type[Item], Step] = {PageSeen: begin(f"采集 {place.name}：栏目和信箱", total)}

        def on_openings(number: int) -> None:
            if number:
                steps[ArticleSeen] = begin(f"采集 {place.name}：信息正文", number)

        def on_item(item: Item) -> None:
            step = steps.get(type(item))
            if step and not (isinstance(item, PageSeen) and item.close is None):
                step()

        report = crawl_site(engine, place, today, start, on_item=on_item, on_openings=on_openings, **how)
    if report.no_sandbox:
        say_error(f"浏览器没有在沙箱中运行：{report.no_sandbox}。")
    return report


def refuse_broken(report: CrawlReport) -> None:
    """Raises GongkaiError where we failed; what was read is kept all the same."""
    if report.faults:
        raise GongkaiError(
            f"采集中程序自身出错 {report.faults} 次，已读到的页面已保存，请把上面的错误信息报告给开发者。"
        )
    if report.clock_off:
        raise GongkaiError(
            f"{clock_sentence(report.clock_off)}，没有写入任何内容，请校准本机时间后重新运行；本机时间无误的，"
            "请在站点文件 [crawl] 的 neutral 中写上可以对照的网站。"
        )
    if report.stopped or report.unsaved:
        what = report.stopped or f"有 {report.unsaved} 个页面未能写入"
        raise GongkaiError(
            f"{what}（{report.why_unsaved}），没有写入的页面不算读过，已写入的内容保留，"
            "请检查磁盘空间、目录权限和是否有其他程序占用数据库，然后重新运行同一命令。"
        )
    if not report.finished:
        raise GongkaiError("采集被中途停止，已读到的页面已保存，请重新运行同一命令。")


def settle(report: CrawlReport) -> None:
    """Raises GongkaiError where we failed, or the site did not let the crawl be done."""
    refuse_broken(report)
    if report.out_of_time:
        raise GongkaiError(
            "采集已用完规定的时间，没有再访问其余页面：已读到的内容保留，未读到的栏目按“无法访问”记录、不计零，"
            "请查明网站为何缓慢，或在站点文件 [crawl] 中调大 max_hours 后重新运行同一命令。"
        )
    if report.given_up:
        raise GongkaiError(
            f"{'、'.join(report.given_up)} 接连没有正常回应，当夜没有再访问，其余栏目按“无法访问”记录、不计零，"
            "请核对网站和本机网络后重新运行同一命令。"
        )


def _facts(place: Site, report: CrawlReport, at: str | None) -> dict[str, Any]:
    unread = {k: o for k, o in report.columns.items() if not o.good}
    return {
        "site": place.key,
        "as_of": report.as_of.isoformat(),
        "since": report.since.isoformat(),
        "finished": report.finished and not report.out_of_time,
        "columns": dict(Counter(outcome.value for outcome in report.columns.values())),
        "mailboxes": {key: outcome.value for key, outcome in report.mailboxes.items()},
        "unread": [{"column": k, "outcome": o.value, "cause": report.causes[k]} for k, o in unread.items()],
        "pages": report.pages,
        "opened": report.opened,
        "requests": report.requests,
        "browser_sandbox": not report.no_sandbox if report.browser else None,
        "liberties": remark_on(place, at),
    }


def _print(place: Site, report: CrawlReport) -> None:
    tally = Counter(report.columns.values())
    parts = "，".join(f"{outcome.label} {tally[outcome]}" for outcome in Outcome if tally[outcome])
    say(f"{place.name}：{len(report.columns)} 个栏目（{parts or '无'}），请求 {report.requests} 次。")
    for line in _short_falls(place, report):
        say_error(f"  {line}")


def _short_falls(place: Site, report: CrawlReport) -> Iterator[str]:
    """What was not, or not wholly, read: a line for each cause, and below it one for each unit with its columns."""
    found = [(key, outcome, report.causes.get(key, "")) for key, outcome in report.columns.items()]
    boxes = [(f"信箱 {key}", outcome, "") for key, outcome in report.mailboxes.items()]
    for group in grouped([*found, *boxes]):
        kept = "前面的页已读到，按“至少”计数；再往后：" if group.outcome is Outcome.PARTIAL else ""
        number = f" {len(group.names)} 个" if len(group.names) > 1 else ""
        label = group.outcome.label if group.outcome else ""
        yield f"{label}{number}：{kept}{group.sentence}"
        if MOST < len(group.names) == len(found) + len(boxes):
            yield "  全部栏目和信箱"
        else:
            yield from (f"  {line}" for line in _by_unit(place, group.names))


def _by_unit(place: Site, keys: Sequence[str]) -> Iterator[str]:
    columns, units = {column.key: column for column in place.columns}, dict[str, list[str]]()
    for key in keys:
        column = columns.get(key)
        name = f"“{'›'.join(column.path)}”（{key}）" if column else key
        units.setdefault(owner_of(column) if column else "", []).append(name)
    for unit, names in units.items():
        yield f"{unit}：{'、'.join(names)}" if unit else "、".join(names)
