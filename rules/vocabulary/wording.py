"""错敏词: wordings that are wrong, with the right one, as a table that an office may add to. The shipped one, wrong_wording.csv,
holds only what nobody disputes: misspelt names of state, party and doctrine, wordings that 新华社《新闻信息报道中的禁用词和慎用词》
excludes, and characters that no dictionary writes so. What is merely advised (截至 for 截止) is the office's to add."""

import csv
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rules.errors import WrongInput

# The columns of a table; those that must be there.
COLUMNS = ("错误表述", "正确表述", "级别", "除外", "遮盖")
NEEDED = COLUMNS[:2]
GRAVE, ORDINARY, OFF = "严重", "一般", "停用"
LEVELS = (GRAVE, ORDINARY, OFF)
# A shorter one is part of too many words.
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Wording:
    """One wrong wording, taken literally. `grave`: of the kind that 国办秘函〔2019〕19号 calls 严重表述错误. `allowed`: words that
    hold it, or that stand right before or behind it, and make it sound. `masked`: it is not to be printed (a person's name)."""

    wrong: str
    right: str
    grave: bool = False
    allowed: tuple[str, ...] = ()
    masked: bool = False

    @property
    def shown(self) -> str:
        """As it is printed."""
        return self.wrong[0] + "*" * (len(self.wrong) - 1) if self.masked else self.wrong


def digest_of(words: Iterable[Wording]) -> str:
    """The same for the same table."""
    return hashlib.sha256(repr(tuple(words)).encode()).hexdigest()[:16]


@cache
def shipped_wording() -> tuple[Wording, ...]:
    """The table that every site has."""
    path = Path(__file__).with_name("wrong_wording.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return wording_of(((n, row) for n, row in enumerate(csv.DictReader(file), start=2)), (), path.name)


def wording_of(
    rows: Iterable[tuple[int, Mapping[str, str]]], others: Iterable[Wording], name: str
) -> tuple[Wording, ...]:
    """The wordings of a table's rows (line, cells by COLUMNS), added to others; a row of level 停用 takes one away, and one
    named twice is as its last row says. Raises WrongInput with file `name`, line and reason."""
    words = {each.wrong: each for each in others}
    for line, cells in rows:
        wrong, level = cells["错误表述"], cells.get("级别", "") or ORDINARY
        if level not in LEVELS:
            raise WrongInput(f"错敏词表 {name} 第 {line} 行的级别“{level}”不对，应为{'、'.join(LEVELS)}。")
        if level == OFF:
            words.pop(wrong, None)
            continue
        if len(wrong) < SHORTEST:
            raise WrongInput(f"错敏词表 {name} 第 {line} 行的错误表述太短，应至少 {SHORTEST} 个字。")
        allowed = tuple(cells.get("除外", "").split())
        masked = cells.get("遮盖", "") in ("是", "1", "true")
        words[wrong] = Wording(wrong, cells["正确表述"], level == GRAVE, allowed, masked)
    return tuple(words.values())
