from collections.abc import Iterator

from rules.cases import SiteCase
from rules.engine.rule import rule
from rules.scanners.outbound_links import listed
from rules.vocabulary.terms import Evidence, Scope, Severity


@rule(
    "site.home_dead_link",
    name="首页链接打不开",
    severity=Severity.NOTICE,
    basis="通报惯例（首页错链、死链）；每个链接扣多少分没有可以核实的国家规定，仅作提示",
    remedy="核对首页上的链接地址，失效的改正或从首页删除。",
    takes=SiteCase,
    scope=Scope.SITE,
    evidence=[Evidence.HOME, Evidence.LINKS],
)
def home_dead_link(case: SiteCase, *, nights: int = 2) -> Iterator[str]:
    """首页上的链接（本站的和外部的）在至少 nights 个不同的夜晚，服务器都答复不存在（404、410）。由门户负责。

    每夜只检查少数几个（站点文件 home_links），从没有检查过的查起，打得开的一个月后再查。被拦截、超时、其他错误，都不算不存在，
    重新计算夜数；同一台服务器当夜没有一个页面能打开的，不作此判断；遵守 robots.txt。脚本打开或改写的链接、栏目和信息自己的页面
    （由其他规则判断）不在此列。首页没有读到的，以最近一次读到的为准；没有检查过的不作此判断。
    """
    fewest = max(nights, 1)
    missing = [link for link in case.missing_links if link.dead_nights >= fewest]
    if missing:
        shown = listed([f"“{link.text}”（{link.url}）" if link.text else link.url for link in missing])
        yield f"首页上的链接在至少 {fewest} 个夜晚打不开，服务器答复不存在：{shown}。"
