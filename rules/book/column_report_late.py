from collections.abc import Iterator

from rules.book.column_annual_overdue import annual_overdue
from rules.book.column_due_soon import due_soon
from rules.book.column_guide_outdated import AMENDED
from rules.book.column_silent import silent
from rules.book.column_stale import stale
from rules.cases import AnnualReportCase
from rules.engine.finding import Finding
from rules.engine.hysteresis import CONFIRMED
from rules.engine.rule import Rule, Statement, rule
from rules.vocabulary.terms import Evidence, Scope, Severity


def explains(late: Finding, rule_: Rule, finding: Finding) -> bool:
    """同一栏目的“年度信息逾期未公开”“栏目更新不及时”“时段内未发布信息”等，不另行报告。"""
    follows = rule_ in (annual_overdue, due_soon, stale, silent)
    return follows and finding.about.column == late.about.column


@rule(
    "column.report_late",
    name="信息公开年报逾期",
    severity=Severity.SCORE,
    basis=(
        "《政府信息公开条例》第四十九条（县级以上人民政府部门 1 月 31 日前、政府 3 月 31 日前公布上一年度政府信息公开工作"
        "年度报告）；国办公开办函〔2021〕30号（乡镇参照部门）；街道办事处为通报惯例"
    ),
    remedy="公布上一年度政府信息公开工作年度报告；已在别处公布的，在本栏目放上链接并告知政务公开办。",
    takes=AnnualReportCase,
    scope=Scope.COLUMN,
    evidence=[Evidence.LISTS],
    hysteresis=CONFIRMED,
    explains=explains,
)
def report_late(case: AnnualReportCase) -> Iterator[Statement]:
    """信息公开年报栏目在期限（部门、乡镇、街道 1 月 31 日，政府 3 月 31 日）过后没有上一年度的报告，或报告显示的日期晚于期限。

    报告以标题中的年度辨认；标题没有写年度而发布于该年度之后的、无日期的，可能就是该报告，不作此判断。本单位的报告发在
    同类的另一栏目或全站其他栏目、标题写明单位和年度的，算已公布。期限过后没有完整读到的、栏目从未有过信息的（由“空白栏目”判断）、
    开设在外部网站的、多单位共用的，不作此判断。期限之前我们已经见到的，几个年度的报告标着同一天（多为网站迁移）的，
    不说逾期；期限在现行条例施行（2019 年 5 月 15 日）以前的，不作此判断。逾期之后已经公布的只列出，不再要求整改。
    """
    if not case.read or case.due < AMENDED:
        return
    owed = f"{case.year} 年度政府信息公开工作年度报告应在 {case.due:%Y-%m-%d} 前公布"
    if case.published is None:
        if not case.unsure:
            title = "›".join(case.path)
            yield Statement(f"{case.unit_names}的 {owed}，截至 {case.as_of:%Y-%m-%d} 在“{title}”中没有见到。")
        return
    seen_in_time = case.first_seen is not None and case.first_seen <= case.due
    if case.published > case.due and not (seen_in_time or case.redated or case.unsure):
        late = (case.published - case.due).days
        yield Statement(
            f"{case.unit_names}的 {owed}，显示发布于 {case.published:%Y-%m-%d}，晚 {late} 天。", settled=True
        )
