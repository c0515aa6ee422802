"""Addresses with personal numbers in them. An address must still lead to its page, and content systems number pages as they
like: /art/13812345678.html is no telephone. So in an address are masked:

- a valid ID number, wherever it stands;
- whatever looks like a personal number in a parameter whose name is a person's (mobile, tel, sfz, 手机 …), beside an @, in
  words (a search, a file's Chinese name), and alone in a person's folder (/tel/13812345678, /user/13812345678/);
- a number that is all of a parameter's value or of the fragment, unless the parameter is named as documents, pages and moments
  are (id, infoid, page, t …).

An address that was masked leads nowhere and is not asked for (`is_masked`)."""

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import quote, unquote, unquote_plus

from rules.scanners.privacy import is_id_number, mask
from rules.scanners.spelled_numbers import TAG

_PAGE_FILE = r"\.(?:s?html?|jspx?|aspx?|php|do|action)"
# An address within a text: with its scheme, with its host, or a page's file as links are printed.
ADDRESS = re.compile(
    r"https?://[!#-&(-;=?-~]+"
    r"|(?<![\w@.-])(?:(?:[a-z0-9-]+\.)+[a-z]{2,}|localhost|\d{1,3}(?:\.\d{1,3}){3})(?::\d{1,5})?/[!#-&(-;=?-~]*"
    rf"|(?<![\w./-])(?:(?<![\u3400-\u9fff])|(?=[\w.~%-]*/))[\w./~%-]*{_PAGE_FILE}(?:[?#][!#-&(-;=?-~]*)?(?![\w])",
    re.I | re.A,
)
_PERSONAL = re.compile(
    r"mobile|phone|msisdn|shouji|dianhua|haoma|contact|id_?card|card_?(?:no|num|id)|shenfen|sfz|zjhm|sjh|lxdh|lxfs|weixin|wechat|bank"
    r"|user|member|person|owner|sender|writer|applicant|openid|(?:^|[^a-z])(?:tel|cell|sj|dh|wx|qq|uid|xm|name)(?:$|[^a-z])"
    r"|tel(?:ephone|_?no|_?num)|电话|手机|身份证|证件|微信|卡号|联系",
    re.I,
)
# Folders that hold a person's page each: /tel/13812345678. (/mobile/, /phone/ are sites for small screens.)
_FOLDER = re.compile(
    r"tel(?:ephone)?|shouji(?:hao)?|sjh|dianhua|lxdh|sfz\w*|id_?card|users?|u|members?|writer|openid", re.I
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
_ENTITY = re.compile(r"&(?:#|[a-z]{2,6};)", re.I)
_PARTS = re.compile(r"([?&;#])")
_MASKS = re.compile(r"\*{4}|(?:%2A){4}", re.I)
_MOST_LAYERS = 3
_DIGITS = re.compile(r"[0-9]{17}[0-9Xx]")
# What may be masked in a path of identifiers: an ID number, a folder that is a number.
_NUMBERS = re.compile(rf"{_DIGITS.pattern}|/[0-9][0-9-]{{9,}}[0-9](?:/|$)")

Words = Callable[[str], str]


def is_masked(address: str) -> bool:
    """Whether something in an address was masked, so that it leads nowhere."""
    return _MASKS.search(address) is not None


def mask_address(address: str, words: Words, alone: Callable[[str], bool]) -> str:
    """An address with the personal numbers in it masked; `words` masks a text, `alone` tells whether one is nothing but a
    personal number. Whatever holds none is returned as it is, character by character."""
    if _PATH_ALONE.fullmatch(address) and not _NUMBERS.search(address):
        return address
    plain = address
    for _ in range(_MOST_LAYERS):  # an escape's own signs divide nothing
        plain = unescape(plain) if _ENTITY.search(plain) else plain
    plain = TAG.sub("", plain) if "<" in plain else plain
    path, *rest = _PARTS.split(plain)
    parts = path.split("/")
    folders = [
        _masked_pair(part, words, alone)
        if "=" in part
        else _masked_part(part, words, personal="@" in part or bool(_FOLDER.fullmatch(above) and alone(part)))
        for above, part in zip(["", *parts], parts, strict=False)
    ]
    said = ["/".join(folders)]
    for sign, pair in zip(rest[::2], rest[1::2], strict=True):
        said += [sign, _masked_pair(pair, words, alone)]
    whole = "".join(said)
    return address if whole == plain else whole


def _masked_pair(pair: str, words: Words, alone: Callable[[str], bool]) -> str:
    """A parameter and its value, or a value alone."""
    name, _, value = pair.partition("=") if "=" in pair else ("", "", pair)
    name, plain = unquote(name), _unquoted(value, unquote_plus)
    if "=" in plain or "://" in plain:
        nested = mask_address(
            words(plain) if _PERSONAL.search(name) and "://" not in plain else plain, words, alone
        )
        said = value if nested == plain else quote(nested, safe="*:@/?=,")
    else:
        whole = not _DOCUMENT.fullmatch(name) and alone(plain)
        personal = whole or "@" in plain or bool(name and _PERSONAL.search(name))
        said = _masked_part(value, words, personal=personal)
    return pair[: len(pair) - len(value)] + said


def _masked_part(part: str, words: Words, *, personal: bool) -> str:
    """A part of the path, or a value; `personal`: whatever looks like a personal number is one."""
    plain = _unquoted(part, unquote_plus if personal else unquote)
    printed = personal or not (_IDENTIFIER.fullmatch(plain) or "/" in plain)
    said = _without_ids(words(plain) if printed else plain)
    return part if said == plain else quote(said, safe="*:@")


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
