"""Names of offices, distinguished from names of people by their endings; and how an answer is signed. Days
under a letter's labels, in the forms that only a label makes sure of; and answers' days that are none.
"""

import re
from datetime import date

from crawler.page.dates import find_date, find_moment, make_date, spans
from crawler.page.page_words import LABELLED_END
from rules.vocabulary.words import alternatives

_UNIT = re.compile(rf"[\[【(（]?([一-鿿]{{2,18}}{LABELLED_END})[\]】)）]?")
_REPLIES = re.compile(r"[【\[（(\s]*([^\d，。；：:]{0,24}?)(?:的|官方)?(?:回复|答复)[】\]）)：:\s]*")
_SHORT_YEAR = re.compile(r"\s*(\d\d)[-/.](\d\d?)[-/.](\d\d?)(?=\s|$)")
_NOTHING = re.compile(
    r"[\s\-—–_/.·:：]*|(?:暂|尚)?(?:无|未|没有)(?:回复|答复|办理|办结)?|NA|" + alternatives("empty.no_value"),
    re.IGNORECASE,
)
# Databases print an empty day as 1900-01-01 or 1970-01-01; no mailbox is that old.
_PLACEHOLDER = 1971


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


def moment_of(text: str) -> str | None:
    """The moment of a labelled value; 21-03-05 is a day of 2021, and a database's zero (1900-01-01) is none."""
    short = _SHORT_YEAR.match(text)
    if short and make_date(2000 + int(short[1]), int(short[2]), int(short[3])):
        text = f"20{text.strip()}"
    moment = find_moment(text)
    return moment if moment and moment[:4] > str(_PLACEHOLDER) else None


def day_of(text: str) -> date | None:
    """The day of a labelled value."""
    moment = moment_of(text)
    return date.fromisoformat(moment[:10]) if moment else None


def is_blank(text: str) -> bool:
    """Whether a value is empty in so many words: blank, a dash, 暂无, a database's zero."""
    return bool(_NOTHING.fullmatch(text)) or (find_date(text) is not None and moment_of(text) is None)
