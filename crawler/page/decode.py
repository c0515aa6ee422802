"""Bytes to text, whatever the page declares.

The bytes themselves are asked first: text in GBK practically never happens to be UTF-8, so what reads
as UTF-8 is UTF-8 even where the server or the page says otherwise. Declarations only choose among the
other encodings.
"""

import codecs
import re

import charset_normalizer

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(rb"<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,20})", re.I)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,20})", re.I)
# A server that says nothing better says these by default; they are no evidence.
_DEFAULTS = frozenset({"iso8859-1", "ascii", "cp1252", "utf-8"})
# Python's own encodings, which no browser knows; some raise errors whatever they are told to do.
_NOT_OF_THE_WEB = frozenset(
    {"utf_7", "punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined"}
)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "hz": "gb18030", "big5": "cp950"}
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+")
_BAD = "\ufffd"
# Escapes of JSON and scripts: half a surrogate pair, and NUL. No database stores either, and no citizen sees them. Any
# number of backslashes: JSON may lie as a string in other JSON.
_UNSTORABLE = re.compile(
    r"(?<!\\)(?:(?P<pair>\\++u[dD][89aAbB][0-9a-fA-F]{2}\\++u[dD][c-fC-F][0-9a-fA-F]{2})"
    r"|(?P<slashes>\\++)u(?:(?P<nul>0000)|[dD][89a-fA-F][0-9a-fA-F]{2}))"
)
# What nobody ever assigned a character: GBK says it of other countries' text where UTF-8 would fail outright.
_STRANGE = re.compile(r"[\ufffd\ue000-\uf8ff]")
# Hardly anything but UTF-8 reads as UTF-8 at all: a passage in another encoding does not change the page's.
_UTF8_TOLERABLE = 0.25
# The other encodings give some character for nearly anything: only a page with next to none that is strange is read
# in the one it declares.
_TOLERABLE = 0.05
_SAMPLE = 20_000  # bytes: the guess takes longer with each, and is no surer after a screenful


def decode(body: bytes, content_type: str = "") -> str:
    """The text of an HTML body, without its byte order mark and control characters. Never raises.

    `content_type` is the header as sent ("text/html; charset=gb2312"), or "". Here alone it is decided what of an
    answer can be stored: nothing that is read from the text (markup, JSON, scripts) holds a NUL or a lone surrogate.
    """
    text = _CONTROLS.sub(" ", _text(body, content_type))
    return _UNSTORABLE.sub(_storable, text) if "\\u" in text else text


def _storable(escape: re.Match[str]) -> str:
    return escape["pair"] or escape["slashes"] + ("u0020" if escape["nul"] else "ufffd")


def _text(body: bytes, content_type: str) -> str:
    marked = _by_mark(body)
    if marked is not None:
        return marked
    text = body.decode("utf-8", errors="replace")
    if _badness(text) <= _UTF8_TOLERABLE:
        return text
    return _by_declaration(body, content_type) or _by_guess(body, text)


def _by_mark(body: bytes) -> str | None:
    """By a mark at the head, if what follows bears it out, or by the zeros that UTF-16 leaves on one side."""
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            text = body[len(mark) :].decode(encoding, errors="replace")
            return text if _badness(text) <= _UTF8_TOLERABLE else None
    head = body[:400]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) * 4 > len(head) > 20 and min(even, odd) * 4 < max(even, odd):
        return body.decode("utf-16-le" if odd > even else "utf-16-be", errors="replace")
    return None


def _by_declaration(body: bytes, content_type: str) -> str | None:
    """The page's own word before the server's: the server's is one setting for all its pages."""
    for encoding in (_declared(_META.search(body)), _declared(_HEADER.search(content_type)), "gb18030"):
        if encoding and encoding not in _DEFAULTS:
            text = body.decode(encoding, errors="replace")
            if _strangeness(text) <= _TOLERABLE:
                return text
    return None


def _declared(match: re.Match[bytes] | re.Match[str] | None) -> str | None:
    if not match:
        return None
    name = match[1].decode("ascii", "ignore") if isinstance(match[1], bytes) else match[1]
    try:
        known = codecs.lookup(name).name
        "".encode(known)
    except (LookupError, ValueError):
        return None
    return None if known.replace("-", "_") in _NOT_OF_THE_WEB else _WIDER.get(known, known)


def _by_guess(body: bytes, utf8: str) -> str:
    best = charset_normalizer.from_bytes(body[:_SAMPLE]).best()
    encodings = ("gb18030", "cp950", *([best.encoding] if best else ()))
    return min((utf8, *(body.decode(one, errors="replace") for one in encodings)), key=_strangeness)


def _badness(text: str) -> float:
    """The share of unreadable characters among those that are not ASCII; one cut off at the end is none."""
    return _share(text.rstrip(_BAD).count(_BAD), text)


def _strangeness(text: str) -> float:
    return _share(len(_STRANGE.findall(text.rstrip(_BAD))), text)


def _share(bad: int, text: str) -> float:
    return bad / max(len(text) - len(text.encode("ascii", "ignore")), 1) if bad else 0.0
