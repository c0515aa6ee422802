"""Days, periods and figures as official documents write them. Pure."""

import re
from collections.abc import Iterable
from datetime import date

from rules.dates.periods import Period

HAN = "\u3000-\u303f\u4e00-\u9fff\uff00-\uffef"
GAP = re.compile(rf"(?<=[{HAN}“”]) (?=[\w“”-])|(?<=[\w%]) (?=[{HAN}“”])")
SEAM = re.compile(r"(?<=[\u4e00-\u9fff])(?=\d)|(?<=[\d%])(?=[\u4e00-\u9fff])")


def span_of(period: Period) -> str:
    """4月1日至6月30日."""
    first, last = period.start, period.last
    return f"{first.month}月{first.day}日至{last.month}月{last.day}日"


def day_of(day: date) -> str:
    """2023年7月3日."""
    return f"{day.year}年{day.month}月{day.day}日"


def tight(text: str) -> str:
    """Without the spaces between Chinese and figures, as official documents are set."""
    return GAP.sub("", text)


def spaced(text: str, names: Iterable[str] = ()) -> str:
    """With a space between Chinese and figures, as plain text is read; names are left as they are."""
    whole = [re.escape(name) for name in sorted(set(names), key=len, reverse=True) if SEAM.search(name)]
    if not whole:
        return SEAM.sub(" ", text)
    parts = re.split(f"({'|'.join(whole)})", text)
    return "".join(part if place % 2 else SEAM.sub(" ", part) for place, part in enumerate(parts))
