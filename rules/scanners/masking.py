"""Masking for what is kept and for what is said: generous, where `privacy.scan`, which accuses, is strict. A number that looks
like a resident's, a mobile's or a card's is masked however it is spelled; a mask too many costs nothing. Left as they are:
amounts, decimals, codes of organisations (统一社会信用代码), digests, longer numbers, addresses of pages (`masked_addresses`)."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from stdnum.cn import uscc

from rules.scanners.masked_addresses import ADDRESS, mask_address
from rules.scanners.privacy import (
    BIRTH_YEARS,
    MASKS,
    PROVINCES,
    HitKind,
    has_birthday,
    is_card_number,
    is_id_number,
    mask,
)
from rules.scanners.spelled_numbers import (
    CHINESE_NUMERALS,
    GAP,
    LINE,
    POINT,
    Spelled,
    find_spelled,
    may_hold_numbers,
    printed,
    spellings,
    word_at,
)


class FurtherKind(StrEnum):
    """What an office may have masked besides."""

    PASSPORT = "护照"
    LANDLINE = "座机"
    PLATE = "车牌"


@dataclass(frozen=True, slots=True)
class Masking:
    """What a site has masked: `offices` are numbers (digits only) that offices give out as their own lines, `also` the further
    kinds."""

    offices: frozenset[str] = frozenset()
    also: frozenset[FurtherKind] = frozenset()


DEFAULT = Masking()
# Two texts are compared by what is left when whatever any office might mask is masked.
EVERYTHING = Masking(also=frozenset(FurtherKind))

_D = r"[0-9]"
_MOBILE = re.compile(rf"(?=(1{GAP}[3-9](?:{GAP}{_D}){{9}}))")
_LONG_ID = re.compile(rf"(?=({_D}(?:{GAP}{_D}){{16}}(?:{GAP}[0-9X])?))")
_SHORT_ID = re.compile(rf"(?=({_D}(?:{GAP}{_D}){{14}}))")
_CARD = re.compile(rf"(?=([1-9](?:{GAP}{_D}){{15,18}}))")
_COUNTRY = re.compile(r"(?<![0-9])(?:(?:0{0,2}86|0)[-|.]{0,3})$")
_BEFORE, _AFTER = re.compile(r"[0-9]([-|.,])\1{0,7}$"), re.compile(r"([-|.,])\1{0,7}[0-9]")
_MONTH = re.compile(r"(?:19|20)[0-9]{2}(?:0?[1-9]|1[0-2])")
# A decimal's end, or a unit: the number is an amount.
_AMOUNT_AFTER = re.compile(
    r"[.．][0-9]{1,2}(?![0-9])|\s{0,2}[余多]?(?:元(?=[整的人左以及和与为到至、，。）]|\W|$)|万(?=[元亿吨人户亩平立千多余]|\W|$)|亿(?=[元吨千立人户亩斤]|\W|$)|吨|公里|平方|立方|㎡|千瓦|千克|股(?![长室])|美元|欧元|港元|人次)"
)
_AMOUNT_BEFORE = re.compile(r"(?:[¥￥$€£]|RMB|CNY|USD|(?<![0-9])0[.．])\s?$", re.I)
_DIGEST = re.compile(
    r"(?=.*[a-f].*[0-9])(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|(?![a-f]*[0-9]*[a-f]*$)[0-9a-f]{16})"
)
_MOST_IN_A_GROUP = 8
_LONGEST = 300  # characters of a number that goes on behind an address
_USUAL = ([3, 4, 4], [1] * 11)
# A number that is called one of these is one, whatever its check digit and its day say.
_CALLED_CARD = re.compile(r"(?:卡|[账帐][号户])[^0-9]{0,8}$")
_CALLED_ID = re.compile(r"(?:身份证|证件号|sfz)[^0-9]{0,8}$", re.I)
# The numbers of files hold a day as well: that of their making, in this century.
_FIRST_FILES = 2000

_FURTHER: dict[FurtherKind, tuple[re.Pattern[str], tuple[int, int]]] = {
    FurtherKind.PASSPORT: (
        re.compile(
            r"(?<![A-Za-z0-9])(?:[EGDSPHMCWKT][A-Z]?[ -]?(?:[0-9]{7,8}|[0-9]{4}[ -][0-9]{4})|1[45][0-9]{7})(?![A-Za-z0-9])",
            re.I,
        ),
        (2, 2),
    ),
    FurtherKind.LANDLINE: (
        re.compile(
            r"(?<![0-9])[(]?(?:(?:\+|00)86[- ]{0,2}0?|0)(?:10|2[0-9]|[3-9][0-9]{2})[)]?[- ]{0,2}"
            r"[2-8][0-9]{2,3}[- ]?[0-9]{4}(?![0-9])"
        ),
        (4, 2),
    ),
    FurtherKind.PLATE: (
        re.compile(
            r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领] ?[A-HJ-NP-Z][·•・ -]?"
            r"(?:[A-HJ-NP-Z0-9]{5,6}(?![A-Za-z0-9])|[A-HJ-NP-Z0-9]{4}[挂学警港澳使领])", re.I,
        ),
        (2, 1),
    ),
}  # fmt: skip


def masked(text: str, masking: Masking = DEFAULT) -> str:
    """A text with every personal number in it masked. Masking twice changes nothing more."""
    if not may_hold_numbers(text):
        return _masked_further(text, masking)
    if "/" not in text and "." not in text:
        return _masked_words(text, masking)
    parts, at = [], 0
    for address in ADDRESS.finditer(text):
        end, cover, after = _straddling(text, address, masking)
        parts += [
            _masked_words(text[at : address.start()], masking),
            masked_address(text[address.start() : end]),
            cover,
        ]
        at = after
    return "".join([*parts, _masked_words(text[at:], masking)])


def _straddling(text: str, address: re.Match[str], masking: Masking) -> tuple[int, str, int]:
    """Where an address ends, and the number of which it holds but the beginning, for addresses stand with blanks and signs in
    pages (?tel=138 1234 5678): its mask, and where it ends."""
    last = max(address[0].rfind(sign) for sign in "/=?#&") + 1 + address.start()
    around = text[last : address.end() + _LONGEST]
    if address.end() < len(text) and may_hold_numbers(around):
        for start, end, cover in _hits(around, masking):
            if last + start < address.end() < last + end:
                return last + start, cover, last + end
    return address.end(), "", address.end()


def masked_address(address: str) -> str:
    """An address with the personal numbers in it masked (`masked_addresses`)."""
    return mask_address(address, _masked_words, _numbers_alone)


def _masked_words(text: str, masking: Masking = DEFAULT) -> str:
    parts, at = [], 0
    for start, end, cover in sorted(_hits(text, masking)):
        parts += [text[at:start], cover]
        at = end
    return _masked_further("".join([*parts, text[at:]]), masking)


def _masked_further(text: str, masking: Masking) -> str:
    for kind in FurtherKind:
        if kind in masking.also:
            text = _covered(text, *_FURTHER[kind])
            if not CHINESE_NUMERALS.keys().isdisjoint(text):
                text = _covered(text, *_FURTHER[kind], chinese=True)
    return text


def _covered(text: str, pattern: re.Pattern[str], shown: tuple[int, int], *, chinese: bool = False) -> str:
    plain, ends = printed(text, chinese=chinese)
    parts, at = [], 0
    for found in pattern.finditer(plain):
        parts += [text[at : ends[found.start() - 1] if found.start() else 0], mask(found[0], *shown)]
        at = ends[found.end() - 1]
    return "".join([*parts, text[at:]])


def _numbers_alone(text: str) -> bool:
    """Whether a text is personal numbers and nothing else."""
    hits = _hits(text, DEFAULT)
    left = {n for n, character in enumerate(text) if character.isalnum()}
    return bool(hits) and left <= {n for start, end, _ in hits for n in range(start, end)}


def _hits(text: str, masking: Masking) -> list[tuple[int, int, str]]:
    """Offsets in the text of each number, and what is to stand there."""
    hits: list[tuple[int, int, str]] = []
    taken = bytearray(len(text))
    for spelling in spellings(text):
        for kind, pattern, proves in _KINDS:
            for number in find_spelled(spelling, pattern, _COUNTRY if kind is HitKind.MOBILE else None):
                start, end = spelling.place(number.start, number.end)
                if any(taken[start:end]):
                    continue
                if proves(number) and number.digits not in masking.offices and not _is_code(text, start, end):
                    hits.append((start, end, mask(number.digits, *MASKS[kind])))
                    taken[start:end] = b"\1" * (end - start)
    return hits


def _is_code(text: str, start: int, end: int) -> bool:
    """Whether the digits are part of an organisation's code or a digest."""
    word = word_at(text, start, end)
    if len(word) == 18 and end - start < 18:
        return bool(uscc.is_valid(word.upper()))
    return _DIGEST.fullmatch(word) is not None


