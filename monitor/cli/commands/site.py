"""`gongkai site`: looking after site files."""

from collections.abc import Iterator

from crawler.sites.load import load_site
from crawler.sites.politeness import remark_on
from monitor.alerts.settings import usable
from monitor.cli.options import Json, SiteArgument
from monitor.terminal import say, say_error, say_json
from rules.book import BOOK
from rules.engine.rule import refuse_unknown_rules
from rules.vocabulary.places import Site


def check(site: SiteArgument, as_json: Json = False) -> None:
    """检查站点文件是否正确（不访问网站）。"""
    place = load_site(site)
    refuse_unknown_rules(place.thresholds, BOOK)
    if remark := remark_on(place):
        say_error(remark)
    duties = sum(len([duty for duty in column.duties if duty.units]) for column in place.columns)
    silent = [unit.name for unit in place.units if not any(map(usable, unit.emails))]
    facts = {
        "name": place.name,
        "home": place.home,
        "units": len(place.units) - 1,
        "columns": len(place.columns),
        "duties": duties,
        "elsewhere": sum(column.elsewhere is not None for column in place.columns),
        "mailboxes": len(place.mailboxes),
        "without_email": silent,
    }
    if as_json:
        say_json(facts)
    else:
        say(
            f"站点文件正确：{place.name}，{facts['units']} 个单位，{facts['columns']} 个栏目"
            f"（其中 {facts['elsewhere']} 个在外部网站），{duties} 项责任，{facts['mailboxes']} 个信箱。"
        )
        for sentence in _without_email(place, silent):
            say(sentence)


def _without_email(site: Site, silent: list[str]) -> Iterator[str]:
    """Who cannot be written to, and what becomes of their mails."""
    office, units = site.units[0].name, [name for name in silent if name != site.units[0].name]
    relayed = "提醒邮件将请政务公开科转告"
    if office in silent:
        yield f"政务公开科（{office}）没有可用邮箱，上报和转告的邮件无处可发，请在站点文件 [office] 中填写 email。"
        relayed = "提醒邮件无处可发"
    if units and len(units) == len(site.units) - 1 > 1:
        yield f"{len(units)} 个单位都没有可用邮箱，{relayed}，请在站点文件中填写 email。"
    elif units:
        yield f"没有可用邮箱的单位 {len(units)} 个，{relayed}：{'、'.join(units)}。"
