from collections.abc import Iterator

from rules.cases import ArticleCase
from rules.engine.rule import rule
from rules.vocabulary.terms import Evidence, Scope, Severity


@rule(
    "posting.empty_body",
    name="正文空白",
    severity=Severity.NOTICE,
    basis="通报惯例（点开无内容）；国家没有统一的单页标准，仅作提示",
    remedy="补上正文或附件；误发的撤下。",
    takes=ArticleCase,
    scope=Scope.ARTICLE,
    evidence=[Evidence.ARTICLES],
)
def empty_body(case: ArticleCase, *, characters: int = 0) -> Iterator[str]:
    """内容页正常打开，而正文不超过 characters 个字，也没有图片、附件、视频或内嵌文件。

    没有读到的内容页（被拦截、无法识别、无法访问）不作此判断。
    """
    carried = case.pictures or case.embedded or case.attachments
    if case.well_read and case.length <= characters and not carried:
        shown = "没有正文" if case.length == 0 else f"正文只有 {case.length} 个字"
        yield f"“{case.title}”页面能打开而{shown}，也没有图片或附件。"
