from collections.abc import Iterator

from rules.cases import ActivityCase
from rules.engine.hysteresis import CONFIRMED
from rules.engine.rule import rule
from rules.vocabulary.surveys import ActivityKind
from rules.vocabulary.terms import Evidence, Scope, Severity


@rule(
    "site.few_activities",
    name="征集调查、在线访谈次数偏少",
    severity=Severity.NOTICE,
    basis=(
        "国办秘函〔2019〕19号（征集调查：最近一年以 6 次为线，是扣分项还是加分项以当地所发指标为准）；"
        "在线访谈的次数没有可以核实的国家规定，由本站设定"
    ),
    remedy="按年度计划开展征集调查、在线访谈，并在相应栏目发布；在别处开展的，在栏目中放上链接。",
    takes=ActivityCase,
    scope=Scope.SITE,
    evidence=[Evidence.LISTS],
    hysteresis=CONFIRMED,
)
def few_activities(case: ActivityCase, *, surveys: int = 6, interviews: int = 0) -> Iterator[str]:
    """最近一年，全站征集调查类栏目发布的信息不足 surveys 条，或在线访谈类栏目不足 interviews 条（0 表示本站没有设定，不作此判断）。

    栏目以名称辨认，26 个试点领域内的栏目不算；几个栏目中标题和日期都相同的只算一条，结果反馈也算在内。其中任何一个栏目没有
    完整读到一年以前的、有信息看不出日期的、开设在外部网站的，不作此判断；没有这类栏目的不作此判断；没有读到的不作此判断。
    """
    line = surveys if case.activity is ActivityKind.SURVEY else interviews
    if not case.read or case.postings >= line:
        return
    results = f"（其中结果反馈 {case.results} 条）" if case.results else ""
    named = "、".join(f"“{column}”" for column in case.columns)
    yield (
        f"{case.since:%Y-%m-%d} 至 {case.as_of:%Y-%m-%d} 一年间，{named}发布{case.activity.value} {case.postings} 条{results}，"
        f"不足 {line} 条。"
    )
