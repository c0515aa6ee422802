from collections.abc import Iterator

from rules.cases import ColumnCase
from rules.cases.update_windows import NOT_SET
from rules.engine.rule import rule
from rules.vocabulary.column_kinds import ColumnKind
from rules.vocabulary.terms import Evidence, Scope, Severity


@rule(
    "column.long_gap",
    name="相邻两条信息间隔过长",
    severity=Severity.NOTICE,
    basis="本地规定（如基层政务公开栏目相邻信息间隔不超过 90 天）；国家没有统一规定，由站点文件设定",
    remedy="核实中间一段为何没有发布，应公开而没有公开的补充公开并如实标明日期，此后按规定的间隔发布。",
    takes=ColumnCase,
    scope=Scope.COLUMN,
    evidence=[Evidence.LISTS],
    lasting=True,
)
def long_gap(case: ColumnCase, *, days: int = NOT_SET) -> Iterator[str]:
    """统计时段内，相邻两条信息的间隔超过 days 天：栏目虽然后来更新了，中间曾长期停更。

    days 为 0 表示本站没有设定，不作此判断；栏目自己的更新周期由“栏目更新不及时”判断，这里不重复。
    只比较完整读到的那一段列表，列表中有信息看不出日期的、没有读到的、多单位共用的、已结束的专题，不作此判断。
    """
    seen = case.outcome is not None and case.outcome.seen and not case.elsewhere
    if not days or case.gap is None or not seen or case.undated or case.shared:
        return
    if case.kind is ColumnKind.CAMPAIGN:
        return
    first, second = case.gap
    gap = (second - first).days
    if gap > days:
        yield (
            f"“{case.title}”在 {first:%Y-%m-%d} 与 {second:%Y-%m-%d} 之间 {gap} 天没有发布信息，"
            f"超过 {days} 天的间隔上限。"
        )
