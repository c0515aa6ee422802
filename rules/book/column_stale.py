from collections.abc import Iterator

from rules.book.column_silent import same_silence
from rules.cases import ColumnCase
from rules.cases.update_windows import (
    NEWS_DAYS,
    NOT_SET,
    NOTICE_MONTHS,
    PLAN_MONTHS,
    Windows,
    overdue_by,
    window_of,
)
from rules.engine.hysteresis import CONFIRMED
from rules.engine.rule import rule
from rules.vocabulary.terms import Evidence, Scope, Severity


@rule(
    "column.stale",
    name="栏目更新不及时",
    severity=Severity.SCORE,
    basis=(
        "动态要闻类 2 周、通知公告和政策文件类 6 个月，国办秘函〔2019〕19号；人事信息、规划计划类 1 年，2015年全国政府网站普查评分表；"
        "写明更新周期的和其他栏目，本站的规定，优先于前两项"
    ),
    remedy="发布属于本栏目的最新信息；确无信息可发的，向政务公开办报备原因和下次更新日期。",
    takes=ColumnCase,
    scope=Scope.COLUMN,
    evidence=[Evidence.LISTS],
    hysteresis=CONFIRMED,
    includes=same_silence,
    periodic=False,
)
def stale(
    case: ColumnCase,
    *,
    news: int = NEWS_DAYS,
    notices: int = NOTICE_MONTHS,
    plans: int = PLAN_MONTHS,
    days: int = NOT_SET,
) -> Iterator[str]:
    """最新一条信息距今超过更新期限，即为更新不及时。

    期限先看站点文件为该栏目写明的 cycle；没有写明时按栏目名称所示类别：动态要闻类 news 天，通知公告、政策文件类
    notices 个月（按日历月），人事信息、规划计划类 plans 个月；26 个试点领域内的栏目和其他栏目，国家没有统一期限，取本站设定的 days 天，
    days 为 0 表示本站没有设定，不作此判断。类别由栏目名称对照固定词表得出，站点文件可以另行指定。

    信息公开年报、公开指南、总体规划等多年规划的栏目，不按 days 判断：只按站点文件为它写明的 cycle。
    站点文件写明是已结束的专题（kind = "专题"）的，不作此判断。
    判断之日没有读取的，只算到最近一次读取之日：没有查看的日子不算在栏目头上。
    下设子栏目的，子栏目的更新算作该栏目的更新；子栏目没有读到的不作此判断。只读到一部分而不能证明最新一条以来
    的列表是完整的、列表中有信息看不出日期的，可能有更新的信息没有看到，不作此判断；多单位共用的列表不算在某一单位名下；没有任何信息的栏目由“空白栏目”判断。
    """
    window = window_of(case, Windows(news, notices, plans, days))
    age = overdue_by(case, window)
    if window is None or age is None or case.shared:
        return
    newest = f"最新信息发布于 {case.newest:%Y-%m-%d}"
    if case.newest and case.newest_below and case.newest_below > case.newest:
        newest = f"及其子栏目最新信息发布于 {case.newest_below:%Y-%m-%d}"
    yield (
        f"“{case.title}”{newest}，截至 {case.looked_on:%Y-%m-%d} 已 {age} 天未更新，超过 {window.words}的更新期限"
        f"（{window.source}）。"
    )
