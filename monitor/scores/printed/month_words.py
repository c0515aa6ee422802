"""Months named in text (1—2月, 第一季度, 上半年, 全年), and totals whose heading names others than they are made of."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

from monitor.scores.printed.additions import Addition
from monitor.scores.printed.discrepancies import Discrepancy, FilePlace, Kind
from monitor.scores.printed.layout import Layout
from rules.vocabulary.terms import Severity
from rules.vocabulary.white_space import squeeze

DASH = r"[-－—–~～﹣至到]{1,2}"
WORDS = re.compile(
    rf"""(?:(?P<year>(?:19|20)\d\d)年?)?
    (?:(?P<from>1[0-2]|0?[1-9])(?:月份?)?{DASH}(?P<to>1[0-2]|0?[1-9])月(?!\d{{1,2}}日)
    |前(?P<upto>[二三两123])(?:个)?季度
    |第?(?P<quarter>[一二三四1-4])季度
    |(?P<half>[上下])半年
    |(?P<whole>全年度?(?![目工任计])|(?<=年)度(?!目标|计划))
    |(?<![\d第])(?P<month>1[0-2]|0?[1-9])月(?!\d|日))""",
    re.VERBOSE,
)
QUOTED = re.compile(r"《[^》]{0,80}》|〔[^〕]{0,20}〕")
DAY = re.compile(r"(?:(?:19|20)\d\d年)?\d{1,2}月\d{1,2}日")
YEAR = 12  # months: a title of a whole year says little of its columns
NUMERALS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4}


@dataclass(frozen=True, slots=True)
class Span:
    """Months `first` to `last` of a year (None: not said), as `text` writes them."""

    first: int
    last: int
    year: int | None
    text: str

    def within(self, other: "Span") -> bool:
        """Whether it lies within the other."""
        years = self.year is None or other.year is None or self.year == other.year
        return years and other.first <= self.first and self.last <= other.last

    @property
    def months(self) -> frozenset[int]:
        return frozenset(range(self.first, self.last + 1))


def find_spans(text: str) -> list[Span]:
    """Every span a text names, except in titles in 《》 and in single days."""
    plain = DAY.sub("　", QUOTED.sub("　", squeeze(text)))
    spans = []
    for match in WORDS.finditer(plain):
        first, last = _months(match)
        if 1 <= first <= last <= 12:
            spans.append(Span(first, last, int(match["year"]) if match["year"] else None, match[0]))
    return spans


def _months(match: re.Match[str]) -> tuple[int, int]:
    if match["from"]:
        return int(match["from"]), int(match["to"])
    if match["upto"]:
        return 1, 3 * _numeral(match["upto"])
    if match["quarter"]:
        end = 3 * _numeral(match["quarter"])
        return end - 2, end
    if match["half"]:
        return (1, 6) if match["half"] == "上" else (7, 12)
    return (1, 12) if match["whole"] else (int(match["month"]), int(match["month"]))


def _numeral(text: str) -> int:
    return NUMERALS.get(text) or int(text)


def hull(spans: Iterable[Span]) -> Span | None:
    """The shortest span that holds them all; of the first year that is said."""
    return reduce(_join, spans, None)


def _join(one: Span | None, two: Span) -> Span:
    if one is None:
        return two
    year = one.year if one.year is not None else two.year
    wider = one if len(one.months) >= len(two.months) else two
    return Span(min(one.first, two.first), max(one.last, two.last), year, wider.text)


def wrong_months(layout: Layout, additions: Sequence[Addition]) -> Iterator[Discrepancy]:
    """第一季度 over a total of 2月, 3月 and 4月, where every column of the total names its months; a title of 1—3月 over a
    total of 1—2月 (a hint: the total may be of less)."""
    yield from _titled_otherwise(layout, additions)
    for addition in additions:
        parts = [find_spans(heading.text) for heading, _ in addition.addends]
        if not all(parts):
            continue
        whole = frozenset().union(*(span.months for spans in parts for span in spans))
        total = addition.total
        said = [span for text in (total.text, *layout.grid.captions) for span in find_spans(text)]
        long = [span for span in said if len(span.months) > 1]
        if long and not any(span.months == whole for span in long):
            shown, words = "、".join(f"{month}月" for month in sorted(whole)), long[0].text
            sentence = f"表写“{words}”，而“{total.text}”由{shown}相加而成。"
            place = FilePlace(layout.grid.title, column=total.column + 1, heading=total.text)
            yield Discrepancy(Kind.PERIOD, place, sentence, printed=words, reckoned=shown)


def _titled_otherwise(layout: Layout, additions: Sequence[Addition]) -> Iterator[Discrepancy]:
    titled = [span for text in layout.grid.captions for span in find_spans(text) if len(span.months) < YEAR]
    for total in (addition.total for addition in additions):
        headed = [span for span in find_spans(total.text) if 1 < len(span.months) < YEAR]
        if len(headed) == 1 and titled and all(span.months != headed[0].months for span in titled):
            title, words = titled[0].text, headed[0].text
            sentence = f"表题写“{title}”，而“{total.text}”的时段是{words}，请核实。"
            place = FilePlace(layout.grid.title, column=total.column + 1, heading=total.text)
            yield Discrepancy(
                Kind.PERIOD, place, sentence, printed=title, reckoned=words, severity=Severity.NOTICE
            )
