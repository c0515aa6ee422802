from collections.abc import Iterator

from rules.cases import ArticleCase
from rules.engine.rule import rule
from rules.scanners.outbound_links import listed
from rules.vocabulary.terms import Evidence, Scope, Severity


# Defaults: nights: one failure may be the network's.
@rule(
    "posting.dead_link",
    name="链接打不开",
    severity=Severity.NOTICE,
    basis="通报惯例（错链、死链）；国家没有统一的单页标准，仅作提示",
    remedy="核对链接地址，失效的改正或删除。",
    takes=ArticleCase,
    scope=Scope.ARTICLE,
    evidence=[Evidence.ARTICLES, Evidence.LINKS],
)
def dead_link(case: ArticleCase, *, nights: int = 2) -> Iterator[str]:
    """页面上的外部链接，或正文中指向本站其他页面的链接，连续 nights 个不同的夜晚都打不开。

    一次打不开可能是网络波动，不作此判断；没有检查过的链接、没有读到的页面不作此判断；被对方拦截不算打不开；
    四个以上页面都有的链接属于页面框架，见 page.dead_link，不算在某一条信息名下。
    """
    fewest = max(nights, 1)
    dead = [link for link in case.links if link.dead_nights >= fewest]
    if dead:
        shown = listed([link.url for link in dead])
        yield f"“{case.title}”中的链接连续 {fewest} 个夜晚打不开：{shown}。"
