"""What the page's scripts say: their text, the literals they write (`document.write`), the days they name.

Some templates print a date or a source only this way; the citizen sees it all the same. Nothing is run:
string literals, names holding string literals and `+` are understood, everything else writes nothing."""

import re
from html import unescape

from lxml import html

LONGEST = 200_000  # characters; longer ones are libraries pasted into the page
LONGEST_SCRIPT = 20_000  # characters: a script that prints dates is shorter; a longer one is a library
_SET = re.compile(r"""([A-Za-z_$][\w$]{0,60})\s{0,4}[=:]\s{0,4}(?:"([^"\\\n]{0,400})"|'([^'\\\n]{0,400})')""")
_WRITE = re.compile(r"document\s?\.\s?write(?:ln)?\s?\(")
_TOKEN = re.compile(
    r"""\s*(?:"(?P<double>[^"\\\n]{0,600})"|'(?P<single>[^'\\\n]{0,600})'"""
    r"""|(?P<name>[A-Za-z_$][\w$]{0,60})(?:\.\w{1,20}\([^()\n]{0,40}\)){0,3}|(?P<plus>\+)|(?P<end>\)))"""
)
_TAG = re.compile(r"<[^<>]{0,400}>")
_PUBLISHED_NAME = re.compile(
    r"(?:pub(?:lish(?:ed)?)?_?(?:date|time|data|day)|release_?(?:date|time)|issue_?(?:date|time)"
    r"|fb_?(?:sj|rq)|fabu(?:shijian|riqi))",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    r"""["']?\s{0,4}[=:]\s{0,4}(?:[\w.]{1,40}\()?(?:["']([^"'\n]{8,40})["']|(\d{10}(?:\d{3})?)\b)"""
)


def written_texts(script: str) -> list[str]:
    """The texts that the script's `document.write` calls print, tags removed; those not understood are left out."""
    if len(script) > LONGEST_SCRIPT or "document" not in script:
        return []
    names = {one[1]: one[2] if one[2] is not None else one[3] for one in _SET.finditer(script)}
    said = (_expression(script, one.end(), names) for one in _WRITE.finditer(script))
    return [text for text in said if text]


def published_literals(script: str) -> list[str]:
    """The literals given to names that mean the day of publication: `pubDate = "2020-01-02"`, `"pubDate": "…"`,
    `publishTime: 1614875400000`."""
    if len(script) > LONGEST_SCRIPT:
        return []
    given = (_GIVEN.match(script, name.end()) for name in _PUBLISHED_NAME.finditer(script))
    return [one[1] or one[2] for one in given if one]


def _expression(script: str, at: int, names: dict[str, str]) -> str:
    """The text of one argument; a name that holds nothing empties it, for templates guard such writes with `if`."""
    said: list[str] = []
    for _ in range(40):
        token = _TOKEN.match(script, at)
        if not token:
            return ""
        at = token.end()
        if token["end"]:
            break
        if token["name"]:
            if not names.get(token["name"]):
                return ""
            said.append(names[token["name"]])
        else:
            said.append(token["double"] or token["single"] or "")
    return unescape(_TAG.sub("", "".join(said))).strip()


def script_text(tree: html.HtmlElement) -> str:
    """The texts of the page's <script> elements, one after the other, cut at LONGEST."""
    return "\n".join(text for script in tree.iter("script") if (text := script.text))[:LONGEST]
