"""Nights: whether the readings of one may count. A night on which our own side failed counts for nothing."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rules.vocabulary.places import Expect
from rules.vocabulary.terms import Outcome


class NightKind(StrEnum):
    """Whether a night counts. VOID: the fault is suspected to be ours; DOWN: it is the site's."""

    GOOD = "正常"
    DOWN = "网站不通"
    VOID = "作废"


@dataclass(frozen=True, slots=True)
class NightCase:
    """One night on one site. Of `columns` that have a page of their own, `read` were read (wholly or in part).
    `home_outcome` None: not asked. `neutral`: whether each of the neutral hosts opened; empty: not asked."""

    as_of: date
    columns: int
    read: int
    home_outcome: Outcome | None = None
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


def _void(night: NightCase, why: str) -> NightVerdict:
    return NightVerdict(
        NightKind.VOID, f"{night.as_of:%Y-%m-%d} 夜间作废：{why}；当夜不计任何问题，请运维人员检查。"
    )
