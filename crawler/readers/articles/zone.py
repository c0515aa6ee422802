"""The zone between an article's title and its body: the byline, the buttons, the table of the record. The
labels' words are data (rules/vocabulary/words/labels.toml).
"""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from lxml import html

from crawler.page.dates import find_date, spans
from crawler.page.labels import COLON, Field, Vocabulary
from crawler.page.lines import SEPARATOR, Line, ancestors
from crawler.page.page_words import TOOLS
from crawler.readers.articles.byline_links import linked_beside_site
from rules.vocabulary.white_space import squeeze
from rules.vocabulary.words import word_set

PUBLISHED = word_set("labels.published")
PLAIN = word_set("labels.plain_date")
UPDATED = word_set("labels.updated")
DRAWN_UP = word_set("labels.drawn_up")
SIGNED = word_set("labels.signed")
SOURCE = word_set("labels.source")
ISSUER = word_set("labels.issuer")
AUTHOR = word_set("labels.author")
NUMBER = word_set("labels.document_number")
TITLE = word_set("labels.title")

WORDS = Vocabulary(
    PUBLISHED | PLAIN | UPDATED | DRAWN_UP | SIGNED | SOURCE | ISSUER | AUTHOR | NUMBER | TITLE,
    word_set("labels.page", "labels.article_other"),
)
RECORD = ISSUER | NUMBER | SIGNED | DRAWN_UP | PUBLISHED | word_set("labels.record")
# Lines from the title to the body at most: a record of 16 labels, two lines each, and the tools.
ZONE = 40
# So many lines in a row that are neither labels nor tools are the text.
MOST_PLAIN = 3
# Lines of a record at most: 16 labels with values of several lines.
MOST_RECORD = 60
# Lines from a pasted byline to the first sentence, at most.
MOST_PASTED = 6
# Characters of links that are but buttons: 大 中 小, 打印.
MOST_LINKED = 8
PROSE = re.compile(r"[，。；！？、,;]")
_TOOLS = re.compile(rf"{TOOLS.pattern}|大\s?中\s?小|下载|我要")
_BROWSERS = re.compile(r"浏览器|javascript|cookie", re.IGNORECASE)
_EVENT = re.compile(r"[^:：]{0,8}(?:地\s?点|议\s?[题程]|参\s?[会加](?:人员|对象|范围)?)\s?[:：]")
_AROUND = re.compile(
    r"[\s(（\[【)）\]】:：|｜,，.\-—/·T]*(?:[\d:：∶时分秒.Z]{0,14})?[\s(（\[【)）\]】:：|｜,，.\-—/·]*"
)


def bare_date(text: str) -> bool:
    """Whether the text is a day, perhaps with its time, and nothing else."""
    if not 8 <= len(text) <= 40:
        return False
    found = list(spans(text))
    if len(found) != 1:
        return False
    _, start, end = found[0]
    return bool(_AROUND.fullmatch(text[:start]) and _AROUND.fullmatch(text[end:]))


def shows_date(line: Line) -> bool:
    """A day stands alone in the line or in a part of it, and nothing is linked but buttons (大 中 小, 打印)."""
    return len(line.text) <= 120 and any(bare_date(part) for part in line.pieces) and _links_nothing(line)


def stamps(text: str) -> bool:
    """A short line that begins with a day, or holds one with its clock time, or ends with one in figures (县教育局2021-03-05发布)."""
    found = list(spans(text)) if 8 <= len(text) <= 60 else []
    if len(found) != 1 or re.search(r"[，。；]", text):
        return False
    _, start, end = found[0]
    clock = re.match(r"[\s日]{0,3}\d\d?[:：]\d\d", text[end:])
    return start <= 2 or bool(clock) or (text[end:].strip() in ("", "发布") and "年" not in text[start:])


def before_labels(marked: str) -> str:
    """What a line says before its first label, on one line: a site's name and the day (某县政府网　2021-03-05　来源：…)."""
    first = WORDS.pattern.search(marked)
    return " ".join(marked[: first.start()].replace(SEPARATOR, " ").split()) if first else ""


def _stamped(line: Line) -> bool:
    return (stamps(line.text) or stamps(before_labels(line.marked))) and _links_nothing(line)


def _links_nothing(line: Line) -> bool:
    """Nothing is linked but buttons (大 中 小, 打印) and the site itself."""
    return linked_beside_site(line) <= MOST_LINKED


def labelled_above(lines: Sequence[Line], at: int) -> bool:
    """The line before is a label that waits for its value: 开始时间： or the cell 会议时间 before a day of its own."""
    above = lines[at - 1].text if at else ""
    return len(above) <= 16 and (above[-1:] in COLON or (len(above) <= 8 and names_a_day(above)))


def names_a_day(text: str) -> bool:
    """Words that end as a label of a day does: with a colon, or with 时间 or 日期 themselves."""
    text = text.rstrip(" [【(（")
    return text.endswith((*COLON, "时间", "日期"))


@dataclass(slots=True, frozen=True)
class Zone:
    """Line numbers: `bylines` belong around the article, of which `dated` show a day of publication, `named`
    a day or a source, and `record` stand in the table of the record. `said`: the labels of days and of sources by line
    with what they say, "" for a day without one."""

    bylines: frozenset[int]
    dated: frozenset[int]
    named: frozenset[int]
    record: frozenset[int]
    said: Mapping[int, Sequence[tuple[str, str]]] = field(default_factory=dict)


