from collections.abc import Iterator

from rules.cases import ArticleCase
from rules.engine.rule import rule
from rules.scanners.outbound_links import listed
from rules.vocabulary.terms import Evidence, Scope, Severity


@rule(
    "posting.dead_attachment",
    name="附件打不开",
    severity=Severity.PROBLEM,
    basis="通报惯例（错链、死链）：页面上的附件点开后文件不存在",
    remedy="重新上传附件；附件不再公开的，从页面上删除链接并注明。",
    within=3,
    takes=ArticleCase,
    scope=Scope.ARTICLE,
    evidence=[Evidence.ARTICLES],
)
def dead_attachment(case: ArticleCase, *, nights: int = 2) -> Iterator[str]:
    """页面上的附件在至少 nights 个不同的夜晚，服务器都答复不存在（404、410）。

    被拦截、超时、其他错误不算不存在；地址由脚本写出的（可能读错）不算；每个页面只打开前 5 个附件，其余的没有检查；读取镜像时，
    多数附件都没有的（镜像不全），不作此判断。没有读到的页面不作此判断。
    """
    gone = [each for each in case.gone if each.name and each.nights >= max(nights, 1)]
    if gone:
        shown = listed([f"“{each.name}”（{each.url}）" for each in gone])
        yield f"“{case.title}”的附件打不开（服务器答复不存在），{min(e.nights for e in gone)} 个夜晚都是如此：{shown}。"
