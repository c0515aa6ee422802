from collections.abc import Iterator

from rules.cases import ColumnCase
from rules.engine import rule
from rules.terms import Severity


@rule(
    "column.stale",
    name="栏目更新不及时",
    severity=Severity.SCORE,
    basis="国办秘函〔2019〕19号（应更新但长期未更新的栏目；政策文件、通知公告类 6 个月）；本站设定的更新周期优先",
    takes=ColumnCase,
)
def stale(case: ColumnCase, *, days: int = 183) -> Iterator[str]:
    """最新一条信息距今超过更新周期，即为更新不及时。

    周期取站点文件中该栏目的 cycle；没有写明时取 days 天。只读到一部分、列表中有信息看不出日期的栏目，
    可能有更新的信息没有看到，不作此判断；没有任何信息的栏目由“空白栏目”判断。
    """
    limit = case.cycle or days
    if case.outcome is None or not case.outcome.good or case.elsewhere or case.undated or not case.newest:
        return
    age = (case.as_of - case.newest).days
    if age > limit:
        yield (
            f"“{case.title}”最新信息发布于 {case.newest:%Y-%m-%d}，截至 {case.as_of:%Y-%m-%d} 已 {age} 天未更新，"
            f"超过 {limit} 天的更新周期。"
        )
