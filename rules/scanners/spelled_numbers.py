"""Numbers however they are spelled: digits of any script, Chinese numerals, groups, signs and invisible characters between
the digits, digits that are escaped for HTML or an address."""

import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

# 幺, 两, 拐, 勾, 洞 are how numbers are read out on the telephone.
CHINESE_NUMERALS = {
    character: str(digit)
    for digit, characters in enumerate(
        ("零〇洞", "一壹弌幺㈠㊀", "二贰貳弍两兩㈡㊁",
         "三叁參弎㈢㊂", "四肆㈣㊃", "五伍㈤㊄", "六陆陸㈥㊅", "七柒拐㈦㊆", "八捌㈧㊇", "九玖勾㈨㊈")
    )
    for character in characters
}  # fmt: skip
# What stands for another character in an address, in HTML, in a script; and tags, which print nothing. (Of an address's
# escapes only signs, digits and what is no ASCII: 50%41 is no A.)
_ESCAPED = re.compile(
    r"%(?:25)*(?:0[9ad]|2[0-9a-f]|3[0-9])|%[c-f][0-9a-f](?:%[89ab][0-9a-f]){1,3}"
    r"|&(?:amp;){0,3}(?:#[0-9]{2,7}|#x[0-9a-f]{2,6}|[a-z]{2,6});?|\\(?:u[0-9a-f]{4}|u\{[0-9a-f]{1,6}\}|x[0-9a-f]{2}|[nrt])"
    r"|</?[a-z][^<>]{0,200}>|<!--[^<>]{0,200}-->",
    re.I,
)
_MAY_BE_ESCAPED = re.compile(r"%[0-9a-f]|&[#a-z]|\\[uxnrt]|<[/!a-z]", re.I)
TAG = re.compile(r"</?[a-z][^<>]{0,200}>|<!--[^<>]{0,200}-->", re.I)
_IN_SCRIPT = {"n": "\n", "r": "\r", "t": "\t"}
# What is printed between the digits of one number; `*` alone, for more of them are a mask.
SIGN, LINE, POINT, COMMA, OTHER = "-", "|", ".", ",", "a"
MASK = "****"
_SIGNS = {
    "．": POINT,
    "。": POINT,
    "、": COMMA,
    "，": COMMA,
    "x": "X",
    "Ｘ": "X",
    "ｘ": "X",
    "Х": "X",
    "х": "X",
    "Ⅹ": "X",
    "ⅹ": "X",
}
_KEPT = "0123456789X.,*%"
_LINE_ENDS = "\n\r\v\f\x85\u2028\u2029"
_HIDDEN = ("Cf", "Cc", "Mn", "Me")
# Letters by their category that print nothing: what fills a syllable of Hangul.
_FILLERS = "\u115f\u1160\u3164\uffa0"
# What may stand between two digits.
GAP = r"(?:[-|.,]{1,8}|\*(?!\*))?"


class _Letters(dict[int, str]):
    """What a character is to a reader of numbers: a digit, X, a sign, nothing (hidden), or anything else. Filled as characters
    are met."""

    def __init__(self, numerals: dict[str, str]) -> None:
        super().__init__()
        self.numerals = numerals

    def __missing__(self, code: int) -> str:
        self[code] = read = self._read(chr(code))
        return read

    def _read(self, character: str) -> str:
        if character in _KEPT:
            return character
        if character in self.numerals:
            return self.numerals[character]
        if character in _SIGNS:
            return _SIGNS[character]
        digit = unicodedata.digit(character, None)
        if digit is not None:
            return str(digit)
        if character in _LINE_ENDS:
            return LINE
        kind = "Cf" if character in _FILLERS else unicodedata.category(character)
        if kind in _HIDDEN and not character.isspace():
            return ""
        return SIGN if character.isspace() or (kind[0] in "PZS" and kind != "Sc") else OTHER


# Every character that `unicodedata.digit` knows (superscripts, circled ones), and Chinese numerals.
_DIGIT = (
    r"\d²³¹\u2070-\u2079\u2080-\u2089\u2460-\u2468\u2474-\u247c\u2488-\u2490\u24ea\u24f5-\u24fd\u24ff"
    r"\u2776-\u277e\u2780-\u2788\u278a-\u2792\u1369-\u1371\u19da\U00010a40-\U00010a43\U00010e60-\U00010e68\U00011052-\U0001105a\U0001f100-\U0001f10a"
    + "".join(CHINESE_NUMERALS)
)
# Eleven digits, of which no two stand farther apart than the longest escape, or a few marks put over a digit.
_MANY = re.compile(rf"[{_DIGIT}](?:[^{_DIGIT}]{{0,24}}[{_DIGIT}]){{10}}")
_PLAIN = _Letters({})
_WITH_CHINESE = _Letters(CHINESE_NUMERALS)


