from collections.abc import Iterator

from rules.book.posting_dead_link import dead_link as dead_link_in_posting
from rules.cases import FrameCase
from rules.engine.rule import rule
from rules.scanners.outbound_links import listed
from rules.vocabulary.terms import Evidence, Scope, Severity


@rule(
    "page.dead_link",
    name="页面框架中的链接打不开",
    severity=Severity.NOTICE,
    basis="通报惯例（错链、死链）；国家没有统一的单页标准，仅作提示",
    remedy="核对链接地址，失效的改正或从网页模板中删除。",
    takes=FrameCase,
    scope=Scope.FRAME,
    evidence=[Evidence.ARTICLES, Evidence.LINKS],
    follows=dead_link_in_posting,
)
def dead_link(case: FrameCase, *, nights: int = 2) -> Iterator[str]:
    """四个以上不同页面都有的链接连续 nights 个不同的夜晚都打不开：属于页面框架（导航、友情链接、页脚），由门户负责，不算在各单位名下。

    没有检查过的链接不作此判断，被对方拦截不算打不开；只看真正打开过的内容页，没有读到的、打开的页面不足四个的不作此判断；
    有这个链接的栏目，此后新打开的四个以上页面都不再有的，视为已经清除。
    """
    fewest = max(nights, 1)
    dead = [each for each in case.links if each.link.dead_nights >= fewest]
    if dead:
        shown = listed([each.described() for each in dead])
        yield f"页面框架中的链接连续 {fewest} 个夜晚打不开：{shown}。"
