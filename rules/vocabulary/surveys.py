"""征集调查 and 在线访谈: which columns hold them by their names, which postings ask the public, and which answer."""

import re
from enum import StrEnum

from rules.vocabulary.column_kinds import in_field
from rules.vocabulary.white_space import squeeze
from rules.vocabulary.words import word_list


class ActivityKind(StrEnum):
    """What the public is invited to."""

    SURVEY = "征集调查"
    INTERVIEW = "在线访谈"


_NAMES = {
    ActivityKind.SURVEY: word_list("columns.surveys"),
    ActivityKind.INTERVIEW: word_list("columns.interviews"),
}
_RESULT = re.compile(r"结果|反馈|采纳|回复情况|意见汇总|征集情况|调查情况|情况(?:的)?(?:说明|通报|公示|公告)")
_ASKS = re.compile(r"(?:征求|征集).{0,30}(?:意见|建议)|(?:意见|建议).{0,6}(?:征求|征集)|征求意见")
_NAMED = re.compile(
    r"《(?P<named>[^《》]{6,90}?)(?:[（(][^（）()]{0,12}(?:征求意见|草案|意见)[^（）()]{0,8}[）)])?》"
)


def activity_of(path: tuple[str, ...]) -> ActivityKind | None:
    """What a column of this path holds; None inside the 26 试点领域, which have columns of these names of their own."""
    if not path or in_field(path):
        return None
    return next((kind for kind, names in _NAMES.items() if any(name in path[-1] for name in names)), None)


def is_result(title: str) -> bool:
    """Whether a title tells what came of asking."""
    return bool(_RESULT.search(squeeze(title)))


def asked_about(title: str) -> str | None:
    """The name of the draft on which a title asks the public's opinion; None where it asks none, or tells the outcome."""
    plain = squeeze(title)
    found = _NAMED.search(plain)
    return found["named"] if found and _ASKS.search(plain) and not is_result(plain) else None
