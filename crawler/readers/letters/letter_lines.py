"""The lines of a mailbox's page: labelled values, a writer's or an office's words, the page's own, statements that there
is no answer yet. That we read no answer says nothing: it may stand in a frame, in a picture, under an unknown name.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from lxml import html

from crawler.page.dates import find_moment
from crawler.page.labels import COLON, Field, read_fields, short
from crawler.page.lines import SEPARATOR, Line, ancestors, read_lines
from crawler.page.model import CELLS
from crawler.page.page import Page
from crawler.page.page_words import is_footer
from crawler.readers.articles.zone import PROSE, bare_date
from crawler.readers.letters.letter_labels import (
    DEADLINE_WORDS,
    KINDS,
    LONG_KINDS,
    PERSONS,
    RANKS,
    SORT_WORDS,
    SORTS,
    WORDS,
)
from crawler.readers.letters.office_words import answers_as, unit_of
from rules.vocabulary.white_space import squeeze
from rules.vocabulary.words import alternatives

_REPLIER = re.compile(
    r"[【\[（(\s]*([^\d，。；：:]{0,24}?)\s*(?:19|20)\d\d[^，。；]{4,24}?\s*(?:回复|答复)[】\]）)：:\s]*"
)
# How the page begins a line of its own behind a text (满意度：, 追问, 回复时间：), and between the two (审核时间：).
_BEHIND = re.compile(
    r"[【\[]?(?:(?:回复|答复|办复|反馈)[一-鿿]{1,4}[】\]]?\s?[:：]|"
    r"(?:用户|群众|网友|市民|我的|我要)?(?:暂无|暂未)?(?:满意|评价|评论|追问|追加)(?!的|我|了))"
)
_BETWEEN = re.compile(r"[【\[]?(?:受理|审核|办理|承办|转办|交办|处理|办结)[一-鿿]{1,4}[】\]]?\s?[:：]")
# A line that the page says of a letter is short; a longer one is a sentence of its writer.
LONGEST_SAID = 60
_DAYS_OF = {"question": "来信时间", "answer": "回复时间"}
_WAITING = re.compile(
    rf"[^，。]{{0,12}}?{alternatives('empty.none_yet', 'empty.waiting')}[^，。]{{0,4}}?"
    r"(?:回复|答复|办理|处理|受理|解决|核实|审核|调查|转办)[^，。]{0,6}|暂无(?:内容|结果|信息)?|[办处受审]理?中"
)
_COURTESY = re.compile(
    r"(?:敬?请|望)?您?(?:请|继续)?(?:耐心|稍后|稍候|稍等|继续)?(?:等待|等候|关注|谅解|理解|查看|查询|等|片刻|再来)[^，。]{0,8}|"
    r"(?:谢谢|感谢|多谢)[^，。]{0,14}|[^，。]{0,10}(?:您好|你好)|敬请谅解|稍[后候等]"
)
_SORTED = re.compile(r"类\s*[型别]|分\s*类|性\s*质")
_LIMITED = re.compile(r"[期时]\s*限|截\s*止|[应须限迟诺求定]\s*[办答回]")
_BREAK = re.compile(r"[\s，,。.！!；;：:…~]+")
# A sentence of waiting with its courtesy; a longer text is an answer that speaks of waiting.
LONGEST = 40


def is_pages_own(line: Line, text: str) -> bool:
    """A short line in a `text` ("question" or "answer") that the page says of it, not its writer."""
    if len(line.text) > LONGEST_SAID or PROSE.search(line.text):
        return False
    if _BEHIND.match(line.text) or (len(line.parts) > 1 and WORDS.alone(line.parts[0])):
        return True
    cell = line.element.tag in CELLS and WORDS.pattern.match(line.marked)
    return text == "question" and bool(cell or _BETWEEN.match(line.text))


def stamp_of(line: Line) -> str | None:
    """The moment that stands alone in a part of the line."""
    return next((find_moment(part) for part in line.parts if bare_date(part)), None)


def replier_of(text: str) -> tuple[str, str | None] | None:
    """Who answered, and when if it says so: 【县公安局 2023-01-05 回复】, 县公安局回复. None for any other line."""
    unit = answers_as(text)
    if unit:
        return unit, None
    said = _REPLIER.fullmatch(text)
    moment = find_moment(text) if said else None
    return (said[1].strip(" 于　"), moment) if said and moment else None


def is_tab(lines: Sequence[Line], at: int) -> bool:
    """One of several names of texts in a row of items: its text is not what follows the row."""
    if lines[at].element.tag != "li":
        return False
    beside = (lines[n] for n in (at - 1, at + 1) if 0 <= n < len(lines))
    row = lines[at].element.getparent()
    named = (line for line in beside if line.element.getparent() is row)
    return any(KINDS.get(WORDS.alone(line.text) or "") in LONG_KINDS for line in named)


def is_strict(one: Field, line: Line, text: str) -> bool:
    """A label that the writer of a `text` would hardly begin a line with."""
    kind = KINDS.get(one.label)
    if kind == "accepted" and text == "answer":
        return False
    if RANKS.get(one.label) == 0 or (text == "question" and kind == "answer"):
        return True
    return len(line.parts) > 1 and squeeze(line.parts[0]).rstrip(COLON) == one.label


def after_label(line: Line, one: Field) -> str:
    """The line's text behind its label."""
    hit = WORDS.pattern.search(line.marked)
    return line.marked[hit.end() :].replace(SEPARATOR, "").strip() if hit else one.rest


