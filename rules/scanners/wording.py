"""Wrong wordings (错敏词) in a text. A wording counts where it stands literally; not within a longer word that is sound, not in a
line that corrects or forbids it, and not in a text about wrong wordings; an ordinary one not within 《》 either, since a
document is cited by the title it has."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from rules.vocabulary.wording import Wording
from rules.vocabulary.words import alternatives

ABOUT = re.compile(alternatives("wording.about_wording"))
CORRECTS = re.compile(alternatives("wording.corrections"))
_CITED = re.compile(r"《[^《》\n]{1,200}》")
_NUMBER = re.compile(r"[\dXx*]{3,}")
# Characters around a wording, enough to find it by.
AROUND = 8


@dataclass(frozen=True, slots=True)
class WordingHit:
    """One wrong wording found. `wrong` is masked where the table says so, and then nothing around it is kept; else `around` is
    what stands there, without numbers. `place` is 标题, 正文 or a file's name."""

    wrong: str
    right: str
    grave: bool
    place: str = "正文"
    around: str = ""


def scan_wording(text: str, place: str, words: Collection[Wording]) -> Iterator[WordingHit]:
    """The wrong wordings of a text, each once a text."""
    if ABOUT.search(text):
        return
    for word in words:
        at = text.find(word.wrong)
        while at >= 0 and _is_sound(text, at, word):
            at = text.find(word.wrong, at + 1)
        if at >= 0:
            around = "" if word.masked else _around(_masked(text, words), at, len(word.wrong))
            yield WordingHit(word.shown, word.right, word.grave, place, around)


def _is_sound(text: str, at: int, word: Wording) -> bool:
    end = at + len(word.wrong)
    start, stop = text.rfind("\n", 0, at) + 1, text.find("\n", end)
    line = text[start : stop if stop >= 0 else None]
    if CORRECTS.search(line):
        return True
    if not word.grave and any(
        cited.start() <= at - start and end - start <= cited.end() for cited in _CITED.finditer(line)
    ):
        return True
    return any(_excused(text, at, end, word.wrong, allowed) for allowed in word.allowed)


def _excused(text: str, at: int, end: int, wrong: str, allowed: str) -> bool:
    """Whether the wording stands within an allowed word, or right beside one that does not hold it."""
    inner = allowed.find(wrong)
    if inner < 0:
        return text.startswith(allowed, end) or text.endswith(allowed, 0, at)
    while inner >= 0:
        if text.startswith(allowed, at - inner):
            return True
        inner = allowed.find(wrong, inner + 1)
    return False


def _masked(text: str, words: Iterable[Wording]) -> str:
    """The text, as long as before, without what is not to be printed."""
    for word in words:
        if word.masked:
            text = text.replace(word.wrong, word.shown)
    return text


def _around(text: str, at: int, length: int) -> str:
    line = (
        text[max(0, at - AROUND) : at].rpartition("\n")[2]
        + text[at : at + length + AROUND].partition("\n")[0]
    )
    return _NUMBER.sub("…", line)
