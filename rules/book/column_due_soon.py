from collections.abc import Iterator
from datetime import timedelta

from rules.book.column_stale import stale
from rules.cases import ColumnCase
from rules.cases.update_windows import (
    NEWS_DAYS,
    NOT_SET,
    NOTICE_MONTHS,
    PLAN_MONTHS,
    Windows,
    age_of,
    days_left,
    window_of,
)
from rules.engine.hysteresis import Hysteresis
from rules.engine.rule import Statement, rule
from rules.vocabulary.terms import Evidence, Scope, Severity

# A quarter of the window at most: ten days before a window of fourteen would be a warning without end.
LARGEST_SHARE = 4


# Defaults: before: enough time to obtain something and publish it; no document sets it.
@rule(
    "column.due_soon",
    name="栏目即将超期",
    severity=Severity.NOTICE,
    basis="各地做法：超期前提醒（栏目即将超期提示）；期限同“栏目更新不及时”",
    remedy="在到期前（含当日）发布一条属于本栏目的信息；确无信息可发的，提前向政务公开办报备。",
    takes=ColumnCase,
    scope=Scope.COLUMN,
    evidence=[Evidence.LISTS],
    hysteresis=Hysteresis(1, 1),  # a countdown is over as soon as the column is updated or overdue
    periodic=False,
    follows=stale,
)
def due_soon(
    case: ColumnCase,
    *,
    before: int = 10,
    news: int = NEWS_DAYS,
    notices: int = NOTICE_MONTHS,
    plans: int = PLAN_MONTHS,
    days: int = NOT_SET,
) -> Iterator[Statement]:
    """栏目尚未超期，但距更新期限不足 before 天，提前提醒，并写明还剩几天。

    更新期限较短的栏目，提前天数不超过期限的四分之一（14 天的提前 3 天，30 天的提前 7 天）。期限的取法与“栏目更新不及时”
    相同：news、notices、plans、days 四项随该规则的设置，也可以单独设置。不足以判断是否超期的栏目同样不作提醒。
    """
    window, age = window_of(case, Windows(news, notices, plans, days)), age_of(case)
    left = days_left(case, window)
    if window is None or age is None or left is None or case.shared:
        return
    window_days = age + left
    left -= (
        case.as_of - case.looked_on
    ).days  # the countdown goes on while nobody looks, an accusation does not
    if 0 <= left <= min(before, window_days // LARGEST_SHARE):
        last = case.as_of + timedelta(days=left)
        when = "今日到期" if left == 0 else f"还有 {left} 天到期"
        sentence = (
            f"“{case.title}”已 {age} 天未更新，{when}（期限 {window.words}，{window.source}），"
            f"请在 {last:%Y-%m-%d} 前（含当日）更新。"
        )
        yield Statement(sentence, due_on=last)
