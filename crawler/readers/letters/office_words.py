"""Names of offices, distinguished from names of people by their endings; and how an answer is signed."""

import re

from crawler.page.dates import find_moment, spans
from crawler.page.office_names import LABELLED_END

_UNIT = re.compile(rf"[\[【(（]?([一-鿿]{{2,18}}{LABELLED_END})[\]】)）]?")
_REPLIES = re.compile(r"[【\[（(\s]*([^\d，。；：:]{0,24}?)(?:的|官方)?(?:回复|答复)[】\]）)：:\s]*")


def unit_of(text: str) -> str | None:
    """The office that the text names and nothing else, brackets undone."""
    match = _UNIT.fullmatch("".join(text.split()))
    return match[1] if match else None


def answers_as(text: str) -> str | None:
    """The office in a line that says no more than that it answers: 县公安局回复, 【县公安局答复】."""
    match = _REPLIES.fullmatch(text)
    return unit_of(match[1]) if match else None


def signature_of(text: str) -> tuple[str | None, str | None]:
    """Office and moment at the foot of an answer, which stand in its last line or in its last two."""
    lines = text.split("\n")
    found = list(spans(lines[-1])) if len(lines[-1]) <= 60 else []
    if len(found) != 1:
        return (unit_of(lines[-1]) if len(lines) > 1 else None), None
    _, start, end = found[0]
    before, after = lines[-1][:start].strip(" 　,，:：(（【["), lines[-1][end:]
    if any("一" <= sign <= "鿿" for sign in after):
        return None, None
    if before:
        unit = unit_of(before)
        return unit, find_moment(lines[-1]) if unit else None
    return (unit_of(lines[-2]) if len(lines) > 1 else None), find_moment(lines[-1])
