"""What somebody may have meant who mistyped the name of a unit, a rule, a column, an option."""

from collections.abc import Iterable
from difflib import get_close_matches

MOST = 3
# Of four Chinese characters two in their order: 民政居 for 县民政局, 教育局 for 县教育体育局.
LIKENESS = 0.5


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """“，是否要写：甲、乙”: the names that hold the word, then those most like it; "" where none is."""
    names = list(dict.fromkeys(known))
    within = sorted((name for name in names if word.strip() and word in name), key=len)
    like = get_close_matches(word, names, MOST, LIKENESS)
    meant = list(dict.fromkeys([*within, *like]))[:MOST]
    return f"，是否要写：{'、'.join(meant)}" if meant else ""
