from collections.abc import Iterator

from rules.cases import UnitCase
from rules.engine.rule import rule
from rules.vocabulary.terms import Evidence, Scope, Severity


# Defaults: peers: the mean of two is no standard. share: 平均数以下, as bulletins say.
@rule(
    "unit.few_postings",
    name="发布信息较少（建议点名）",
    severity=Severity.NOTICE,
    basis="通报惯例：同类单位平均数以下；是否点名由编辑决定",
    remedy="核实该时段有无应公开而没有公开的信息，有的补充公开并如实标明日期。",
    takes=UnitCase,
    scope=Scope.UNIT,
    evidence=[Evidence.LISTS],
)
def few_postings(case: UnitCase, *, share: float = 1.0, peers: int = 3) -> Iterator[str]:
    """单位在时段内的发布数低于同类单位平均数的 share 倍，建议在通报中点名。

    只比较至少 peers 个同类单位；本单位有任何栏目没有完整读到时不作此判断；同类单位未完整读到的，
    其发布数按已看到的最小值计，平均数只会偏低，不会冤枉人。时段未结束不作此判断。
    """
    if not case.exact or len(case.peers) < peers or not case.period.over(case.as_of):
        return
    mean = sum(case.peers) / len(case.peers)
    if case.count < mean * share:
        yield (
            f"{case.unit_names}{case.period.title}发布信息 {case.count} 条，"
            f"低于同类 {len(case.peers)} 个单位的平均数 {mean:.1f} 条。"
        )
