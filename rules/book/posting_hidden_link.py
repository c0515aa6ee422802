from collections.abc import Iterator

from rules.cases import ArticleCase
from rules.engine.rule import rule
from rules.scanners.outbound_links import listed
from rules.vocabulary.terms import Evidence, Scope, Severity


@rule(
    "posting.hidden_link",
    name="隐藏的外部链接",
    severity=Severity.NOTICE,
    basis="通报惯例（隐藏错链、外链、暗链）；可能是网页被篡改，请立即核实",
    remedy="请技术维护单位检查该页面，删除不是本单位放置的链接，并排查网站是否被篡改。",
    takes=ArticleCase,
    scope=Scope.ARTICLE,
    evidence=[Evidence.ARTICLES],
)
def hidden_link(case: ArticleCase, *, links: int = 1) -> Iterator[str]:
    """页面上有至少 links 个看不见的外部链接（不显示、大小为零、与底色同色、移出屏幕），可能是暗链。

    指向政府网站（.gov.cn、.政务）的不算，下拉菜单里的友情链接多属此类；没有读到的页面不作此判断；
    四个以上页面都有的链接属于页面框架，见 page.hidden_link，不算在某一条信息名下。
    """
    hidden = [link for link in case.links if link.hidden and not link.official]
    if hidden and len(hidden) >= links:
        shown = listed([f"{link.url}（{link.text}）" if link.text else link.url for link in hidden])
        yield f"“{case.title}”页面中有看不见的外部链接：{shown}，可能是暗链，请立即核实。"
