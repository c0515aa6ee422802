"""Rows that stand as data: a JSON answer, or arrays of objects in a script.

Which of an object's fields is the title, the address and the day is known by its name; an array is a list
of postings if its objects have titles. Arrays that stand in the same place of a larger array (one for each month) are
parts of one list.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, pairwise

from crawler.page.budget import MOST_ROWS
from crawler.page.dates import find_compact, find_date, find_epoch
from crawler.page.literals import literals
from crawler.page.titles import tidy
from crawler.page.values import DayKind, Entry

Fields = Mapping[str, object]
Path = tuple[str, ...]

_TITLE = (
    "title", "infotitle", "doctitle", "articletitle", "subject", "headline", "name", "topic", "bt", "linktitle",
)  # fmt: skip
_TITLE_LIKE = re.compile(r"title|subject|标题", re.I)
_URL = re.compile(r"url|href|link|path|visit_?address|address", re.I)
_DAY = re.compile(r"date|time|day|rq|sj|publi[sc]h|deploy|show", re.I)
# openTime is 公开时间 as a rule; writeTime, 撰写时间, comes before it.
_DAY_RANK = (
    "pub",
    "release",
    "issue",
    "deploy",
    "fb",
    "gk",
    "show",
    "display",
    "open",
    "write",
    "infodate",
    "date",
)
_CHANGED = ("modif", "update")
_DAY_LAST = (*_CHANGED, "end", "expire", "stop", "sys", "oper")
_SOURCE = re.compile(r"source|origin|dept|department|unit|organ|publisher|来源", re.I)
_TOTAL = re.compile(
    r"total(?:_?(?:count|records?|num|rows|elements|size|hits))?|num_?found|(?:record|row|all)_?count|count|recordtotal",
    re.I,
)
# Libraries, which are long, name no days.
_DATED = re.compile(r"(?<![\w.])(?:(?:19|20)\d\d(?:[-/.年]\d|\d{4}(?!\w))|1\d{9}(?:\d{3})?(?!\w))")
_ROW = re.compile(r"<(?:li|tr|dd|dl|div|a)\b", re.I)
_TAGS = re.compile(r"<[^<>]{0,200}>")
# Guard: as above, for the values around the rows.
MOST_NODES = 50_000


@dataclass(frozen=True, slots=True)
class Data:
    """The fullest list of postings in some data (addresses as written there), and the total it states. `markup`:
    HTML that stands in it where a list should. `others`: arrays of the same kind stand beside, not surely of this list.
    `cut`: there is more in the data than was looked at."""

    records: tuple[Entry, ...]
    total: int | None = None
    markup: str = ""
    others: bool = False
    cut: bool = False


def read_script(text: str) -> Data | None:
    """Objects with titles, addresses and days that a script writes out, in arrays or one by one (`rows.push({…})`)."""
    written = list(literals(text)) if _DATED.search(text) else []
    # Rows one by one; what is no posting may hold a list.
    rows: list[object] = []
    others: list[object] = []
    for one in written:
        if isinstance(one, dict):
            (rows if _is_posting(_record_of(one)) else others).append(one)
    found = map(fullest, (*(one for one in written if isinstance(one, list)), rows, others))
    lists = [one for one in found if one and _are_postings(one.records)]
    best = max(lists, key=lambda one: len(one.records), default=None)
    beside = sum(len(one.records) > 1 for one in lists) > 1
    return replace(best, total=None, others=best.others or beside) if best else None


def _are_postings(records: tuple[Entry, ...]) -> bool:
    """A script writes out much that has names: of postings, most have an address and a day."""
    told = sum(one.url is not None and one.date is not None for one in records)
    return 0 < len(records) <= 2 * told


def fullest(data: object) -> Data | None:
    """Of all lists in the data the one with the most postings; a menu of columns has names, but no days."""
    nodes = list(_nodes(data))
    parts: dict[Path, list[tuple[Entry, ...]]] = {}
    for path, node, records in nodes:
        if isinstance(node, list):
            parts.setdefault(path, []).extend([records] if records else [])
    best = max(parts.values(), key=lambda some: (_are_dated(some), sum(map(len, some))), default=[])
    goes_on = _goes_on(best)
    records = tuple(chain.from_iterable(best)) if goes_on else max(best, key=len)
    # What stands further out speaks of more.
    dicts = [node for _, node, _ in sorted(nodes, key=lambda one: len(one[0])) if isinstance(node, dict)]
    total = next((said for node in dicts if (said := _total(node)) is not None), None)
    texts = () if records else (node for _, node, _ in nodes if isinstance(node, str) and _ROW.search(node))
    markup = "".join(texts)
    others = not goes_on or (total != len(records) and _stand_beside(records, parts.values()))
    longest = max((len(node) for _, node, some in nodes if some and isinstance(node, list)), default=0)
    cut = len(nodes) >= MOST_NODES or longest > MOST_ROWS
    return Data(records, total, markup, others, cut) if records or markup or total is not None else None


def _stand_beside(records: tuple[Entry, ...], lists: Iterable[list[tuple[Entry, ...]]]) -> bool:
    """Whether another array holds postings that these are not: what is pinned, or another column's."""
    known = {one.url for one in records}
    beside = (some for parts in lists for some in parts if _are_postings(some))
    return any(one.url not in known for some in beside for one in some)


