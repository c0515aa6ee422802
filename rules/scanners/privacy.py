"""Scanners for personal data in a text: valid ID numbers, mobiles, bank cards. What was found leaves this module
masked, with its place and offsets; the number itself is not kept.

A number counts only if it proves itself: ID numbers by check digit, day of birth and province; cards by Luhn and by
an issuer's prefix and length. Digits that are part of a longer number or word are ignored.
"""

import re
from bisect import bisect
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from stdnum import luhn
from stdnum.cn import ric
from stdnum.exceptions import ValidationError


class HitKind(StrEnum):
    """What kind of personal number it is."""

    ID = "身份证号"
    CARD = "银行卡号"
    MOBILE = "手机号"


@dataclass(frozen=True, slots=True)
class Hit:
    """One number found, masked. `place` is 正文 or the attachment's name; `start` and `end` are offsets in the
    text that was scanned."""

    kind: HitKind
    masked: str
    place: str = "正文"
    start: int = 0
    end: int = 0


# How many characters stay legible at both ends: what offices themselves leave when they mask (138****1234).
MASKS: Mapping[HitKind, tuple[int, int]] = {
    HitKind.ID: (4, 4),
    HitKind.CARD: (6, 4),
    HitKind.MOBILE: (3, 4),
}
# Fewer hidden digits could be tried out.
FEWEST_STARS = 4
# Of GB/T 2260; 81, 82 and 83 begin the numbers of 港澳台居民居住证.
PROVINCES = frozenset(
    {
        "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43",
        "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83",
    }
)  # fmt: skip
# Those of anybody alive, and some to spare.
BIRTH_YEARS = range(1900, 2100)
# Issuers' prefixes and the lengths of their numbers: 银联 62, 工行 9558, 农行 95599, VISA 4, 万事达 51–55.
ISSUERS = (
    (re.compile(r"62"), (16, 17, 18, 19)),
    (re.compile(r"9558"), (16, 19)),
    (re.compile(r"95599"), (19,)),
    (re.compile(r"4"), (16,)),
    (re.compile(r"5[1-5]"), (16,)),
)

_FULLWIDTH = str.maketrans(
    {0xFF10 + n: str(n) for n in range(10)} | {"Ｘ": "X", "ｘ": "x", "－": "-", "　": " "}
)
_EIGHTEEN = re.compile(r"[0-9]{17}[0-9X]")
# Every such number, grouped or not, holds a run of eleven figures at least: most texts are done with here.
_FIGURES = re.compile(r"\d[\d \u3000－-]{9,}[\dXxＸｘ]")
_BEFORE, _AFTER = r"(?<![0-9A-Za-z_])", r"(?![0-9A-Za-z_])"
_NO_DECIMAL_BEFORE, _NO_DECIMAL_AFTER = r"(?<![0-9]\.)", r"(?!\.[0-9])"
_ID = re.compile(rf"{_BEFORE}(?:[0-9]{{17}}[0-9Xx]|[0-9]{{6}} [0-9]{{8}} [0-9]{{3}}[0-9Xx]){_AFTER}")
_CARD = re.compile(
    rf"{_BEFORE}{_NO_DECIMAL_BEFORE}(?:[0-9]{{16,19}}|[0-9]{{4}}(?:([ -])[0-9]{{4}})(?:\1[0-9]{{4}}){{2}}(?:\1[0-9]{{1,3}})?)"
    rf"{_AFTER}{_NO_DECIMAL_AFTER}"
)
_MOBILE = re.compile(
    rf"{_BEFORE}{_NO_DECIMAL_BEFORE}(?:(?:\+86|0086|86)[ -]?)?"
    rf"(?P<number>1[3-9][0-9]{{9}}|1[3-9][0-9]([ -])[0-9]{{4}}\2[0-9]{{4}}){_AFTER}{_NO_DECIMAL_AFTER}"
)


def scan(
    text: str,
    place: str = "正文",
    offices: Collection[str] = frozenset(),
    masks: Mapping[HitKind, tuple[int, int]] = MASKS,
) -> list[Hit]:
    """Every personal number of a text, in order. `offices` are mobiles (digits only) that an office gives out as
    its own line; `masks` how many characters stay at both ends."""
    if not _FIGURES.search(text):
        return []
    plain = text.translate(_FULLWIDTH)
    taken: list[tuple[int, int]] = []  # in order, apart from one another
    hits: list[Hit] = []
    for kind, found in _SEARCHES:
        for start, end, number in found(plain):
            at = bisect(taken, (start, end))
            overlapping = any(start < last and first < end for first, last in taken[max(at - 1, 0) : at + 1])
            if overlapping or number in offices:
                continue
            taken.insert(at, (start, end))
            hits.append(Hit(kind, mask(number, *masks[kind]), place, start, end))
    return sorted(hits, key=lambda hit: hit.start)


def mask(number: str, head: int, tail: int) -> str:
    """A number with all but its first and last characters starred; where that would hide fewer than four, a quarter
    is left at both ends."""
    if len(number) - head - tail < FEWEST_STARS:
        head = tail = len(number) // 4
    return number[:head] + "*" * (len(number) - head - tail) + number[len(number) - tail :]


def is_id_number(number: str) -> bool:
    """Whether 18 characters are a resident's number: province, day of birth, check digit. The county is not
    asked: tables of counties do not know every code that was ever given out."""
    upper = number.upper()
    if not _EIGHTEEN.fullmatch(upper) or upper[:2] not in PROVINCES or int(upper[6:10]) not in BIRTH_YEARS:
        return False
    return ric.calc_check_digit(upper) == upper[-1] and has_birthday(upper)


def is_card_number(number: str) -> bool:
    """Whether 16–19 digits are a bank card's number: an issuer's prefix and length, and Luhn's check. Eighteen
    digits that hold a day of birth are a mistyped ID number rather than a card."""
    if not number.isascii() or not number.isdigit():
        return False
    if len(number) == 18 and int(number[6:10]) in BIRTH_YEARS and has_birthday(number):
        return False
    known = any(prefix.match(number) and len(number) in lengths for prefix, lengths in ISSUERS)
    return known and len(set(number)) > 2 and bool(luhn.is_valid(number))


def has_birthday(number: str) -> bool:
    """Whether the seventh to fourteenth of 18 characters are a day."""
    try:
        return ric.get_birth_date(number) is not None
    except ValidationError:
        return False


def _ids(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _ID.finditer(text):
        number = match[0].replace(" ", "").upper()
        if is_id_number(number):
            yield match.start(), match.end(), number


def _cards(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _CARD.finditer(text):
        number = match[0].replace(" ", "").replace("-", "")
        if is_card_number(number):
            yield match.start(), match.end(), number


def _mobiles(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _MOBILE.finditer(text):
        yield match.start("number"), match.end("number"), re.sub(r"[ -]", "", match["number"])


_SEARCHES: tuple[tuple[HitKind, Callable[[str], Iterator[tuple[int, int, str]]]], ...] = (
    (HitKind.ID, _ids),
    (HitKind.CARD, _cards),
    (HitKind.MOBILE, _mobiles),
)
