from collections.abc import Iterator

from rules.cases import PostingCase
from rules.dates.disclosure_deadlines import deadline_of
from rules.dates.workdays import due_after
from rules.engine.rule import rule
from rules.vocabulary.terms import Evidence, Scope, Severity


# Defaults: within: older documents are archives put online.
@rule(
    "posting.late",
    name="超过规定时间公开",
    severity=Severity.NOTICE,
    basis=(
        "《政府信息公开条例》（国务院令第711号）第二十六条（20 个工作日）；国办发〔2018〕118号（行政许可、处罚决定 7 个"
        "工作日，其他执法决定 20 个工作日）；社会救助、养老服务领域基层政务公开标准目录（10 个工作日）"
    ),
    remedy="核对成文日期和发布日期，标注有误的更正；确属超期的，向政务公开办说明原因，今后按期公开。",
    takes=PostingCase,
    scope=Scope.POSTING,
    evidence=[Evidence.LISTS, Evidence.ARTICLES],
    lasting=True,
)
def late(case: PostingCase, *, within: int = 365) -> Iterator[str]:
    """从成文日期到发布日期，超过了规定的工作日数（含调休）：一般 20 个工作日；行政许可、行政处罚栏目的信息
    和这两类决定书 7 个工作日，其他执法决定 20 个工作日；社会救助、养老服务领域 10 个工作日。

    只判断看得出是本单位自己制发的文件（来源或文号是本单位），转载上级的不作此判断；页面看不到成文日期的不作此判断；
    成文后超过 within 天才发布的，多为历史文件补录或迁移，不作此判断。期限涉及的年份尚未公布放假安排的，期限只是暂定
    （只扣除周末），不据此认定任何人超期。
    """
    if case.signed is None or case.published is None or not case.authored:
        return
    taken = (case.published - case.signed).days
    line = deadline_of(case.path, case.title)
    if not line.workdays < taken <= within:
        return
    last = due_after(case.signed, line.workdays, case.calendar)
    if case.published > last.day and not last.provisional:
        yield (
            f"“{case.title}”{case.signed:%Y-%m-%d} 成文，应在 {last.day:%Y-%m-%d} 前（{line.workdays} 个工作日内）"
            f"公开，{case.published:%Y-%m-%d} 才发布，超期 {(case.published - last.day).days} 天（按{line.name}的期限）。"
        )
