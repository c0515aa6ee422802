"""Annexes that a text announces: 附件 named at its foot or referred to, and not printed in the text itself."""

import re

# Characters; bounds the time on a text that is a whole book.
MOST_TEXT = 50_000
# After the list of annexes come a signature, a date and perhaps a contact; more than this is an annex in the text.
LONGEST_TAIL = 200
# A notice that only refers to its annex (详见附件) is short; in a long text 见附件 may mean one of another document.
LONGEST_REFERRING = 500

_FOOT = re.compile(
    r"^[ \t　]{0,20}附[ 　]{0,3}件[ \t　]{0,3}[0-9一二三四五六七八九十]{0,3}[ \t　]{0,3}[:：][ \t　]{0,9}(?P<name>[^\n]{2,80})$",
    re.M,
)
_HEADING = re.compile(
    r"^[ \t　]{0,20}附[ 　]{0,3}件[ \t　]{0,3}[0-9一二三四五六七八九十]{0,3}[ \t　]{0,3}[:：]?[ \t　]*$", re.M
)
_REFERENCE = re.compile(r"(?:详见|具体见|请见|请下载|点击下载|下载|见)(?:本|文|文末|以下|下方)?附[ 　]?件")
_WITHHELD = re.compile(r"附件[ 　]?[0-9]{0,2}[ 　]?[（(]?(?:略|不予公开|不公开|另发|另附|另行|随文|此处省略)")
# An annex offered at an address, a shared folder or by a code to be photographed is there, though not as a link.
_OFFERED = re.compile(r"https?://|www\.|网盘|二维码|扫码|扫描下方")
_FILE = re.compile(r"\.(?:docx?|xlsx?|pptx?|pdf|ofd|wps|et|zip|rar|7z|txt|jpe?g|png)(?![a-z])", re.I)
_SERIAL = re.compile(r"^[0-9一二三四五六七八九十]{1,3}[.．、 　]{1,2}")


def promised_annexes(text: str) -> tuple[str, ...]:
    """The names of the annexes a text promises (附件 where a short text only refers to them); () where it promises
    none, says that they are withheld, shows a file's name, or prints them itself: below a heading 附件, under their
    own names, or simply going on for longer than a signature and a date."""
    text = text[:MOST_TEXT]
    if _WITHHELD.search(text):
        return ()
    foots = list(_FOOT.finditer(text))
    if foots:
        after = text[foots[-1].end() :]
        names = tuple(_SERIAL.sub("", foot["name"].strip()) for foot in foots)
        return () if _is_there(names, text[foots[0].start() : foots[-1].end()], after) else names
    short = len(text) <= LONGEST_REFERRING
    return ("附件",) if short and _REFERENCE.search(text) and not _HEADING.search(text) else ()


def _is_there(names: tuple[str, ...], foot: str, after: str) -> bool:
    if (
        len(after) > LONGEST_TAIL
        or _FILE.search(foot)
        or _FILE.search(after)
        or _OFFERED.search(foot + after)
    ):
        return True
    return bool(_HEADING.search(after)) or any(_printed(name, after) for name in names)


def _printed(name: str, after: str) -> bool:
    """The annex's name stands below as a heading of its own."""
    wanted = name.rstrip("。.；;")
    return any(line.strip() == wanted for line in after.splitlines())
