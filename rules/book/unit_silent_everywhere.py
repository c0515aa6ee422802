from collections.abc import Iterator

from rules.book.column_silent import silent
from rules.book.unit_below_minimum import below_minimum
from rules.book.unit_few_postings import few_postings
from rules.cases import UnitCase
from rules.engine.finding import Finding
from rules.engine.rule import Rule, rule
from rules.vocabulary.terms import Evidence, Scope, Severity


def includes(everywhere: Finding, rule_: Rule, finding: Finding) -> bool:
    """该单位同一时段的“发布信息较少”“发布数低于本地最低标准”，各栏目的“时段内未发布信息”。"""
    same = finding.units == everywhere.units and finding.period == everywhere.period
    return rule_ in (silent, few_postings, below_minimum) and same


@rule(
    "unit.silent_everywhere",
    name="单位在全部栏目均未发布信息",
    severity=Severity.NOTICE,
    basis="通报惯例“政府信息公开数量为 0”（国家没有每季度必须发布的规定）",
    remedy="核实该时段有无应公开而没有公开的信息，有的补充公开，没有的向政务公开办说明。",
    takes=UnitCase,
    scope=Scope.UNIT,
    evidence=[Evidence.LISTS],
    includes=includes,
)
def silent_everywhere(case: UnitCase) -> Iterator[str]:
    """统计时段已经结束，单位负责的全部栏目（含与其他单位共担的、多单位共用的、基层政务公开以外的）都完整读到，
    而一条信息也没有。

    任何一个栏目没有完整读到，或没有可读的栏目（全部开设在外部网站），不作此判断；时段未结束不作此判断。
    """
    if case.everywhere != 0 or case.columns == 0 or not case.period.over(case.as_of):
        return
    external = f"，另有 {case.external} 个栏目开设在外部网站、未计入" if case.external else ""
    yield f"{case.unit_names}{case.period.title}在全部 {case.columns} 个栏目均未发布信息{external}。"
