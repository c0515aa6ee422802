from collections.abc import Iterator
from datetime import timedelta

from rules.cases import AccountCase
from rules.cases.update_windows import NOT_SET
from rules.engine.rule import rule
from rules.vocabulary.terms import Evidence, Scope, Severity


# Defaults: days: no document that we could read sets a number.
@rule(
    "account.unanswered",
    name="政务新媒体留言没有答复",
    severity=Severity.NOTICE,
    basis="本地规定的新媒体留言答复时间；国家没有可以核实的天数，由站点文件设定",
    remedy="答复该账号上的网民留言；不需要答复的，在导入的表中不计入留言数。",
    takes=AccountCase,
    scope=Scope.ACCOUNT,
    evidence=[Evidence.IMPORTED],
)
def unanswered(case: AccountCase, *, days: int = NOT_SET) -> Iterator[str]:
    """政务新媒体账号上的网民留言，到数据截至日期已超过 days 天，还没有答复。

    days 为 0 表示本站没有设定，不作此判断。依据导入数据中的“留言”“答复”两列（当日留言数和其中已经答复的数）；没有导入数据、没有写明
    留言数的，不作此判断。
    """
    if not days or case.until is None:
        return
    old = [each for each in case.comments if each.day < case.until - timedelta(days=days)]
    waiting = sum(max(each.left - each.answered, 0) for each in old)
    if waiting:
        yield (
            f"{case.platform}“{case.name}”有 {waiting} 条网民留言超过 {days} 天没有答复"
            f"（其间共 {sum(each.left for each in old)} 条，数据截至 {case.until:%Y-%m-%d}）。"
        )
