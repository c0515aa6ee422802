"""Where an answer may stand of which no text, or not all, is read: a picture, a file, a frame, a place that a script fills;
and answers that say that they were given otherwise (已电话答复) or to the writer alone (不予公开).

None of this is an answer missing, and what was read beside it is not the answer's whole text.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

from lxml import html

from crawler.page.labels import value_cell
from crawler.page.lines import Line, ancestors, read_lines
from crawler.page.model import CELLS
from crawler.page.page import Page
from crawler.readers.articles.attachments import is_file_link
from rules.vocabulary.words import alternatives

_MEDIA = frozenset(["iframe", "frame", "img", "object", "embed", "video", "audio", "canvas", "svg"])
_NO_TEXT = _MEDIA | {"script", "input", "textarea"}
_CARRIED = re.compile(
    rf"(?:[详参请]?见|如|参照|参看|查看|查阅|扫描?|点击|下载)(?:[以之]?[下上]方?)?(?:的|本|各|所附)?[^，。；]{{0,6}}?{alternatives('answers.carriers')}|[见如]图(?![书表])"
)
_CHANNEL = alternatives("answers.channels")
_OTHERWISE = re.compile(
    rf"(?:^|已经?|予以|进行|采[取用]|(?<![请可])通过|(?<![请可])以)(?:(?![请可])[^，。；]){{0,8}}{_CHANNEL}[^，。；]{{0,10}}"
    r"(?:答复|回复|告知|沟通|联系|解释|反馈|说明|解答|回访)"
)
_PRIVATE = re.compile(alternatives("answers.private") + r"|是否公开\s*[:：]?\s*否")
# A sentence that an answer is private; a longer text is an answer that speaks of what is not public.
LONGEST_PRIVATE = 40
# Guard: the place of an answer with more is no empty one.
MOST_NODES = 3_000


def is_given_otherwise(answer: str) -> bool:
    """Whether an answer says that it is in a file or a picture, or was given by telephone or in person."""
    return bool(_CARRIED.search(answer) or _OTHERWISE.search(answer))


def is_private(text: str) -> bool:
    """Whether a short text says that the letter or its answer is not shown to everybody."""
    return len(text) <= LONGEST_PRIVATE and bool(_PRIVATE.search(text))


def shows_private(lines: Sequence[Line], texts: frozenset[int]) -> bool:
    """Whether the page says so outside the `texts` of the letter, in one line or in a label and its value."""
    own = ["" if at in texts else line.text for at, line in enumerate(lines)]
    return any(is_private(text) for text in own) or any(
        len(a + b) <= LONGEST_PRIVATE and bool(_PRIVATE.search(a + b)) for a, b in pairwise(own) if a and b
    )


def is_empty(label: Line, page: Page) -> bool:
    """Whether the place for an answer, of which no text was read, holds nothing else either."""
    return not any(
        node.tag in _NO_TEXT or _is_filled(node, page)
        for place in _places(label)
        for node in islice(place.iter("*"), MOST_NODES)
    )


def holds_more(label: Line, said: Sequence[Line], page: Page) -> bool:
    """Whether the place of an answer holds something that is not text, beside the lines `said` of it, if any."""
    nodes = _behind(label, said) if said else (node for place in _places(label) for node in place.iter("*"))
    return any(
        node.tag in _MEDIA or (node.tag == "a" and is_file_link(node)) or _is_filled(node, page)
        for node in islice(nodes, MOST_NODES)
    )


def is_bare(asked: Sequence[Line], labels: Sequence[Line], page: Page) -> bool:
    """Whether a letter that shows no place for an answer shows nothing either that may be one: neither a second block of
    the question's text, nor anything but shown text around question and labels."""
    blocks = {line.element if (cell := _cell(line)) is None else cell for line in asked}
    around = _around([line.element for line in (*labels, *asked)])
    if len(blocks) > 1 or around is None:
        return False
    if any(node.tag in _NO_TEXT for node in islice(around.iter("*"), MOST_NODES)):
        return False
    return not any(line.hidden and around in ancestors(line.element) for line in read_lines(page))


def _cell(line: Line) -> html.HtmlElement | None:
    return next((node for node in islice(ancestors(line.element), 8) if node.tag in CELLS), None)


def _is_filled(node: html.HtmlElement, page: Page) -> bool:
    """Whether a script of the page names this empty element: then it may fill it."""
    name = node.get("id")
    if not name or len(node) or (node.text or "").strip():
        return False
    return any(name in (script.text or "") for script in page.tree.iter("script"))


def _behind(label: Line, said: Iterable[Line]) -> Iterator[html.HtmlElement]:
    """The elements behind an answer's label in the smallest block that holds it and the answer."""
    elements = [label.element, *(line.element for line in said)]
    around = _around(elements)
    if around is label.element and value_cell(label) is None and around.getparent() is not None:
        around = around.getparent()
    past = False
    for node in around.iter("*") if around is not None else ():
        past = past or node is label.element
        if past:
            yield node


def _around(elements: Sequence[html.HtmlElement]) -> html.HtmlElement | None:
    """The smallest block that holds them all."""
    if not elements:
        return None
    shared = [set(ancestors(element)) for element in elements[1:]]
    return next((node for node in ancestors(elements[0]) if all(node in own for own in shared)), None)


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