def shown_lines(page: Page) -> list[Line]:
    """The shown lines up to the footer. The only line of a cell stands for the cell, however it is wrapped."""
    lines = [line for line in read_lines(page) if not line.hidden]
    footer = next((at for at, line in enumerate(lines) if at and is_footer(line.text)), len(lines))
    cells = [_cell(line) for line in lines[:footer]]
    counts = Counter(cells)
    return [
        replace(line, element=cell) if cell is not None and counts[cell] == 1 else line
        for line, cell in zip(lines, cells, strict=False)
    ]


def _cell(line: Line) -> html.HtmlElement | None:
    return next((node for node in islice(ancestors(line.element), 4) if node.tag in CELLS), None)


def letter_fields(lines: Sequence[Line]) -> list[Field]:
    """Every labelled value. 来信：2023-09-01 is the day of the letter, not its text; under 回复人 only an office
    counts."""
    found = (_meant(_nested(lines, one)) for one in read_fields(lines, WORDS))
    return [one for one in found if one.label not in PERSONS or unit_of(one.value)]


def letter_sorts(lines: Sequence[Line]) -> list[tuple[int, str]]:
    """What stands under labels of a letter's kind, each with its label's line, the surest label first."""
    if not any(_SORTED.search(line.text) for line in lines):
        return []
    found = sorted(read_fields(lines, SORT_WORDS), key=lambda one: SORTS.index(one.label))
    return [(one.at, one.value) for one in found]


def letter_deadlines(lines: Sequence[Line]) -> list[tuple[int, str]]:
    """What stands under labels of the time for an answer, each with its label's line."""
    if not any(_LIMITED.search(line.text) for line in lines):
        return []
    return [(one.at, one.value) for one in read_fields(lines, DEADLINE_WORDS) if one.value]


def _nested(lines: Sequence[Line], one: Field) -> Field:
    """A label that is its block's own text names the block within: <li>来信日期<p>2021-04-01</p></li>."""
    if not one.alone or one.value or one.at + 1 >= len(lines):
        return one
    value = lines[one.at + 1]
    if value.element.getparent() is not lines[one.at].element or WORDS.alone(value.text):
        return one
    return replace(one, value=short(value.marked), rest=value.text, until=one.at + 1)


def _meant(one: Field) -> Field:
    day = _DAYS_OF.get(KINDS.get(one.label, ""))
    return replace(one, label=day) if day and bare_date(one.rest) else one


def says_none(text: str) -> bool:
    """Whether what stands in the answer's place says that there is none yet: 暂无回复, 正在办理，请耐心等待。"""
    if len(text) > LONGEST:
        return False
    clauses = [clause for clause in _BREAK.split(text.strip(" -—()（）[]【】")) if clause]
    waiting = [clause for clause in clauses if _WAITING.fullmatch(clause)]
    return bool(waiting) and all(_WAITING.fullmatch(one) or _COURTESY.fullmatch(one) for one in clauses)
