from collections.abc import Iterator

from rules.cases import ArticleCase
from rules.engine.rule import rule
from rules.scanners.guide_elements import GuideKind
from rules.vocabulary.terms import Evidence, Scope, Severity


@rule(
    "posting.guide_incomplete",
    name="信息公开指南内容不全",
    severity=Severity.NOTICE,
    basis=(
        "《政府信息公开条例》第十二条（公开指南包括政府信息的分类、编排体系、获取方式和工作机构的名称、办公地址、办公时间、"
        "联系电话、传真号码、互联网联系方式等）"
    ),
    remedy="在信息公开指南中补上所列的内容；没有传真等联系方式的，在指南中写明。",
    takes=ArticleCase,
    scope=Scope.ARTICLE,
    evidence=[Evidence.ARTICLES],
)
def guide_incomplete(case: ArticleCase, *, elements: int = 1) -> Iterator[str]:
    """标题为信息公开指南的页面，正文和附件中没有提到条例第十二条所列的内容，至少 elements 项。

    按文字辨认，提到即算有，由人工核实。正文不足 200 字的、以内嵌文件给出的、有附件没有读到的、看不出是按内容逐项写的，不作此判断；
    没有读到的页面不作此判断。
    """
    missing = case.guide_lacks(GuideKind.DISCLOSURE)
    if missing and len(missing) >= elements:
        yield f"“{case.title}”没有写明{'、'.join(missing)}，请核对补充。"
