from collections.abc import Iterator

from rules.cases import PostingCase
from rules.engine.rule import rule
from rules.vocabulary.terms import Evidence, Scope, Severity


# Defaults: days: between writing and release; no document sets it.
@rule(
    "posting.backdated",
    name="实际上网晚于所标日期",
    severity=Severity.NOTICE,
    basis="国办秘函〔2019〕19号（弄虚作假，如伪造发稿日期，属单项否决）；是否倒填日期由人工核实，系统只给出最少晚了几天",
    takes=PostingCase,
    scope=Scope.POSTING,
    evidence=[Evidence.LISTS],
)
def backdated(case: PostingCase, *, days: int = 3) -> Iterator[str]:
    """信息标明的发布日期，早于本系统完整查看过该列表而没有这条信息的最后一个夜晚，相差超过 days 天。

    例如标明 6 月 10 日发布，6 月 29 日夜间完整读到了列表中 6 月 10 日以前的部分而没有它，则它至少晚 19 天上网。
    写稿与审核之间有几天间隔属正常，因此留有 days 天。

    首次采集就已经在列表中的、此前没有完整读到那一段列表的（“没有看到”不等于“没有”）、同一标题同一日期的信息此前
    已在本站出现过的（改版换址或移动栏目），不作此判断。
    """
    late = case.late_by
    if late is None or late <= days or case.published is None or case.absent_on is None:
        return
    yield (
        f"“{case.title}”标明 {case.published:%Y-%m-%d} 发布，而 {case.absent_on:%Y-%m-%d} 夜间查看时列表中还没有，"
        f"至少晚 {late} 天上网，请核实是否补录或倒填日期。"
    )
