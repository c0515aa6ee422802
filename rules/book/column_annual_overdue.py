from collections.abc import Iterator
from datetime import date

from rules.cases import ColumnCase
from rules.cases.annual_reports import last_due
from rules.cases.update_windows import newest_of
from rules.dates.periods import months_after
from rules.engine.hysteresis import CONFIRMED
from rules.engine.rule import rule
from rules.vocabulary.terms import Evidence, Scope, Severity

# Months before its day in which a year's document may already come out, also in the year before: a plan due in January.
EARLY = 6


@rule(
    "column.annual_overdue",
    name="年度信息逾期未公开",
    severity=Severity.SCORE,
    basis=(
        "站点文件写明的每年公开日期，如预决算（《预算法》第十四条：批准后 20 日内）、"
        "政府信息公开年度报告（《政府信息公开条例》第四十九条：1 月 31 日、3 月 31 日）"
    ),
    remedy="公开本年度应公开的信息；尚未形成的，向政务公开办书面说明原因和公开日期。",
    takes=ColumnCase,
    scope=Scope.COLUMN,
    evidence=[Evidence.LISTS],
    hysteresis=CONFIRMED,
    periodic=False,
)
def annual_overdue(case: ColumnCase) -> Iterator[str]:
    """站点文件为年度栏目写明了每年应公开的月和日（due），该日已过，而本年度的信息没有公开：该日所在的年份里没有任何信息，
    此前 半年内也没有。上年度的信息公开得晚，不能顶本年度的。

    最新一条信息之后有没有读到的、列表中有信息看不出日期的、栏目从未有过信息的（由“空白栏目”判断）、开设在外部网站的、
    多单位共用的，不作此判断。当日发布的算按期。
    """
    last = missed(case)
    if last is not None and not case.shared:
        newest = newest_of(case)
        yield (
            f"“{case.title}”应在 {last:%Y-%m-%d} 前公开本年度信息，截至 {case.looked_on:%Y-%m-%d} 没有公开，"
            f"最新信息发布于 {newest:%Y-%m-%d}。"
        )


def missed(case: ColumnCase) -> date | None:
    """The day by which an annual column owed the year's posting, where it is over and there is none; None where there is one,
    where that is not known, and of any other column."""
    newest = newest_of(case)
    if case.due is None or newest is None or not case.read_to_newest or case.undated or case.unread_below:
        return None
    last = last_due(case.due, case.looked_on)
    return last if newest < min(date(last.year, 1, 1), months_after(last, -EARLY)) else None