def _proves_mobile(number: Spelled) -> bool:
    """Whether eleven digits are spelled as telephone numbers are, and are no amount."""
    sizes = [len(group) for group in number.groups]
    if len(sizes) == 1 or sizes not in _USUAL:
        text = number.spelling.text
        start, end = number.spelling.place(number.start, number.end)
        if _AMOUNT_AFTER.match(text, end) or _AMOUNT_BEFORE.search(text, max(start - 5, 0), start):
            return False
    if len(sizes) == 1:
        return True
    if max(sizes) == 1:
        return LINE not in number.signs[0] or not _goes_on(number)
    if max(sizes) > _MOST_IN_A_GROUP or 1 in sizes[1:-1] or any(map(_MONTH.match, _pairs(number.groups))):
        return False
    if any("," in sign for sign in number.signs):
        return sizes == [3, 4, 4]
    if POINT in number.signs and (
        len(sizes) == 2 or (len(sizes) == 4 and all(int(group) < 256 for group in number.groups))
    ):
        return False
    return sizes[0] > 2 or (len(set(number.signs)) == 1 and not _goes_on(number))


def _pairs(groups: tuple[str, ...]) -> Iterator[str]:
    """A group of four with the one after it: 2023 06."""
    for one, after in pairwise(groups):
        if len(one) == 4 and len(after) <= 2:
            yield one + after


