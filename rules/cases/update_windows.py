"""Update windows (更新期限): how long a column may go without a posting, who says so, how old its newest one is, and the
longest stretch between two."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from rules.cases.annual_reports import holds_annual_reports
from rules.cases.columns import ColumnCase
from rules.dates.periods import Period, months_after
from rules.vocabulary.column_kinds import ColumnKind, holds_long_plans, in_field, kind_of
from rules.vocabulary.terms import Outcome

# 国办秘函〔2019〕19号: two weeks for news, six months for notices and policy documents.
NEWS_DAYS = 14
NOTICE_MONTHS = 6
HALF_YEARLY = frozenset({ColumnKind.NOTICE, ColumnKind.POLICY})
YEARLY = frozenset({ColumnKind.PERSONNEL, ColumnKind.PLAN})
# 2015年全国政府网站普查评分表: a year for personnel and plans; a year that holds 29 February is a day longer.
PLAN_MONTHS = 12
YEAR_DAYS = 365
# Days of the longest period of a kind: a cycle of 90, 91 or 92 days is a quarter's.
LONGEST = {"year": 366, "quarter": 92, "month": 31}
# No document sets a number: the rule is silent until the site file does.
NOT_SET = 0


@dataclass(frozen=True, slots=True)
class Windows:
    """For the kinds of the national standard, and for the columns it does not cover (0: not set): days, `notices` and
    `plans` in calendar months."""

    news: int = NEWS_DAYS
    notices: int = NOTICE_MONTHS
    plans: int = PLAN_MONTHS
    days: int = NOT_SET


@dataclass(frozen=True, slots=True)
class Window:
    """How long a column may go without a posting: `length` days, or calendar months where it is `monthly`; `source`
    names who set it, in Chinese."""

    length: int
    source: str
    monthly: bool = False

    @property
    def words(self) -> str:
        return f"{self.length} 个月" if self.monthly else f"{self.length} 天"

    def last_day(self, newest: date) -> date:
        """The last day on which a column whose newest posting is of that day is not overdue."""
        return months_after(newest, self.length) if self.monthly else newest + timedelta(days=self.length)


def kind_of_case(case: ColumnCase) -> ColumnKind:
    """The kind the site file gives, or the one the names indicate."""
    return case.kind or kind_of(case.path)


def window_of(case: ColumnCase, windows: Windows) -> Window | None:
    """The window a column is held to: its own cycle, its kind's, the site's for all others; None: none is set, it has a day of
    its own, its contents are rare by nature, or it is an ended campaign (专题)."""
    if case.kind is ColumnKind.CAMPAIGN:
        return None
    if case.cycle:
        return Window(case.cycle, "本栏目设定的更新周期")
    if case.due or holds_yearly_or_rarer(case):
        return None
    return _of_kind(kind_of_case(case), windows)


def national_window(case: ColumnCase, windows: Windows) -> Window | None:
    """The window of the classes that the national veto 栏目不更新 adds up: news at any depth, notices and policy documents
    as 一级栏目 alone, all outside the 26 fields; None of any other column."""
    kind = kind_of_case(case)
    if in_field(case.path) or not (kind is ColumnKind.NEWS or (kind in HALF_YEARLY and case.first_level)):
        return None
    return _of_kind(kind, windows)


def _of_kind(kind: ColumnKind, windows: Windows) -> Window | None:
    by_kind = {
        ColumnKind.NEWS: windows.news,
        ColumnKind.NOTICE: windows.notices,
        ColumnKind.POLICY: windows.notices,
        ColumnKind.PERSONNEL: windows.plans,
        ColumnKind.PLAN: windows.plans,
    }
    length = by_kind.get(kind, windows.days)
    source = f"{kind.value}类栏目的更新期限" if kind in by_kind else "本站设定的更新周期"
    return Window(length, source, kind in HALF_YEARLY | YEARLY) if length else None


def holds_yearly_or_rarer(case: ColumnCase) -> bool:
    """Annual reports, the guide to openness, plans for many years: what a site sets for its other columns is not meant for
    them. The kind of the site file, where it gives one, goes before the names."""
    named = holds_annual_reports(case.path) or "公开指南" in case.path[-1] or holds_long_plans(case.path)
    return case.kind is None and named


def rarer_than(case: ColumnCase, period: Period) -> bool:
    """Whether a column is to be updated less often than once in the period: its own cycle, a yearly kind, or that it holds plans
    for many years says so."""
    if case.cycle:
        return case.cycle > LONGEST[period.kind]
    if case.kind is None and holds_long_plans(case.path):
        return True
    yearly = case.due or kind_of_case(case) in YEARLY or holds_yearly_or_rarer(case)
    return bool(yearly) and LONGEST[period.kind] < YEAR_DAYS


def days_left(case: ColumnCase, window: Window | None) -> int | None:
    """Days from the last look to the last one on which the column is not overdue, less than nothing after it; None where it
    has no window or its age is not known."""
    age = age_of(case)
    if window is None or age is None:
        return None
    return (window.last_day(case.looked_on - timedelta(days=age)) - case.looked_on).days


def overdue_by(case: ColumnCase, window: Window | None) -> int | None:
    """The age in days of a column that is past its window; None of any other, and where that is not known."""
    left = days_left(case, window)
    return age_of(case) if left is not None and left < 0 else None


def age_of(case: ColumnCase) -> int | None:
    """Days from the newest posting of the column or of its sub-columns to the last look; None where it is not known: not
    read as far as its newest posting, rows without a day, sub-columns not read, nothing in it at all."""
    if not case.read_to_newest or case.undated or case.unread_below:
        return None
    newest = newest_of(case)
    # A posting of a day that was still to come when it was seen is of no age.
    return None if newest is None or not case.newest else max(0, (case.looked_on - newest).days)


def newest_of(case: ColumnCase) -> date | None:
    """The newest day of the column and its sub-columns; None where they show none."""
    return max((day for day in (case.newest, case.newest_below) if day), default=None)


def is_empty(case: ColumnCase) -> bool:
    """The page itself was read and states or shows that it holds nothing, nothing was ever seen in it, and its
    sub-columns hold nothing either (one on another site holds what we do not see)."""
    nothing = not (case.postings or case.postings_below or case.newest_below or case.elsewhere_below)
    return case.well_read and case.outcome is Outcome.EMPTY and nothing and not case.unread_below


def longest_gap(days: Iterable[date], period: Period, covered_since: date | None) -> tuple[date, date] | None:
    """The two neighbouring days furthest apart of which the later lies in the period; None where there are no
    two. Days before `covered_since` (from which on the list was read whole; None: not at all) are not used: what
    stood between them may not have been seen."""
    if covered_since is None:
        return None
    known = sorted({day for day in days if covered_since <= day < period.end})
    pairs = [(first, second) for first, second in pairwise(known) if second in period]
    return max(pairs, key=lambda pair: (pair[1] - pair[0], pair[1]), default=None)
