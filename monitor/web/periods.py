"""The period of a page: what its address asks for, else the running quarter; and the quarters it offers."""

from datetime import date

from monitor.web.security.guards import Refused
from rules.dates.periods import Period, parse_period, quarter_before, quarter_of
from rules.errors import WrongPeriod

OFFERED = 4


def period_of(text: str, today: date) -> Period:
    """The period written in an address. Raises Refused of one that is none, or has not begun."""
    if not text:
        return quarter_of(today)
    try:
        period = parse_period(text)
    except WrongPeriod as error:
        raise Refused(422, str(error)) from None
    if period.start > today:
        raise Refused(422, f"时段 {period.key} 还没有开始，请选择已经开始的时段。")
    return period


def offered(today: date, chosen: Period) -> list[Period]:
    """The last quarters, the newest first, and the one that was asked for."""
    found = [quarter_of(today)]
    while len(found) < OFFERED:
        found.append(quarter_before(found[-1]))
    return found if chosen in found else [*found, chosen]