@dataclass(frozen=True, slots=True)
class Spelling:
    """A text as a reader of numbers sees it: `letters` are ASCII digits, X, signs, and `a` for whatever else; without what is
    hidden. `ends` are the offsets in the text at which the letters end (None: one character a letter). `arabic` is the same
    with Chinese numerals for `a`: such a numeral ends no number written in digits."""

    text: str
    letters: str
    arabic: str
    ends: Sequence[int] | None

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the text of letters from `start` to `end`."""
        if self.ends is None:
            return start, end
        return self.ends[start - 1] if start else 0, self.ends[end - 1]

    def starts_within(self, start: int) -> bool:
        """Whether the digit before belongs to the same number as the digit at `start`."""
        return start > 0 and self.arabic[start].isdigit() and self.arabic[start - 1].isdigit()

    def ends_within(self, end: int) -> bool:
        """Whether the digit at `end` belongs to the same number as the one before."""
        return end < len(self.letters) and self.arabic[end - 1 : end + 1].isdigit()


@dataclass(frozen=True, slots=True)
class Spelled:
    """A number as spelled: `digits` without signs, its groups, and the signs between them; `start` and `end` in the letters."""

    spelling: Spelling
    digits: str
    groups: tuple[str, ...]
    signs: tuple[str, ...]
    start: int
    end: int


def spellings(text: str) -> Iterator[Spelling]:
    """A text with its digits, and where it has any, with its Chinese numerals too."""
    pieces = _pieces(text)
    yield _spelling(text, pieces, _PLAIN)
    if not CHINESE_NUMERALS.keys().isdisjoint(text):
        yield _spelling(text, pieces, _WITH_CHINESE)


def find_spelled(
    spelling: Spelling, pattern: re.Pattern[str], prefix: re.Pattern[str] | None = None
) -> Iterator[Spelled]:
    """Every place where a pattern of digits and GAP matches whole numbers; they may overlap. The pattern's group 1 is a
    look-ahead's, so that it is tried at every digit; `prefix` is what may stand before the number as a part of it."""
    letters = spelling.letters
    for found in pattern.finditer(letters):
        start, end = found.span(1)
        led = prefix is not None and prefix.search(letters[max(start - 9, 0) : start])
        if (spelling.starts_within(start) and not led) or spelling.ends_within(end):
            continue
        groups = re.findall(r"[0-9X]+", found[1])
        if len(groups) > 1 and (letters.endswith(MASK, 0, start) or letters.startswith(MASK, end)):
            continue  # what a mask has left, with its neighbours
        signs = tuple(re.findall(r"[-|.,*]+", found[1]))
        yield Spelled(spelling, "".join(groups), tuple(groups), signs, start, end)


def may_hold_numbers(text: str) -> bool:
    """Whether eleven digits of any kind, as many as a mobile has, may stand in a text: asked of every title before anything
    else."""
    if _MANY.search(text) is not None or not text.isprintable():
        return True
    return "<" in text and _MANY.search(TAG.sub("", text)) is not None


def printed(text: str, *, chinese: bool = False) -> tuple[str, list[int]]:
    """A text as the eye reads it, in ASCII where there is such a sign: without what is hidden, full-width letters narrow, any
    blank and dash the usual one; Chinese numerals as digits where asked. With it the offsets at which each character ends."""
    shown, ends = [], []
    for at, character in enumerate(text, 1):
        kind = "Cf" if character in _FILLERS else unicodedata.category(character)
        if kind in _HIDDEN and not character.isspace():
            continue
        plain = unicodedata.normalize("NFKC", character)
        plain = CHINESE_NUMERALS.get(plain, plain) if chinese else plain
        plain = "-" if kind == "Pd" else " " if character.isspace() else plain
        shown.append(plain if len(plain) == 1 else character)
        ends.append(at)
    return "".join(shown), ends


def word_at(text: str, start: int, end: int) -> str:
    """The word of ASCII letters and digits that holds an offset range."""
    while start > 0 and text[start - 1].isascii() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isascii() and text[end].isalnum():
        end += 1
    return text[start:end]


def _pieces(text: str) -> list[tuple[str, int]] | None:
    """Characters with the offsets of their ends, escapes undone; None where there are none."""
    if not _MAY_BE_ESCAPED.search(text):
        return None
    pieces, at = [], 0
    for found in _ESCAPED.finditer(text):
        pieces += [(text[n], n + 1) for n in range(at, found.start())]
        pieces += [(character, found.end()) for character in _undone(found[0])]
        at = found.end()
    return pieces + [(text[n], n + 1) for n in range(at, len(text))]


def _undone(escape: str) -> str:
    """What an escape stands for; nothing for a tag."""
    sign, name = escape[0], escape[1:]
    if sign == "%":
        return unquote(escape) if name[0] in "cdefCDEF" else chr(int(name[-2:], 16))
    if sign == "&":
        while name.lower().startswith("amp;") and len(name) > 4:
            name = name[4:]
        return unescape(f"&{name.rstrip(';')};")
    if sign == "<":
        return ""
    return _IN_SCRIPT.get(name.lower()) or chr(min(int(name[1:].strip("{}"), 16), sys.maxunicode))


def _spelling(text: str, pieces: list[tuple[str, int]] | None, table: _Letters) -> Spelling:
    if pieces is None:
        letters = text.translate(table)
        if len(letters) == len(text):
            return Spelling(text, letters, letters if table is _PLAIN else text.translate(_PLAIN), None)
        pieces = [(character, n + 1) for n, character in enumerate(text)]
    shown = [(table[ord(character)], _PLAIN[ord(character)], end) for character, end in pieces]
    shown = [one for one in shown if one[0]]
    return Spelling(
        text, "".join(one[0] for one in shown), "".join(one[1] for one in shown), [one[2] for one in shown]
    )
