"""What a line on a letter's page is: a writer's or an office's words, or the page's own."""

import re
from collections.abc import Sequence

from crawler.page.dates import find_moment
from crawler.page.labels import COLON, Field, squeeze
from crawler.page.lines import CELLS, SEPARATOR, Line
from crawler.readers.articles.zone import PROSE, bare_date
from crawler.readers.letters.letter_labels import KINDS, LONG_KINDS, RANKS, WORDS
from crawler.readers.letters.office_words import answers_as

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
LONGEST = 60


def is_pages_own(line: Line, text: str) -> bool:
    """A short line in a `text` ("question" or "answer") that the page says of it, not its writer."""
    if len(line.text) > LONGEST or PROSE.search(line.text):
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
