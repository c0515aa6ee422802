"""Annexes that a text promises: 附件 named at its foot or referred to, and not printed in the text itself."""

import re

MOST_TEXT = 50_000

_FOOT = re.compile(
    r"^[ \t　]*附[ 　]{0,3}件[ \t　]{0,3}[0-9一二三四五六七八九十]{0,3}[ \t　]{0,3}[:：][ \t　]*(?P<name>[^\n]{2,80})$",
    re.M,
)
_HEADING = re.compile(
    r"^[ \t　]*附[ 　]{0,3}件[ \t　]{0,3}[0-9一二三四五六七八九十]{0,3}[ \t　]{0,3}[:：]?[ \t　]*$", re.M
)
_REFERENCE = re.compile(r"(?:详见|具体见|请见|请下载|点击下载|下载|见)(?:本|文|文末|以下|下方)?附[ 　]?件")
_WITHHELD = re.compile(r"附件[ 　]?[0-9]{0,2}[ 　]?[（(]?(?:略|不予公开|不公开|另发|此处省略)")
_SERIAL = re.compile(r"^[0-9一二三四五六七八九十]{1,3}[.．、 　]{1,2}")


def promised_annexes(text: str) -> tuple[str, ...]:
    """The names of the annexes a text promises (附件 where it only refers to them); () where it promises none, says
    that they are withheld, or prints them itself below a heading 附件 or under their own names."""
    text = text[:MOST_TEXT]
    if _WITHHELD.search(text):
        return ()
    foots = list(_FOOT.finditer(text))
    if foots:
        after = text[foots[-1].end() :]
        names = tuple(_SERIAL.sub("", foot["name"].strip()) for foot in foots)
        return () if _HEADING.search(after) or any(_printed(name, after) for name in names) else names
    return ("附件",) if _REFERENCE.search(text) and not _HEADING.search(text) else ()


def _printed(name: str, after: str) -> bool:
    """The annex's name stands below as a heading of its own."""
    wanted = name.rstrip("。.；;")
    return any(line.strip() == wanted for line in after.splitlines())
