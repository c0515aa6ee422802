from collections.abc import Iterator

from rules.cases import ArticleCase
from rules.engine.rule import rule
from rules.scanners.guide_elements import GuideKind
from rules.vocabulary.terms import Evidence, Scope, Severity


# Defaults: elements: an office's custom; no document that we could read sets the number.
@rule(
    "posting.service_incomplete",
    name="办事指南要素不全",
    severity=Severity.NOTICE,
    basis="国办秘函〔2019〕19号（服务不实用：办事指南缺少事项名称、设定依据、申请条件、办理材料等要素类别）；办理地点、办理时间、联系电话、办理流程四类，和缺少几类即提示，为办公室惯例",
    remedy="在办事指南中补上所列的要素；要素在政务服务网的，放上直达该事项的链接。",
    takes=ArticleCase,
    scope=Scope.ARTICLE,
    evidence=[Evidence.ARTICLES],
)
def service_incomplete(case: ArticleCase, *, elements: int = 4) -> Iterator[str]:
    """标题为办事指南的页面，正文和附件中没有提到的要素类别至少 elements 类。要素类别有事项名称、设定依据、申请条件、办理材料、
    办理地点、办理时间、联系电话、办理流程八类。

    按文字辨认，提到即算有，由人工核实。正文不足 200 字的、以内嵌文件给出的、有附件没有读到的、看不出是按要素逐项写的，不作此判断；
    没有读到的页面不作此判断。
    """
    missing = case.guide_lacks(GuideKind.SERVICE)
    if missing and len(missing) >= elements:
        yield f"“{case.title}”没有写明{'、'.join(missing)}，请核对补充。"
