"""The kind of a letter as a page prints it (咨询, 投诉举报, 意见建议类): offices owe a question an earlier answer than a
complaint."""

import re
from collections.abc import Iterable

# Kinds by which mailboxes sort letters, and degrees by which offices set their limits. What names none of them is a matter
# (城市管理, 教育) or a degree of openness (公开), and tells nothing of the kind.
_KIND = re.compile(
    r"咨询|提问|投诉|举报|检举|建议|意见|建言|献策|求助|求决|诉求|申诉|反映|感谢|表扬|批评|信访|纠错|复杂|疑难|简单|一般|普通|紧急|其[他它]"
)
_BEFORE = re.compile(r"\s*[\[【(（]\s*([一-鿿/、·]{2,10}?)\s*[\]】)）]\s*(?=\S)")
# Han and what stands between two kinds (咨询/投诉); as long as three kinds.
_SHORT = re.compile(r"[一-鿿][一-鿿/、·\s]{1,11}")


def is_kind(text: str) -> bool:
    """Whether a text names a kind that mailboxes know."""
    return bool(_KIND.search(text))


def kind_of(values: Iterable[str]) -> str | None:
    """Of what a page prints under 信件类型, 类别 and the like, the surest first: what names a kind, else the first that may
    be a kind that we do not know; None where there is neither."""
    short = [text for text in (value.strip() for value in values) if _SHORT.fullmatch(text)]
    return next(filter(is_kind, short), short[0] if short else None)


def kind_before(subject: str) -> str | None:
    """The kind in brackets before a subject: [咨询] 关于……; None where what stands there is none."""
    found = _BEFORE.match(subject)
    return found[1] if found and is_kind(found[1]) else None
