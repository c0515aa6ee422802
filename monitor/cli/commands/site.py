"""`gongkai site`: looking after site files."""

from crawler.sites.load import load_site
from crawler.sites.politeness import remark_on
from monitor.alerts.settings import usable
from monitor.cli.options import Json, SiteArgument
from monitor.terminal import say, say_error, say_json
from rules.book import BOOK
from rules.engine.rule import refuse_unknown_rules


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
        if silent:
            say(f"没有可用邮箱的单位 {len(silent)} 个，提醒邮件将请政务公开科转告：{'、'.join(silent)}。")
