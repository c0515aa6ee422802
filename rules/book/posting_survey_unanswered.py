from collections.abc import Iterator

from rules.cases import SurveyCase
from rules.engine.rule import rule
from rules.vocabulary.terms import Evidence, Scope, Severity


# Defaults: days: no document that we could read sets a number; the office sets its own.
@rule(
    "posting.survey_unanswered",
    name="征求意见没有结果反馈",
    severity=Severity.NOTICE,
    basis="办公室惯例（公开征求意见后公布意见收集和采纳情况）；国家没有统一的天数，由本站设定",
    remedy="公布本次征求意见的收集和采纳情况；已在原页面补充的，向政务公开办说明。",
    takes=SurveyCase,
    scope=Scope.POSTING,
    evidence=[Evidence.LISTS],
)
def survey_unanswered(case: SurveyCase, *, days: int = 0) -> Iterator[str]:
    """公开征求意见的信息发布超过 days 天，全站没有见到标题写明该文件名称的结果反馈（反馈、采纳、结果等）。

    days 为 0 表示本站没有设定，不作此判断。文件名称取标题书名号中的文字；没有书名号的不作此判断。当日征集调查类栏目没有完整读到的、
    看不出日期的，不作此判断。结果补充在原页面的看不出来，由人工核实。
    """
    if not days or not case.read or case.published is None or case.result:
        return
    age = (case.as_of - case.published).days
    if age > days:
        yield f"“{case.title}”发布于 {case.published:%Y-%m-%d}，已 {age} 天，没有见到《{case.draft}》的意见采纳情况或结果反馈。"
