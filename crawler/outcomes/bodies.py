"""Faults of the answer's body as such: nothing, not text, cut short, wrongly encoded, not a web page."""

import re

from crawler.outcomes.causes import outcome_of
from crawler.page.answers import failure_of, parse_answer
from crawler.page.page import Page
from crawler.page.values import PageOutcome

_MAGIC = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG图片"),
    (b"\xff\xd8\xff", "JPEG图片"),
    (b"GIF8", "GIF图片"),
    (b"PK\x03\x04", "ZIP或Office"),
    (b"\xd0\xcf\x11\xe0", "Office"),
    (b"Rar!", "RAR"),
    (b"RIFF", "音视频"),
    (b"\x00\x00\x00", "音视频"),
)
_MEDIA = ("image/", "audio/", "video/", "application/pdf")
_COMPRESSED = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"BZh", b"\xfd7zXZ")
_ROOT = re.compile(r"<(?![?!])([\w:-]+)")
# Enough for shares of characters; a page that is half garbled is so from its head on.
_SAMPLE = 4_000
# Enough to hold the end of a page with its closing scripts.
_TAIL = 3_000
_OPEN_TAG = re.compile(r"<[a-z/][^<>]*", re.I)
_INSIDE_LIST = re.compile(r"<(?:/?(?:li|a|td|tr|dd|dt|span)|ul|ol|dl|tbody)\b[^<>]*>[^<>]*", re.I)
_CONTAINERS = ("div", "ul", "table", "style")
# Characters are counted by patterns: a loop over them in Python cost more than everything else asked of a sound page.
_NOT_FOREIGN = re.compile(r"[\x00-\x7f\s]+")
_LOST = re.compile(r"[\ufffd\ue000-\uf8ff锟拷]")
_LATIN = re.compile(r"(?![·×°§©®«»±£¥])[\x80-\xff]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def see_bytes(page: Page) -> PageOutcome | None:
    """What is wrong with the bytes whatever the reader made of them: empty, compressed, binary."""
    if not page.body:
        return outcome_of("empty_body")
    if page.body.startswith(_COMPRESSED):
        return outcome_of("compressed")
    kind = _binary(page)
    return outcome_of("binary", kind) if kind else None


def _binary(page: Page) -> str:
    for magic, kind in _MAGIC:
        if page.body.startswith(magic):
            return kind
    head = page.body[:_SAMPLE]
    odd = sum(head.count(byte) for byte in (b"\x01", b"\x02", b"\x03", b"\x05", b"\x06", b"\x0f", b"\x7f"))
    if odd * 50 > len(head) and b"<" not in head[:200]:
        return "二进制"
    declared = page.headers.get("content-type", "")
    return "媒体" if declared.startswith(_MEDIA) and b"<" not in head else ""


def see_format(page: Page) -> PageOutcome | None:
    """Text that is no web page: nothing but comments, XML, RSS, JSON. Asked only where no rows were found."""
    text = page.text.lstrip("\ufeff \t\r\n")
    if _says_nothing(text):
        return outcome_of("blank")
    if text.startswith(("{", "[")):
        return _see_json(text)
    root = _ROOT.search(text[:_TAIL])
    declared_xml = text.startswith("<?xml") or "xml" in page.headers.get("content-type", "")
    if root and root[1].lower() in ("rss", "feed", "urlset", "sitemapindex", "rdf:rdf"):
        return outcome_of("xml")
    return outcome_of("xml") if declared_xml and root and root[1].lower() != "html" else None


def _says_nothing(text: str) -> bool:
    """Whether there is nothing but white space, comments and a doctype. By hand: a pattern would backtrack."""
    at = 0
    while text.startswith("<!", at):
        end = "-->" if text.startswith("<!--", at) else ">"
        close = text.find(end, at)
        if close < 0:
            return True
        at = close + len(end)
        while at < len(text) and text[at].isspace():
            at += 1
    return at >= len(text)


def _see_json(text: str) -> PageOutcome | None:
    value = parse_answer(text)
    if value is None:
        return None
    said = failure_of(value, rows=False)
    return outcome_of("json_error", said) if said else outcome_of("json")


def see_damage(page: Page, text: str, *, rows: bool = False) -> PageOutcome | None:
    """Whether `text`, which the page shows, is garbled, or the page cut short."""
    if garbled(text):
        return outcome_of("garbled")
    return outcome_of("truncated") if truncated(page, rows=rows) else None


def truncated(page: Page, *, rows: bool = False) -> bool:
    """Whether the answer ends before the page does: fewer bytes than promised, or cut inside a tag, a script
    or a list. Pages that merely forget </html> are whole. Where rows were found only plain cuts count."""
    return _short_of_promise(page) or _cut(page.text, rows)


def _short_of_promise(page: Page) -> bool:
    promised = page.headers.get("content-length", "")
    if not promised.isascii() or not promised.isdigit() or page.headers.get("content-encoding"):
        return False
    return int(promised[:12]) > len(page.body)


def _cut(text: str, rows: bool) -> bool:
    tail = text.rstrip()[-_TAIL:]
    lower = tail.lower()
    if "</html" in lower or "</body" in lower:
        return False
    last = max(tail.rfind("<"), 0)
    if tail.rfind(">") < last and _OPEN_TAG.fullmatch(tail[last:]):
        return True
    if lower.rfind("<script") > lower.rfind("</script") or lower.rfind("<!--") > lower.rfind("-->"):
        return True
    whole = text.lower()
    if "<html" not in whole[:_TAIL] or "</body" in whole:
        return False
    return bool(_INSIDE_LIST.fullmatch(tail[last:])) or (not rows and _left_open(whole) > 1)


def _left_open(lower: str) -> int:
    """How many containers are opened and not closed; sound pages without </html> still close theirs."""
    return sum(max(lower.count("<" + tag) - lower.count("</" + tag), 0) for tag in _CONTAINERS)


def without_end(page: Page) -> bool:
    """Whether the page ends nowhere: neither </body> nor </html>, and containers left open. Old templates that merely
    forget the end close what they opened; a program that breaks does not."""
    if "</html" in page.text or "</body" in page.text:
        return False
    lower = page.text.lower()
    framed = "<html" in lower[:_TAIL] or "<body" in lower
    return framed and "</html" not in lower and "</body" not in lower and _left_open(lower) > 0


def garbled(text: str) -> bool:
    """Whether text is mostly signs of a wrong decoding: replacement characters, Latin letters with accents in
    the place of Chinese, or Chinese that turns into other Chinese when it is read back as UTF-8."""
    sample = _NOT_FOREIGN.sub("", text[: _SAMPLE * 2])[:_SAMPLE]
    if len(sample) < 12:
        return False
    # Replacement characters that were saved and read again as GBK come out as 锟斤拷.
    lost, latin, chinese = (len(kind.findall(sample)) for kind in (_LOST, _LATIN, _CHINESE))
    # French has one accent in ten letters; Chinese read as Latin has nothing but.
    if lost * 5 > len(sample) or (latin > 2 * chinese and latin * 3 > len(text[: _SAMPLE * 2])):
        return True
    return _reads_back(sample[:600], "gb18030")


def _reads_back(text: str, wrong: str) -> bool:
    """Whether text was UTF-8 read in the wrong encoding: undone, it is mostly sound UTF-8 in Chinese. Real text
    undone so is nearly all errors."""
    undone = text.encode(wrong, errors="ignore").decode("utf-8", errors="replace")
    chinese = len(_CHINESE.findall(undone))
    return chinese > 4 and chinese > 3 * undone.count("\ufffd")
