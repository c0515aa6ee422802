"""The word lists that readers and scanners share, one TOML table a subject (offices, navigation, labels …).

A list says what it is for (`about`) and which modules use it (`used_by`, checked by a test). `words` are separated by
white space and taken literally. A table is read when a module that needs it is imported, once. How to add a word:
docs/words.md.
"""

import re
import tomllib
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


def word_list(name: str) -> tuple[str, ...]:
    """The words of a list, `name` being table.list ("offices.office"). KeyError where there is none."""
    table, _, key = name.partition(".")
    return tuple(_table(table)[key]["words"].split())


def word_set(*names: str) -> frozenset[str]:
    """The words of several lists together."""
    return frozenset(word for name in names for word in word_list(name))


def alternatives(*names: str, spaced: bool = False) -> str:
    """A pattern's group of the words of the lists, the longest first. `spaced`: blanks may stand within (打 印)."""
    between = r"\s*" if spaced else ""
    longest = sorted(word_set(*names), key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(between.join(map(re.escape, word)) for word in longest)})"


@cache
def _table(name: str) -> dict[str, dict[str, str]]:
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))
