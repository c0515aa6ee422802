"""Addresses that a script puts together: "index_" + n + ".html" is page N of index_{}.html. Nothing is executed."""

import re
from collections.abc import Mapping

_WORD = re.compile(r"\b_?([A-Za-z]\w{1,20})[\"']?\s?[=:]\s?[\"']([^\"'\n]{1,200})[\"']")
_NAME = r"\(?[\w.]{1,40}\(?\)?"  # n, (n + …), page.number, api.getCurrent()
_MOVE = re.compile(
    r"(?:location(?:\.href)?\s?=|location\.(?:replace|assign)\s?\(|window\.open\s?\(|\breturn|\b(?:link|url|href|link_to)\s?[:=])"
    r"\s?(?:encodeURI\w{0,9}\s?\(\s?)?(?=([^;\n]{3,200}))"
)
_PIECE = re.compile(r"\"([^\"]*)\"|'([^']*)'|([^\"'+]+)")
_SLOT = re.compile(
    r"\{\{?\s?(?:page|p|n|num|pageNum|pageNo|pageIndex|0)?\s?\}?\}|__id__|#page#|%page%|\[page\]", re.I
)


def find_template(text: str, variable: str = _NAME) -> str | None:
    """The first address in a script with {} where the page's number goes, whose name `variable` matches."""
    words = find_words(text)
    for move in _MOVE.finditer(text):
        template = _template(move[1], variable, words)
        if template:
            return template
    return None


def find_words(text: str) -> dict[str, str]:
    """The last literal given to each name, names in small letters and without a leading underscore."""
    return {name.lower(): value for name, value in _WORD.findall(text)}


def _template(expression: str, variable: str, words: Mapping[str, str]) -> str | None:
    built, slots = "", 0
    for double, single, code in _PIECE.findall(expression.strip()):
        name = code.strip(" ();,{}")
        if not name:
            built += double or single
        elif name.rpartition(".")[2].lower() in words:
            built += words[name.rpartition(".")[2].lower()]
        elif re.fullmatch(variable, code.strip(" );,{}")):
            built, slots = built + "{}", slots + 1
        else:
            break
    if not slots:
        built, slots = _SLOT.subn("{}", built)
    looks = re.search(r"[./?=]", built.replace("{}", ""))
    return built if slots == 1 and looks and len(built) < 200 else None
