"""Titles of postings compared: one posting's title is printed in full here, cut off there, and marked as new or pinned."""

import re
import unicodedata

from rules.vocabulary.white_space import squeeze

# NFKC makes "…" three dots, and full-width brackets and letters plain ones.
_CUT = re.compile(r"(?:(?<!\.)\.{2,}|(?<!。)。{2,}|(?<!⋯)⋯+)$")
# Marks of place and age, not of the text: in brackets before or behind it, or in Latin letters behind it. Without
# brackets 新 and 热 begin ordinary titles (新冠, 热力), 置顶 does not.
_MARK = r"\[(?:置?顶|最?新|热门?|荐|推荐|图文?|精|new|hot|top)!?\]"
_BEFORE = re.compile(rf"(?:{_MARK}|置顶[:|]?)+")
_BEHIND = re.compile(rf"(?:{_MARK}|(?<![a-z])(?:new|hot)!?)+$")
_BRACKETS = dict.fromkeys(map(ord, "【〔(〖「"), "[") | dict.fromkeys(map(ord, "】〕)〗」"), "]")
_UNSEEN = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
_PLAIN = _BRACKETS | _UNSEEN
_PINNED = re.compile(r"\s*(?:[\[【〔(（「]\s*置?顶\s*!?\s*[\]】〕)）」]|置顶\s*[:：|])\s*")
CUT = "…"
# A shorter beginning is shared by too many titles: 关于公布….
SHORTEST_STEM = 6


def title_key(title: str) -> str:
    """What is equal for equal titles: without white space, width, case and marks like [置顶]; ends with "…" where cut."""
    text = squeeze(unicodedata.normalize("NFKC", title).translate(_PLAIN)).casefold()
    bare = text
    if bare[:1] in ("[", "置"):
        bare = _BEFORE.sub("", bare, count=1)
    if bare[-1:] in ("]", "!", "w", "t"):
        bare = _BEHIND.sub("", bare)
    if bare[-1:] in (".", "。", "⋯"):
        stem = _CUT.sub("", bare)
        return stem + CUT if stem and stem != bare else bare or text
    return bare or text


def unpinned(title: str) -> str:
    """The title as printed without the mark of its place (【置顶】), which is here today and gone tomorrow."""
    found = _PINNED.match(title)
    return (title[found.end() :] if found else "") or title


def is_cut(title: str) -> bool:
    """Whether a title is only the beginning of one, as its last characters say."""
    return title.rstrip()[-1:] in (".", "…", "。", "⋯") and title_key(title).endswith(CUT)


def same_title(one: str, other: str) -> bool:
    """Whether two titles, as `title_key` gives them, may be one: equal, or one the cut beginning of the other."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    stem = short.removesuffix(CUT)
    return stem != short and len(stem) >= SHORTEST_STEM and long.startswith(stem)
