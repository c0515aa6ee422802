from collections.abc import Iterator

from rules.cases import PageCase
from rules.engine.rule import rule
from rules.vocabulary.terms import Evidence, Scope, Severity


@rule(
    "page.meta_missing",
    name="网页标签缺失",
    severity=Severity.SCORE,
    basis="国办发〔2017〕47号《政府网站发展指引》网页标签规范（网站标签、栏目标签、内容标签中的必选项）",
    remedy="请技术维护单位在网页模板中补齐所列的 META 标签。",
    takes=PageCase,
    scope=Scope.SITE,
    evidence=[Evidence.HOME, Evidence.LISTS, Evidence.ARTICLES],
)
def meta_missing(case: PageCase, *, pages: int = 1) -> Iterator[str]:
    """某一层级的页面缺少《指引》要求必选的 META 标签：每页须有 SiteName、SiteDomain、SiteIDCode；栏目页另须有
    ColumnName、ColumnDescription、ColumnKeywords、ColumnType；内容页另须有 ArticleTitle、PubDate、ContentSource。

    标签名称不分大小写，内容为空视为缺少。同一层级的页面合为一条，列出每个标签缺少的页数和一个例子；
    缺少的页数不到 pages 的标签不列。没有读到的页面，接口返回的、没有网页头部的内容，以及外部网站的页面不计；由脚本写出的标签算有。
    """
    lost = [lack for lack in case.lacks if lack.pages >= pages]
    if lost and case.pages:
        shown = "、".join(f"{lack.tag} {lack.pages} 页" for lack in lost)
        example = f"（例：{lost[0].example}）" if lost[0].example else ""
        yield f"{case.level.value} {case.pages} 个中，缺少必选的 META 标签：{shown}{example}。"
