from collections.abc import Iterator

from rules.cases import UnitCase
from rules.cases.update_windows import NOT_SET
from rules.engine.rule import rule
from rules.vocabulary.terms import Evidence, Scope, Severity


@rule(
    "unit.below_minimum",
    name="发布数低于本地最低标准",
    severity=Severity.NOTICE,
    basis="本地规定的每月最低发布条数（如“最低标准：20”）；国家没有统一规定，由站点文件设定",
    remedy="核实该时段有无应公开而没有公开的信息，有的补充公开，此后按本地规定的数量发布。",
    takes=UnitCase,
    scope=Scope.UNIT,
    evidence=[Evidence.LISTS],
)
def below_minimum(case: UnitCase, *, departments: int = NOT_SET, local: int = NOT_SET) -> Iterator[str]:
    """单位在时段内的发布数低于本地规定的每月最低条数乘以月数。

    departments 是部门每月最低条数，local 是乡镇、街道每月最低条数；为 0 表示本站没有设定，不作此判断。
    时段未结束、本单位有任何栏目没有完整读到的，不作此判断；门户自身不作此判断。
    """
    monthly = {"部门": departments, "乡镇": local, "街道": local}.get(case.kind.value, NOT_SET)
    months = case.period.last.month - case.period.start.month + 1
    if not monthly or not case.exact or not case.period.over(case.as_of):
        return
    if case.count < monthly * months:
        per_month = "" if months == 1 else f"（每月 {monthly} 条）"
        yield (
            f"{case.unit_names}{case.period.title}发布信息 {case.count} 条，"
            f"低于最低标准 {monthly * months} 条{per_month}。"
        )
