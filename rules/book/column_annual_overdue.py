from collections.abc import Iterator
from datetime import date

from rules.cases import ColumnCase
from rules.dates.periods import months_after
from rules.engine.hysteresis import CONFIRMED
from rules.engine.rule import rule
from rules.vocabulary.terms import Evidence, Scope, Severity

LEAP = 2000  # a year that has every day


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
    """站点文件为年度栏目写明了每年应公开的月和日（due），该日已过，而上一个该日之后没有任何信息。

    最新一条信息之后有没有读到的、列表中有信息看不出日期的、栏目从未有过信息的（由“空白栏目”判断）、开设在外部网站的、
    多单位共用的，不作此判断。当日发布的算按期。
    """
    if case.due is None or case.shared or not case.read_to_newest or case.undated or case.unread_below:
        return
    newest = max((day for day in (case.newest, case.newest_below) if day), default=None)
    last, before = due_days(case.due, case.looked_on)
    if newest is None or newest > before:
        return
    yield (
        f"“{case.title}”应在 {last:%Y-%m-%d} 前公开本年度信息，截至 {case.looked_on:%Y-%m-%d} 没有公开，"
        f"最新信息发布于 {newest:%Y-%m-%d}。"
    )


def due_days(due: tuple[int, int], as_of: date) -> tuple[date, date]:
    """The last due day (month, day) that is over, and the one a year before it. (29 February is 28 in common years.)"""
    month, day = due
    this_year = months_after(date(LEAP, month, day), 12 * (as_of.year - LEAP))
    last = (
        this_year if this_year < as_of else months_after(date(LEAP, month, day), 12 * (as_of.year - 1 - LEAP))
    )
    return last, months_after(date(LEAP, month, day), 12 * (last.year - 1 - LEAP))
