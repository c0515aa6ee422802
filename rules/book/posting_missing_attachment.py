from collections.abc import Iterator

from rules.cases import ArticleCase
from rules.engine.rule import rule
from rules.vocabulary.terms import Evidence, Scope, Severity

# Annexes that are named.
SHOWN = 3


@rule(
    "posting.missing_attachment",
    name="缺少附件",
    severity=Severity.NOTICE,
    basis="通报惯例（正文所列附件未上传）；国家没有统一的单页标准，仅作提示",
    remedy="上传正文所列的附件；附件不公开的，在正文中注明。",
    takes=ArticleCase,
    scope=Scope.ARTICLE,
    evidence=[Evidence.ARTICLES],
)
def missing_attachment(case: ArticleCase, *, promised: int = 1) -> Iterator[str]:
    """正文写明有附件（至少 promised 个），而页面上一个附件也没有。

    附件内容就排在正文后面的、写明“附件略”的、以图片或内嵌文件形式给出的、另给网址或二维码的、文章分页而附件可能在后页的，不算缺少；没有读到的内容页不作此判断。
    """
    carried = case.pictures or case.embedded or case.attachments
    if case.well_read and case.promised and len(case.promised) >= promised and not carried:
        shown = "、".join(f"“{name}”" for name in case.promised[:SHOWN])
        more = f"等 {len(case.promised)} 个" if len(case.promised) > SHOWN else ""
        yield f"“{case.title}”正文写明附件{shown}{more}，页面上没有附件。"
