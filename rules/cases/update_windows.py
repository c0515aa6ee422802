"""Update windows (更新期限): how long a column may go without a posting, who says so, how old its newest one is, and the
longest stretch between two."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from rules.cases.columns import ColumnCase
from rules.dates.periods import Period
from rules.vocabulary.column_kinds import ColumnKind, in_field, kind_of
from rules.vocabulary.terms import Outcome

# 国办秘函〔2019〕19号: two weeks for news, six months for notices and policy documents.
NEWS_DAYS = 14
NOTICE_DAYS = 183
# 2015年全国政府网站普查评分表: a year for personnel and plans.
PLAN_DAYS = 365
# No document sets a number: the rule is silent until the site file does.
NOT_SET = 0


@dataclass(frozen=True, slots=True)
class Windows:
    """Days for the kinds of the national standard, and for the columns it does not cover (0: not set)."""

    news: int = NEWS_DAYS
    notices: int = NOTICE_DAYS
    plans: int = PLAN_DAYS
    days: int = NOT_SET


@dataclass(frozen=True, slots=True)
class Window:
    """`days` a column may go without a posting; `source` names who set it, in Chinese."""

    days: int
    source: str


def kind_of_case(case: ColumnCase) -> ColumnKind:
    """The kind the site file gives, or the one the names indicate."""
    return case.kind or kind_of(case.path)


def window_of(case: ColumnCase, windows: Windows) -> Window | None:
    """The window a column is held to: its own cycle, its kind's, the site's for all others; None: none is set, or it is
    an ended campaign (专题)."""
    if case.kind is ColumnKind.CAMPAIGN:
        return None
    if case.cycle:
        return Window(case.cycle, "本栏目设定的更新周期")
    kind = kind_of_case(case)
    by_kind = {
        ColumnKind.NEWS: windows.news,
        ColumnKind.NOTICE: windows.notices,
        ColumnKind.POLICY: windows.notices,
        ColumnKind.PERSONNEL: windows.plans,
        ColumnKind.PLAN: windows.plans,
    }
    days = by_kind.get(kind, windows.days)
    source = f"{kind.value}类栏目的更新期限" if kind in by_kind else "本站设定的更新周期"
    return Window(days, source) if days else None


def age_of(case: ColumnCase) -> int | None:
    """Days since the newest posting of the column or of its sub-columns; None where it is not known: not
    read as far as its newest posting, rows without a day, sub-columns not read, nothing in it at all."""
    if not case.read_to_newest or case.undated or case.unread_below:
        return None
    newest = max((day for day in (case.newest, case.newest_below) if day), default=None)
    return None if newest is None or not case.newest else (case.as_of - newest).days


def is_empty(case: ColumnCase) -> bool:
    """The page itself was read and states or shows that it holds nothing, nothing was ever seen in it, and its
    sub-columns hold nothing either."""
    nothing = case.postings == 0 and case.postings_below == 0 and not case.newest_below
    return case.well_read and case.outcome is Outcome.EMPTY and nothing and not case.unread_below


def in_national_class(case: ColumnCase, *kinds: ColumnKind) -> bool:
    """Whether a column belongs to one of these classes as the national veto counts them: outside the fields."""
    return kind_of_case(case) in kinds and not in_field(case.path)


def longest_gap(days: Iterable[date], period: Period, covered_since: date | None) -> tuple[date, date] | None:
    """The two neighbouring days furthest apart of which the later lies in the period; None where there are no
    two. Days before `covered_since` (from which on the list was read whole; None: not at all) are not used: what
    stood between them may not have been seen."""
    if covered_since is None:
        return None
    known = sorted({day for day in days if covered_since <= day < period.end})
    pairs = [(first, second) for first, second in pairwise(known) if second in period]
    return max(pairs, key=lambda pair: (pair[1] - pair[0], pair[1]), default=None)
