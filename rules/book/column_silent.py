from collections.abc import Iterator

from rules.cases import ColumnCase
from rules.cases.update_windows import rarer_than
from rules.dates.periods import parse_period
from rules.engine.finding import LABELS, Finding
from rules.engine.rule import Rule, rule
from rules.vocabulary.column_kinds import ColumnKind
from rules.vocabulary.terms import Evidence, Exactness, Scope, Severity

ID = "column.silent"


def same_silence(greater: Finding, rule_: Rule, finding: Finding) -> bool:
    """同一栏目的“时段内未发布信息”，而该栏目最新的信息早于该时段。"""
    same = rule_.id == ID and (finding.units, finding.path) == (greater.units, greater.path)
    facts = dict(greater.observations)
    days = [facts[LABELS[name]] for name in ("newest", "newest_below") if LABELS[name] in facts]
    blank = greater.rule == "column.empty"
    return (
        same and (blank or bool(days)) and all(day < f"{parse_period(finding.period).start}" for day in days)
    )


@rule(
    ID,
    name="时段内未发布信息",
    severity=Severity.NOTICE,
    basis="通报惯例“第二季度未发布信息”（国家没有每季度必须发布的规定，更新期限见“栏目更新不及时”）",
    remedy="核实该时段有无应公开的信息，有的补充公开并如实标明日期，没有的向政务公开办说明。",
    takes=ColumnCase,
    scope=Scope.COLUMN,
    evidence=[Evidence.LISTS],
)
def silent(case: ColumnCase) -> Iterator[str]:
    """统计时段已经结束，完整读到了该时段的列表，而一条信息也没有。

    时段未结束、计数只是“至少”或没有读到的，不作此判断；多单位共用的栏目、外部网站的栏目不作此判断。
    站点文件写明是已结束的专题（kind = "专题"）的，不作此判断。
    更新周期（站点文件写明的 cycle、due，或人事信息、规划计划类的一年）长于该时段的，按其周期判断，不作此判断。
    下设子栏目的，子栏目在时段内有信息即算有，子栏目没有读到的不作此判断。
    时段内的信息曾经见到、后来撤下的，不说“未发布”，如实说已撤下。
    """
    if case.period is None or not case.period.over(case.as_of) or case.elsewhere or case.shared:
        return
    if case.count_below or case.unread_below or case.elsewhere_below or case.kind is ColumnKind.CAMPAIGN:
        return
    if rarer_than(case, case.period):
        return
    if case.count != 0 or case.exactness is not Exactness.EXACT:
        return
    if case.withdrawn:
        yield f"“{case.title}”{case.period.title}没有信息在网，曾见到的 {case.withdrawn} 条已撤下，请核实原因。"
    else:
        yield f"“{case.title}”{case.period.title}未发布信息。"
