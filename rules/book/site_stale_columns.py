from rules.cases import ColumnCase, SiteCase
from rules.cases.update_windows import (
    NEWS_DAYS,
    NOTICE_MONTHS,
    Windows,
    kind_of_case,
    national_window,
    overdue_by,
)
from rules.engine.hysteresis import CONFIRMED
from rules.engine.rule import Measure, veto
from rules.engine.veto_columns import count_columns, measured, named, pages_of
from rules.vocabulary.terms import Evidence


@veto(
    "site.stale_columns",
    name="栏目不更新",
    basis=(
        "国办秘函〔2019〕19号 单项否决“栏目不更新”（动态、要闻类栏目 2 周内未更新的，"
        "通知公告、政策文件类一级栏目 6 个月内未更新的，两类累计达到 5 个）"
    ),
    remedy="督促所列栏目的责任单位更新信息，不再使用的栏目关闭或归并。",
    evidence=[Evidence.LISTS],
    hysteresis=CONFIRMED,
)
def stale_columns(
    case: SiteCase, *, columns: int = 5, news: int = NEWS_DAYS, notices: int = NOTICE_MONTHS
) -> Measure:
    """动态要闻类栏目超过 news 天未更新的，与通知公告、政策文件类一级栏目超过 notices 个月未更新的，两类相加达到 columns 个。

    按国家期限计算，不用本站的更新周期；26 个试点领域内的栏目不属于这两类；通知公告、政策文件类的二级栏目由“应更新未更新的
    栏目较多”计算。同一页面由几个单位共担的只算一个；空白栏目由“空白栏目较多”计算。本地豁免不改变国家否决线：豁免的栏目
    照样计入，并注明扣除后的个数。没有完整读到的栏目不计入，并注明个数。
    """
    windows = Windows(news=news, notices=notices)

    def name(column: ColumnCase) -> str | None:
        age = overdue_by(column, national_window(column, windows))
        return None if age is None else f"{named(column)}（{kind_of_case(column).value}类，{age} 天）"

    counted = count_columns(case, name)
    return measured(
        counted, len(pages_of(case.columns)), columns, "动态要闻、通知公告、政策文件类栏目不更新的合计"
    )
