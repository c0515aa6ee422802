"""Where on the page a group of rows stands, and so whether it is the page's list or something beside it.

Names of classes only lean the scale; what stands before the rows (a heading), after them (a pager) and on
which side of the breadcrumb weighs more.
"""

import re

from crawler.page.navigation import MORE_LINK, RECOMMENDED
from crawler.page.titles import tidy
from crawler.page.tokens import Tape
from crawler.page.zones import zone
from crawler.readers.lists.groups import Group
from crawler.readers.lists.page_context import Scene

_OFTEN_OTHER = re.compile(r"图片|图集|最新|最近|专题|头条|滚动|快讯|快速|便民|热线")
_PAGER = re.compile(
    r"下一?页|后一?页|尾页|末页|上一?页|最后一?页|第一页|共\s?\d*\s?(?:条|页|篇)|总记录|记录数|页次|^\d+\s?/\s?\d+"
    r"|转到|条记录|^next$",
    re.I,
)
_COLON = re.compile(r"[:：|·\s]+$")
NEAR = 8


def weigh(tape: Tape, group: Group, scene: Scene) -> float:
    """How well a group stands where a page's list stands; 1 is neutral, below that it is beside the list."""
    weight = zone(group.parent, dated=bool(group.rows[0].dates))
    weight *= _heading(tape, group, scene)
    if has_pager(tape, group):
        weight *= 4
    elif is_teaser(tape, group):
        weight *= 0.5
    if scene.crumbs:
        weight *= 1.5 if group.start >= scene.crumbs.extent[0] else 0.6
    return weight


def has_pager(tape: Tape, group: Group) -> bool:
    """Whether a pager follows the rows at once, printed or left to a script."""
    numbers = 0  # of links; the numbers of a carousel are none
    for token in tape.tokens[group.end : group.end + NEAR * 2]:
        text = token.text.strip()
        if token.pager or _PAGER.search(text[:40]):
            return True
        numbers += text.isdigit() and token.link >= 0
        if text and not text.isdigit() and len(text) > 6:
            return False
    return numbers > 0


def is_teaser(tape: Tape, group: Group) -> bool:
    """A block of a home page: its heading or its end offers 更多."""
    near = [*tape.texts(max(0, group.start - 4), group.start), *tape.texts(group.end, group.end + 2)[:1]]
    return any(MORE_LINK.fullmatch(text) for text in near)


def _heading(tape: Tape, group: Group, scene: Scene) -> float:
    """What the last short text before the rows calls them."""
    before = [tidy(text) for text in tape.texts(max(0, group.start - NEAR), group.start)]
    names = [
        text for text in before if 1 < len(text) < 16 and not MORE_LINK.fullmatch(text) and "暂无" not in text
    ]
    if not names:
        return 1.0
    heading = _COLON.sub("", names[-1])
    if scene.crumbs and heading == scene.crumbs.name:
        return 2.0
    if RECOMMENDED.search(heading):
        return 0.2
    return 0.5 if _OFTEN_OTHER.search(heading) else 1.0
