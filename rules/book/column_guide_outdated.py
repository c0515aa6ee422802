from collections.abc import Iterator
from datetime import date

from rules.cases import ColumnCase
from rules.cases.update_windows import newest_of
from rules.engine.hysteresis import CONFIRMED
from rules.engine.rule import rule
from rules.vocabulary.column_kinds import holds_guide
from rules.vocabulary.terms import Evidence, Scope, Severity

# The day on which the amended 《政府信息公开条例》 took effect.
AMENDED = date(2019, 5, 15)


@rule(
    "column.guide_outdated",
    name="信息公开指南、目录陈旧",
    severity=Severity.NOTICE,
    basis="《政府信息公开条例》第十二条（公开指南和公开目录应当及时更新）；修订后的条例自 2019 年 5 月 15 日起施行",
    remedy="按现行条例核对并重新发布信息公开指南、目录；内容已经更新的，改正页面上的发布日期。",
    takes=ColumnCase,
    scope=Scope.COLUMN,
    evidence=[Evidence.LISTS],
    hysteresis=CONFIRMED,
    periodic=False,
)
def guide_outdated(case: ColumnCase, *, since: date = AMENDED) -> Iterator[str]:
    """信息公开指南或信息公开目录栏目中最新的一份，发布于 since 之前：早于现行条例施行，其中的依据、期限、收费已经改变。

    没有读到最新一条的、有信息看不出日期的、子栏目没有读到的、栏目没有信息的、开设在外部网站的、多单位共用的，不作此判断；
    since 当日还没有到的，不作此判断。
    """
    if not holds_guide(case.path) or case.shared or case.undated or case.unread_below or case.elsewhere_below:
        return
    newest = newest_of(case)
    if newest is None or not case.read_to_newest or newest >= since or case.looked_on < since:
        return
    yield f"“{case.title}”最新一份发布于 {newest:%Y-%m-%d}，早于 {since:%Y-%m-%d}，请核对是否已按现行条例更新。"
