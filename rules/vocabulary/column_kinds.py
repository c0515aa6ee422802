"""Kinds of columns (栏目类别), derived from the names of their path by the word lists below.

The last name decides; if it is in no list, the one above it. A column inside one of the 26 试点领域 has no kind: the
national standard sets its windows for the portal's own columns (动态要闻, 通知公告, 政策文件, 人事, 规划计划) alone.
In doubt a column has no kind and is not judged: 招标公告 is no 通知公告, 新闻发布会 no 新闻, 疫情动态 no 动态要闻.
"""

from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache

from rules.vocabulary.fields import field_of


class ColumnKind(StrEnum):
    """栏目类别, as far as the national standard gives it a window of its own."""

    NEWS = "动态要闻"
    NOTICE = "通知公告"
    POLICY = "政策文件"
    PERSONNEL = "人事信息"
    PLAN = "规划计划"
    OTHER = "其他"


# Anywhere in the name. 人事 alone would take in 人事考试 and 人事处.
PERSONNEL_WORDS = ("人事信息", "人事任免", "人事工作", "任免", "人员招考", "公务员招考", "招考录用", "招录")
# At the end of the name: 规划局 or 计划生育 name no plans.
PLAN_ENDS = ("规划", "计划", "规划计划", "计划规划", "规划信息", "计划总结")
# At the end of the name: 新闻发布会 is an event, 动态监测 a table.
NEWS_ENDS = ("动态", "要闻", "新闻", "快讯", "新闻中心", "动态信息", "新闻信息")
# 动态 of something else (疫情动态, 价格动态), for which no period is prescribed.
NOT_NEWS = ("疫情", "物价", "价格", "市场", "行情", "招聘", "监测", "人事", "股权")
# The whole name, perhaps after an owner's (OWNERS): 招标公告 or 拟任公示 is a business of its own.
NOTICE_NAMES = frozenset(
    {
        "通知公告", "公告通知", "公示公告", "公告公示", "通知公示", "公示通知", "通知通告", "通告公告", "公告通告",
        "公告", "通知", "通告", "公示", "公告栏", "公示栏", "公告信息", "公示信息", "通知公告公示",
    }
)  # fmt: skip
# Anywhere in the name (国办秘函〔2019〕19号: 政策文件类).
POLICY_WORDS = ("政策文件", "规范性文件", "政府文件", "政府办文件", "政府办公室文件", "部门文件", "本级文件")
# May stand before a name of notices: 县政府公告, 部门通知.
OWNERS = ("政府", "政务", "部门", "单位", "本级", "最新", "县", "区", "市", "镇", "乡", "街道")


def kind_of(path: tuple[str, ...]) -> ColumnKind:
    """The kind that the names of a column's path indicate; OTHER where they indicate none, or inside a field."""
    if in_field(path):
        return ColumnKind.OTHER
    kinds = (_kind(name) for name in reversed(path[-2:]))
    return next((kind for kind in kinds if kind is not ColumnKind.OTHER), ColumnKind.OTHER)


@lru_cache(maxsize=10_000)
def in_field(path: tuple[str, ...]) -> bool:
    """Whether a path begins with one of the 26 试点领域, or with a name that calls itself 领域."""
    first = path[0] if path else ""
    return first.endswith("领域") or field_of(first) is not None


@lru_cache(maxsize=10_000)
def _kind(name: str) -> ColumnKind:
    return next((kind for kind, fits in _TESTS if fits(name.strip())), ColumnKind.OTHER)


def _is_personnel(name: str) -> bool:
    return any(word in name for word in PERSONNEL_WORDS)


def _is_plan(name: str) -> bool:
    return name.endswith(PLAN_ENDS)


def _is_news(name: str) -> bool:
    return name.endswith(NEWS_ENDS) and not any(word in name for word in NOT_NEWS)


def _is_notice(name: str) -> bool:
    stripped = next((name.removeprefix(owner) for owner in OWNERS if name.startswith(owner)), name)
    return name in NOTICE_NAMES or stripped in NOTICE_NAMES


def _is_policy(name: str) -> bool:
    return any(word in name for word in POLICY_WORDS)


_TESTS: tuple[tuple[ColumnKind, Callable[[str], bool]], ...] = (
    (ColumnKind.PERSONNEL, _is_personnel),
    (ColumnKind.PLAN, _is_plan),
    (ColumnKind.NEWS, _is_news),
    (ColumnKind.NOTICE, _is_notice),
    (ColumnKind.POLICY, _is_policy),
)