def _goes_on(number: Spelled) -> bool:
    """Whether more digits stand before or after, divided by the same signs: it is a part of a longer number, or of a table."""
    letters, signs = number.spelling.letters, "".join(number.signs)
    lead = letters[max(number.start - 9, 0) : number.start]
    before, after = _BEFORE.search(lead), _AFTER.match(letters, number.end)
    goes_before = before is not None and before[1] in signs and not _COUNTRY.search(lead)
    return goes_before or (after is not None and after[1] in signs)


def _is_called(called: re.Pattern[str], number: Spelled) -> bool:
    """Whether the words before a number say what it is."""
    start, _ = number.spelling.place(number.start, number.end)
    return called.search(number.spelling.text, max(start - 16, 0), start) is not None


def _proves_long_id(number: Spelled) -> bool:
    """Province and day of birth; a wrong check digit is a slip of the pen, and of seventeen digits the last can be worked out."""
    digits = number.digits
    if _is_called(_CALLED_ID, number):
        return True
    if (
        digits[:2] not in PROVINCES
        or int(digits[6:10]) not in BIRTH_YEARS
        or not has_birthday(f"{digits:0<18}")
    ):
        return False
    if len(digits) < 18:
        return int(digits[6:10]) < _FIRST_FILES
    return is_id_number(digits) or not uscc.is_valid(digits)


def _proves_short_id(number: Spelled) -> bool:
    """A number as given out until 1999: a year of two digits."""
    digits = number.digits
    return (
        digits[:2] in PROVINCES
        and has_birthday(digits[:6] + "19" + digits[6:] + "0")
        and len(number.groups) in (1, 2, 3, 15)
    )


def _proves_card(number: Spelled) -> bool:
    grouped = len(number.groups) < 6 or max(map(len, number.groups)) == 1
    is_card = number.digits[0] in "4569" and is_card_number(number.digits)
    return grouped and (is_card or _is_called(_CALLED_CARD, number))


_KINDS: tuple[tuple[HitKind, re.Pattern[str], Callable[[Spelled], bool]], ...] = (
    (HitKind.ID, _LONG_ID, _proves_long_id),
    (HitKind.CARD, _CARD, _proves_card),
    (HitKind.ID, _SHORT_ID, _proves_short_id),
    (HitKind.MOBILE, _MOBILE, _proves_mobile),
)
