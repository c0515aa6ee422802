from collections.abc import Iterator
from statistics import median

from rules.cases import UnitCase
from rules.engine.rule import rule
from rules.vocabulary.terms import Evidence, Scope, Severity


# Defaults: peers: the middle of two is no standard. share: half of the units lie below a median; who asks for less names fewer.
# Below both medians: by the total alone an office with one column is always the last, by the mean of its columns alone
# the first of the annex may be named.
@rule(
    "unit.few_postings",
    name="发布信息较少（建议点名）",
    severity=Severity.NOTICE,
    basis="通报惯例：与同类单位的中位数比较，并按栏目数折算（国家没有发布数量的规定）",
    remedy="核实该时段有无应公开而没有公开的信息，有的补充公开并如实标明日期。",
    takes=UnitCase,
    scope=Scope.UNIT,
    evidence=[Evidence.LISTS],
)
def few_postings(case: UnitCase, *, share: float = 1.0, peers: int = 3) -> Iterator[str]:
    """单位在时段内的发布总数和平均每个栏目的发布数，都低于同类单位中位数的 share 倍，建议在通报中点名。

    发布总数就是通报附件中该单位的合计；每个栏目的平均数只除以该时段应当更新的栏目，按年度或更长周期更新的栏目、
    已结束的专题、开设在外部网站的栏目不算，空白而子栏目有内容的上级栏目、没有信息而已经豁免的栏目也不算。
    街道、乡镇相互比较，部门相互比较。
    一条也没有发布的，只要同类单位中有发布的，如实说未发布信息。
    只比较至少 peers 个同类单位；本单位有任何栏目没有完整读到时不作此判断；同类单位未完整读到的，
    其发布数按已看到的最小值计，中位数只会偏低，不会冤枉人。时段未结束不作此判断；发通报的单位自己不作此判断。
    """
    if not case.exact or not case.owed or len(case.peers) < peers or not case.period.over(case.as_of):
        return
    middle, middle_rate = median(case.peers), median(case.peer_rates)
    nothing = not case.count and any(case.peers)
    if not nothing and (case.count >= middle * share or case.rate >= middle_rate * share):
        return
    among = f"同类 {len(case.peers)} 个单位的中位数"
    if nothing:
        yield (
            f"{case.unit_names}{case.period.title}应当更新的 {case.owed} 个栏目未发布信息，"
            f"{among}是 {middle:g} 条、平均每个栏目 {middle_rate:.1f} 条。"
        )
    else:
        yield (
            f"{case.unit_names}{case.period.title}发布信息 {case.count} 条，{case.owed} 个栏目平均 {case.rate:.1f} 条，"
            f"都低于{among}（{middle:g} 条、{middle_rate:.1f} 条）。"
        )
