"""Whether a letter's own page says that there is no answer, or leaves its place empty. That we read none is neither:
it may stand in a frame, in a picture, under a name that we do not know.
"""

import re
from collections.abc import Iterator
from itertools import islice

from lxml import html

from crawler.page.labels import value_cell
from crawler.page.lines import Line
from rules.vocabulary.words import alternatives

_WAITING = re.compile(
    rf"[^，。]{{0,12}}?{alternatives('empty.none_yet', 'empty.waiting')}[^，。]{{0,4}}?"
    r"(?:回复|答复|办理|处理|受理|解决|核实|审核|调查|转办)[^，。]{0,6}|暂无(?:内容|结果|信息)?|[办处受审]理?中"
)
_COURTESY = re.compile(
    r"(?:敬?请|望)?您?(?:请|继续)?(?:耐心|稍后|稍候|稍等|继续)?(?:等待|等候|关注|谅解|理解|查看|查询|等|片刻|再来)[^，。]{0,8}|"
    r"(?:谢谢|感谢|多谢)[^，。]{0,14}|[^，。]{0,10}(?:您好|你好)|敬请谅解|稍[后候等]"
)
_BREAK = re.compile(r"[\s，,。.！!；;：:…~]+")
_NO_TEXT = (
    "iframe",
    "frame",
    "img",
    "object",
    "embed",
    "script",
    "video",
    "canvas",
    "input",
    "textarea",
)
# A sentence of waiting with its courtesy; a longer text is an answer that speaks of waiting.
LONGEST = 40
# Guard: an answer's place with more is no empty one.
MOST_NODES = 3_000


def says_none(text: str) -> bool:
    """Whether what stands in the answer's place says that there is none yet: 暂无回复, 正在办理，请耐心等待。"""
    if len(text) > LONGEST:
        return False
    clauses = [clause for clause in _BREAK.split(text.strip(" -—()（）[]【】")) if clause]
    waiting = [clause for clause in clauses if _WAITING.fullmatch(clause)]
    return bool(waiting) and all(_WAITING.fullmatch(one) or _COURTESY.fullmatch(one) for one in clauses)


def is_empty(label: Line) -> bool:
    """Whether the place for an answer, of which no text was read, holds nothing else either."""
    return not any(
        node.tag in _NO_TEXT for place in _places(label) for node in islice(place.iter(), MOST_NODES)
    )


def _places(label: Line) -> Iterator[html.HtmlElement]:
    """The cell that answers the label's; else the label's own block and the one after it."""
    cell = value_cell(label)
    if cell is not None:
        yield cell
        return
    block: html.HtmlElement | None = label.element
    yield label.element
    while block is not None and block.getnext() is None and block.tag not in ("body", "form"):
        block = block.getparent()
    after = block.getnext() if block is not None else None
    if after is not None:
        yield after
