"""Rows that stand as data: a JSON answer, or an array of objects in a script.

Which of an object's fields is the title, the address and the day is known by its name; an array is a list
of postings if its objects have titles.
"""

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from crawler.page.answers import CALLBACK
from crawler.page.dates import find_compact, find_date, find_epoch
from crawler.page.titles import tidy
from crawler.page.values import DayKind, Entry

Fields = Mapping[str, object]

_TITLE = (
    "title", "infotitle", "doctitle", "articletitle", "subject", "headline", "name", "topic", "bt", "linktitle",
)  # fmt: skip
_TITLE_LIKE = re.compile(r"title|subject|标题", re.I)
_URL = re.compile(r"url|href|link|path|visit_?address|address", re.I)
_DAY = re.compile(r"date|time|day|rq|sj|publi[sc]h|deploy|show", re.I)
_DAY_RANK = ("pub", "release", "issue", "deploy", "fb", "show", "display", "write", "infodate", "date")
_CHANGED = ("modif", "update")
_DAY_LAST = (*_CHANGED, "end", "expire", "stop", "sys", "oper")
_SOURCE = re.compile(r"source|origin|dept|department|unit|organ|publisher|来源", re.I)
_TOTAL = re.compile(
    r"total(?:_?(?:count|records?|num|rows|elements|size|hits))?|num_?found|(?:record|row|all)_?count|count|recordtotal",
    re.I,
)
_OBJECT = re.compile(r"\{[^{}]{15,1500}\}")
_PAIR = re.compile(
    r"[\"']?([A-Za-z_]\w{0,30})[\"']?\s?:\s?(?:\"((?:[^\"\\]|\\.){0,600})\"|'((?:[^'\\]|\\.){0,600})'|(\d{1,15})\b)"
)
_ROW = re.compile(r"<(?:li|tr|dd|dl|div|a)\b", re.I)
_TAGS = re.compile(r"<[^<>]{0,200}>")
# Guard: as above, for the values around the rows.
MOST_NODES = 50_000
# Guard: against data made without end; a list sent whole fits.
MOST_OBJECTS = 3_000


@dataclass(frozen=True, slots=True)
class Data:
    """The fullest list of postings in some data (addresses as written there), and the total it states. `markup`:
    HTML that stands in it where a list should."""

    records: tuple[Entry, ...]
    total: int | None = None
    markup: str = ""


def read_answer(text: str) -> Data | None:
    """A body that is JSON or JSONP and nothing else; None where it is not."""
    start = text.lstrip()[:1]
    if start not in ("{", "["):
        wrapped = CALLBACK.match(text) if re.match(r"\s*[\w$.]{1,80}\s?\(\s?[{\[]", text) else None
        if not wrapped:
            return None
        text = wrapped[1]
    try:
        return _fullest(json.loads(text))
    except (ValueError, RecursionError):
        return None


def read_script(text: str) -> Data | None:
    """Objects with titles written out in a script, in JSON or in JavaScript's looser manner."""
    found = []
    for match in _OBJECT.finditer(text):
        fields = {name: "".join(value) for name, *value in _PAIR.findall(match[0])}
        record = _record(fields) if len(fields) > 1 else None
        if record and record.url and len(record.title) > 3:
            found.append(record)
        if len(found) >= MOST_OBJECTS:
            break
    dated = [record for record in found if record.date]
    return Data(tuple(found)) if dated and len(dated) * 2 >= len(found) else None


def _fullest(data: object) -> Data | None:
    """Of all arrays in the data the one with the most postings; a menu of columns has names, but no days."""
    best: tuple[Entry, ...] = ()
    total = None
    for node in _nodes(data):
        if isinstance(node, list):
            records = tuple(record for one in node if isinstance(one, dict) and (record := _record(one)))
            best = max(best, records, key=lambda some: (any(one.date for one in some), len(some)))
        elif isinstance(node, dict) and total is None:
            total = _total(node)
    texts = () if best else (node for node in _nodes(data) if isinstance(node, str) and _ROW.search(node))
    markup = "".join(texts)
    return Data(best, total, markup) if best or markup or total is not None else None


def _nodes(data: object) -> Iterator[object]:
    queue, seen = deque([data]), 0
    while queue and seen < MOST_NODES:
        node = queue.popleft()
        seen += 1
        yield node
        if isinstance(node, dict):
            queue += node.values()
        elif isinstance(node, list):
            queue += node


def _record(fields: Fields) -> Entry | None:
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
