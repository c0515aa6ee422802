"""Names as sites print them: made plain, and split where one name holds a whole path."""

import re

from crawler.page.page_words import MORE_AT_END, SEE_MORE
from rules.vocabulary.unprinted import CONTROL, FORMAT

# Longer is a sentence; names of columns reach 40 characters.
LONGEST = 60
_PICTURES = re.compile(r"[\ue000-\uf8ff]")  # of a site's own font
_EDGES = " ·•▪◆■□●○►▶＞>»›|｜-–—_:：;；,，.。、【】[]"
_COUNT = re.compile(r"\s*[(（\[]\s*\d{1,7}\s*[条篇个项]?\s*[)）\]]$")
_NUMBER = re.compile(
    r"^(?:[（(][\d一二三四五六七八九十]{1,3}[)）]|[\d一二三四五六七八九十]{1,3}\s?[、.．](?!\d))\s*"
)
_ARROWS = re.compile(r"\s*(?:[›»＞→]|>{1,2}|&gt;|——>|-->?)\s*")
_CHINESE = re.compile(r"[\u3400-\u9fff]")


def plain(text: str) -> str:
    """One line without what is obeyed or hidden instead of printed, at most a few hundred characters long."""
    return " ".join(_PICTURES.sub(" ", CONTROL.sub(" ", FORMAT.sub("", text[:400]))).split())


def clean_name(text: str) -> str:
    """A menu entry's or heading's name: without bullets, numbers, counts and 更多; "" where nothing is left."""
    name = plain(text)
    for pattern in (MORE_AT_END, _COUNT, _NUMBER):
        name = pattern.sub("", name)
    name = name.strip(_EDGES)
    if SEE_MORE.fullmatch(name):
        return ""
    # Two characters are often set wide: 首　页.
    return re.sub(r"^(\S) (\S)$", r"\1\2", name)[:LONGEST]


def is_name(text: str) -> bool:
    """Whether a cleaned text can be the name of a column, a field or a unit."""
    return 2 <= len(text) <= LONGEST and len(_CHINESE.findall(text[:12])) >= 2


def split_path(text: str) -> tuple[str, ...]:
    """救灾领域 › 备灾管理 as its parts; one part where no arrow stands between names."""
    parts = tuple(clean_name(part) for part in _ARROWS.split(text))
    return tuple(part for part in parts if part)


def same_name(one: str, other: str) -> bool:
    """Whether two names differ in spaces and brackets at most."""
    return bare_name(one) == bare_name(other)


def bare_name(name: str) -> str:
    """A name without spaces, quotes and brackets, for comparing."""
    return re.sub(r"[\s\"'“”‘’()（）《》、，,·]+", "", name)
