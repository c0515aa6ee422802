"""Whether a letter's own page shows that there is no answer. That we read none is not enough: it may stand in a
frame, in a picture, in a file, or be filled in by a script.
"""

import re
from collections.abc import Iterator
from itertools import islice

from lxml import html

from crawler.reading.labels import value_cell
from crawler.reading.lines import Line

_WAITING = re.compile(
    r"[^，。]{0,12}?(?:暂无|尚无|还没有|没有|暂未|尚未|还未|未|正在|等待|等候|待|无)[^，。]{0,4}?"
    r"(?:回复|答复|办理|处理|受理|解决|核实|审核|调查|转办)[^，。]{0,6}|暂无(?:内容|结果|信息)?|[办处受审]理?中"
)
_COURTESY = re.compile(
    r"(?:敬?请|望)?您?(?:请|继续)?(?:耐心|稍后|稍候|稍等|继续)?(?:等待|等候|关注|谅解|理解|查看|查询|等|片刻|再来)[^，。]{0,8}|"
    r"(?:谢谢|感谢|多谢)[^，。]{0,14}|[^，。]{0,10}(?:您好|你好)|敬请谅解|稍[后候等]"
)
_BREAK = re.compile(r"[\s，,。.！!；;：:…~]+")
_FILLED_ELSEWHERE = (
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
LONGEST = 40
MOST_NODES = 3_000
MOST_SCRIPT = 200_000


def says_none(text: str) -> bool:
    """Whether what stands in the answer's place says that there is none yet: 暂无回复, 正在办理，请耐心等待。"""
    if len(text) > LONGEST:
        return False
    clauses = [clause for clause in _BREAK.split(text.strip(" -—()（）[]【】")) if clause]
    waiting = [clause for clause in clauses if _WAITING.fullmatch(clause)]
    return bool(waiting) and all(_WAITING.fullmatch(one) or _COURTESY.fullmatch(one) for one in clauses)


def is_empty(label: Line) -> bool:
    """Whether the place for an answer, of which no text was read, is surely empty: nothing in it that is no text,
    and no script that names it."""
    return not any(_may_hold(place) for place in _places(label))


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


def _may_hold(place: html.HtmlElement) -> bool:
    nodes = list(islice(place.iter(), MOST_NODES))
    if any(node.tag in _FILLED_ELSEWHERE for node in nodes):
        return True
    names = {name for node in nodes if (name := node.get("id"))}
    return bool(names) and any(name in script for script in _scripts(place) for name in names)


def has_frame(tree: html.HtmlElement) -> bool:
    """Whether a part of the page is another page."""
    return next((True for node in tree.iter("iframe", "frame") if node.get("src")), False)


def _scripts(place: html.HtmlElement) -> Iterator[str]:
    for script in place.getroottree().getroot().iter("script"):
        yield (script.text or "")[:MOST_SCRIPT]
