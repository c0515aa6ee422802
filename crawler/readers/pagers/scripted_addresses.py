"""Addresses that a script puts together: "index_" + (n - 1) + ".html" is page N of index_{}.html, one less.

Nothing is executed: literals, the names that hold literals, and one name for the page's number are understood; a condition on
that number is taken as it falls for a later page."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

_WORD = re.compile(r"\b_?([A-Za-z]\w{1,20})[\"']?\s?[=:]\s?[\"']([^\"'\n]{1,200})[\"']")
NAME = r"[\w.]{1,40}(?:\(\))?"  # n, page.number, api.getCurrent()
# The same where nothing else says that it counts pages.
PAGE_NAME = r"(?i:(?:\w{1,20}\.)?(?:(?:cur|current|now|next|to|i)?_?page(?:_?(?:no|num|number|index|id))?|p|n|i|num|curr|index))"
_MOVE = re.compile(
    r"(?:location(?:\.href)?\s?=|location\.(?:replace|assign)\s?\(|window\.open\s?\(|\breturn|\b(?:link|url|href|link_to)\s?[:=])"
    r"\s?(?:encodeURI\w{0,9}\s?\(\s?)?(?=([^;\n]{3,200}))"
)
# '<a href="index_' + n + '.html">': a link that a script writes.
_WRITTEN = re.compile(
    r"(['\"])[^'\"\n]{0,120}href=\\?['\"]?([^'\"\\<>\n]{0,120})\\?\1\s?\+([^'\"\n]{1,60})\+\s?\1([^'\"\\<>\n]{0,60})"
)
_PIECE = re.compile(r"\"([^\"]*)\"|'([^']*)'|([^\"'+]+)")
_SLOT = re.compile(
    r"\{\{?\s?(?:page|p|n|num|pageNum|pageNo|pageIndex|0)?\s?\}?\}|__id__|#page#|%page%|\[page\]", re.I
)
_OPERAND = r"((?:'[^']{0,90}'|\"[^\"]{0,90}\"|\([^()?:]{0,60}\)|[^?:'\"()]){0,20})"
_CONDITION = re.compile(
    rf"(\()?\s*([\w.]{{1,40}})\s*(===?|!==?|<=?|>=?)\s*['\"]?(\d)['\"]?\s*\?{_OPERAND}:{_OPERAND}(?(1)\)|$)"
)
_SUM = re.compile(r"\(\s*([A-Za-z_][\w.]{0,39})\s*([+-])\s*(\d)\s*\)")
_DERIVED = re.compile(
    r"\b([A-Za-z_]\w{0,30})\s?=\s?(?:parseInt\s?\(|Number\s?\()?\s?([A-Za-z_][\w.]{0,39})\s?\)?\s?([+-])\s?(\d)\s?[;,\n}]"
)
_WHOLE = re.compile(r"\b(?:parseInt|Number)\s?\(\s?([\w.]{1,40})\s?(?:,\s?10\s?)?\)")
_HERE = re.compile(r"(?:document\.|window\.)?location\.pathname")
# A page by which conditions on the first pages are decided.
_LATER = 7
_COMPARED = {
    "=": lambda number: number == _LATER,
    "!": lambda number: number != _LATER,
    "<": lambda number: number > _LATER,
    ">": lambda number: number < _LATER,
}


@dataclass(frozen=True, slots=True)
class Template:
    """How a page is named: `text` with {} for the number that the script calls `counts`, plus `shift`. `absolute` is what is
    to be added to N for page N (from 1), where the script shows from what it counts: it asks whether the number is 1 (or 0)
    to name the first page otherwise."""

    text: str
    shift: int = 0
    counts: str = ""
    absolute: int | None = None

    def of(self, number: int) -> str:
        """The address of a page as written, relative or not."""
        return self.text.replace("{}", str(number + self.shift))


def find_template(text: str, variable: str = NAME) -> Template | None:
    """The first address in a script with {} where the page's number goes, whose name `variable` matches."""
    names = _Names(
        find_words(text), {one[1]: (one[2], int(f"{one[3]}{one[4]}")) for one in _DERIVED.finditer(text)}
    )
    found = next(filter(None, (_template(each, variable, names) for each in _expressions(text))), None)
    return found and replace(found, absolute=_absolute(found, names, text))


def _absolute(found: Template, names: "_Names", text: str) -> int | None:
    """See `Template`. A mere guard (if (n < 1) return) says nothing."""
    known = [name for name, (source, _) in names.sums.items() if source == found.counts] or [found.counts]
    for name in filter(None, known):
        asked = re.search(
            rf"(?<![\w.]){re.escape(name)}\s*(?:[!=]==?\s*['\"]?([01])\b|>\s*([01])\s*\?)", text
        )
        if asked:
            return found.shift - names.sums.get(name, ("", 0))[1] + int(asked[1] or asked[2]) - 1
    return None


def find_words(text: str) -> dict[str, str]:
    """The last literal given to each name, names in small letters and without a leading underscore."""
    return {name.lower(): value for name, value in _WORD.findall(text)}


def _expressions(text: str) -> Iterator[str]:
    yield from (move[1] for move in _MOVE.finditer(text))
    yield from (f"'{one[2]}' + {one[3]} + '{one[4]}'" for one in _WRITTEN.finditer(text))


@dataclass(frozen=True, slots=True)
class _Names:
    """What is known of a script's names: `words` hold literals, `sums` another name's number and what is added."""

    words: Mapping[str, str]
    sums: Mapping[str, tuple[str, int]]


def _template(expression: str, variable: str, names: _Names) -> Template | None:
    expression, added = _without_sums(_on_a_later_page(_WHOLE.sub(r"\1", expression.strip())))
    built, counts = "", []
    for double, single, code in _PIECE.findall(expression):
        name = code.strip(" ();,{}")
        source, more = names.sums.get(name, (name, 0))
        if not name or (_HERE.fullmatch(name) and not built):
            built += double or single
        elif name.rpartition(".")[2].lower() in names.words:
            built += names.words[name.rpartition(".")[2].lower()]
        elif re.fullmatch(variable if built or variable != NAME else PAGE_NAME, source):
            # An address begins with the page's number only where the name says that it is one: base + "a.html".
            built += "{}"
            counts.append((source, added.get(name, 0) + more))
        else:
            break
    if not counts:
        built, slots = _SLOT.subn("{}", built)
        counts = [("", 0)] * slots
    looks = re.search(r"[./?=]", built.replace("{}", ""))
    return (
        Template(built, counts[0][1], counts[0][0])
        if len(counts) == 1 and looks and len(built) < 200
        else None
    )


def _on_a_later_page(expression: str) -> str:
    """The expression with its conditions on the page's number decided: (n == 1 ? "index" : "index_" + n)."""
    for _ in range(3):
        found = _CONDITION.search(expression)
        if not found:
            break
        holds = _COMPARED[found[3][0]](int(found[4]))
        chosen = found[5] if holds else found[6]
        expression = expression[: found.start()] + chosen + expression[found.end() :]
    return expression


def _without_sums(expression: str) -> tuple[str, dict[str, int]]:
    """The expression with (n + 1) written n, and what is added to each name."""
    added = {one[1]: int(f"{one[2]}{one[3]}") for one in _SUM.finditer(expression)}
    return _SUM.sub(r"\1", expression), added
