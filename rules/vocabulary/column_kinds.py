"""Kinds of columns (栏目类别), derived from the names of their path by the word lists of words/columns.toml; and
which channels count as 咨询建言.

The last name decides; if it is in no list, the one above it. A column inside one of the 26 试点领域 has no kind: the
national standard sets its windows for the portal's own columns (动态要闻, 通知公告, 政策文件, 人事, 规划计划) alone.
In doubt a column has no kind and is not judged: 招标公告 is no 通知公告, 新闻发布会 no 新闻, 疫情动态 no 动态要闻."""

from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache

from rules.vocabulary.fields import field_of
from rules.vocabulary.words import word_list, word_set


class ColumnKind(StrEnum):
    """栏目类别, as far as the national standard gives it a window of its own; CAMPAIGN is an ended
    one (专题), which nobody updates any more: only a site file says so, no name does."""

    NEWS = "动态要闻"
    NOTICE = "通知公告"
    POLICY = "政策文件"
    PERSONNEL = "人事信息"
    PLAN = "规划计划"
    CAMPAIGN = "专题"
    OTHER = "其他"


PERSONNEL = word_list("columns.personnel")
PLAN_ENDS = word_list("columns.plan_ends")
LONG_PLANS = word_list("columns.long_plans")
NEWS_ENDS = word_list("columns.news_ends")
NOT_NEWS = word_list("columns.not_news")
NOTICES = word_set("columns.notices")
POLICY = word_list("columns.policy")
OWNERS = word_list("columns.owners")
NOT_CONSULTING = word_list("columns.not_consulting")
GUIDES = word_list("columns.guides")


def kind_of(path: tuple[str, ...]) -> ColumnKind:
    """The kind that the names of a column's path indicate; OTHER where they indicate none, or inside a field."""
    if not path or in_field(path):
        return ColumnKind.OTHER
    if holds_long_plans(path):
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


def _is_news(name: str) -> bool:
    return name.endswith(NEWS_ENDS) and not any(word in name for word in NOT_NEWS)


def _is_notice(name: str) -> bool:
    stripped = next((name.removeprefix(owner) for owner in OWNERS if name.startswith(owner)), name)
    return name in NOTICES or stripped in NOTICES


_TESTS: tuple[tuple[ColumnKind, Callable[[str], bool]], ...] = (
    (ColumnKind.PERSONNEL, lambda name: any(word in name for word in PERSONNEL)),
    (ColumnKind.PLAN, lambda name: name.endswith(PLAN_ENDS)),
    (ColumnKind.NEWS, _is_news),
    (ColumnKind.NOTICE, _is_notice),
    (ColumnKind.POLICY, lambda name: any(word in name for word in POLICY)),
)


def holds_long_plans(path: tuple[str, ...]) -> bool:
    """Whether a column is for plans of many years, by its last name."""
    return bool(path) and any(word in path[-1] for word in LONG_PLANS)


def holds_guide(path: tuple[str, ...]) -> bool:
    """Whether a column is for the guide to openness, or the directory, by its last name."""
    return bool(path) and path[-1].strip().endswith(GUIDES)


def is_consulting(name: str) -> bool:
    """Whether a channel of this name counts as one to ask and to suggest."""
    return not any(word in name for word in NOT_CONSULTING)
