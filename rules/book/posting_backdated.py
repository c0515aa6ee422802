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
    remedy="核实该信息实际的上网日期，标注有误的更正，今后按实际发布日期标注。",
    takes=PostingCase,
    scope=Scope.POSTING,
    evidence=[Evidence.LISTS],
)
def backdated(case: PostingCase, *, days: int = 3) -> Iterator[str]:
    """信息标明的发布日期，早于足以证明列表中当时还没有这条信息的最后一个夜晚，相差超过 days 天。

    例如标明 6 月 10 日发布，6 月 29 日夜间查看时列表中还没有，则它至少晚 19 天上网。写稿与审核之间有几天间隔属正常，因此留有
    days 天。

    某夜“没有看到”要能证明“当时没有”，须当夜读到了它应在的位置，并且以下三者有其一：读到的条数与列表写明的总数相符；标明日期之后
    七天内有一夜查看过列表（当时它应在最前面）；标明日期在首次采集之前的，与它日期相邻的信息在首次采集时位于同一页（翻页之间
    可能漏掉信息）。

    首次采集就已经在列表中的、同一标题（含只显示前半的）同一日期的信息此前已在本站出现过的（改版换址或移动栏目），不作此判断。
    """
    late = case.late_by
    if late is None or late <= days or case.published is None or case.absent_on is None:
        return
    yield (
        f"“{case.title}”标明 {case.published:%Y-%m-%d} 发布，而 {case.absent_on:%Y-%m-%d} 夜间查看时列表中还没有，"
        f"至少晚 {late} 天上网，请核实是否补录或倒填日期。"
    )
