from collections.abc import Iterator

from rules.cases import AccountCase
from rules.engine.rule import rule
from rules.vocabulary.terms import Evidence, Scope, Severity


@rule(
    "account.stale",
    name="政务新媒体不更新",
    severity=Severity.VETO,
    basis="国办秘函〔2019〕19号（政务新媒体单项否决：监测时间点前 2 周内无更新）",
    remedy="在该账号发布一条本单位的信息，此后至少每两周更新一次；不再维护的，按程序申请注销。",
    within=3,
    takes=AccountCase,
    scope=Scope.ACCOUNT,
    evidence=[Evidence.IMPORTED],
)
def stale(case: AccountCase, *, days: int = 14) -> Iterator[str]:
    """政务新媒体账号在数据截至日期前 days 天内没有更新。

    依据导入的更新记录判断，截至日期以数据为准，不以检查当日为准。没有导入数据、数据覆盖不足 days 天的，不作此判断；
    数据覆盖的整段时间内没有任何更新的，按数据起始日期计算，写作“至少”。
    """
    if case.until is None or case.since is None or (case.until - case.since).days < days:
        return
    newest = max((day for day in case.updates if day <= case.until), default=None)
    age = (case.until - (newest or case.since)).days
    if newest is None:
        yield (
            f"{case.platform}“{case.name}”自 {case.since:%Y-%m-%d} 至 {case.until:%Y-%m-%d} 没有更新，"
            f"至少已 {age} 天，超过 {days} 天的期限。"
        )
    elif age > days:
        yield (
            f"{case.platform}“{case.name}”最近一次更新为 {newest:%Y-%m-%d}，截至 {case.until:%Y-%m-%d} "
            f"已 {age} 天未更新，超过 {days} 天的期限。"
        )