def find_zone(lines: Sequence[Line], fields: Sequence[Field]) -> Zone:
    """Lines with labelled values, with a day alone, and every line of a record's table."""
    own = [
        one
        for one in fields
        if one.value and not _is_sentence(lines[one.at].text) and not dates_event(lines, one)
    ]
    alone = {
        at
        for at, line in enumerate(lines)
        if (shows_date(line) or _stamped(line)) and not labelled_above(lines, at)
    }
    record = _record_lines(lines, fields)
    dated = alone | {one.at for one in own if one.label in PUBLISHED | PLAIN | SOURCE and find_date(one.rest)}
    named = dated | {one.at for one in own if one.label in SOURCE}
    labelled = {at for one in own for at in (one.at, one.until) if len(lines[at].text) <= 200}
    bylines = labelled | dated | record
    said: dict[int, list[tuple[str, str]]] = {at: [("", str(find_date(lines[at].text)))] for at in alone}
    for one in own:
        day = find_date(one.rest) if one.label in PUBLISHED | PLAIN else None
        if day or one.label in SOURCE:
            said.setdefault(one.at, []).append((one.label, str(day or squeeze(one.value))))
    return Zone(frozenset(bylines), frozenset(dated), frozenset(named), frozenset(record), said)


def dates_event(lines: Sequence[Line], field: Field) -> bool:
    """A bare 时间 with a place or an agenda named beside it: when something takes place."""
    near = lines[max(field.at - 2, 0) : field.at + 3] if field.label in PLAIN else ()
    return any(_EVENT.search(line.text[:200]) for line in near)


def _record_lines(lines: Sequence[Line], fields: Sequence[Field]) -> set[int]:
    """Lines of the table or list of the record (索引号, 发布机构, 文号 …), which stands before any prose."""
    prose = next((at for at, line in enumerate(lines) if len(line.text) > 60 and _is_prose(line)), len(lines))
    labels: dict[html.HtmlElement, set[str]] = {}
    for one in fields:
        holder = _holder(lines[one.at]) if one.label in RECORD and one.at < prose else None
        if holder is not None:
            labels.setdefault(holder, set()).add(one.label)
    inside: dict[html.HtmlElement, list[int]] = {holder: [] for holder in labels}
    for at, line in enumerate(lines[: prose + MOST_RECORD] if labels else ()):
        holder = _holder(line)
        if holder in inside:
            inside[holder].append(at)
    return {at for holder, numbers in inside.items() if _is_record(labels[holder], numbers) for at in numbers}


def _is_record(labels: set[str], numbers: Sequence[int]) -> bool:
    """Labels enough for the lines: a table that merely has 名称 and 日期 for columns is none."""
    sure = any(label.startswith(("索", "信息索引", "主题分类")) for label in labels)
    return (
        len(labels) >= (2 if sure else 3) and len(numbers) <= MOST_RECORD and 5 * len(labels) >= len(numbers)
    )


def _is_prose(line: Line) -> bool:
    return not line.is_link and len(PROSE.findall(line.text)) >= 2


def _holder(line: Line) -> html.HtmlElement | None:
    return next((node for node in ancestors(line.element) if node.tag in ("table", "ul", "dl")), None)


def body_start(lines: Sequence[Line], title_at: int | None, zone: Zone) -> int:
    """The first line after the title and what belongs to it; without a title, after the first byline over prose. A
    byline says each thing once: where a day or a source is said again and is another, a pasted text begins."""
    if title_at is None:
        prose = first_sentence(lines, zone.bylines)
        title_at = min((at for at in zone.bylines if at < min(prose, len(lines) * 0.8)), default=-1)
    last, plain = title_at, 0
    told: dict[str, str] = {}
    for at in range(title_at + 1, min(title_at + ZONE, len(lines))):
        line = lines[at]
        if _says_otherwise(zone.said.get(at, ()), told) and at not in zone.record and _over_prose(lines, at):
            break
        told |= zone.said.get(at, ())
        if at in zone.bylines or _is_tool_line(line):
            last, plain = at, 0
        elif not line.is_link:
            plain += 1
            if plain > MOST_PLAIN or _begins_text(line.text):
                break
    return last + 1


def _says_otherwise(said: Sequence[tuple[str, str]], told: Mapping[str, str]) -> bool:
    """Whether a line gives another value to a label, or another day beside one that no label names."""
    days = {told[label] for label in told if label not in SOURCE}
    for label, value in said:
        bare = "" in (label, *told) and label not in SOURCE and bool(days)
        if (label in told and told[label] != value) or (bare and value not in days):
            return True
    return False


def _over_prose(lines: Sequence[Line], at: int) -> bool:
    """Whether sentences follow: dates under dates are rows of a list."""
    below = lines[at + 1 : at + 1 + MOST_PASTED]
    return first_sentence(below, frozenset()) < len(below)


def first_sentence(lines: Sequence[Line], record: AbstractSet[int]) -> int:
    """The line where prose begins: a sentence with its full stop, outside the record; else past the end."""
    for at, line in enumerate(lines):
        ends = len(line.text) >= 15 and line.text[-1] == "。"
        if ends and not (line.is_link or line.hidden or at in record or _BROWSERS.search(line.text)):
            return at
    return len(lines)


def _is_sentence(text: str) -> bool:
    """Prose that happens to hold a label: （…，发布日期：2019年4月3日）制定本制度。"""
    return text[-1] in "。；" or (len(text) > 60 and "，" in text)


def _begins_text(text: str) -> bool:
    """A sentence, or the words that address the readers (各乡镇人民政府：)."""
    if len(text) > 40:
        return bool(PROSE.search(text))
    return len(text) >= 8 and text[-1] in "。；！？：:"


def _is_tool_line(line: Line) -> bool:
    if len(line.text) >= 60 or PROSE.search(line.text):
        return False
    bare = squeeze(line.text).strip(COLON)
    return len(bare) <= 3 or bool(_TOOLS.search(line.text)) or bare in RECORD
