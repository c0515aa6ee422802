"""Nights: whether the readings of one may count, and for which rules. Pure.

A night on which our own side failed counts for nothing. A finding opens and closes only on nights on which its subject
was read: that nothing was found where nothing was read is no recovery."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from rules.cases import ArticleCase, Case, UnitCase
from rules.vocabulary.places import Expect, Reference
from rules.vocabulary.terms import Outcome, Scope


class NightKind(StrEnum):
    """Whether a night counts. VOID: the fault is suspected to be ours; DOWN: it is the site's."""

    GOOD = "正常"
    DOWN = "网站不通"
    VOID = "作废"


@dataclass(frozen=True, slots=True)
class NightCase:
    """One night on one site. Of `columns` that have a page of their own, `read` were read (wholly or in part).
    `home_outcome` None: not asked. `clock_off`: by so much our own clock was ahead, where it was wrong. `neutral`:
    whether each of the neutral hosts opened; empty: not asked."""

    as_of: date
    columns: int
    read: int
    home_outcome: Outcome | None = None
    clock_off: timedelta | None = None
    neutral: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class NightVerdict:
    """`sentence` is for the operator alone; "" on a good night."""

    kind: NightKind
    sentence: str = ""

    @property
    def counts(self) -> bool:
        """Whether the night's readings may open or close a finding."""
        return self.kind is NightKind.GOOD


def assess_night(night: NightCase, expect: Expect) -> NightVerdict:
    """Whether a night counts. The neutral hosts come first: if none of them opened, the fault is our network's."""
    if night.clock_off:
        return _void(night, clock_sentence(night.clock_off))
    if night.neutral and not any(night.neutral):
        return _void(night, "中立站点也打不开，应是本机网络不通")
    if night.columns == 0:
        return _void(night, "没有采集任何栏目")
    share = night.read / night.columns
    if share >= expect.read:
        return NightVerdict(NightKind.GOOD)
    seen = f"{night.columns} 个栏目只读到 {night.read} 个（{share:.0%}）"
    if any(night.neutral) and night.home_outcome is Outcome.UNREACHABLE:
        return NightVerdict(
            NightKind.DOWN,
            f"{night.as_of:%Y-%m-%d} 夜间网站首页无法访问而本机网络正常，{seen}；网站不通，当夜不计任何栏目问题。",
        )
    return _void(night, f"{seen}，低于应有的 {expect.read:.0%}，可能是被拦截、改版或本程序有误")


def clock_sentence(off: timedelta) -> str:
    """By how much our clock is wrong, and which way."""
    hours = round(abs(off) / timedelta(hours=1))
    much = f"{hours} 小时" if hours < 48 else f"{round(hours / 24)} 天"
    return f"本机时钟比网站服务器{'快' if off > timedelta(0) else '慢'}约 {much}"


def _void(night: NightCase, why: str) -> NightVerdict:
    return NightVerdict(
        NightKind.VOID, f"{night.as_of:%Y-%m-%d} 夜间作废：{why}；当夜不计任何问题，请运维人员检查。"
    )


@dataclass(frozen=True, slots=True)
class NightCoverage:
    """What a night's crawls read. `columns`: keys of those well read; `mailboxes`, of those read wholly or in part, for a
    letter stands as it was last seen, whatever else its mailbox holds. `articles`: subjects of the
    postings whose own pages were. `whole`: the crawl went over the whole site (not one unit's columns alone), to its
    end. `unopened`: subjects of postings that were judged by a page opened on an earlier night. `inexact`: keys of
    units of which not every column was read exactly; `thinned`: subjects of answered letters whose texts are gone, so that
    nothing can be said of them anew."""

    columns: frozenset[str]
    mailboxes: frozenset[str]
    articles: frozenset[str]
    whole: bool
    unopened: frozenset[str] = frozenset()
    inexact: frozenset[str] = frozenset()
    thinned: frozenset[str] = frozenset()

    def over(self, cases: Iterable[Case]) -> "NightCoverage":
        """The same night, completed by what its cases show."""
        opened: set[str] = set()
        inexact: set[str] = set()
        for case in cases:
            if isinstance(case, ArticleCase):
                opened.add(case.subject)
            elif isinstance(case, UnitCase) and not case.exact:
                inexact.add(case.subject)
        return replace(self, unopened=frozenset(opened - self.articles), inexact=frozenset(inexact))

    def counts(self, scope: Scope, subject: str, about: Reference, *, found: bool) -> bool:
        """Whether the night counts for a rule of this scope on this subject (`about`: what of the site it means).
        `found`: the rule reported it, for which a page opened earlier is enough; only a newly opened page can show
        that it was corrected."""
        match scope:
            case Scope.COLUMN | Scope.POSTING:
                return about.column in self.columns
            case Scope.ARTICLE:
                return about.column in self.columns and (found or subject not in self.unopened)
            case Scope.LETTER:
                return about.mailbox in self.mailboxes and (found or subject not in self.thinned)
            case Scope.LETTERS:
                return bool(self.mailboxes)
            case Scope.FRAME:
                return bool(self.articles)
            case Scope.UNIT:
                return self.whole and subject not in self.inexact
            case Scope.SITE | Scope.ACCOUNT:
                return self.whole
