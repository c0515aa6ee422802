"""What one piece of text says about a row's date, and how far it can be trusted.

A text that is nothing but a date is a row's date; a date inside prose belongs to the prose.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from crawler.page.dates import find_compact, find_month_day, find_year_month, make_date, spans
from crawler.page.values import DayKind

_DIGIT = re.compile(r"\d|[〇○零一二三四五六七八九]{2}")
_LABEL = re.compile(
    r"(?:[\u4e00-\u9fff]{0,4}(?:时间|日期|日间|发布于|发表于|更新于|发布|发表|更新)|\bdate|\btime)\s{0,3}[:：]?",
    re.I,
)
_CLOCK = re.compile(r"\d\d?[:：]\d\d(?:[:：]\d\d)?(?:\.\d+)?|星期[一二三四五六日天]|[上下]午|[AP]M\b")
_FRAME = re.compile(r"[\s\[\]【】()（）〔〕<>《》|·•:：,，;；/—–_-]+")
# What neither a part of a date nor the clock, weekday or brackets around it can hold: only a label may.
_FOREIGN = re.compile(r"[^\d\s\[\]【】()（）〔〕<>《》|·•:：,，;；/—–_\-.年月日星期一二三四五六天上下午APM]")
_PART = re.compile(r"\s*[\[(（]?\s*\d{1,4}\s*[年月日]?\s*[\])）]?\s*[-/.]?\s*")
_SHORT = re.compile(r"\s*[\[(（]?\s?(\d\d)[-/.年](\d\d?)[-/.月](\d\d?)日?\s?[\])）]?\s*")
# Days of the document, and of what it is about; never of its going on line. 印发 and the like are in many titles:
# they count before 日期 only.
_OTHER_DAYS = re.compile(
    r"成文|生成|截止|截至|有效期|开标|施行|生效|废止|失效|到期|起止|来信|公示期(?:限|\s*[:：]|\s*$)|"
    r"(?:印发|制发|签发|签署|落款|制定|形成|实施)\s?(?:日\s?期|时\s?间)"
)
# Days that some sites mean by publication and others do not.
_UNSURE_DAYS = re.compile(
    r"(?:更新|修改|编辑|变更|发文)\s?(?:日\s?期|时\s?间|于)|(?:最[近后]|上次)(?:更新|修改|编辑|变更)"
)
_PUBLISHED = re.compile(r"发布|公布|发表|公开")
# Any other day with a name of its own (会议时间, 许可决定日期, 抽检日期) may be that of publication or not.
_NAMED_DAY = re.compile(r"([\u4e00-\u9fff]{2,10}?)(?:日\s?期|时\s?间)\s*[:：]?\s*")
_PUTS_UP = re.compile(
    r"发布|公布|发表|公开|公示|公告|上传|上网|上线|录入|发稿|添加|创建|入库|推送|信息|文章|新闻|稿件|日期|时间"
)
# Between the two ends of a span: 公示时间：2025-12-01至2025-12-07.
_SPAN = re.compile(r"\s?(?:至|到|[-—–~～]{1,2})\s?(?=\d|$)")
_PUBLISHED_ON = re.compile(r"(?:发布|公布|发表|公开)(?:\s?(?:日\s?期|时\s?间|于)\s?[:：]?|\s?[:：])\s*$")
_NUMERIC = re.compile(r"\d\s?[-–—/.／．－]")
_OPENING, _CLOSING = "[【(（〔", "]】)）〕"
MOST_TEXT = 60  # characters: titles are shorter; in a longer text only the very end may be the row's date
# Characters: 发布日期, 有效期截止日期; a longer text without a colon is a title that speaks of a term.
LONGEST_LABEL = 8

PURE, LABELLED, EMBEDDED, PARTIAL, SPENT = 4, 3, 2, 1, 0
# Of several labelled days of a row the first kind is the posting's.
SUREST = (DayKind.PUBLISHED, DayKind.YEARLESS, DayKind.UNSURE, DayKind.OTHER)


@dataclass(frozen=True, slots=True)
class Mark:
    """`strength`: PURE (nothing but the date), LABELLED (发布时间：…), EMBEDDED (a date at the edge of a
    short text), PARTIAL (a part of a date: `day` is None and `part` its text), SPENT (a part whose date
    another mark carries). `kind`: which day it is by its label; `named`: the label says 发布 or the like."""

    day: date | None
    strength: int
    part: str = ""
    kind: DayKind = DayKind.PUBLISHED
    named: bool = False


# A site prints the same navigation on every page: what was said of a text is remembered for some pages.
@lru_cache(maxsize=8192)
def find_mark(text: str, *, linked: bool = False) -> Mark | None:
    """The mark of one text node; inside a link only a date that is set apart from the title counts."""
    if not _DIGIT.search(text):
        return None
    head = text[:MOST_TEXT]
    found = list(spans(head))
    marks = list(_marks(text, found, linked))
    if marks:
        return min(marks, key=lambda mark: SUREST.index(mark.kind))
    if len(text) > MOST_TEXT:
        return _last(text, linked)
    return None if found else _partial(text)


def labelled_kind(text: str) -> DayKind | None:
    """Which day a label announces (发布日期, 成文日期, 更新时间：); None where the text is no label that says so."""
    label = text.strip()
    if len(label) >= LONGEST_LABEL and label[-1:] not in ":：":
        return None
    kind = _kind(label)
    return kind if kind is not DayKind.PUBLISHED or _PUBLISHED.search(label) else None


def _kind(label: str) -> DayKind:
    """By the words of a label; 发布 beside 更新 (发布/更新时间) is publication."""
    if _OTHER_DAYS.search(label):
        return DayKind.OTHER
    if _PUBLISHED.search(label):
        return DayKind.PUBLISHED
    named = _NAMED_DAY.fullmatch(label.strip())
    unsure = _UNSURE_DAYS.search(label) or (named and not _PUTS_UP.search(named[1]))
    return DayKind.UNSURE if unsure else DayKind.PUBLISHED


def _marks(text: str, found: list[tuple[date, int, int]], linked: bool) -> Iterator[Mark]:
    """Each date with what its own label says of it, or that of the date before where it has none."""
    since, kind = 0, DayKind.PUBLISHED
    for day, start, end in found:
        label = text[since:start]
        said = _kind(label)
        kind = said if said is not DayKind.PUBLISHED or _LABEL.search(label) else kind
        if kind is DayKind.PUBLISHED and (_SPAN.fullmatch(label) or _SPAN.match(text, end)):
            kind = DayKind.UNSURE
        since = end
        strength = _strength(text, start, end, linked)
        if strength:
            yield Mark(day, strength, kind=kind, named=bool(_PUBLISHED_ON.search(label)))


def _last(text: str, linked: bool) -> Mark | None:
    """A date at the very end of a long text: a title with its date in one link, an excerpt signed."""
    cut = len(text) - 30
    for day, start, end in spans(text[cut:]):
        strength = _strength(text, cut + start, cut + end, linked)
        if strength:
            return Mark(day, strength)
    return None


def _strength(text: str, start: int, end: int, linked: bool) -> int:
    before, after = text[:start], text[end:]
    rest = _CLOCK.sub("", after)
    if not _FRAME.sub("", rest):
        label = _LABEL.sub("", before)
        if not _FRAME.sub("", label):
            return PURE if label == before else LABELLED
    if not linked and _LABEL.search(before[-12:]) and before.rstrip()[-1:] in ":：":
        return LABELLED
    return EMBEDDED if _set_apart(text, start, end, linked) else 0


def _set_apart(text: str, start: int, end: int, linked: bool) -> bool:
    """In brackets, or at an edge of a text too short for prose. （2022年3月1日） in a link belongs to its title."""
    before, after = text[:start].rstrip(), _CLOCK.sub("", text[end:]).lstrip()
    if linked and before[-1:] in ("（", "(") and not _NUMERIC.search(text[start:end]):
        return False
    if before[-1:] and before[-1:] in _OPENING and after[:1] and after[:1] in _CLOSING:
        return not after[1:].strip() or not before[:-1].strip()
    if not _NUMERIC.search(text[start:end]) and not (start and text[start - 1].isspace()):
        return False
    if linked:
        return not after and text[:start].endswith(" ")
    return len(text) <= MOST_TEXT and (
        not after or not before or bool(re.match(r"[\s|]", text[end : end + 1]))
    )


def _short_year(text: str) -> date | None:
    """[18-07-27] and 18年7月27日, as some lists save room."""
    match = _SHORT.fullmatch(text)
    return make_date(2000 + int(match[1]), int(match[2]), int(match[3])) if match else None


def _partial(text: str) -> Mark | None:
    """A part of a date, or a day in figures that are one only because nothing else stands beside them."""
    if _FOREIGN.search(text) and not _LABEL.search(text):
        return None
    bare = _FRAME.sub("", _LABEL.sub("", _CLOCK.sub("", text)))
    day = (find_compact(bare) if len(bare) == 8 else None) or _short_year(text)
    if day:
        return Mark(day, PURE)
    if not bare or len(bare) > 8 or not re.fullmatch(r"[\d年月日.]+", bare):
        return None
    if find_month_day(text) or find_year_month(text) or _PART.fullmatch(text):
        return Mark(None, PARTIAL, part=text.strip("[]【】()（） "))
    return None
