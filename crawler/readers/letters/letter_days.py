"""Days under a letter's labels, in the forms that only a label makes sure of; and answers' days that are none."""

import re
from datetime import date

from crawler.page.dates import find_date, find_moment, make_date
from rules.vocabulary.words import alternatives

_SHORT_YEAR = re.compile(r"\s*(\d\d)[-/.](\d\d?)[-/.](\d\d?)(?=\s|$)")
_NOTHING = re.compile(
    r"[\s\-—–_/.·:：]*|(?:暂|尚)?(?:无|未|没有)(?:回复|答复|办理|办结)?|NA|" + alternatives("empty.no_value"),
    re.IGNORECASE,
)
# Databases print an empty day as 1900-01-01 or 1970-01-01; no mailbox is that old.
_PLACEHOLDER = 1971


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
