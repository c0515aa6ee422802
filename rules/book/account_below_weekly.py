from collections.abc import Iterator
from datetime import date, timedelta

from rules.cases import AccountCase
from rules.cases.update_windows import NOT_SET
from rules.engine.rule import rule
from rules.vocabulary.terms import Evidence, Scope, Severity

WEEK = timedelta(days=7)


# Defaults: weeks: about the month that local rules count by. The minimum itself is the site's.
@rule(
    "account.below_weekly",
    name="政务新媒体更新次数低于本地要求",
    severity=Severity.NOTICE,
    basis="本地规定的每周最低更新次数（如“每周不少于 2 次”）；国家没有统一规定，由站点文件设定",
    remedy="按本地要求的每周次数更新该账号，确无内容可发的，向政务公开办申请调整或注销账号。",
    takes=AccountCase,
    scope=Scope.ACCOUNT,
    evidence=[Evidence.IMPORTED],
)
def below_weekly(case: AccountCase, *, weekly: int = NOT_SET, weeks: int = 4) -> Iterator[str]:
    """最近 weeks 个完整的自然周（周一至周日）中，有一周的更新次数低于 weekly 次。

    weekly 为 0 表示本站没有设定，不作此判断。只看导入数据完整覆盖的周；没有导入数据、没有一个完整的周，不作此判断。
    """
    if not weekly or case.until is None or case.since is None:
        return
    counts = [(monday, _updates(case, monday)) for monday in _full_weeks(case.since, case.until)[-weeks:]]
    low = [(monday, count) for monday, count in counts if count < weekly]
    if low:
        shown = "、".join(f"{monday:%Y-%m-%d} 起一周 {count} 次" for monday, count in low)
        yield f"{case.platform}“{case.name}”最近 {len(counts)} 周中有 {len(low)} 周不足 {weekly} 次：{shown}。"


def _full_weeks(since: date, until: date) -> list[date]:
    """The Mondays of the weeks that lie wholly inside, oldest first."""
    monday = since + timedelta(days=-since.weekday() % 7)
    last = until - WEEK + timedelta(days=1)
    return [monday + WEEK * n for n in range((last - monday).days // 7 + 1)] if monday <= last else []


def _updates(case: AccountCase, monday: date) -> int:
    return sum(monday <= day < monday + WEEK for day in case.updates)
