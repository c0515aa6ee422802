from collections.abc import Iterator

from rules.book.posting_wrong_wording import described
from rules.cases import ArticleCase
from rules.engine.rule import rule
from rules.vocabulary.terms import Evidence, Scope, Severity


@rule(
    "posting.grave_wording",
    name="疑似严重表述错误",
    severity=Severity.PROBLEM,
    basis=(
        "国办秘函〔2019〕19号（出现严重表述错误，单项否决“安全、泄密事故等严重问题”）；是否属于严重表述错误由人工认定，"
        "缺省词表只收国家、政党、领导人、指导思想名称的错字和涉台涉港澳的错误表述"
    ),
    remedy="立即核对原文，属实的当日改正并报告政务公开办；属于引用的，把例外写进错敏词表。",
    within=0,
    takes=ArticleCase,
    scope=Scope.ARTICLE,
    evidence=[Evidence.ARTICLES],
)
def grave_wording(case: ArticleCase, *, words: int = 1) -> Iterator[str]:
    """标题、正文或附件中有错敏词表列为“严重”的表述，至少 words 种。属于国家标准的严重表述错误的，一处即单项否决，所以另列。

    按字面对照，由人工核实；写明除外的词语、谈论错误表述的文章、更正或禁止某种表述的那一行不算。词表注明遮盖的，只显示第一个字。
    没有读到的页面和附件不作此判断。
    """
    grave = [hit for hit in case.wording if hit.grave]
    if grave and len(grave) >= words:
        yield f"“{case.title}”中疑似有严重表述错误：{described(grave)}，请立即核实。"