def _are_dated(parts: list[tuple[Entry, ...]]) -> bool:
    return any(one.date for records in parts for one in records)


def _goes_on(parts: list[tuple[Entry, ...]]) -> bool:
    """Whether each part begins where the one before ended, newest first."""
    ends = [(first[-1].date, second[0].date) for first, second in pairwise(parts)]
    return all(last is not None and first is not None and last >= first for last, first in ends)


def _nodes(data: object) -> Iterator[tuple[Path, object, tuple[Entry, ...]]]:
    """Every value in the data but those within postings (each may bring its files), in the order in which it is written,
    the names that lead to it (of an array's items, all the same), and an array's records; MOST_ROWS of an array."""
    stack: list[tuple[Path, object]] = [((), data)]
    seen = 0
    while stack and seen < MOST_NODES:
        path, node = stack.pop()
        seen += 1
        items = node[:MOST_ROWS] if isinstance(node, list) else []
        records = [_record_of(one) for one in items]
        yield path, node, tuple(filter(None, records))
        if isinstance(node, dict):
            stack += [((*path, name), one) for name, one in reversed(node.items())]
        within = [
            ((*path, "*"), one) for one, record in zip(items, records, strict=True) if not _is_posting(record)
        ]
        stack += reversed(within)


def _is_posting(record: Entry | None) -> bool:
    return record is not None and record.url is not None and record.date is not None


def _record_of(item: object) -> Entry | None:
    if not isinstance(item, dict):
        return None
    fields: Fields = item
    title = _title(fields)
    if not title:
        return None
    hrefs = (text for name, text in _texts(fields) if _URL.search(name) and _looks_like_address(text))
    sources = (tidy(text) for name, text in _texts(fields) if _SOURCE.search(name) and 1 < len(text) < 30)
    day, kind = _find_day(fields)
    return Entry(title, next(hrefs, None), day, next(sources, None), kind=kind)


def _title(fields: Fields) -> str:
    small = {name.lower(): value for name, value in fields.items()}
    exact = next((small[name] for name in _TITLE if isinstance(small.get(name), str)), None)
    if exact is None:
        exact = next((value for name, value in _texts(fields) if _TITLE_LIKE.search(name)), "")
    return tidy(_TAGS.sub("", str(exact).replace("\\/", "/")))


def _find_day(fields: Fields) -> tuple[date | None, DayKind]:
    named = sorted(filter(_DAY.search, fields), key=lambda name: _rank(name.lower()))
    found = ((day, name.lower()) for name in named if (day := _day(fields[name])))
    day, name = next(found, (None, ""))
    changed = any(word in name for word in _CHANGED)
    return day, DayKind.UNSURE if changed else DayKind.PUBLISHED


def _rank(name: str) -> tuple[bool, int]:
    last = any(word in name for word in _DAY_LAST)
    return last, next((i for i, word in enumerate(_DAY_RANK) if word in name), len(_DAY_RANK))


def _day(value: object) -> date | None:
    if isinstance(value, dict):  # a Java date with all its parts
        value = value.get("time")
    if isinstance(value, bool) or value is None:
        return None
    text = str(value)
    return find_epoch(text) or find_date(text) or find_compact(text)


def _total(fields: Fields) -> int | None:
    numbers = (value for name, value in fields.items() if _TOTAL.fullmatch(name))
    return next((int(str(value)) for value in numbers if re.fullmatch(r"\d{1,9}", str(value))), None)


def _texts(fields: Fields) -> Iterator[tuple[str, str]]:
    for name, value in fields.items():
        if isinstance(value, str) and value:
            yield name, value


def _looks_like_address(text: str) -> bool:
    return len(text) < 600 and bool(
        re.match(r"(?:https?:)?\\?/|\.{1,2}/|[\w./-]+\.(?:s?html?|jspx?|aspx?|php|pdf)", text)
    )
