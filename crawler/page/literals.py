"""The arrays and objects that a script writes out, in JSON or in JavaScript's looser manner. Nothing is run.

A value that is no literal (`base + "/a.html"`, `new Date()`) is None, and what stands beside it is read all the same."""

import json
import re
from collections.abc import Iterator

# Longer remarks stand before a script's data, not within.
_BLANK = r"(?:\s+|//[^\n]{0,300}\n|/\*(?:[^*]|\*(?!/)){0,300}\*/)*"
_STRING = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'"
_NUMBER = r"-?\d{1,20}(?:\.\d{1,20})?(?![\w.])"
_TOKEN = re.compile(
    _BLANK
    + rf"(?:(?P<string>{_STRING})|(?P<number>{_NUMBER})|(?P<name>[A-Za-z_$][\w$]*)|(?P<mark>[\[\]{{}}:,]))",
    re.DOTALL,
)
# A block of statements begins otherwise.
_OPENS = re.compile(rf"\[|\{{(?=\s*(?:[\w$]+|{_STRING})?\s*[:}}/])")
# What may stand in an expression up to the comma behind it; a semicolon ends a statement, and no value has one.
_PASSED = re.compile(rf"{_STRING}|[\[\](){{}},;]", re.DOTALL)
_WORDS = {"true": True, "false": False, "null": None, "undefined": None}
# Guard: rows stand some four deep.
DEEPEST = 30
# Guard: a list of a thousand rows has some 20,000.
MOST_TOKENS = 300_000


class _NoLiteralError(Exception):
    """What was begun is a block of statements, or does not end."""


def literals(text: str) -> Iterator[object]:
    """Every outermost array or object of a script, in their order: lists, dicts, str, int, float, bool, None."""
    reader = _Reader(text)
    opens = _OPENS.search(text)
    while opens and reader.tokens < MOST_TOKENS:
        try:
            value, end = reader.read(opens.start(), 0)
            yield value
        except _NoLiteralError:
            end = opens.end()
        opens = _OPENS.search(text, end)


class _Reader:
    """Reads values at places of one text; `tokens` counts what it has read in all."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.tokens = 0

    def read(self, at: int, depth: int) -> tuple[object, int]:
        """The value that begins at `at`, and where it ends. Raises _NoLiteralError."""
        token = self._next(at)
        if token["string"] is not None:
            return _unquoted(token["string"]), token.end()
        if token["number"] is not None:
            number = token["number"]
            return (float(number) if "." in number else int(number)), token.end()
        if token["name"] in _WORDS:
            return _WORDS[token["name"]], token.end()
        if depth < DEEPEST and token["mark"] == "[":
            return self._array(token.end(), depth)
        if depth < DEEPEST and token["mark"] == "{":
            return self._object(token.end(), depth)
        raise _NoLiteralError

    def _array(self, at: int, depth: int) -> tuple[list[object], int]:
        values: list[object] = []
        while (token := self._next(at))["mark"] != "]":
            if token["mark"] != ",":
                value, at = self._value(at, depth)
                values.append(value)
                token = self._next(at)
            if token["mark"] == ",":
                at = token.end()
            elif token["mark"] != "]":
                raise _NoLiteralError
        return values, token.end()

    def _object(self, at: int, depth: int) -> tuple[dict[str, object], int]:
        values: dict[str, object] = {}
        while (key := self._next(at))["mark"] != "}":
            colon = self._next(key.end())
            if key["mark"] is not None or colon["mark"] != ":":
                raise _NoLiteralError
            name = key["name"] or key["number"] or _unquoted(key["string"])
            values[name], at = self._value(colon.end(), depth)
            token = self._next(at)
            if token["mark"] == ",":
                at = token.end()
            elif token["mark"] != "}":
                raise _NoLiteralError
        return values, key.end()

    def _value(self, at: int, depth: int) -> tuple[object, int]:
        """A value up to its comma or closing bracket; None for an expression."""
        try:
            value, end = self.read(at, depth + 1)
            if self._next(end)["mark"] in (",", "]", "}"):
                return value, end
        except _NoLiteralError:
            pass
        return None, self._pass(at)

    def _pass(self, at: int) -> int:
        """Where an expression ends."""
        open_brackets = 0
        for mark in _PASSED.finditer(self._text, at):
            self._count()
            closes = mark[0] in ("]", "}", ")")
            if open_brackets == 0 and (closes or mark[0] in (",", ";")):
                if mark[0] in (";", ")"):
                    break
                return mark.start()
            open_brackets += (mark[0] in ("[", "{", "(")) - closes
        raise _NoLiteralError

    def _next(self, at: int) -> re.Match[str]:
        self._count()
        token = _TOKEN.match(self._text, at)
        if token is None:
            raise _NoLiteralError
        return token

    def _count(self) -> None:
        self.tokens += 1
        if self.tokens > MOST_TOKENS:
            raise _NoLiteralError


def _unquoted(quoted: str) -> str:
    inner = quoted[1:-1]
    if quoted[0] == "'":
        inner = re.sub(r'(?<!\\)"', r"\"", inner.replace("\\'", "'"))
    try:
        return str(json.loads(f'"{inner}"', strict=False))
    except ValueError:
        return inner
