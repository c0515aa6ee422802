from collections.abc import Iterator

from rules.book.posting_hidden_link import hidden_link as hidden_link_in_posting
from rules.cases import FrameCase
from rules.engine.rule import rule
from rules.scanners.outbound_links import listed
from rules.vocabulary.terms import Evidence, Scope, Severity


@rule(
    "page.hidden_link",
    name="页面框架中有隐藏的外部链接",
    severity=Severity.NOTICE,
    basis="通报惯例（隐藏错链、外链、暗链）；可能是网页模板被篡改，请立即核实",
    remedy="请技术维护单位检查网页模板，删除不是本站放置的链接，并排查网站是否被篡改。",
    takes=FrameCase,
    scope=Scope.FRAME,
    evidence=[Evidence.ARTICLES],
    follows=hidden_link_in_posting,
)
def hidden_link(case: FrameCase, *, links: int = 1) -> Iterator[str]:
    """四个以上不同页面都有的、看不见的外部链接至少 links 个：属于页面框架（导航、友情链接、页脚），由门户负责，不算在各单位名下。

    指向政府网站（.gov.cn、.政务）的不算；只看真正打开过的内容页，没有读到的、打开的页面不足四个的不作此判断；
    有这个链接的栏目，此后新打开的四个以上页面都不再有的，视为已经清除。
    """
    hidden = [each for each in case.links if each.link.hidden and not each.link.official]
    if hidden and len(hidden) >= links:
        shown = listed([each.described(each.link.text) for each in hidden])
        yield f"页面框架中有看不见的外部链接：{shown}，可能是暗链，请立即核实网页模板。"
