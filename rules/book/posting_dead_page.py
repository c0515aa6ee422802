from collections.abc import Iterator

from rules.cases import ArticleCase
from rules.engine.rule import rule
from rules.vocabulary.terms import Evidence, Scope, Severity


@rule(
    "posting.dead_page",
    name="信息页面打不开",
    severity=Severity.PROBLEM,
    basis="通报惯例（错链、死链）：列表中的标题点开后页面不存在",
    remedy="恢复该信息的页面或改正列表中的链接；该信息应撤下的，从列表中删除。",
    within=3,
    takes=ArticleCase,
    scope=Scope.ARTICLE,
    evidence=[Evidence.ARTICLES],
)
def dead_page(case: ArticleCase, *, nights: int = 2) -> Iterator[str]:
    """列表中有这条信息，而它的页面在至少 nights 个不同的夜晚，服务器都答复不存在（404、410）。

    当夜网站的列表都没有读到的、被拦截或超时的、同一栏目没有一个页面能打开的（可能是我们读错了地址）不作此判断；读取镜像时，
    多数页面都没有的（镜像不全），不作此判断。
    """
    for gone in case.gone:
        if not gone.name and gone.nights >= max(nights, 1):
            yield f"“{case.title}”列表中有，页面打不开（服务器答复不存在），{gone.nights} 个夜晚都是如此：{gone.url}。"
