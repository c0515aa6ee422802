"""`gongkai waive` and `gongkai unwaive`: findings set aside with a reason until a day, in the site file."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Annotated

import typer

from crawler.crawling.plan import unit_key
from crawler.sites.load import find_site_file, load_site
from db.connect import has_content, open_existing
from db.readings import last_readings
from monitor.cli.options import AsOf, SiteArgument, day
from monitor.cli.site_words import waivable_path, waivable_rule
from monitor.judge.context import context_of
from monitor.terminal import say
from monitor.waivers.effect import freed
from monitor.waivers.site_file import named, put_waiver, refuse_waiver, same_waivers, take_out
from rules.book import BOOK
from rules.engine.rule import refuse_unknown_rules
from rules.errors import WrongInput
from rules.vocabulary.places import Site, Waiver

Rule = Annotated[
    str,
    typer.Option("--rule", metavar="规则", help="规则的编号或名称，如 column.stale；posting.* 指一类规则"),
]
Unit = Annotated[
    str | None,
    typer.Option(
        "--unit", metavar="单位", help="只对这个单位（id、名称或别名）；共担的责任只免去它；不写则对全部单位"
    ),
]
Path_ = Annotated[
    str | None,
    typer.Option(
        "--path",
        metavar="领域/一级/二级",
        help="只对这个栏目及其下级，如 财政预决算领域/部门决算；不写则对全部",
    ),
]
Why = Annotated[str, typer.Option("--why", metavar="理由", help="为什么，如 决算每年八月公开")]
Until = Annotated[str, typer.Option("--until", metavar="日期", help="豁免到哪一天（含当日），如 2026-09-01")]
# Days after which an exemption is to be looked at again: our choice, no document sets it.
YEAR = 366
Who = Annotated[str, typer.Option("--who", metavar="姓名", help="由谁提出或批准")]


def waive(
    site: SiteArgument,
    rule: Rule,
    why: Why,
    until: Until,
    unit: Unit = None,
    path: Path_ = None,
    who: Who = "",
    as_of: AsOf = None,
) -> None:
    """豁免（报备）：把一类问题对某单位、某栏目搁置到某日，写入站点文件。"""
    before, today = load_site(site), day(as_of)
    new = Waiver(waivable_rule(rule), why.strip(), day(until), *_of(before, unit, path), who.strip())
    refuse_waiver(new, today)
    refuse_unknown_rules(before.thresholds, BOOK)
    file, replaced = find_site_file(site), same_waivers(before, new)
    others = tuple(each for number, each in enumerate(before.waivers) if number not in replaced)
    # First: where it fails, the file stays as it was.
    standing = list(_standing(replace(before, waivers=others), new, today))
    for each in put_waiver(file, before, new):
        say(f"取代原有的豁免：{named(before, each)}。")
    say(f"已写入站点文件 {file}：{named(before, new)}。")
    for sentence in standing:
        say(sentence)


def unwaive(site: SiteArgument, rule: Rule, unit: Unit = None, path: Path_ = None) -> None:
    """取消豁免：从站点文件中删去，其余内容原样保留。"""
    before = load_site(site)
    # What is taken out may be of a rule or a column that is no more: it is compared, not looked up.
    by_name = {each.name: each.id for each in BOOK}
    parts = tuple((path or "").replace("›", "/").strip("/").split("/")) if path else ()
    wanted = Waiver(by_name.get(rule, rule), "", date.max, unit_key(before, unit) if unit else "", parts)
    places = same_waivers(before, wanted) or _ending(before, wanted)
    if not places:
        there = "；".join(named(before, each) for each in before.waivers) or "没有豁免"
        raise WrongInput(f"站点文件中没有这样的豁免，没有改动。现有：{there}。")
    file = find_site_file(site)
    take_out(file, places)
    for each in places:
        say(f"已从站点文件 {file} 删去：{named(before, before.waivers[each])}。")


def _of(site: Site, unit: str | None, path: str | None) -> tuple[str, tuple[str, ...]]:
    key = unit_key(site, unit) if unit else ""
    return key, waivable_path(site, path, key) if path else ()


def _ending(site: Site, waiver: Waiver) -> list[int]:
    """The places of those for the same rule and unit whose columns' path ends so, if it is one path."""
    ended = [
        number
        for number, each in enumerate(site.waivers)
        if (each.rule, each.unit) == (waiver.rule, waiver.unit)
        and waiver.path
        and each.path[-len(waiver.path) :] == waiver.path
    ]
    return ended if len({site.waivers[number].path for number in ended}) == 1 else []


def _standing(site: Site, waiver: Waiver, today: date) -> Iterator[str]:
    """Which findings of the running quarter and of the one before it the waiver sets aside, in sentences."""
    if (waiver.until - today).days > YEAR:
        yield "豁免期超过一年，请每年复核是否仍有必要，不需要时用 gongkai unwaive 取消。"
    if not _was_crawled(site, today):
        yield f"{site.name}还没有采集过，豁免自第一次采集起生效。"
        return
    with open_existing().connect() as connection:
        found = list(freed(connection, context_of(site, today), waiver))
    for finding, left in found:
        yield f"  {'共担责任中只免去该单位' if left else '搁置'}：{finding.unit_names}　{finding.sentence}"
    yield f"现有问题中由此搁置 {len(found)} 个。" if found else "现在没有因此搁置的问题。"


def _was_crawled(site: Site, today: date) -> bool:
    if not has_content():
        return False
    with open_existing().connect() as connection:
        return last_readings(connection, site.key, today).crawled_on is not None
