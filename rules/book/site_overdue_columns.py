from rules.book.column_annual_overdue import missed
from rules.book.column_stale import stale
from rules.cases import ColumnCase, SiteCase
from rules.cases.update_windows import (
    NOT_SET,
    NOTICE_MONTHS,
    PLAN_MONTHS,
    Windows,
    national_window,
    overdue_by,
    window_of,
)
from rules.engine.hysteresis import CONFIRMED
from rules.engine.rule import Measure, veto
from rules.engine.veto_columns import count_columns, measured, named, pages_of
from rules.vocabulary.terms import Evidence


@veto(
    "site.overdue_columns",
    name="应更新未更新的栏目较多",
    basis=(
        "国办秘函〔2019〕19号 单项否决“栏目不更新”（应更新但长期未更新的栏目达到 10 个）；"
        "期限：2015年全国政府网站普查评分表（人事、规划计划类 1 年）和本站设定的更新周期"
    ),
    remedy="督促所列栏目的责任单位更新信息，确无信息可发的栏目关闭或归并。",
    evidence=[Evidence.LISTS],
    hysteresis=CONFIRMED,
    follows=stale,
)
def overdue_columns(
    case: SiteCase,
    *,
    columns: int = 10,
    notices: int = NOTICE_MONTHS,
    plans: int = PLAN_MONTHS,
    days: int = NOT_SET,
) -> Measure:
    """应更新而长期未更新的栏目达到 columns 个。

    应更新的栏目，指站点文件写明了更新周期 cycle 的，写明了每年公开日 due 而逾期的，通知公告、政策文件类的二级栏目
    （notices 个月），人事信息和规划计划类的（plans 个月），以及本站设定了其他栏目更新周期的（days 天，0 表示没有设定；
    notices、plans、days 随“栏目更新不及时”的设置）。
    动态要闻类和通知公告、政策文件类一级栏目已由“栏目不更新”计算，空白栏目已由“空白栏目较多”计算，不重复计。
    本地豁免不改变国家否决线：豁免的栏目照样计入，并注明扣除后的个数。没有完整读到的栏目不计入，并注明个数。
    """
    windows = Windows(notices=notices, plans=plans, days=days)

    def name(column: ColumnCase) -> str | None:
        window = window_of(column, windows)
        age = overdue_by(column, window)
        if national_window(column, windows):
            return None
        if window is not None and age is not None:
            return f"{named(column)}（{age} 天，期限 {window.words}）"
        day = missed(column)
        return f"{named(column)}（应在 {day:%Y-%m-%d} 前公开）" if day else None

    counted = count_columns(case, name)
    return measured(counted, len(pages_of(case.columns)), columns, "应更新而长期未更新的栏目")
