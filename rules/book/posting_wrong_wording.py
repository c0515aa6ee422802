from collections.abc import Iterator

from rules.cases import ArticleCase
from rules.engine.rule import rule
from rules.scanners.wording import WordingHit
from rules.vocabulary.terms import Evidence, Scope, Severity

# Wordings that are listed.
SHOWN = 3


@rule(
    "posting.wrong_wording",
    name="疑似错别字或不规范表述",
    severity=Severity.NOTICE,
    basis="通报惯例（错敏词）；缺省词表取新华社《新闻信息报道中的禁用词和慎用词》和通行词典，办公室可以增减",
    remedy="核对原文，确属错误的改正；属于引用或另有依据的，把例外写进错敏词表。",
    takes=ArticleCase,
    scope=Scope.ARTICLE,
    evidence=[Evidence.ARTICLES],
)
def wrong_wording(case: ArticleCase, *, words: int = 1) -> Iterator[str]:
    """标题、正文或附件中有错敏词表所列的一般错误表述，至少 words 种。

    词表由缺省词表加上站点文件 wording 所指的文件组成，按字面对照，由人工核实。写明除外的词语、谈论错误表述的文章、
    更正或禁止某种表述的那一行、书名号中引用的标题，都不算。词表注明遮盖的，只显示第一个字。没有读到的页面和附件不作此判断。
    词表改动后，当夜起用保存的页面重新对照（附件没有保存，重新打开时才对照），不再访问网站。
    """
    ordinary = [hit for hit in case.wording if not hit.grave]
    if ordinary and len(ordinary) >= words:
        yield f"“{case.title}”中疑似有错误表述：{described(ordinary)}，请核对。"


def described(hits: list[WordingHit]) -> str:
    """The wordings with what they should be and where they stand, the first few."""
    more = f"等 {len(hits)} 处" if len(hits) > SHOWN else ""
    return "、".join(_one(hit) for hit in hits[:SHOWN]) + more


def _one(hit: WordingHit) -> str:
    around = f"，原文“{hit.around}”" if hit.around and hit.around != hit.wrong else ""
    return f"“{hit.wrong}”（应为“{hit.right}”，见{hit.place}{around}）"
