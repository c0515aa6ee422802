"""The steps of a letter's handling (提交 → 受理 → 转办 → 办结), each with its moment, as a table or a row of marks.

Steps come in company: a lone 受理 beside a day may be anything. 转办 is not taken for 受理: it says only that the
letter had been accepted by then.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from crawler.reading.article_zone import bare_date
from crawler.reading.dates import find_moment
from crawler.reading.labels import squeeze
from crawler.reading.lines import Line

_STEP = re.compile(
    r"(?:信件|来信|留言|网民|网友|群众|市民|工单|诉求|部门|单位|办公室|已|正式)*(?P<what>"
    r"提交|来信|写信|留言|受理|登记|审核|转办|交办|分办|派单|签收|承办|办理|处理|答复|回复|办结|办复|反馈|评价|归档)"
    r"(?:信件|来信|留言|环节|完成|成功|时间|完毕|结果)?"
)
_MEANT = {
    "提交": "received", "来信": "received", "写信": "received", "留言": "received",
    "受理": "accepted", "答复": "answered", "回复": "answered", "办结": "answered", "办复": "answered",
}  # fmt: skip
_STRIP = " \t　[]【】()（）:：→>-—·|、,，"
FARTHEST = 4
LONGEST = 40

Step = tuple[str, str]


def read_steps(lines: Sequence[Line]) -> Mapping[str, str]:
    """The moments of what is `received`, `accepted` and `answered`, of the first steps that come in company."""
    for tokens in _runs(lines):
        steps = _paired(tokens)
        if len({what for what, _ in steps}) >= 2:
            return _meant(steps)
    return {}


def _meant(steps: Sequence[Step]) -> dict[str, str]:
    """The first moment of each, but the last of the answer's."""
    found: dict[str, str] = {}
    for what, moment in steps:
        kind = _MEANT.get(what)
        if kind and (kind not in found or (kind == "answered" and moment > found[kind])):
            found[kind] = moment
    return found


def _runs(lines: Sequence[Line]) -> Iterator[list[str | Step]]:
    """Names of steps, moments and both in one, as they follow one another without prose of many lines between."""
    run: list[str | Step] = []
    last = 0
    for at, line in enumerate(lines):
        tokens = [token for part in line.pieces if (token := _token(part))]
        if tokens and at - last > FARTHEST:
            yield run
            run = []
        if tokens:
            run += tokens
            last = at
    yield run


def _token(part: str) -> str | Step | None:
    """A step's name, a moment (as ISO text), or both where one piece says both."""
    if len(part) > LONGEST:
        return None
    moment = find_moment(part)
    if moment and bare_date(part):
        return moment
    rest = re.sub(r"(?:19|20)\d\d[-/.年][\d\-/.:： 月日时分秒]+", "", part) if moment else part
    step = _STEP.fullmatch(squeeze(rest).strip(_STRIP))
    if step is None:
        return None
    return (step["what"], moment) if moment else step["what"]


def _paired(tokens: Sequence[str | Step]) -> list[Step]:
    """Each step with its moment: side by side, or a row of names over a row of moments."""
    pairs = [token for token in tokens if isinstance(token, tuple)]
    loose = [token for token in tokens if isinstance(token, str)]
    names = [token for token in loose if not _is_moment(token)]
    moments = [token for token in loose if _is_moment(token)]
    if len(names) == len(moments) and loose == [*names, *moments]:
        return pairs + list(zip(names, moments, strict=True))
    if loose and _is_moment(loose[0]):
        loose = loose[::-1]
    return pairs + [
        (here, there) for here, there in pairwise(loose) if _is_moment(there) and not _is_moment(here)
    ]


def _is_moment(token: str) -> bool:
    return token[0].isdigit()
