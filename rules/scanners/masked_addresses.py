"""Addresses with personal numbers in them. An address must still lead to its page, and content systems number pages as they
like: /art/13812345678.html is no telephone. So in an address are masked:

- a valid ID number, wherever it stands;
- whatever looks like a personal number in a parameter whose name is a person's (mobile, tel, sfz, 手机 …), in the user's part
  before the host, and in words (a search, a file's Chinese name);
- a number that is all of a parameter's value or of the fragment, unless the parameter is named as documents, pages and moments
  are (id, infoid, page, t …).

An address that was masked leads nowhere and is not asked for (`is_masked`)."""

import re
from collections.abc import Callable
from urllib.parse import quote, unquote, unquote_plus

from rules.scanners.privacy import is_id_number, mask

_PAGE_FILE = r"\.(?:s?html?|jspx?|aspx?|php|do|action)"
# An address within a text: with its scheme, with its host, or a page's file as links are printed.
ADDRESS = re.compile(
    r"https?://[!#-&(-;=?-~]+"
    r"|(?<![\w@.-])(?:(?:[a-z0-9-]+\.)+[a-z]{2,}|localhost|\d{1,3}(?:\.\d{1,3}){3})(?::\d{1,5})?/[!#-&(-;=?-~]*"
    rf"|(?<![\w./-])[\w./~%-]*{_PAGE_FILE}(?:[?#][!#-&(-;=?-~]*)?(?![\w])",
    re.I | re.A,
)
_PERSONAL = re.compile(
    r"mobile|phone|msisdn|shouji|dianhua|haoma|contact|id_?card|card_?(?:no|num|id)|shenfen|sfz|zjhm|sjh|lxdh|lxfs|weixin|wechat|bank"
    r"|user|member|person|owner|sender|writer|applicant|openid|(?:^|[^a-z])(?:tel|cell|sj|dh|wx|qq|uid|xm|name)(?:$|[^a-z])"
    r"|tel(?:ephone|_?no|_?num)|电话|手机|身份证|证件|微信|卡号|联系",
    re.I,
)
_DOCUMENT = re.compile(
    r"(?:.*[a-z_-])?ids?|guid|uuid|_?t|ts|_|v|ver|r|rnd|rand(?:om)?|time(?:stamp)?|date|n|no|num|sn|seq|p|pn|page\w*|k|key|code|art(?:icle)?"
    r"|news|info|doc|item|content|file(?:name)?|path|version|token|sign",
    re.I,
)
# What an identifier is made of; whatever else stands in a value is words.
_IDENTIFIER = re.compile(r"[\w.~!$'()*+,:@|{}\[\]-]*", re.A)
# Most addresses: no query, no fragment, no user, nothing quoted.
_PATH_ALONE = re.compile(r"[\w:/.~-]*", re.A)
_PARTS = re.compile(r"([/?&;#=])")
_MASKS = re.compile(r"\*{4}|(?:%2A){4}", re.I)
_MOST_LAYERS = 3
_DIGITS = re.compile(r"[0-9]{17}[0-9Xx]")

Words = Callable[[str], str]


def is_masked(address: str) -> bool:
    """Whether something in an address was masked, so that it leads nowhere."""
    return _MASKS.search(address) is not None


def mask_address(address: str, words: Words, alone: Callable[[str], bool]) -> str:
    """An address with the personal numbers in it masked; `words` masks a text, `alone` tells whether one is nothing but a
    personal number. Whatever holds none is returned as it is, character by character."""
    if _PATH_ALONE.fullmatch(address) and not _DIGITS.search(address):
        return address
    parts = _PARTS.split(address)
    before_query = next((n for n, part in enumerate(parts) if part in ("?", "#")), len(parts))
    for n in range(0, len(parts), 2):
        part, sign = parts[n], parts[n - 1] if n else ""
        name = unquote(parts[n - 2]) if sign == "=" else ""
        value = n > before_query or bool(name)
        parts[n] = _masked_part(
            part,
            words,
            personal=_is_personal(name, part, sign, n),
            value=value and not _DOCUMENT.fullmatch(name),
            alone=alone,
        )
    return "".join(parts)


def _is_personal(name: str, part: str, sign: str, at: int) -> bool:
    users = at == 4 and sign == "/" and "@" in part
    return users or bool(name and _PERSONAL.search(name))


def _masked_part(
    part: str, words: Words, *, personal: bool, value: bool, alone: Callable[[str], bool]
) -> str:
    plain = _unquoted(part, unquote_plus if value else unquote)
    nested = value and ("=" in plain or "://" in plain)
    if nested:
        said = mask_address(plain, words, alone)
    elif personal or (not _IDENTIFIER.fullmatch(plain) and "/" not in plain) or (value and alone(plain)):
        said = words(plain)
    else:
        said = plain
    said = _without_ids(said)
    return part if said == plain else quote(said, safe="*:@/?=," if nested else "*:@")


def _unquoted(part: str, undo: Callable[[str], str]) -> str:
    """A part with its percent signs resolved, however often it was quoted."""
    for _ in range(_MOST_LAYERS):
        plain = undo(part)
        if plain == part:
            break
        part = plain
    return part


def _without_ids(text: str) -> str:
    for found in _DIGITS.finditer(text):
        start, end = found.span()
        whole = not (text[start - 1 : start].isdigit() or text[end : end + 1].isdigit())
        if whole and is_id_number(found[0]):
            text = text[:start] + mask(found[0], 4, 4) + text[end:]
    return text
